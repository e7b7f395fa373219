"""Exact dirty builds: MkDocs makes only those pages and files anew of which the site could hold other bytes than it does.

MkDocs leaves out what is not modified where it is told to build dirty, and asks each file. It would answer by the times of files; here the
keys of `build/page_keys.py` and of the navigation do. What no longer belongs to the site is deleted before anything is written, so
a build ends with the very bytes of one into an empty folder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from handrail.build.build import Build
from handrail.build.kept_build import KeptBuild, stats_of, sweep
from handrail.engines.asked import Asking
from handrail.engines.exact_build import ExactBuild
from handrail.engines.head import Head
from handrail.engines.not_read import AskedForTextError
from handrail.engines.site_key import why_everything
from handrail.model.project import Project


class Exact:
    """The builds of one site, one after the other. `last` is the one that its folder holds, `done` the one that has just ended well.

    It answers for MkDocs only where it `is_on`, and keeps of each build what the next one asks for only where it `is_kept`.
    """

    def __init__(self) -> None:
        self.last: KeptBuild | None = None
        self.done: KeptBuild | None = None
        self.made = 0
        """How many pages it made anew."""
        self.is_on = False
        self.is_kept = False
        self.sweep: Callable[[Path, Collection[str]], None] = sweep
        """Deletes all of a site but some files."""
        self.why_all = ""
        """Why all pages are made at each build; nothing where only those are that can have changed."""
        self.has_to_begin_anew = False
        """Whether a template asked for the text of a page that was not made anew, so that all have to be."""
        self._asks_for_texts = False
        self._now: ExactBuild | None = None

    def begin(self, config: MkDocsConfig, project: Project) -> None:
        """Settle whether anybody can know what has changed; where nobody can, nothing of the last build stays."""
        self.done = None
        self.why_all = why_everything(config, project) if self.is_kept else ""
        if self.why_all:
            self.last = None
            if self.is_on:
                self.sweep(Path(config.site_dir), ())

    def plan(
        self, nav: Navigation, files: Files, config: MkDocsConfig, build: Build, head: Head, asking: Asking
    ) -> None:
        """Tell MkDocs which pages need not be read, and give those what others ask of them."""
        if self.is_kept and not self.why_all:
            last = self.last if self.is_on else None
            self._now = ExactBuild(
                last, nav, files, config, build, head, asking=asking, asks_for_texts=self._asks_for_texts
            )

    def reading(self) -> None:
        """Watch from now on what a page is made of."""
        if self._now is not None:
            self._now.reading()

    def read(self, page: Page) -> None:
        """Note what a page was made of when its own part is there."""
        if self._now is not None:
            self._now.read(page)

    @property
    def is_partial(self) -> bool:
        """Whether pages of the site stay as they are in this build."""
        return self._now is not None and self._now.count < len(self._now.pages)

    def settle(self, policy: str) -> None:
        """Settle which pages and files are made anew, and read those of which only what stands round them has changed."""
        if self._now is not None:
            self._now.settle(policy)

    def clear(self) -> None:
        """Delete what is to be written, or is no longer there: nothing else stops the build before MkDocs writes."""
        if self._now is not None and self.is_on:
            self.sweep(self._now.site, self._now.remaining)

    def put_in_order(self) -> None:
        """Give the theme's search what it would know, had it been asked of every page."""
        if self._now is not None:
            self._now.put_in_order()

    def finish(self) -> None:
        """Note what has been built; it counts when the engine has ended well, too."""
        if self._now is not None:
            self.done, self.made = self._now.done(), self._now.count

    def commit(self) -> None:
        """Believe what has been built, as the engine has ended well."""
        self.last = self.done

    def is_as_before(self, site: Path) -> None:
        """Believe the last build again: its files have been brought back, and only look newer."""
        if self.last is not None:
            self.last.stats = stats_of(site)

    def end(self, error: Exception | None = None) -> None:
        """Watch no longer; where that ended the build, the next one keeps nothing of a site of which templates show all texts."""
        self.has_to_begin_anew = not self._asks_for_texts and isinstance(error, AskedForTextError)
        self._asks_for_texts |= self.has_to_begin_anew
        if self._now is not None:
            self._now.end()
            self._now = None
