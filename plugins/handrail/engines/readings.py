"""What a preview reads of a handbook, again and again: a page that can't be read keeps its last good text, or is a stub."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from handrail.history.former_contents import FormerContents
from handrail.history.git import GitError
from handrail.history.material import Material, read_material
from handrail.history.repository import Checkout, History, find_checkout, read_history
from handrail.history.texts import Texts
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.pages.render import inert
from handrail.text.source import Source, read_source


class Readings:
    """Reads the handbook again and again, and remembers its history and the last text of each page that could be read."""

    def __init__(self) -> None:
        self._last_good: dict[str, Source] = {}
        self._parsed: dict[bytes, Source] | None = None
        self._checkout: Checkout | None = None
        self._material: tuple[object, Material] | None = None
        self.history = History(Path())
        self._former = FormerContents(self.history)
        self.before: frozenset[str] = frozenset()
        """The pages that show the last text that could be read, as theirs can't be."""

    def read(self, project: Project, kinds: Mapping[str, Kind], today: date) -> Handbook:
        """Read the handbook as it is; git reads its history again only where a commit has come."""
        try:
            checkout = find_checkout(project.docs_dir)
        except GitError as error:
            self._checkout, self.history = None, History(project.docs_dir, reason=str(error))
        else:
            if checkout != self._checkout or project.docs_dir != self.history.folder:
                self._checkout, self.history = checkout, read_history(project.docs_dir, checkout=checkout)
        if self._former.history is not self.history:
            self._former = FormerContents(self.history)
        handbook = load_handbook(
            project, kinds, today, look_back=partial(Texts, self.history, former=self._former), parsed=self._parsed
        )
        if self._parsed is not None:
            used = {id(page.source) for page in handbook.pages}
            self._parsed = {raw: source for raw, source in self._parsed.items() if id(source) in used}
        return handbook

    def remember_texts(self) -> None:
        """Keep what each content was read as, with all that was found out about it, for as long as some page has it."""
        if self._parsed is None:
            self._parsed = {}

    def material(self, handbook: Handbook) -> Material:
        """Return what git knows of the texts of a handbook, read again only where its history has been."""
        asked = (self.history, handbook.settings, handbook.today)
        if self._material is None or self._material[0] != asked:
            self._material = asked, read_material(self.history, handbook)
        return self._material[1]

    def legible(self, handbook: Handbook) -> Handbook:
        """Return the handbook with the last good text of each page that can't be read, or a stub."""
        sources: dict[str, Source] = {}
        for index, page in enumerate(handbook.pages):
            if page.source.readable:
                self._last_good[page.src_uri] = page.source
            sources[page.src_uri] = self._last_good.get(page.src_uri) or _stub(page, index)
        self.before = frozenset(
            page.src_uri for page in handbook.pages if not page.source.readable and page.src_uri in self._last_good
        )
        # Of itself a handbook knows already what takes long to find out.
        return handbook if all(page.source.readable for page in handbook.pages) else handbook.with_sources(sources)


def _stub(page: Page, index: int) -> Source:
    problems = page.source.problems
    place = page.source.lines.place(problems[0].offset) if problems else None
    words = f"{page.path}, line {place.line}: {problems[0].message} {problems[0].hint}" if place else page.path
    front = f"---\nkind: page\nid: unreadable-{index}\ntitle: {json.dumps(page.title)}\nvisibility: public\n---\n"
    text = f"<p>This page can't be read yet.</p>\n\n<p>{inert(html.escape(words))}</p>\n"
    return read_source(f"{front}{text}".encode("utf-8", "replace"))
