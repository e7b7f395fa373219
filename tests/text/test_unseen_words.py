"""Words in angle brackets are told where, and only where, the site would not show them."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.rendering.extensions import MarkdownSettings
from handrail.rendering.renderer import Renderer
from handrail.text.unseen_words import unseen_words
from tests.support.work import at_most

WORDS = st.sampled_from((
    "environment", "Order ID", "branch-name", "your name here", "user/repo", "file.md", "Größe", "1st", "_x", "x", "data", "time",
    "b", "path", "Übergabe", "a, b", "name:", "section",
))  # fmt: skip
AROUND = st.sampled_from((
    "Call {} now.", "- {}", "# {}", "**{}**", "| a | b |\n|---|---|\n| {} | c |", "> {}", "See\n{}\nthere.", "`{}`", "```\n{}\n```",
    "    {}", "<!-- {} -->", "a {} b {}", "[{}](x.md)",
))  # fmt: skip
TAGS = re.compile(r"<[^>]*>|<!--.*?-->", re.DOTALL)
RENDERER = Renderer(MarkdownSettings())


def is_seen(body: str, word: str) -> bool:
    return f"<{word}>" in html.unescape(TAGS.sub("", RENDERER.html(body)))


@settings(max_examples=150, deadline=None)
@given(WORDS, AROUND)
def test_a_word_is_told_where_readers_would_not_see_it(word: str, around: str) -> None:
    body = f"Before.\n\n{around.format(*[f'<{word}>'] * 2)}\n"
    found = [one.text for one in unseen_words(body)]
    if around.startswith("<!--"):
        assert found == []
    else:
        assert found == ([] if is_seen(body, word) else [f"<{word}>"])


@pytest.mark.parametrize(
    "body", ["<a" * 30_000, "<a>" * 20_000, "<a " * 20_000, "</a>" * 15_000, "<a b>\n" * 9_000, "<" * 60_000]
)
def test_bounded_work(body: str) -> None:
    with at_most(2_000 + 20 * len(body)):
        list(unseen_words(body))
