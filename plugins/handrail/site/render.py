"""Turns views into HTML. Everything that comes from a page is escaped here, where it is put."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from handrail.site.audience import Link
from handrail.site.views import Entry, Section, View, Words

_SIGNS = re.compile(r"[\\`*_{}\[\]|~^]")

Href = Callable[[Link], str]
"""Returns the address of a link, seen from the page that it stands on; nothing for plain text."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("handrail", "site/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def inert(markup: str) -> str:
    """Return HTML that Markdown will pass on as it is: what looks like its signs, or a template's, becomes entities."""
    return _SIGNS.sub(lambda match: f"&#{ord(match[0])};", markup)


def words(sentence: Words, href: Href) -> Markup:
    """Return a sentence with its links."""
    parts = [_link(part, href) if isinstance(part, Link) else escape(part) for part in sentence]
    return Markup("".join(parts))  # noqa: S704 - each part was escaped by itself


def _link(link: Link, href: Href) -> str:
    address = href(link)
    return f'<a href="{escape(address)}">{escape(link.text)}</a>' if address else escape(link.text)


def top(view: View, href: Href) -> str:
    """Return what stands between the title of a page and its text."""
    return _template("top.html", href, view=view)


def sections(found: Sequence[Section], href: Href) -> str:
    """Return sections with their headings."""
    return _template("sections.html", href, sections=found) if found else ""


def entries(found: Sequence[Entry], href: Href) -> str:
    """Return a list."""
    return _template("list.html", href, section=Section("", "", tuple(found)))


def text_heading(title: str, anchor: str) -> str:
    """Return the heading of a page's own text."""
    return _template("heading.html", lambda _link: "", title=title, anchor=anchor) if title else ""


def _template(name: str, href: Href, **values: object) -> str:
    rendered = _environment().get_template(name).render(words=lambda sentence: words(sentence, href), **values)
    # One line: no Markdown that it may stand in can take a part of it for its own.
    return " ".join(rendered.split())
