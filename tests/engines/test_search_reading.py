"""What the theme's search learns of a page is the same, read by one pattern or by a whole parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search import plugin  # type: ignore[import-untyped]

from handrail.engines.search_reading import SearchReading, _said, is_known, sections
from handrail.rendering.sanitise import sanitised


def by_the_theme(html: str) -> list[Any] | None:
    """Return what the theme's own parser finds; None where it fails."""
    parser = plugin.Parser()
    try:
        parser.feed(html)
        parser.close()
    except ValueError:
        return None
    return list(map(_said, parser.data))


def in_one_pass(html: str) -> list[Any] | None:
    found = sections(plugin, plugin.Parser(), html)
    return list(map(_said, found)) if found is not None else None


PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<br/>", '<h2 id="a&amp;b">', "</h2>", "a", " ", "\n", "&amp;", "&lt;", "&#39;", "&nope;", "<", ">", "&",
     '<div class="linenodiv" data-search-exclude>', "</div>", "<a href='x'>", "<P>", "<script>", "</script>", "<!-- x -->", '"', "=",
     "<code>", "</code>", "<title>", "</title>", "<title>a b</title>", "<li", "/>", "</p >", "<h2 id=a>", "<ß>", "<a\u00a0b>", "&copy", "<?x>", "</>", "<wbr />",
     "<h1>", '<h1 id="t">', "</h1>", "<h3 id>", "</h3>", '<h3 id="x" data-search-exclude>', '<a class="headerlink" href="#a">', "</a>", "<ul>", "<li>", "</li>", "</ul>",
     "<pre>", "</pre>", "<object>", "</object>", '<p class="linenodiv">', "<span data-search-exclude>", "</span>", "\n\n b", "&#160;", '<p CLASS="line&#110;odiv">']
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_is_found_in_one_pass_is_what_the_theme_finds(html: str) -> None:
    found = in_one_pass(html)
    assert found is None or found == by_the_theme(html)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_what_was_sanitised_is_read_in_one_pass_unless_its_last_words_may_go_on(html: str) -> None:
    clean = f"<div>{sanitised(html)}</div>"
    assert in_one_pass(clean) == by_the_theme(clean)


def test_the_example_has_no_page_that_is_read_slowly(example_site: Path) -> None:
    """Each page's own text, as it stands in the finished site."""
    slow, pages = [], 0
    for path in sorted(example_site.rglob("index.html")):
        text = re.search(r"<article\b[^>]*>(.*)</article>", path.read_text("utf-8"), re.DOTALL)
        if text is not None:
            pages += 1
            slow += [path] if in_one_pass(text[1]) is None and "<form" not in text[1] else []
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


def test_the_theme_of_the_tests_reads_the_specimen_as_it_is_read_here() -> None:
    assert is_known(plugin)


@pytest.mark.parametrize("name", ["handle_data", "handle_starttag", "handle_endtag"])
def test_a_theme_that_makes_something_else_of_tags_or_words_reads_pages_itself(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    class Other(plugin.Parser):  # type: ignore[misc]
        """Another version of the theme's parser."""

    setattr(Other, name, lambda *_: None)
    monkeypatch.setattr(plugin, "Parser", Other)
    reading = SearchReading()
    reading.begin()
    assert plugin.Parser is Other
    reading.end()
