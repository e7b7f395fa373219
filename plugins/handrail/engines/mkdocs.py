"""The MkDocs plugin: judges the handbook before a build, withholds what may not be seen, and shows what Handrail knows.

MkDocs calls the methods in the order in which they stand here; the work is done elsewhere.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import click
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from handrail.engines import macros, navigation, preview, snippets, verdict
from handrail.engines.files import take_as_page, unread, withhold
from handrail.engines.frame import framed
from handrail.engines.memory import uncollected
from handrail.engines.meta import meta_of
from handrail.engines.starters import Starters
from handrail.errors import HandrailError
from handrail.history.place import repository_root
from handrail.model.kinds import load_kinds
from handrail.model.page import Page
from handrail.model.project import make_project, option_places
from handrail.model.settings import Settings, resolve_today, validate
from handrail.model.urls import relative
from handrail.rules.registry import all_rules, severities
from handrail.site.audience import Shown
from handrail.site.forge import Forge
from handrail.site.frame import theme_status, view_of
from handrail.site.generated import GeneratedPage, generated_pages
from handrail.site.published import linked_body, publishable, withheld_files
from handrail.site.signing_links import has_form

_CSS = "assets/handrail.css"
_CSS_FILE = Path(__file__).resolve().parents[1] / "site" / _CSS
_FORGE_FACTS = ' data-md-component="source"'
_STATUS = {
    "handrail-unwritten": "Not written yet",
    "handrail-doubtful": "Read with care: see the note at the top",
    "deprecated": "Retired",
}


class HandrailConfig(Config):
    """MkDocs knows none of our options: they are validated in one place for every engine and command."""


class HandrailPlugin(BasePlugin[HandrailConfig]):
    """Puts the handbook before MkDocs."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.serving = False
        self.with_drafts = False
        self.emptied: frozenset[str] = frozenset()
        self.readings = preview.Readings()
        self.guard: preview.Guard | None = None

    def load_config(
        self, options: dict[str, Any] | Config, config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Validate our options with the sentences of the command line."""
        self.config = HandrailConfig(config_file_path)
        try:
            self.settings = validate(dict(options), option_places(Path(config_file_path) if config_file_path else None))
        except HandrailError as error:
            return [("options", error)], []
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether the site is being previewed. Having this method keeps one plugin through all rebuilds."""
        del dirty
        # `mkdocs serve --clean` says that it builds; the command line knows better.
        context = click.get_current_context(silent=True)
        self.with_drafts = command == "serve"
        self.serving = self.with_drafts or (context is not None and context.command.name == "serve")

    def on_shutdown(self) -> None:
        """Throw away the copy of the last good site."""
        if self.guard is not None:
            self.guard.close()

    @event_priority(-50)  # when macros is there to be given ours
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the handbook, and set up MkDocs for it."""
        try:
            with uncollected():
                self._read(config)
        except HandrailError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(f"{error.filename} can't be used: {error.strerror}.") from error
        self.macros = macros.Macros(self.shown, "")
        macros.register(config, self.macros)
        snippets.guard(config, self._may_be_read)
        # A link that leads nowhere is said once, by Handrail.
        config.validation.links.not_found = logging.INFO
        if _CSS not in config.extra_css:
            config.extra_css.append(_CSS)
        config.extra["status"] = _STATUS | dict(config.extra.get("status") or {})
        return config

    def _read(self, config: MkDocsConfig) -> None:
        config_file = Path(config.config_file_path or "mkdocs.yml").resolve()
        today = resolve_today(self.settings, None, os.environ, lambda: datetime.now(UTC))
        project = make_project({**config, "docs_dir": config.docs_dir}, config_file, self.settings)
        level = severities(self.settings)
        self.judged = self.readings.read(project, load_kinds(project.root), today)
        self.handbook = self.readings.legible(self.judged) if self.serving else self.judged
        self.forge = Forge.of(config.repo_url or "", config.edit_uri or "")
        self.generated: Mapping[str, GeneratedPage] = {
            page.src_uri: page for page in generated_pages(all_rules(), level)
        }
        self.history = self.readings.history(project.docs_dir)
        self.has_form = has_form(repository_root(project.docs_dir) or project.root)
        self._show(publishable(self.handbook, self.settings.audience, leniently=self.serving))

    def _show(self, published: list[Page]) -> None:
        """Settle which pages the site has."""
        self.pages: dict[str, Page] = {page.src_uri: page for page in published}
        self.withheld = withheld_files(self.handbook, self.settings.audience, published)
        self.shown = Shown(
            self.handbook,
            self.forge,
            Starters(self.handbook, published),
            published,
            history=self.history,
            has_form=self.has_form,
        )

    def _may_be_read(self, place: Path) -> bool:
        """Say whether a page's text may be put into others; what is no page of the handbook is the site's own affair."""
        folder = self.handbook.project.docs_dir
        src_uri = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else ""
        return src_uri in self.pages or not (src_uri in self.handbook.by_src_uri or src_uri in self.withheld)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Give the verdict, while the site of the last build is still there."""
        del config
        with uncollected():
            self.report = verdict.give(self.judged, fail=not self.serving)

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out what is withheld, and add the pages that Handrail makes."""
        withheld = {page.src_uri for page in self.handbook.pages if not self.shown.shows(page)} | self.withheld
        withheld |= unread(files, self.handbook.by_src_uri, config)
        self.emptied = withhold(files, withheld, self.handbook.files, config)
        for src_uri in self.pages:
            file = files.get_file_from_path(src_uri)
            if file is not None and not file.is_documentation_page():
                take_as_page(files, file, config)
        self._show([page for page in self.pages.values() if self._is_built(files.get_file_from_path(page.src_uri))])
        self.macros.shown = self.shown
        for made in self.generated.values():
            if files.get_file_from_path(made.src_uri) is None:
                files.append(
                    File.generated(config, made.src_uri, content=made.text, inclusion=InclusionLevel.NOT_IN_NAV)
                )
        if files.get_file_from_path(_CSS) is None:
            files.append(File.generated(config, _CSS, abs_src_path=str(_CSS_FILE)))
        return files

    def _is_built(self, file: File | None) -> bool:
        """Say whether MkDocs makes a page of a file: not where the site leaves it out, or takes it for a draft."""
        if file is None:
            return False
        return bool(file.inclusion.is_in_serve() if self.with_drafts else file.inclusion.is_included())

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the pages that Handrail makes into whatever navigation there is."""
        nav = navigation.without(nav, self.emptied)
        for src_uri in self.emptied:
            if (file := files.get_file_from_path(src_uri)) is not None:
                files.remove(file)
        if config.nav is None:
            named = self.shown.pages(self.handbook.departments)
            navigation.named_by_index(nav, {page.src_uri: escape(page.title) for page in named if page.is_index})
        wanted = [made for made in self.generated.values() if made.in_nav]
        return navigation.with_generated(nav, wanted, config, files)

    @event_priority(100)
    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Give generated pages an edit button that leads to what they are made of."""
        del config, files
        if page.file.src_uri in self.generated and page.file.generated_by and self.forge is not None:
            page.edit_url = self.forge.browse(self.forge.folder)
        return page

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """Keep MkDocs from reading what our own reader has read: it would fail at some pages, and take text from others."""
        del config
        return "" if page.file.src_uri in self.pages else None

    @event_priority(200)
    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Let MkDocs, the theme and macros see what our own reader read."""
        del files
        ours = self.pages.get(page.file.src_uri)
        self.macros.url = page.url
        if ours is None:
            return markdown
        page.meta = meta_of(ours, self.handbook, config.theme.dirs, theme_status(self.shown, ours))
        # Other plugins ask the page for its text before MkDocs has given it to the page.
        page.markdown = linked_body(
            self.handbook, ours, self.shown.shows, lambda target: relative(target.url, page.url), self.withheld
        )
        return page.markdown

    @event_priority(100)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put round a page's text what its reader needs."""
        del config, files
        ours = self.pages.get(page.file.src_uri)
        made = self.generated.get(page.file.src_uri)
        if ours is not None:
            return framed(html, page, view_of(self.shown, ours))
        if made is not None and made.view is not None and page.file.generated_by:
            return framed(html, page, made.view(self.shown))
        return html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep readers' visits between them and the site: the theme would ask the forge for its stars on each of them."""
        del page, config
        return output.replace(_FORGE_FACTS, "")

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Do the same for pages that the theme makes, such as the one for what is not found."""
        del template_name, config
        return output_content.replace(_FORGE_FACTS, "")

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """In a preview, say on every page what is wrong."""
        if self.serving:
            preview.mark(Path(config.site_dir), verdict.in_short(self.report))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Keep the last good site where a rebuild fails."""
        del builder
        self.guard = preview.Guard(server, Path(config.site_dir))
        return server
