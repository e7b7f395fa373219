"""Sanitises a page that MkDocs has rendered: its HTML, and what the theme prints of its headings elsewhere."""

from __future__ import annotations

from html import escape, unescape

from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from handrail.site.sanitise import free_id, sanitised, sanitised_words


def sanitised_page(html: str, page: Page) -> str:
    """Return a page's HTML, sanitised; its title and the headings of its table of contents are put right in place."""
    if "title" not in page.meta and "<" in unescape(page.title or ""):
        # Of a title that is only a heading, the theme would undo the entities.
        page.meta["title"] = Markup(page.title)  # noqa: S704 - Markdown has escaped it
    waiting: list[AnchorLink] = list(page.toc.items)
    while waiting:
        heading = waiting.pop()
        # The theme prints both as they are.
        heading.title, heading.id = sanitised_words(heading.title), escape(free_id(heading.id))
        waiting.extend(heading.children)
    if page.present_anchor_ids:
        page.present_anchor_ids = {free_id(anchor) for anchor in page.present_anchor_ids}
    return sanitised(html)
