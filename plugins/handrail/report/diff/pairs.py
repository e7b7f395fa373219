"""Which page of a handbook before a change is which of the one after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.reading import lasting_name


class Pairs:
    """The pages of two handbooks, each with what it was or what became of it.

    A document is known by kind, id and period, also by an id that it had; what has none by git's word where its file went,
    else by its path. `files` are moves of files as git tells them, from path to path, counted from the project's root.
    """

    def __init__(self, before: Handbook, after: Handbook, files: Mapping[str, str]) -> None:
        self.before, self.after, self._files = before, after, files
        self._now: dict[Page, Page] = {}
        self._then: dict[Page, Page] = {}
        for pairs in (self._by_place_and_name, self._by_name, self._by_former_name, self._by_move, self._by_place):
            self._add(pairs())

    def _add(self, pairs: Iterable[tuple[Page, Page]]) -> None:
        for old, new in pairs:
            if old not in self._now and new not in self._then:
                self._now[old], self._then[new] = new, old

    def now(self, page: Page) -> Page | None:
        """Return what has become of a page; None where it is gone."""
        return self._now.get(page)

    def then(self, page: Page) -> Page | None:
        """Return what a page was; None where it is new."""
        return self._then.get(page)

    @property
    def both(self) -> list[tuple[Page, Page]]:
        """The pages that both have, as they were and as they are, by today's path."""
        return sorted(self._now.items(), key=lambda pair: pair[1].path)

    @cached_property
    def moves(self) -> dict[str, str]:
        """Where files lie that lay elsewhere, by their paths before."""
        return {**self._files, **{old.path: new.path for old, new in self._now.items()}}

    @cached_property
    def names(self) -> dict[str, str]:
        """The lasting names that pages and files have now, by those that they had before, where these are others."""
        pages = ((lasting_name(old), lasting_name(new)) for old, new in self._now.items())
        folders = self.before.project.from_root(""), self.after.project.from_root("")
        files = (
            (f"file:{source.removeprefix(folders[0])}", f"file:{target.removeprefix(folders[1])}")
            for source, target in self._files.items()
        )
        return {then: now for then, now in (*files, *pages) if then != now}

    def _by_place_and_name(self) -> Iterator[tuple[Page, Page]]:
        for page in self.after.pages:
            old = self._lay_at(page.path)
            if old is not None and name_of(self.before, old) == name_of(self.after, page):
                yield old, page

    def _by_name(self) -> Iterator[tuple[Page, Page]]:
        there = {name_of(self.before, page): page for page in reversed(self.before.documents) if page.id}
        for page in self.after.documents:
            if page.id and (old := there.get(name_of(self.after, page))) is not None:
                yield old, page

    def _by_former_name(self) -> Iterator[tuple[Page, Page]]:
        there = {
            (page.counted_as, page.id, _period(self.before, page)): page for page in self.before.documents if page.id
        }
        for page in self.after.documents:
            for name in page.texts("redirect_from"):
                old = there.get((page.counted_as, name, _period(self.after, page)))
                if old is not None:
                    yield old, page
        places = {place: page for page in self.before.pages for place in (page.src_uri, page.url.rstrip("/"))}
        for page in self.after.pages:
            for place in page.texts("redirect_from"):
                if (old := places.get(place.strip("/"))) is not None:
                    yield old, page

    def _by_move(self) -> Iterator[tuple[Page, Page]]:
        for source, target in self._files.items():
            old, new = self._lay_at(source), self._lies_at(target)
            if old is not None and new is not None:
                yield old, new

    def _by_place(self) -> Iterator[tuple[Page, Page]]:
        for page in self.after.pages:
            old = self._lay_at(page.path)
            if old is not None:
                yield old, page

    def _lay_at(self, path: str) -> Page | None:
        return self._before_by_path.get(path)

    def _lies_at(self, path: str) -> Page | None:
        return self._after_by_path.get(path)

    @cached_property
    def _before_by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.before.pages}

    @cached_property
    def _after_by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.after.pages}


def name_of(handbook: Handbook, page: Page) -> str:
    """Return how a page is named: by kind, id and period; one that has no id by its path in the folder of pages."""
    return handbook.identity(page) if page.kind is not None and page.id else page.src_uri


def _period(handbook: Handbook, page: Page) -> str:
    plan = handbook.plans.get(page)
    return plan.name if plan is not None else ""
