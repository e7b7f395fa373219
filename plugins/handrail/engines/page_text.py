"""What MkDocs is given of a page of the handbook: its text and its metadata, as our own reader has read them."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from handrail.build.build import Build
from handrail.engines.meta import meta_of
from handrail.model.page import Page
from handrail.model.urls import relative
from handrail.model.view_lines import with_marked_views
from handrail.pages.frame import theme_status
from handrail.web.published import linked_body


def text_of(build: Build, ours: Page, url: str) -> str:
    """Return a page's Markdown as seen from its address, with its links led to where they may, and its views marked."""
    text = linked_body(
        build.handbook, ours, build.shown.shows, lambda target: relative(target.url, url), build.withheld
    )
    return with_marked_views(text) if ours.bears_views else text


def metadata_of(build: Build, ours: Page, config: MkDocsConfig) -> dict[str, Any]:
    """Return what the theme and macros see as a page's metadata."""
    return meta_of(ours, build.handbook, config.theme.dirs, theme_status(build.shown, ours))
