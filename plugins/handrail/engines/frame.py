"""Puts a view round a page that MkDocs has rendered, and its headings into the page's table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from handrail.model.page import Page as Ours
from handrail.model.view_lines import MARK, ViewName
from handrail.pages import render
from handrail.pages.audience import Shown
from handrail.pages.inserted import inserted
from handrail.pages.named import Named
from handrail.pages.render import Links
from handrail.pages.views import Section, View

_H1_END = "</h1>"
_TEXT_ANCHOR = "commentary"
_ASKS = re.compile(rf"<p>\s*{MARK}(?P<name>{'|'.join(ViewName)}){MARK}\s*</p>")


def framed(html: str, page: Page, view: View, named: Named) -> str:
    """Return a page's HTML with the view round it."""
    links = Links(page.url, named)
    title, text = "", html
    if html.lstrip().startswith("<h1") and _H1_END in html:
        end = html.index(_H1_END) + len(_H1_END)
        title, text = html[:end], html[end:]
    taken = page.present_anchor_ids or set()
    before, after = (list(_unique(sections, taken)) for sections in (view.sections, view.after))
    about = replace(view.about, anchor=_free(view.about.anchor, taken)) if view.about is not None else None
    text_anchor = _free(_TEXT_ANCHOR, taken)
    top = render.top(view, links) + render.sections(before, links, is_one_page=view.is_one_page)
    heading = render.text_heading(view.text_title, text_anchor)
    below = [*_anchors(after), *([AnchorLink("About this page", about.anchor, 2)] if about is not None else ())]
    _list_headings(page, _anchors(before), AnchorLink(escape(view.text_title), text_anchor, 2), below)
    ours = {
        text_anchor,
        *(section.anchor for section in (*before, *after)),
        *([about.anchor] if about is not None else ()),
    }
    page.present_anchor_ids = taken | ours
    below_text = (
        render.sections(after, links),
        render.worked(view, links),
        render.about(replace(view, about=about), links),
    )
    parts = (title, top, heading, text, *below_text)
    return "\n".join(part for part in parts if part)


def with_views(html: str, page: Page, ours: Ours, shown: Shown, named: Named) -> str:
    """Return the HTML of a page's text with the views for which it asks, each in a paragraph of its own."""
    if not ours.bears_views:
        return html

    def view(match: re.Match[str]) -> str:
        return render.inserted(inserted(shown, ViewName(match["name"]), page.url), Links(page.url, named))

    return _ASKS.sub(view, html)


def _unique(sections: Iterable[Section], taken: Iterable[str]) -> Iterable[Section]:
    """Yield the sections with anchors that the text of the page does not have."""
    return (replace(section, anchor=_free(section.anchor, taken)) for section in sections)


def _free(anchor: str, taken: Iterable[str]) -> str:
    while anchor in taken:
        anchor += "-of-this-page"
    return anchor


def _list_headings(page: Page, before: list[AnchorLink], text: AnchorLink, below: list[AnchorLink]) -> None:
    items = page.toc.items
    if len(items) == 1 and items[0].level == 1:
        items = items[0].children
    items[:0] = [*before, *([text] if text.title else ())]
    items.extend(below)


def _anchors(sections: Sequence[Section]) -> list[AnchorLink]:
    found: list[AnchorLink] = []
    for section in sections:
        # The theme prints the titles of headings as they are.
        anchor = AnchorLink(escape(section.title), section.anchor, section.level)
        if section.level > 2 and found:  # noqa: PLR2004 - headings of level 2 stand for themselves
            found[-1].children.append(anchor)
        else:
            found.append(anchor)
    return found
