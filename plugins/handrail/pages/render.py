"""Turns views into HTML. Everything that comes from a page is escaped here, where it is put."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from handrail.model.trust import Trust
from handrail.pages.audience import Link
from handrail.pages.views import Entry, Inserted, Section, Strip, View, Words
from handrail.rendering.sanitise import is_harmless
from handrail.text.visible import flowing, visible_lines
from handrail.text.worddiff import Piece
from handrail.words.trust import briefly

_BLANKS = re.compile(r"[ \t\r\n]+")
"""No other blank is one that may go: a day and a contact hold some at which no line breaks."""
_SIGNS = re.compile(r"[\\`*_{}\[\]|~^]")


@dataclass(frozen=True, slots=True)
class Links:
    """Where links lead that stand on the page at the address `base`, and who is named in a sentence.

    `named` takes a text apart into words and links to the people in it.
    """

    base: str
    named: Callable[[str], Words] = lambda text: (text,)


_NOWHERE = Links("")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("handrail", "pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def inert(markup: str) -> str:
    """Return HTML that Markdown will pass on as it is: what looks like its signs, or a template's, becomes entities."""
    return _SIGNS.sub(lambda match: f"&#{ord(match[0])};", markup)


def words(sentence: Words, links: Links) -> Markup:
    """Return a sentence with its links, and with links to the people whom it names."""
    return plain(
        (piece for part in sentence for piece in ((part,) if isinstance(part, Link) else links.named(part))), links
    )


def plain(sentence: Iterable[str | Link], links: Links) -> Markup:
    """Return a sentence with no links but its own."""
    parts = [_link(part, links) if isinstance(part, Link) else _escaped(part) for part in sentence]
    return Markup("".join(parts))  # noqa: S704 - each part was escaped by itself


def _link(link: Link, links: Links) -> str:
    address, text = link.address(links.base), _escaped(link.text)
    return f'<a href="{escape(address)}">{text}</a>' if is_harmless(address) else text


@lru_cache(maxsize=4_096)
def _escaped(text: str) -> Markup:
    """Return a text as it stands in a line; most stand on many pages."""
    return escape(flowing(text))


def top(view: View, links: Links) -> str:
    """Return what stands between the title of a page and its text."""
    return _template("top.html", links, view=view)


def worked(view: View, links: Links) -> str:
    """Return what those who followed a text are asked below it."""
    return _template("worked.html", links, feedback=view.feedback) if view.feedback is not None else ""


def about(view: View, links: Links) -> str:
    """Return the part below a text on the page itself."""
    return _template("about.html", links, about=view.about, trust=view.trust) if view.about is not None else ""


def sections(found: Sequence[Section], links: Links, *, is_one_page: bool = False) -> str:
    """Return sections with their headings."""
    return _template("sections.html", links, sections=found, is_one_page=is_one_page) if found else ""


def entries(found: Sequence[Entry], links: Links) -> str:
    """Return a list."""
    return _template("list.html", links, section=Section("", "", tuple(found)))


def inserted(view: Inserted, links: Links) -> str:
    """Return a view that stands within a page's own text."""
    return _template("inserted.html", links, inserted=view, section=Section("", "", view.entries))


@lru_cache(maxsize=len(Trust))
def mark_in_navigation(state: Trust) -> str:
    """Return the mark of a state as it stands behind the name of a page, with its words for those who don't see it."""
    marks = _environment().get_template("marks.html").module
    return _BLANKS.sub(" ", str(marks.in_navigation(state.value, briefly(state)))).strip()  # type: ignore[attr-defined]


def text_heading(title: str, anchor: str) -> str:
    """Return the heading of a page's own text."""
    return _template("heading.html", _NOWHERE, title=title, anchor=anchor) if title else ""


def finder(*, site: str, scripts: Sequence[str], contents: str, missing: bool) -> str:
    """Return the form of the finder and the place of its answers; `missing` is the page that no address has."""
    return _template("finder.html", _NOWHERE, site=site, scripts=scripts, contents=contents, missing=missing)


def strip(found: Strip) -> str:
    """Return what a preview says at the foot of a page, with its own style and program: no published site has any of it."""
    return _template("strip.html", _NOWHERE, strip=found)


_TAGS = {"old": "del", "new": "ins"}


def difference(pieces: Sequence[Piece]) -> Markup:
    """Return the difference between two texts, with what went and what came marked."""
    parts = []
    for at, piece in enumerate(pieces):
        is_apart = piece.kind == "folded" or (at > 0 and pieces[at - 1].kind == "folded")
        parts += ["" if at == 0 else "<br>" if is_apart else _breaks(piece.before), _marked(piece)]
    return Markup(f'<p class="hr-difference">{"".join(parts)}</p>')  # noqa: S704 - each piece was escaped by itself


def _marked(piece: Piece) -> str:
    text = "<br>".join(str(escape(line)) for line in visible_lines(piece.text))
    tag = _TAGS.get(piece.kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _breaks(space: str) -> str:
    return "<br>" * space.count("\n") or " "


def code(lines: Sequence[str]) -> Markup:
    """Return lines to be copied as they are; as entities, their blanks and ends outlive what is done to the rest."""
    text = "&#10;".join(str(escape(line)).replace(" ", "&#32;") for line in lines)
    return Markup(f"<pre><code>{text}</code></pre>")  # noqa: S704 - each line was escaped by itself


def marked(text: str) -> Markup:
    """Return a text in which what stands between two backticks is shown as it is typed."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(flowing(text))
    told = (
        f"<code>{escape(flowing(part))}</code>" if at % 2 else str(escape(flowing(part)))
        for at, part in enumerate(parts)
    )
    return Markup("".join(told))  # noqa: S704 - each part was escaped by itself


def _template(name: str, links: Links, **values: object) -> str:
    rendered = (
        _environment()
        .get_template(name)
        .render(
            words=lambda sentence: words(sentence, links),
            plain=lambda sentence: plain(sentence, links),
            difference=difference,
            code=code,
            marked=marked,
            **values,
        )
    )
    # One line: no Markdown that it may stand in can take a part of it for its own.
    return _BLANKS.sub(" ", rendered).strip()
