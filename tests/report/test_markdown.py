"""What goes to a forge as Markdown notifies nobody, links nowhere and can't leave its block of code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.report.markdown import fenced, headline, said

SIGNS = "`~@#$<>[]()!*_\\|&{}:/.-GHhw \n\t\u2028\u202e\x00a1"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=60)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Lena decides on “Pay”, 3 March 2026.", "Lena decides on “Pay”, 3 March 2026."),
        ("@lenabk, a@b.example", "@&#8203;lenabk, a@&#8203;b.example"),
        ("fixes #12 and GH-12", "fixes #&#8203;12 and GH-&#8203;12"),
        ("https://example.org www.example.org", "https:&#8203;//example.org www.&#8203;example.org"),
        ("<b> & `x` $y$", "&lt;b&gt; &amp; \\`x\\` &#36;y&#36;"),
        ("a\n\n# b\u202e", "a #&#8203; bU+202E"),
    ],
)
def test_said(text: str, markdown: str) -> None:
    assert said(text) == markdown


@given(TEXTS)
def test_any_text_refers_to_nothing(text: str) -> None:
    markdown = re.sub(r"\\.", "", said(text))
    assert "\n" not in markdown
    assert not re.search(
        r"[<>`\[\]*_|~$]|@(?!&#8203;)|(?<!&)#(?!&#8203;)|://|www\.(?!&#8203;)|GH-\d", markdown, re.IGNORECASE
    )


@given(st.lists(TEXTS.map(lambda text: " ".join(text.split())), max_size=5), st.integers(0, 80))
def test_nothing_leaves_a_block_of_code(lines: list[str], most: int) -> None:
    first, *shown, last = fenced(lines, most).split("\n")
    assert first == f"{last}text"
    assert re.fullmatch("`{3,}", last)
    assert not any(last in line for line in shown)
    assert sum(len(line) + 1 for line in shown) <= most + 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Lena decides on “Pay it”, 3 March 2026", "Lena decides on “Pay it”, 3 March 2026"),
        ("[skip ci] x\nskip-checks: true", "skip ci x skip-checks: true"),
        ("closes #1, fixes GH-2 and https://a/b/issues/3", "closes 1, fixes GH 2 and https //a/b/issues/3"),
        ("@lt <b>`x`</b>", "lt b x /b"),
        ("會社 Zoë, “so” (1)", "會社 Zoë, “so” (1)"),
    ],
)
def test_headline(text: str, line: str) -> None:
    assert headline(text) == line


@given(TEXTS)
def test_any_headline_is_plain(text: str) -> None:
    line = headline(text)
    assert not set(line) & set("`@#$<>[]*\\|{}~\n\r\0")
    assert "://" not in line
    assert not re.search(r"GH-\d|www\.", line, re.IGNORECASE)
