"""What is taken for a link of a body is what Markdown makes one of: held against it over bodies put together at random."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import BLOCK_LEVEL_ELEMENTS

from handrail.text.html_blocks import BLOCKS
from handrail.text.markdown import links

_LINES = (
    "text", "[a](l.md)", "![a](p.png)", "**[b](b.md)**", "# Head [h](h.md)", "- item [i](i.md)", "1. [n](n.md)",
    "> quote [q](q.md)", "See [r] and [s][t].", "[r]: d.md", '[r]: e.md "A title"', "[t]: f.md and more", "[t]: g.md (Title)",
    "`[c](c.md)`", '[a](u.md#b-"c-d")', "[a](v.md#it's)", '<a href="x.md">w</a>', "<b>x</b> [y](y.md)", '<img src="z.png">', "<hr>", "a <div>b</div>",
)  # fmt: skip
_ELEMENTS = ("div", "details", "section", "p", "table", "span", "em")
_IN_ORDER = st.recursive(
    st.sampled_from(_LINES),
    lambda inner: st.builds(
        lambda name, indent, parts: "\n".join([f"{' ' * indent}<{name}>", *parts, f"</{name}>"]),
        st.sampled_from(_ELEMENTS),
        st.integers(0, 3),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
_ASKED = st.lists(st.sampled_from(_LINES), max_size=3).map(
    lambda lines: "\n\n".join(['<div markdown="1">', *lines, "</div>"])
)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if value and (tag, name) in (("a", "href"), ("img", "src"))}


@given(st.lists(st.tuples(st.one_of(_IN_ORDER, _ASKED), st.sampled_from(("\n", "\n\n"))), max_size=5))
def test_links_are_what_markdown_makes_links_of(parts: list[tuple[str, str]]) -> None:
    body = "".join(text + end for text, end in parts)
    addresses = _Addresses()
    addresses.feed(Markdown(extensions=["toc", "tables", "fenced_code", "md_in_html"]).convert(body))
    assert {link.target for link in links(body) if link.is_used} == addresses.found


def test_blocks_begin_with_the_elements_that_markdown_knows() -> None:
    assert set(BLOCK_LEVEL_ELEMENTS) <= BLOCKS
