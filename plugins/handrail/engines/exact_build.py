"""One exact dirty build, while it goes on: which pages and files are made anew, and what is noted of each for the next build."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup
from mkdocs.commands.build import _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from handrail.build.build import Build
from handrail.build.head import SELECTORS
from handrail.build.kept_build import KeptBuild, KeptPage, state_of, stats_of
from handrail.build.page_keys import PageKeys
from handrail.engines.asked import Asked, Asking
from handrail.engines.completion_of import unrendered
from handrail.engines.files import is_ours
from handrail.engines.found_by_search import FoundBySearch
from handrail.engines.head import Head
from handrail.engines.heard import hearing
from handrail.engines.navigation_keys import NavigationKeys, is_pruned, own_templates
from handrail.engines.not_read import NotRead
from handrail.engines.page_text import metadata_of, text_of
from handrail.engines.site_key import appends, reads_elsewhere, runs_macros, site_key
from handrail.model.cache import seal
from handrail.text.html_page import HtmlPage, Wanted

_BARE = "<html><head><title></title></head></html>"
_WANTED = Wanted(*SELECTORS)
_NOT_READ_OF = ("markdown", "content", "toc")


class ExactBuild:
    """One build, while it goes on."""

    def __init__(  # noqa: PLR0913 - what MkDocs hands to a plugin, and what ours has made of it
        self,
        last: KeptBuild | None,
        nav: Navigation,
        files: Files,
        config: MkDocsConfig,
        build: Build,
        head: Head,
        *,
        asking: Asking,
        asks_for_texts: bool,
    ) -> None:
        self.site = Path(config.site_dir)
        self._nav, self._files, self._config, self._build, self._head = nav, files, config, build, head
        self._asking = asking
        self._common = site_key(config, build.handbook.project)
        # Somebody may have changed a file of the site, or built another one there.
        is_known = last is not None and last.common == self._common
        self._asks_for_texts = asks_for_texts or (last is not None and is_known and last.asks_for_texts)
        is_kept = last is not None and is_known and not self._asks_for_texts and last.is_of(self.site)
        self._last = last if is_kept else None
        self._keys = PageKeys(build, runs_macros=runs_macros(config), appends=appends(build.handbook.project))
        is_included = _in_preview if build.given.with_drafts else _in_site
        there = [file for file in files if is_included(file)]
        self.pages = [file for file in there if file.is_documentation_page()]
        self._assets = [file for file in there if not file.is_documentation_page()]
        self._contested = _contested(there, config)
        self._made: dict[str, KeptPage] = {}
        self._named_by_nav: dict[str, Any] = {}
        self._not_sure: set[str] = set()
        self._reading: Asked | None = None
        self._stale = {file.src_uri for file in self.pages if not self._take_over(file)}
        self._kept: set[str] = set()
        for file in there:
            file.is_modified = partial(self._is_modified, file)  # type: ignore[method-assign]
        self._found = FoundBySearch(config)
        self._ends = ExitStack()
        self._heard = self._ends.enter_context(hearing(config))

    def _is_modified(self, file: File) -> bool:
        return file.src_uri in self._stale if file.is_documentation_page() else file.dest_uri not in self._kept

    def _take_over(self, file: File) -> bool:
        """Take a page over from the last build where its own part would be the same; say whether that was done."""
        kept = self._last.pages.get(file.src_uri) if self._last is not None else None
        if kept is None or not kept.own or not self._was_written(file):
            return False
        if not self._asking.lead_as(kept.targets):
            return False
        is_new = file.page is None
        page = file.page if isinstance(file.page, Page) else Page(None, file, self._config)
        page.meta = self._metadata(file)
        if self._own_key(page, page.meta) != kept.own:
            # Of those that no navigation names MkDocs makes pages itself, and says so.
            file.page = None if is_new else page
            return False
        self._head.describe(page)
        self._made[file.src_uri] = replace(kept)
        if "title" in vars(page):
            self._named_by_nav[file.src_uri] = page.title
        page.title = Markup(kept.title) if kept.is_markup else kept.title  # noqa: S704 - as the last build had it
        if kept.is_markup:
            page.meta.setdefault("title", page.title)
        vars(page).update(dict.fromkeys(_NOT_READ_OF, NotRead()))
        return True

    def _was_written(self, file: File) -> bool:
        return self._last is not None and file.dest_uri in self._last.stats and file.dest_uri not in self._contested

    def _metadata(self, file: File) -> dict[str, Any]:
        ours = self._build.pages.get(file.src_uri)
        if ours is not None:
            return metadata_of(self._build, ours, self._config)
        found: dict[str, Any] = get_data(self._build.generated[file.src_uri].text)[1]
        return found

    def _own_key(self, page: Page, metadata: Mapping[str, Any]) -> str:
        """Return the key of a page's own part, by the metadata that it begins with; nothing where nobody can know it."""
        file, build = page.file, self._build
        ours, given = build.pages.get(file.src_uri), unrendered(page, build, self._head, self._config)
        about = (given.rest, self._head.description(file.src_uri), file.dest_uri, file.inclusion.name)
        if ours is not None:
            return self._keys.of_page(ours, given.view, text_of(build, ours, page.url), metadata, *about)
        if is_ours(file, build, self._config):
            return self._keys.of_other(given.view, file.src_uri, build.generated[file.src_uri].text, *about)
        return ""

    # While MkDocs reads and makes what it has to

    def reading(self) -> None:
        self._reading = self._asking.begin()

    def read(self, page: Page) -> None:
        if self._reading is None:
            return
        asked, self._reading = self._reading, None
        self._asking.end(asked)
        self._made[page.file.src_uri] = KeptPage(self._own_key(page, self._metadata(page.file)), targets=asked.targets)
        if reads_elsewhere(asked.opened, self._config):
            self._not_sure.add(page.file.src_uri)

    def settle(self, policy: str) -> None:
        """Settle which pages and files are made anew, and read what of them has not been read yet."""
        config = self._config
        pages = [file.page for file in self.pages if file.page is not None]
        keys = NavigationKeys(self._nav, pages, own_templates(config), pruned=is_pruned(config))
        for page in pages:
            src_uri = page.file.src_uri
            whole = seal(
                (
                    policy.encode(),
                    keys.of(page).encode(),
                    str(page.is_homepage).encode(),
                    self._head_of(page).encode("utf-8", "surrogatepass"),
                )
            )
            if src_uri not in self._stale and self._made[src_uri].whole != whole:
                self._read_after_all(page)
            if src_uri in self._made:
                self._made[src_uri].whole = whole
        self._kept = {file.dest_uri for file in self._assets if self._is_unchanged(file)}

    def _head_of(self, page: Page) -> str:
        """Return what the head of a page says to programs."""
        html = HtmlPage(_BARE, _WANTED)
        self._head.into(html, page)
        return html.text

    def _read_after_all(self, page: Page) -> None:
        src_uri = page.file.src_uri
        del page.title
        if src_uri in self._named_by_nav:
            page.title = self._named_by_nav[src_uri]
        page.markdown = page.content = None
        self._stale.add(src_uri)
        _populate_page(page, self._config, self._files)

    def _is_unchanged(self, file: File) -> bool:
        return (
            self._last is not None
            and self._was_written(file)
            and self._last.files.get(file.dest_uri) == _state_of(file)
        )

    @property
    def count(self) -> int:
        """How many pages are made anew."""
        return len(self._stale)

    @property
    def remaining(self) -> set[str]:
        """The files of the site that stay as they are."""
        return self._kept | {file.dest_uri for file in self.pages if file.src_uri not in self._stale}

    def put_in_order(self) -> None:
        kept = {src_uri: made.found for src_uri, made in self._made.items()}
        self._found.put_in_order([file.src_uri for file in self.pages], kept)

    def done(self) -> KeptBuild:
        for file in self.pages:
            page, made = file.page, self._made.setdefault(file.src_uri, KeptPage())
            if file.src_uri in self._not_sure | self._heard.pages or page is None:
                made.own = ""
            elif file.src_uri in self._stale:
                made.title, made.is_markup = str(page.title), isinstance(page.title, Markup)
            made.found = self._found.of(file.src_uri)
        files = {file.dest_uri: _state_of(file) for file in self._assets if file.dest_uri not in self._contested}
        kept = KeptBuild(self._common, self._made, files, stats_of(self.site), self._asks_for_texts)
        kept.is_whole = not self._heard.anything and all(made.own for made in self._made.values())
        return kept

    def end(self) -> None:
        self._ends.close()


def _in_site(file: File) -> bool:
    return bool(file.inclusion.is_included())


def _in_preview(file: File) -> bool:
    return bool(file.inclusion.is_in_serve())


def _contested(files: Iterable[File], config: MkDocsConfig) -> frozenset[str]:
    """Return the places of a site that more than one file is written to: the last one counts, so all are."""
    written = Counter(file.dest_uri for file in files)
    written.update((*config.theme.static_templates, *config.extra_templates))
    return frozenset(place for place, times in written.items() if times > 1)


def _state_of(file: File) -> str:
    """Return what is another as soon as a file that is copied holds something else."""
    if file.abs_src_path is None:
        return seal((file.content_bytes,))
    try:
        return repr(state_of(os.stat(file.abs_src_path)))  # noqa: PTH116 - half the time of pathlib
    except OSError:
        return ""
