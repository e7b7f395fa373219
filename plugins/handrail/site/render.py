"""Turns views into HTML. Everything that comes from a page is escaped here, where it is put."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from handrail.site.audience import Link
from handrail.site.views import Entry, Section, View, Words

Href = Callable[[Link], str]
"""Returns the address of a link, seen from the page that it stands on; nothing for plain text."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("handrail", "site/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def words(sentence: Words, href: Href) -> Markup:
    """Return a sentence with its links."""
    return Markup("").join(_link(part, href) if isinstance(part, Link) else escape(part) for part in sentence)


def _link(link: Link, href: Href) -> Markup:
    address = href(link)
    return Markup('<a href="{}">{}</a>').format(address, link.text) if address else escape(link.text)


def top(view: View, href: Href) -> str:
    """Return what stands between the title of a page and its text."""
    return _template("top.html", href, view=view)


def sections(found: Sequence[Section], href: Href) -> str:
    """Return sections with their headings."""
    return _template("sections.html", href, sections=found) if found else ""


def entries(found: Sequence[Entry], href: Href) -> str:
    """Return a list."""
    return _template("list.html", href, section=Section("", "", tuple(found)))


def text_heading(title: str) -> str:
    """Return the heading of a page's own text."""
    return _template("heading.html", lambda _link: "", title=title) if title else ""


def _template(name: str, href: Href, **values: object) -> str:
    rendered = _environment().get_template(name).render(words=lambda sentence: words(sentence, href), **values)
    # One line: no Markdown that it may stand in can take a part of it for its own.
    return " ".join(rendered.split())
