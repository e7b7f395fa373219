"""What MkDocs is given of a page of the handbook: its text and its metadata, as our own reader has read them, and where it is edited."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from handrail.build.build import Build
from handrail.engines.files import is_ours
from handrail.engines.meta import meta_of
from handrail.forge.forge import with_quoted_name
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


def source_of(page: MkDocsPage, build: Build) -> str:
    """Return the text of a page's whole file."""
    ours = build.pages.get(page.file.src_uri)
    return ours.source.text if ours is not None else page.file.content_string


def edit_url_of(page: MkDocsPage, build: Build, config: MkDocsConfig) -> str | None:
    """Return where a page is edited: those that Handrail makes nowhere, for nobody edits them. No file's name is markup there."""
    if not page.edit_url or is_ours(page.file, build, config):
        return None
    return with_quoted_name(page.edit_url, page.file.src_uri)
