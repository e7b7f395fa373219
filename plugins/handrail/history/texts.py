"""The former texts of pages: what somebody signed, found again by its digest. A text is read when someone asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handrail.history.git import read_blobs
from handrail.history.repository import History, Revision
from handrail.model.gitfacts import GitFacts, TextChange
from handrail.model.handbook import Handbook
from handrail.model.page import Page, make_page
from handrail.model.signedtext import text_digest
from handrail.model.signoff import judge
from handrail.text.source import read_source


@dataclass(frozen=True, slots=True)
class Version:
    """One signed text of a page and the commit that brought it; `signed` where the D and every A signed this text."""

    commit: str
    day: date
    digest: str
    signed: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is remembered of a blob; `digest` is empty where it is no document that can be read."""

    digest: str
    signed: bool = False


class Texts:
    """Former texts of a handbook's pages, judged by its present kinds and registry, so that digests compare."""

    def __init__(self, history: History, handbook: Handbook) -> None:
        self._history = history
        self._handbook = handbook
        self._readings: dict[str, _Reading] = {}

    def facts(self, pages: Iterable[Page]) -> GitFacts:
        """Return what git proves, with the changes of the signed texts of these pages."""
        facts = self._history.facts
        return facts.with_texts(self.changes(pages)) if facts.available else facts

    def changes(self, pages: Iterable[Page]) -> dict[str, tuple[TextChange, ...]]:
        """Return when the signed text of each page changed, oldest first, by path in the folder of pages.

        A page is left out where git can't give all its former texts, or proves nothing.
        """
        listed = list(pages)
        self._read(listed)
        return {
            page.src_uri: tuple(TextChange(version.day, version.commit, version.digest) for version in reversed(found))
            for page in listed
            if (found := self._versions(page)) is not None
        }

    def versions(self, page: Page) -> list[Version]:
        """Return the texts that a page had, newest first; none where git can't give all of them, or proves nothing."""
        self._read([page])
        return self._versions(page) or []

    def text_with_digest(self, page: Page, digest: str) -> bytes | None:
        """Return the newest of a page's former contents whose text has this digest, or None.

        A digest proves its text, so that a shallow clone answers as far as it goes.
        """
        self._read([page])
        for revision in self._revisions(page):
            reading = self._readings.get(revision.blob)
            if reading is not None and reading.digest and reading.digest == digest:
                return dict(read_blobs(self._history.folder, [revision.blob])).get(revision.blob)
        return None

    def _revisions(self, page: Page) -> tuple[Revision, ...]:
        return self._history.revisions.get(page.src_uri, ())

    def _versions(self, page: Page) -> list[Version] | None:
        """Return the runs of one digest, newest first, each with its oldest commit."""
        revisions = self._revisions(page)
        if self._history.reason or any(revision.blob not in self._readings for revision in revisions):
            return None
        versions: list[Version] = []
        signed = {reading.digest for revision in revisions if (reading := self._readings[revision.blob]).signed}
        for revision in revisions:
            digest = self._readings[revision.blob].digest
            if not digest:
                continue
            if versions and versions[-1].digest == digest:
                versions.pop()
            versions.append(Version(revision.commit.id, revision.commit.day, digest, digest in signed))
        return versions

    def _read(self, pages: Iterable[Page]) -> None:
        wanted = {
            revision.blob: page
            for page in pages
            for revision in self._revisions(page)
            if revision.blob not in self._readings
        }
        for blob, raw in read_blobs(self._history.folder, wanted) if wanted else ():
            self._readings[blob] = self._reading(wanted[blob], raw)

    def _reading(self, today: Page, raw: bytes) -> _Reading:
        book = self._handbook
        page = make_page(today.path, today.src_uri, today.url, read_source(raw), book.kinds, book.settings)
        if page.kind is None or not page.source.readable:
            return _Reading("")
        entries = [*_bound(today), *_bound(page)]
        digest = text_digest(page, book.registry)
        if not any(entry["digest"] == digest for entry in entries):
            return _Reading(digest)
        # Whether a text was signed is another question than whether it was in use on that day.
        state = {"state": "active"} if "state" in page.kind.fields else {}
        whole = replace(page, data={**page.data, **state, "sign_offs": entries})
        return _Reading(digest, judge(whole, book.registry, book.today).is_signed)


def _bound(page: Page) -> list[dict[str, Any]]:
    """Return the entries of a page's sign-off that name the text they are for."""
    return [entry for entry in page.entries("sign_offs") if isinstance(entry.get("digest"), str) and entry["digest"]]
