"""Keeps what Markdown makes of each page from one build to the next, by all that it depends on.

Every plugin still sees every page: only `Page.render` is spared, where it would make the same of the text that it is given. A page is not
kept of which it says something on the way, or for which it reads another file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import ExitStack
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handrail.build.kept_by_page import KeptByPage
from handrail.build.page_keys import as_bytes, puts_in
from handrail.build.tree import tree_name
from handrail.engines.asked import Asking
from handrail.engines.heard import hearing
from handrail.engines.logs import OF_THE_ENGINE
from handrail.engines.rendered import Rendered
from handrail.engines.site_key import is_markdown_known, markdown_key, reads_elsewhere
from handrail.engines.snippets import Guard
from handrail.history.root import made_here
from handrail.model.cache import CACHE, seal
from handrail.model.project import Project

_Render = Callable[[MkDocsConfig, Files], None]


class KeptMarkdown:
    """What Markdown has made of the pages of a site, for one build after the other."""

    def __init__(self) -> None:
        self._kept: KeptByPage | None = None
        self._ends = ExitStack()

    def begin(self, config: MkDocsConfig, project: Project, asking: Asking, guard: Guard) -> None:
        """Begin a build; nothing is kept of it where nobody can know what Markdown does, or where MkDocs is to tell all that it does."""
        self.end()
        self.asking, self._guard = asking, guard
        self._level = OF_THE_ENGINE.getEffectiveLevel()
        if self._level <= logging.DEBUG or not is_markdown_known(config, project):
            return
        name, root = f"{tree_name(project)}.markdown", project.root
        self._kept = KeptByPage(root, name, markdown_key(config), lambda: made_here(project.config_file, root / CACHE))
        self._heard = self._ends.enter_context(hearing(config, logging.INFO))

    def holds(self, page: Page) -> bool:
        """Say whether something is kept of a page, whether or not it is what its text makes now."""
        return self._kept is not None and page.file.src_uri in self._kept

    def watch(self, page: Page) -> None:
        """Have a page take what is kept of it when it is rendered, and keep what is made of it else."""
        if self._kept is not None and type(page).render is Page.render:
            page.render = partial(self._render, page, page.render)  # type: ignore[method-assign]

    def _render(self, page: Page, render: _Render, config: MkDocsConfig, files: Files) -> None:
        if self._kept is None:
            render(config, files)
            return
        src_uri, key = page.file.src_uri, self._key_of(page)
        if key and self._gives(self._kept.get(src_uri), key, page, files):
            return
        self._kept.drop(src_uri)
        asked, self._heard.anything = self.asking.begin(), False
        render(config, files)
        self.asking.end(asked)
        if key and not self._heard.anything and not reads_elsewhere(asked.opened, config):
            rendered = Rendered.of(page).as_data()
            made = {"key": key, "level": self._level, "targets": asked.targets, "rendered": rendered}
            self._kept.put(src_uri, made)

    def _key_of(self, page: Page) -> str:
        """Return what a page's text and place make another one; nothing where there is more to it."""
        text = page.markdown or ""
        if puts_in(text) or self._guard.puts_texts_below:
            return ""
        file = page.file
        place = [file.src_uri, file.url, file.inclusion.is_excluded()]
        return seal((as_bytes(place), text.encode("utf-8", "surrogatepass")))

    def _gives(self, known: Any, key: str, page: Page, files: Files) -> bool:
        """Give a page what is kept of it, and say whether that was done: whoever listens now has to hear all that was heard then."""
        try:
            is_of_it = known["key"] == key and known["level"] <= self._level
            rendered, targets = Rendered.from_data(known["rendered"]), dict(known["targets"])
        except (TypeError, ValueError, LookupError):
            return False  # nothing is kept of it, or something else than is written here
        return is_of_it and self.asking.lead_as(targets) and rendered.give(page, files)

    def finish(self, pages: Collection[str]) -> None:
        """Write down what is kept, when these pages are made, by path."""
        if self._kept is not None:
            self._kept.end(pages)
        self.end()

    def end(self) -> None:
        """Let go of what was not written down, and render as ever."""
        self._ends.close()
        if self._kept is not None:
            self._kept.close()
            self._kept = None
