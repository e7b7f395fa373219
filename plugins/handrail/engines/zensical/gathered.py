"""What Zensical's site is made of: the settings, files, navigation and pages that MkDocs and its plugins settle before any page is HTML.

MkDocs' own phases run, with its plugin Handrail and with all others of the site, up to the Markdown of each page. So both engines
get the same pages under the same addresses in the same order, judged and withheld by the same code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from handrail.engines import snippets
from handrail.engines.mkdocs import HandrailPlugin
from handrail.errors import HandrailError
from handrail.model.config_names import USUAL
from handrail.model.project import PLUGIN

_SNIPPETS = "pymdownx.snippets"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A site before its pages are HTML."""

    config: MkDocsConfig
    plugin: HandrailPlugin
    files: Files
    nav: Navigation

    def pages(self) -> Iterator[Page]:
        """Yield the pages of the site, each with its place there."""
        for file in self.files.documentation_pages():
            page = file.page
            yield page if isinstance(page, Page) else Page(None, file, self.config)

    def markdown(self, page: Page) -> str:
        """Return a page's text as all plugins leave it, with what it includes, and settle its metadata."""
        config, files = self.config, self.files
        config._current_page = page  # noqa: SLF001 - what MkDocs tells its own extensions by
        try:
            page = config.plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
            return self._with_snippets(page.markdown or "")
        finally:
            snippets.release()
            config._current_page = None  # noqa: SLF001 - the same

    def _with_snippets(self, text: str) -> str:
        """Return a text with what its author puts in from other files, of those that may be read for a page."""
        config = self.config
        if _SNIPPETS not in config.markdown_extensions:
            return text
        options = {_SNIPPETS: config.mdx_configs.get(_SNIPPETS) or {}}
        md = Markdown(extensions=[_SNIPPETS, self.plugin.snippets], extension_configs=options)
        return "\n".join(md.preprocessors["snippet"].run(text.split("\n")))

    def title(self, page: Page) -> str | None:
        """Return what a page of the handbook is called where nothing but its text says so, as HTML; None where something does.

        MkDocs takes it from the first heading, when the text is HTML.
        """
        ours = self.plugin.build.pages.get(page.file.src_uri)
        if ours is None or "title" in page.meta or "title" in page.__dict__:
            return None
        headings = ours.source.first_headings
        return escape(headings[0][0] if headings and headings[0][0] else ours.title)

    def is_of_theme(self, file: File) -> bool:
        return file.src_dir in self.config.theme.dirs


@contextmanager
def gathered(config_file: Path, site_dir: Path) -> Iterator[Gathered]:
    """Gather a site that is to lie in a folder; raises HandrailError where MkDocs or a plugin can't go on."""
    try:
        config = load_config(str(config_file), site_dir=str(site_dir), strict=False)
    except Abort as error:
        raise HandrailError(f"{config_file.name} can't be used: {error}") from error
    plugin = config.plugins.get(PLUGIN)
    if not isinstance(plugin, HandrailPlugin):
        raise HandrailError(
            f"The plugin handrail is not switched on in {config_file.name or USUAL}; add `- handrail` to the list under `plugins`."
        )
    config.plugins.on_startup(command="build", dirty=False)
    plugin.ahead.is_wanted = False
    try:
        yield _gather(config, plugin)
    except MkDocsException as error:
        raise HandrailError(str(error)) from error
    finally:
        config.plugins.on_shutdown()


def _gather(config: MkDocsConfig, plugin: HandrailPlugin) -> Gathered:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    return Gathered(config, plugin, files, nav)
