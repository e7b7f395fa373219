"""Words in angle brackets are told where, and only where, the site would not show them."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.rendering.extensions import read_markdown_settings
from handrail.rendering.renderer import Renderer
from handrail.text.unseen_words import unseen_words
from tests.support.work import at_most

WORDS = st.sampled_from((
    "environment", "Order ID", "branch-name", "your name here", "user/repo", "file.md", "Größe", "1st", "_x", "x", "data", "time",
    "b", "path", "Übergabe", "a, b", "name:", "section", "chrome://flags/#x", "ada@corp.example", "ada roth@corp.example", "tel:1",
    "it's", "ftps://x", "two\nlines", "two\n\nparagraphs",
)) | st.builds("q{}".format, st.text("qzé19@:/. +-'\"!&#?", max_size=7)).filter(lambda word: not word.endswith("/"))  # fmt: skip
"""An element that ends itself is meant as one."""
AROUND = st.sampled_from((
    "Call {} now.", "- {}", "# {}", "**{}**", "| a | b |\n|---|---|\n| {} | c |", "> {}", "See\n{}\nthere.", "`{}`", "```\n{}\n```",
    "    {}", "<!-- {} -->", "a {} b {}", "[{}](x.md)", "See \\{} there.",
))  # fmt: skip
TAGS = re.compile(r"<[^>]*>|<!--.*?-->", re.DOTALL)
SETTINGS = [read_markdown_settings(names) for names in ([], ["pymdownx.magiclink"], ["pymdownx.escapeall"])]
RENDERERS = [Renderer(one) for one in SETTINGS]


def is_seen(renderer: Renderer, body: str, word: str) -> bool:
    """Say whether a word stands in what readers see; it may stand there without its brackets, as a link."""
    there, without = (
        one_line(html.unescape(TAGS.sub("", renderer.html(text)))) for text in (body, body.replace(f"<{word}>", ""))
    )
    return there.count(one_line(word)) > without.count(one_line(word))


def one_line(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=300, deadline=None)
@given(WORDS, AROUND, st.integers(0, len(SETTINGS) - 1))
def test_a_word_is_told_where_readers_would_not_see_it(word: str, around: str, number: int) -> None:
    assume("\n" not in word or around in ("Call {} now.", "**{}**"))  # elsewhere a line's end ends more than a line
    body = f"Before.\n\n{around.format(*[f'<{word}>'] * 2)}\n"
    found = [one.text for one in unseen_words(body, SETTINGS[number].extensions)]
    if around.startswith("<!--"):
        assert found == []
    else:
        assert found == ([] if is_seen(RENDERERS[number], body, word) else [f"<{word}>"])


@pytest.mark.parametrize(
    "body",
    [
        "<a" * 30_000,
        "<a>" * 20_000,
        "<a " * 20_000,
        "</a>" * 15_000,
        "<a b>\n" * 9_000,
        "<" * 60_000,
        "<a" + " a" * 30_000,
        "<a" + "\n" * 60_000,
    ],
)
def test_bounded_work(body: str) -> None:
    with at_most(2_000 + 20 * len(body)):
        list(unseen_words(body))
