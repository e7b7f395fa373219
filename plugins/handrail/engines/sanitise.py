"""Sanitises a page that MkDocs has rendered: its HTML, and what the theme prints of its headings elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from handrail.build.build import Build
from handrail.engines.frame import Rendered
from handrail.engines.policy import draws_diagrams
from handrail.model.let_in import let_in
from handrail.rendering.sanitise import DIAGRAM, OURS, REFERENCE, free_id, sanitised, sanitised_words
from handrail.text.hosts import NOBODY, LetIn
from handrail.text.html_page import HtmlPage

_ENDS_A_TITLE = frozenset(("a", "div", "label", "li"))
_SHORTENED = "md-ellipsis"
_REFERENCES = "autorefs"
_BRACKET = re.compile(r"&(?:lt|LT|#0*60|#[xX]0*3[cC]);?+(?!\u2060)")


def sanitised_page(html: str, page: Rendered, keeping: frozenset[str], let_in_here: LetIn) -> str:
    """Return a page's HTML, sanitised; its title and the headings of its table of contents are put right in place.

    `keeping` is what of OURS, DIAGRAM and REFERENCE stays.
    """
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
        # MkDocs counts an attribute `id` without a value among them, as in `<Order ID>`.
        page.present_anchor_ids = {free_id(anchor) for anchor in page.present_anchor_ids if anchor}
    return sanitised(html, keeping, let_in_here)


def sanitise_posts(context: Mapping[str, Any], build: Build, config: MkDocsConfig) -> None:
    """Sanitise the beginnings of a blog's posts, which it makes of their Markdown for lists of its own."""
    for post in context.get("posts") or ():
        ours = build.pages.get(post.file.src_uri)
        post.content = sanitised(
            post.content, kept(config), let_in(build.handbook, ours) if ours is not None else NOBODY
        )


def kept_on(page: Page, config: MkDocsConfig) -> frozenset[str]:
    """Return what is kept on a page: on those that run template code, what macros make too."""
    return (OURS if page.meta.get("render_macros") is True else frozenset()) | kept(config)


def kept(config: MkDocsConfig) -> frozenset[str]:
    """Return what a site's plugins and settings need to be kept."""
    diagrams = {DIAGRAM} if draws_diagrams(config) else set()
    return frozenset(diagrams | ({REFERENCE} if _REFERENCES in config.plugins else set()))


def with_plain_tooltips(page: HtmlPage) -> None:
    """Let titles on a finished page stay words where the theme has no room for them.

    It shows the words of a title that it has cut short in a tooltip, and reads them as HTML there.
    """
    if _BRACKET.search(page.source) is None:  # as on most pages
        return
    for at in range(1, len(page.pieces), 2):
        if _SHORTENED in page.pieces[at] and _SHORTENED in page.tag(at).classes:
            page.set(at + 1, _plain(page.pieces[at + 1]))
            place = at + 2
            while place < len(page.pieces) and page.tag(place).name not in _ENDS_A_TITLE:
                page.set(place + 1, _plain(page.pieces[place + 1]))
                place += 2


def _plain(title: str) -> str:
    return _BRACKET.sub("\\g<0>\u2060", title)
