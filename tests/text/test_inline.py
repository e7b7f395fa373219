"""A line's words are those that readers see: as Markdown renders it, without its tags."""

from __future__ import annotations

import html
import re
from itertools import product

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text.inline import words_in_line
from handrail.text.markdown import first_headings

LINES = [
    "The `make` command", "``a ` b`` and `c`", "Use `<name>` here", "*Pay* a **claim**", "***Both*** at once", "_Pay_ and __claim__",
    "snake_case_names and a * b * c", "[Pay](pay.md) a claim", '[Pay](pay.md "Title") now', "[Pay][ref] now",
    "A picture ![of it](a.png) stands here", "Write to <https://example.org/a>", "An <b>old</b> tag", "5 \\* 3 \\_ and \\`x\\`",
    "R&amp;D, R&D and &copy;", "**Pay `now` or** never", "A [link with `code`](a.md)", "Not a [link] at all", "What is [x]?",
    "A <!-- hidden --> word", "a < b and c > d", "~~old~~ ==new== ^^in^^", "_a_b_ c", "5*3 is 15", "C# and F# code", "Über *Größe*", "Price: 5 \\$ {x}",
]  # fmt: skip
EXTENSIONS = ["attr_list", "pymdownx.betterem", "pymdownx.tilde", "pymdownx.mark", "pymdownx.caret"]


def rendered(line: str) -> str:
    """Return the words that Markdown leaves of a heading."""
    markup = markdown.markdown(f"# {line}\n\n[ref]: a.md", extensions=EXTENSIONS)
    text = re.sub(r"<!--.*?-->|<[^>]*>", "", markup.partition("</h1>")[0])
    return " ".join(html.unescape(text).split())


@pytest.mark.parametrize("line", LINES)
def test_words_are_those_of_the_heading_on_the_page(line: str) -> None:
    assert words_in_line(line) == rendered(line)


@pytest.mark.parametrize(("one", "other"), list(product(LINES[:12], LINES[12:])))
def test_words_of_two_in_one_line(one: str, other: str) -> None:
    assert words_in_line(f"{one}, {other}") == rendered(f"{one}, {other}")


@pytest.mark.parametrize(
    ("line", "words"),
    [("Pay {#pay}", "Pay"), ("Pay {: .big #pay }", "Pay"), ("[[sop:pay|Pay]] it", "Pay it"), ("See [[sop:pay]]", "See"),
     ("A <!-- secret", "A"), ("", ""), ("`", "`")],
)  # fmt: skip
def test_what_this_site_or_no_site_shows(line: str, words: str) -> None:
    assert words_in_line(line) == words


SIGNS = st.sampled_from(
    [*"`\\*_{}[]()!<>&#~= ab\"':/;", "![", "](", "\\`", "&#xF0000;", "&amp;", "\U000f0001", "\ue000", "<b ", "[["]
)


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_every_line_has_words(line: str) -> None:
    words = words_in_line(line)
    assert words == " ".join(words.split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("![\\`]() a", "a"),
        ("<b title='`a`'>c</b> `d`", "c d"),
        ("&#xE000;`a`", "\ue000a"),
        ("&#xF0000; \\* `x`", "\U000f0000 * x"),
    ],
)
def test_what_is_kept_may_go_with_what_it_stands_in(line: str, words: str) -> None:
    assert words_in_line(line) == words


def test_a_first_heading_keeps_its_code() -> None:
    assert first_headings("# The `make` command {#make}\n\n`# no`\n") == [("The make command", 0)]
    assert first_headings("Use `x` *now*\n===\n") == [("Use x now", 0)]
    assert first_headings("    # code\n") == []
