"""Views become HTML in one place, where everything is escaped."""

from __future__ import annotations

import html as html_module
import unicodedata
from html.parser import HTMLParser
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.trust import Trust
from handrail.pages import render
from handrail.pages.audience import Link
from handrail.pages.views import (
    About,
    Button,
    Difference,
    Entry,
    Fold,
    Folded,
    Row,
    Section,
    Signing,
    Table,
    TrustLine,
    View,
)
from handrail.text.visible import one_line
from handrail.text.worddiff import Piece
from tests.pages.views import LINKS, html

NASTY = [
    "<x-evil>",
    "</p><x-evil>",
    "\"><x-evil a='",
    "' onclick='x",
    "<!-- ",
    "-->",
    "<script>x()</script>",
    "&amp;",
    "&lt;x-evil&gt;",
    "]]>",
    "{{ x }}",
    "javascript:x",
]
TEXT = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=4).map("".join)
OURS = frozenset(
    [
        "a",
        "abbr",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "h2",
        "h3",
        "li",
        "code",
        "path",
        "pre",
        "svg",
        "ol",
        "p",
        "progress",
        "section",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


class Seen(HTMLParser):
    """Notes every tag and attribute, and all text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def seen(markup: str) -> Seen:
    found = Seen()
    found.feed(markup)
    found.close()
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


@st.composite
def views(draw: st.DrawFn) -> View:
    """Return a view whose every text is nasty."""
    words = st.tuples(TEXT, TEXT.map(lambda text: Link(text, url="https://example.org/")), TEXT.map(Link))
    state = st.sampled_from([state.value for state in Trust])
    entry = st.builds(Entry, words, TEXT, TEXT, TEXT, TEXT, st.just("") | state)
    row = st.builds(Row, TEXT, words, TEXT)
    table = st.builds(Table, st.tuples(TEXT), st.tuples(st.tuples(words)))
    section = st.builds(
        Section,
        TEXT,
        TEXT,
        st.tuples(entry),
        table,
        words,
        st.booleans(),
        TEXT.map(Link),
        st.none() | TEXT.map(Link),
        TEXT,
        st.sampled_from((2, 3)),
    )
    folded = st.builds(Folded, TEXT, words, st.tuples(TEXT))
    changed = st.builds(Difference, TEXT, st.just(()), st.tuples(row))
    fold = st.builds(Fold, st.tuples(words), st.none() | changed, st.tuples(row), words)
    button = st.builds(Button, TEXT, st.just("https://example.org/"), TEXT, st.booleans())
    signing = st.builds(Signing, st.just("x"), words, st.tuples(button), st.none() | folded)
    return draw(
        st.builds(
            View,
            trust=st.none() | st.builds(TrustLine, state, TEXT, words, st.booleans(), TEXT, st.none() | fold),
            statement=TEXT,
            lead=words,
            status=TEXT,
            rows=st.tuples(row),
            sections=st.tuples(section),
            text_title=TEXT,
            after=st.tuples(section),
            about=st.none() | st.builds(About, st.just("a"), st.none() | signing, st.tuples(row), st.tuples(button)),
            progress=st.none() | st.integers(0, 100),
        )
    )


@given(views())
def test_no_text_of_a_view_becomes_markup(view: View) -> None:
    found = seen(html(view))
    assert found.tags <= OURS
    ours = {
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "class",
        "href",
        "id",
        "max",
        "role",
        "tabindex",
        "title",
        "value",
    }
    drawn = {
        "d",
        "data-pagefind-ignore",
        "data-search-exclude",
        "data-state",
        "fill-rule",
        "height",
        "viewbox",
        "width",
    }
    assert found.attributes <= ours | drawn


@given(TEXT)
def test_text_is_shown_as_it_was_typed_with_nothing_hidden_in_it(text: str) -> None:
    view = View(trust=TrustLine("signed", "B", (text,), warns=False), rows=(Row("R", (text,), f"x{text}"),))
    found = seen(html(view))
    shown = squeezed(one_line(text))
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in shown)
    assert squeezed("".join(found.text)).count(shown) >= 2
    assert squeezed(f"x{text}") in [squeezed(value) for value in found.values]


@given(
    st.lists(st.sampled_from([*"\\`*_{}[]()#+-.!|~^<>&:'\"", "[x](y)", "{: .z }", "~~", " ", "word"]), max_size=12).map(
        "".join
    )
)
def test_what_a_macro_returns_goes_through_markdown_unchanged(text: str) -> None:
    markup = render.inert(render.entries((Entry(("x" + text + "x",)),), LINKS))
    extensions: Any = ["attr_list", "tables", "pymdownx.tilde", "pymdownx.caret", "pymdownx.mark"]
    before, after = seen(markup), seen(markdown.markdown(f"Before {markup} after", extensions=extensions))
    assert after.tags - {"p"} == before.tags
    assert squeezed("".join(before.text)) in squeezed("".join(after.text))


def test_inert_text_reads_the_same() -> None:
    text = "a *b* [c](d) `e` {f} g_h ~i~ | \\"
    assert html_module.unescape(render.inert(text)) == text


@pytest.mark.parametrize("link", [Link("words"), Link("words", url="")])
def test_a_link_that_leads_nowhere_is_its_words(link: Link) -> None:
    assert render.words((link,), LINKS) == "words"


def test_a_file_of_the_site_is_led_to_from_wherever_a_page_stands() -> None:
    link = Link("the numbers", place="handbook/measures.json")
    assert link.address("handbook/scorecard/") == "../measures.json"
    assert link.address("fr/handbook/scorecard/") == "../../../handbook/measures.json"


def test_a_line_end_in_a_sentence_is_a_space_as_it_always_is_in_html() -> None:
    assert render.words(("You need\n\tit.\r\n", Link("Ask\nus")), LINKS) == "You need it. Ask us"


def test_nothing_is_hidden_wherever_a_text_stands() -> None:
    turned = "Omar \u202eddadaH"
    entry = Entry((turned,), turned, turned, turned, turned)
    markup = html(View(statement=turned, sections=(Section(turned, "a", (entry,), words=(turned,), state=turned),)))
    assert "\u202e" not in markup
    assert markup.count("Omar U+202EddadaH") == 9


def test_what_is_left_out_of_a_difference_stands_on_a_line_of_its_own() -> None:
    pieces = (
        Piece("same", "Open it.", ""),
        Piece("folded", "…", " "),
        Piece("old", "Pay", " "),
        Piece("new", "Ask", " "),
    )
    assert render.difference(pieces) == ('<p class="hr-difference">Open it.<br>…<br><del>Pay</del> <ins>Ask</ins></p>')


def test_markup_stands_on_one_line() -> None:
    view = View(lead=("one\n\ntwo",), sections=(Section("A", "a", (Entry(("x\n\n    y",)),)),))
    assert "\n" not in html(view)


def test_nothing_comes_of_an_empty_view() -> None:
    assert html(View()) == ""
