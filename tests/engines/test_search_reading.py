"""What the theme's search learns of a page is the same, read by one pattern or by a whole parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search import plugin  # type: ignore[import-untyped]

from handrail.engines.search_reading import SearchReading, tokens
from handrail.rendering.sanitise import sanitised


class Calls(HTMLParser):
    """Notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.calls.append(("handle_starttag", (tag, attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.calls.append(("handle_startendtag", (tag, attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.calls.append(("handle_endtag", (tag,)))

    def handle_data(self, data: str) -> None:
        self.calls.append(("handle_data", (data,)))


def by_a_parser(html: str) -> list[tuple[str, Any]]:
    parser = Calls()
    parser.feed(html)
    parser.close()
    return parser.calls


PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<br/>", '<h2 id="a&amp;b">', "</h2>", "a", " ", "\n", "&amp;", "&lt;", "&#39;", "&nope;", "<", ">", "&",
     '<div class="linenodiv" data-search-exclude>', "</div>", "<a href='x'>", "<P>", "<script>", "</script>", "<!-- x -->", '"', "=",
     "<code>", "</code>", "<title>", "</title>", "<title>a b</title>", "<li", "/>", "</p >", "<h2 id=a>", "<ß>", "<a\u00a0b>", "&copy", "<?x>", "</>", "<wbr />"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_it_tells_is_what_a_parser_tells(html: str) -> None:
    found = tokens(html)
    assert found is None or found == by_a_parser(html)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_what_was_sanitised_is_told_unless_its_last_words_may_go_on(html: str) -> None:
    clean = f"<div>{sanitised(html)}</div>"
    assert tokens(clean) == by_a_parser(clean)


def test_the_example_has_no_page_that_is_read_slowly(example_site: Path) -> None:
    """Each page's own text, as it stands in the finished site."""
    slow, pages = [], 0
    for path in sorted(example_site.rglob("index.html")):
        text = re.search(r"<article\b[^>]*>(.*)</article>", path.read_text("utf-8"), re.DOTALL)
        if text is not None:
            pages += 1
            slow += [path] if tokens(text[1]) is None and "<form" not in text[1] else []
    assert pages > 100
    assert len(slow) <= pages // 20, slow


def test_the_theme_gets_its_own_parser_back() -> None:
    before, reading = plugin.Parser, SearchReading()
    for _ in range(2):
        reading.begin()
        reading.begin()
        assert plugin.Parser is not before
        assert issubclass(plugin.Parser, before)
        reading.end()
        reading.end()
        assert plugin.Parser is before


@pytest.mark.parametrize(
    "html",
    [
        '<h1 id="t">A &amp; b</h1>\n<p>One <code>x &lt; y</code>.</p>\n<h2 id="u">C<a class="headerlink" href="#u">#</a></h2><ul><li>d</li></ul>',
        "<p>a</p><div data-search-exclude><p>b</p></div><pre>c\n  d</pre><p> </p>",
    ],
)
def test_sections_and_words_are_the_same(html: str) -> None:
    def read() -> list[tuple[str, str, str]]:
        parser = plugin.Parser()
        parser.feed(html)
        parser.close()
        return [(section.id, "".join(section.title), "".join(section.text)) for section in parser.data]

    slowly, reading = read(), SearchReading()
    reading.begin()
    try:
        assert read() == slowly
    finally:
        reading.end()
