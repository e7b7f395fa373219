"""The MkDocs plugin: judges the handbook before a build, withholds what may not be seen, and shows what Handrail knows.

MkDocs calls the methods in the order in which they stand here; the work is done elsewhere.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from handrail.build.artefacts import STYLE
from handrail.build.build import settle
from handrail.build.manifest import leave
from handrail.build.nav_entries import cleared
from handrail.build.tree import grow, place_of, tree_name
from handrail.engines import absences, addresses, finder, macros, navigation, pages_beside, snippets, verdict
from handrail.engines.ahead import MadeWith, Making, PagesAhead, pages_of
from handrail.engines.asked import Asking
from handrail.engines.brought_back import heed_others
from handrail.engines.completion import complete
from handrail.engines.completion_of import completion_of
from handrail.engines.exact import Exact
from handrail.engines.failures import as_plugin_error, end_build
from handrail.engines.files import (
    add_made,
    clear_outdated,
    exclude,
    grown_again,
    include,
    keep_only,
    lead_to_originals,
    not_built,
    show_generated,
    take_as_pages,
)
from handrail.engines.finish import Finish
from handrail.engines.given import config_file_of, given, project_of, read
from handrail.engines.head import Head
from handrail.engines.kept_markdown import KeptMarkdown
from handrail.engines.meta import completed, of_its_class
from handrail.engines.page_text import edit_url_of, metadata_of, source_of, text_of
from handrail.engines.policy import site_policy
from handrail.engines.preview import Preview
from handrail.engines.rewrites import Rewrites
from handrail.engines.sanitise import sanitise_posts
from handrail.engines.search_reading import SearchReading
from handrail.engines.section_navigation import once_a_section
from handrail.engines.theme_listing import list_none_hidden
from handrail.engines.turns import Turn
from handrail.engines.unchanged import WholeBuild
from handrail.engines.undone import Undone
from handrail.engines.word import manifest_of
from handrail.errors import HandrailError
from handrail.model.garbage import gc_paused
from handrail.model.let_in import let_in_by
from handrail.model.project import option_places
from handrail.model.settings import Settings, validate
from handrail.model.signoff import bears_signatures
from handrail.pages.feedback import why_not_asked


class HandrailConfig(Config):
    """MkDocs knows none of our options: they are validated in one place for every engine and command."""


class HandrailPlugin(BasePlugin[HandrailConfig]):
    """Puts the handbook before MkDocs."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.serving = False
        self.with_drafts = False
        self.policy = ""
        self.known: dict[str, Any] = {}
        self.dirty = False
        self.built: frozenset[str] | None = None
        self.copied: dict[str, str] = {}
        self.preview = Preview()
        self.turn = Turn()
        self.search_reading = SearchReading()
        self.exact = Exact()
        self.whole = WholeBuild()
        self.ahead = PagesAhead()
        self.kept = KeptMarkdown()

    def load_config(
        self, options: dict[str, Any] | Config, config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Validate our options with the sentences of the command line."""
        self.config = HandrailConfig(config_file_path)
        pages_beside.allow(type(self))
        try:
            self.settings = validate(dict(options), option_places(Path(config_file_path) if config_file_path else None))
        except HandrailError as error:
            return [("options", error)], []
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether the site is being previewed. Having this method keeps one plugin through all rebuilds."""
        self.dirty = dirty
        # `mkdocs serve --clean` says that it builds; the command line knows better.
        context = click.get_current_context(silent=True)
        self.with_drafts = command == "serve"
        self.serving = self.with_drafts or (context is not None and context.command.name == "serve")
        self.whole.is_on = command == "build" and context is not None and not self.serving and not dirty

    def on_shutdown(self) -> None:
        """Throw away the copy of the last good site; what is built next in this process is no preview."""
        self.serving = self.with_drafts = self.dirty = False
        snippets.release()
        self.whole.end()
        self.turn.end()
        self.preview.end()

    @event_priority(100)  # before any plugin looks into the folder of pages
    def _read_handbook(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the handbook, and let MkDocs see no more of it than may be published."""
        snippets.release()
        if self.serving:
            self.preview.begin(config)
            self.exact.is_kept = True
        config.docs_dir = self.copied.get(config.docs_dir, config.docs_dir)
        self.turn.end()
        with as_plugin_error(), gc_paused():
            self.turn.take(config_file_of(config).parent, Path(config.site_dir))
            self._read(config)
            self._stage(config)
        return config

    @event_priority(-50)  # when macros is there to be given ours
    def _set_up(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set up MkDocs for the handbook."""
        self.macros = macros.Macros(self.build.shown, "")
        macros.register(config, self.macros, lambda page: source_of(page, self.build))
        self.snippets = snippets.guard(config, self.reach)
        addresses.guard(config)
        list_none_hidden(config)
        navigation.say_once(config, self.build.handbook.project)
        if STYLE not in config.extra_css:
            config.extra_css.append(STYLE)
        return config

    on_config = CombinedEvent(_read_handbook, _set_up)

    def _read(self, config: MkDocsConfig) -> None:
        readings = self.preview.readings
        project = project_of(config, self.settings)
        if not self.exact.is_on:
            self.whole.begin(config, project)
        self.search = finder.Search(project, config)
        self.judged = read(project, readings)
        self.build = settle(given(self.judged, readings, config, is_preview=self.serving, with_drafts=self.with_drafts))

    def _stage(self, config: MkDocsConfig) -> None:
        """Give MkDocs the tree to read, in the place of the folder of pages."""
        build, project = self.build, self.build.handbook.project
        if build.withheld:
            config.nav = cleared(config.nav, build.publication.withholds)
        self.turn.take(project.root, place_of(project.root, self.name))
        self.tree = grow(build, self.name)
        folder = str(self.tree.pages)
        self.copied[folder] = config.docs_dir
        config.docs_dir = folder
        self.reach = snippets.Reach(project.root, project.docs_dir, self.tree.pages, build.publication.readable)

    @property
    def name(self) -> str:
        """What the tree of this site is called; a preview shows more than a site, and each audience something else."""
        return f"{tree_name(self.build.handbook.project)}{'-preview' if self.serving else ''}"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Give the verdict, while the site of the last build is still there."""
        with gc_paused():
            self.report = verdict.check_or_fail(self.judged, self.preview.told if self.serving else None)
        if why := why_not_asked(
            self.build.handbook.project, self.build.given.forge, has_forms=self.build.given.forms.feedback
        ):
            click.echo(why, err=True)
        self.exact.begin(config, self.build.handbook.project)
        if self.dirty and not self.serving:
            clear_outdated(Path(config.site_dir), self.build, self.built)
        self.built = None

    @event_priority(100)  # before any plugin asks where a page comes from
    def _show_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Let other plugins see the pages that Handrail makes, and of each page the file that git knows."""
        lead_to_originals(files, self.build, self.tree, config)
        show_generated(files, self.build, config)
        return files

    @event_priority(-100)  # when they have added theirs
    def _keep_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out what is withheld, and add what Handrail makes beside pages."""
        keep_only(files, self.build, config)
        include(files, filter(self.build.handbook.files.why_left_out, self.build.publication.assets))
        exclude(files, self.build.publication.folder_settings)
        take_as_pages(files, self.build.pages, config)
        if left_out := not_built(files, self.build.pages, config, with_drafts=self.with_drafts):
            self.build = self.build.without(left_out)
            self.tree = grown_again(files, self.build, self.name, config)
        for said in heed_others(files, self.build, config):
            click.echo(said, err=True)
        self.macros.shown = self.build.shown
        show_generated(files, self.build, config)
        self.signed = frozenset(src_uri for src_uri, page in self.build.pages.items() if bears_signatures(page))
        with as_plugin_error():
            self.made = add_made(files, self.build, self.tree, config)
            self.rewrites = Rewrites(config, self, self.signed, self.build)
        self.head = Head(self.build, self.made)
        return files

    on_files = CombinedEvent(_show_files, _keep_files)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the pages that Handrail makes into whatever navigation there is."""
        self.nav = navigation.completed(nav, self.build, self.tree, config, files)
        asking, project = Asking(files, self.reach), self.build.handbook.project
        self.undone = Undone(config)
        self.kept.begin(config, project, asking, self.snippets)
        self.exact.plan(self.nav, files, config, self.build, self.head, asking)
        making = Making(
            project,
            lambda page: self._give_text(page.markdown or "", page=page, config=config, files=files),
            partial(completion_of, build=self.build, head=self.head, config=config),
            self.kept,
        )
        pages = [] if self.serving else pages_of(files, config)
        self.ahead.begin(pages, making, config, files, are_watched=self.exact.is_kept)
        return self.nav

    @event_priority(100)
    def on_pre_page(self, page: MkDocsPage, *, config: MkDocsConfig, files: Files) -> MkDocsPage:
        """Say where a page is edited, and let no earlier build have rendered it in vain."""
        del files
        page.edit_url = edit_url_of(page, self.build, config)
        self.kept.watch(page)
        return page

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """Keep MkDocs from reading what our own reader has read: it would fail at some pages, and take text from others."""
        del config
        return "" if page.file.src_uri in self.build.pages else None

    @event_priority(200)
    def _give_text(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Let MkDocs, the theme and macros see what our own reader read."""
        del files
        ours = self.build.pages.get(page.file.src_uri)
        snippets.confine(self.reach)
        self.exact.reading()
        self.snippets.appends = page.file.src_uri not in self.signed
        self.macros.url = page.url
        if ours is None:
            self.head.describe(page)
            return markdown
        page.meta = metadata_of(self.build, ours, config) | of_its_class(page.meta, ours)
        self.head.describe(page)
        self.known = dict(page.meta)  # what differs from it is what others have added
        # Other plugins ask the page for its text before MkDocs has given it to the page.
        page.markdown = text_of(self.build, ours, page.url)
        return page.markdown

    @event_priority(40)  # when the plugin that reads folders' `.meta.yml` has added them, and before tags are gathered
    def _hold_to_ours(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Hold what another plugin has read of a page to what our own reader holds a page to."""
        del files
        if page.file.src_uri in self.build.pages:
            page.meta = completed(page.meta, self.known, self.build.handbook, config.theme.dirs)
        return markdown

    on_page_markdown = CombinedEvent(_give_text, _hold_to_ours)

    @event_priority(100)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put round a page's text what its reader needs."""
        del config, files
        snippets.release()
        completion = self.ahead.completion(page)
        self.exact.read(page)
        return self.undone.sanitised(page, partial(source_of, page, self.build), html, complete(html, page, completion))

    @event_priority(100)
    def _confine(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        del config, nav
        self.ahead.turn_to(page)
        snippets.confine(self.reach)
        return context

    @event_priority(-200)  # when a blog has made the beginnings of its posts of their Markdown
    def _sanitise_posts(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Make what other plugins show of further pages harmless too."""
        del page, nav
        snippets.release()
        sanitise_posts(context, self.build, config)
        return context

    on_page_context = CombinedEvent(_confine, _sanitise_posts)

    @event_priority(-100)  # when the templates are as the build will use them
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Settle what browsers may run; in a preview the server puts a script of its own into each page."""
        self.search_reading.begin()
        if self.serving and env.bytecode_cache is None:
            env.bytecode_cache = self.preview.compiled
        once_a_section(env, config.theme.get("features") or [])
        self.files = files
        self.finish = Finish(self.build.shown, self.nav, self.head, self.search, self.undone)
        self.policy = "" if self.serving else site_policy(env, config, files, let_in_by(self.settings))
        self.exact.settle(self.policy)
        self.kept.finish([file.src_uri for file in files.documentation_pages()])
        verdict.require_as_settled(files, self.build, config, self.rewrites, is_preview=self.serving)
        self.exact.clear()
        navigation.name_rail(config)
        self.env = env
        self.ahead.meet_theme(MadeWith(env, self.nav, self.finish, self.search_reading))
        return env

    @event_priority(100)  # as the theme has made it
    def _finish_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put right what the theme has made of a page, and say in it what programs are told."""
        del config
        return self.ahead.finished(output, page)

    @event_priority(-100)  # when the page is as it will be written
    def _govern_page(self, output: str, **_: Any) -> str:
        """Say what browsers may run."""
        return self.finish.governed(output, self.policy)

    on_post_page = CombinedEvent(_finish_page, _govern_page)

    @event_priority(100)
    def _finish_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Do the same for what the theme makes by itself."""
        del config
        return self.finish.template(output_content, template_name)

    @event_priority(-100)
    def _govern_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        del config
        return self.finish.governed(output_content, self.policy) if template_name.endswith(".html") else output_content

    on_post_template = CombinedEvent(_finish_template, _govern_template)

    @event_priority(100)  # before the theme's search writes down what it knows
    def _complete_search(self, *, config: MkDocsConfig) -> None:
        del config
        self.exact.put_in_order()

    @event_priority(-100)  # when every other plugin has finished too
    def _finish_site(self, *, config: MkDocsConfig) -> None:
        """In a preview, say on every page what is wrong, and why others are not there."""
        self.built = self.build.publication.paths
        self.build.handbook.texts.keep_comparisons()
        self.ahead.end()
        self.search_reading.end()
        self.search.finish(config)
        for said in (self.search.left_behind(config, self.build.shown), *self.undone.said()):
            if said and not self.exact.is_partial:
                click.echo(said, err=True)
        if not self.serving:
            leave(self.build.handbook.project.root, self.name, manifest_of(self.files, self.made, config, self.build))
        else:
            finish = partial(self.finish.template, name="withheld.html")
            frame = absences.frame(self.env, self.nav, config, finish)
            self.preview.finish(Path(config.site_dir), self.build.shown, self.build.publication, self.report, frame)
        self.exact.finish()
        self.exact.end()
        self.whole.finish(self.build, self.files, config)
        self.turn.end()

    on_post_build = CombinedEvent(_complete_search, _finish_site)

    @event_priority(-100)  # when every other plugin has been told
    def on_build_error(self, *, error: Exception) -> None:
        """Let files be opened again, and say in a sentence what went wrong."""
        snippets.release()
        self.ahead.end()
        self.search_reading.end()
        self.exact.end(error)
        self.kept.end()
        self.turn.end()
        end_build(error, self.config.config_file_path)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Keep the last good site where a rebuild fails."""
        del builder
        self.preview.serve(server, config, self.build.handbook, self.exact)
        return server
