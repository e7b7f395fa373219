"""Puts into a page that an engine has rendered what Handrail shows on it, and its headings into the page's table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from mkdocs.structure.toc import AnchorLink, TableOfContents

from handrail.model.view_lines import MARK, ViewName
from handrail.pages.surround import Heading, Surround

# What Markdown and the sanitiser wrote, before any theme or plugin: there each tag has one form.
_ASKS = re.compile(rf"<p>\s*{MARK}(?P<name>{'|'.join(ViewName)}){MARK}\s*</p>")


class Rendered(Protocol):
    """What an engine knows of a page when its Markdown is HTML; a page of MkDocs is one."""

    toc: TableOfContents
    meta: Any
    present_anchor_ids: Any

    @property
    def title(self) -> str | None:
        """What the theme calls the page."""


def framed(html: str, page: Rendered, around: Surround) -> str:
    """Return a page's HTML with what stands round its text."""
    taken = page.present_anchor_ids or set()
    around = around.beside(taken)
    _list_headings(page, around)
    page.present_anchor_ids = taken | around.anchors
    return around.round(html)


def with_views(html: str, views: Mapping[str, str]) -> str:
    """Return the HTML of a page's text with the views for which it asks, each in a paragraph of its own."""
    return _ASKS.sub(lambda match: views.get(match["name"], match[0]), html) if views else html


def _list_headings(page: Rendered, around: Surround) -> None:
    items = page.toc.items
    if len(items) == 1 and items[0].level == 1:
        items = items[0].children
    items[:0] = [*_anchors(around.before), *(_anchors([around.text]) if around.text.title else ())]
    items.extend(_anchors(around.after))


def _anchors(headings: Iterable[Heading]) -> list[AnchorLink]:
    found: list[AnchorLink] = []
    for heading in headings:
        anchor = AnchorLink(heading.title, heading.anchor, heading.level)
        if heading.level > 2 and found:  # noqa: PLR2004 - headings of level 2 stand for themselves
            found[-1].children.append(anchor)
        else:
            found.append(anchor)
    return found
