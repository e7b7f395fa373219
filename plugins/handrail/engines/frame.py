"""Puts a view round a page that MkDocs has rendered, and its headings into the page's table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from handrail.engines.links import relative
from handrail.site import render
from handrail.site.audience import Link
from handrail.site.views import Section, View

_H1_END = "</h1>"


def framed(html: str, page: Page, view: View) -> str:
    """Return a page's HTML with the view round it."""

    def href(link: Link) -> str:
        return relative(link.page.url, page.url) if link.page is not None else link.url

    title, text = "", html
    if html.lstrip().startswith("<h1") and _H1_END in html:
        end = html.index(_H1_END) + len(_H1_END)
        title, text = html[:end], html[end:]
    before = render.top(view, href) + render.sections(view.sections, href)
    heading = render.text_heading(view.text_title)
    _list_headings(page, view)
    return "\n".join(part for part in (title, before, heading, text, render.sections(view.after, href)) if part)


def _list_headings(page: Page, view: View) -> None:
    items = page.toc.items
    if len(items) == 1 and items[0].level == 1:
        items = items[0].children
    before = _anchors(view.sections)
    if view.text_title:
        before.append(AnchorLink(view.text_title, "commentary", 2))
    items[:0] = before
    items.extend(_anchors(view.after))


def _anchors(sections: Sequence[Section]) -> list[AnchorLink]:
    found: list[AnchorLink] = []
    for section in sections:
        anchor = AnchorLink(section.title, section.anchor, section.level)
        if section.level > 2 and found:  # noqa: PLR2004 - headings of level 2 stand for themselves
            found[-1].children.append(anchor)
        else:
            found.append(anchor)
    return found
