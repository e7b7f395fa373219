"""The former texts of pages: what somebody signed, found again by its digest. A text is read when someone asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from handrail.history.ceilings import Ceilings
from handrail.history.git import read_blobs
from handrail.history.repository import History, Revision, read_history
from handrail.model.gitfacts import GitFacts
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.past import Former
from handrail.model.signedtext import text_digest
from handrail.model.signoff import judge, read_entries
from handrail.text.digest import VERSION

_NEXT_DAY = timedelta(days=1)
_DIGEST = re.compile(rb"\b%b:[0-9a-f]{64}\b" % VERSION.encode())


@dataclass(frozen=True, slots=True)
class _Reading:
    """A blob as a page; `digest` is empty where it is no document that can be read."""

    page: Page
    digest: str


@dataclass(frozen=True, slots=True)
class _Holders:
    """The first and the last revision of a page that mention a digest: that signed by it, and that with the most entries."""

    first: Revision
    last: Revision


class Texts:
    """Former texts of a handbook's pages, judged by its present kinds and registry, so that digests compare."""

    def __init__(self, history: History, handbook: Handbook) -> None:
        self._history = history
        self._handbook = handbook
        self._ceilings = Ceilings(history, handbook)
        self._readings: dict[str, _Reading] = {}
        self._has_read_signed = False

    @property
    def facts(self) -> GitFacts:
        """What git proves of who wrote the pages and since when they are there."""
        return self._history.facts

    def text_since(self, page: Page, digest: str, day: date) -> date | None:
        """Return a day on which git held this text of a page: one up to `day` where there is any, else the first.

        None where no commit held it, or git can't tell.
        """
        if self._history.reason or not digest:
            return None
        self._read_signed()
        then = self._standing(page, day)
        self._read({then.blob: page} if then is not None else {})
        revisions = self._revisions(page)
        in_time = (one.commit.day for one in revisions if one.commit.day <= day and self._digest(one) == digest)
        if (held := next(in_time, None)) is not None:
            return held
        self._read({revision.blob: page for revision in revisions})
        if any(revision.blob not in self._readings for revision in revisions):
            return None
        return min((revision.commit.day for revision in revisions if self._digest(revision) == digest), default=None)

    def text_with_digest(self, page: Page, digest: str) -> Former | None:
        """Return the newest of a page's former contents whose text has this digest, or None.

        A digest proves its text, so that a shallow clone answers as far as it goes.
        """
        self._read({revision.blob: page for revision in self._revisions(page)})
        return self._former(page, digest, self._revisions(page)) if digest else None

    def signed_texts(self, page: Page) -> list[Former]:
        """Return the texts of a page that the D and every A signed, newest signature first; none where git can't tell."""
        if self._history.reason:
            return []
        found = []
        for digest, holders in self._holders.get(page, {}).items():
            # What was changed together with its signatures is looked for in vain here, and then everywhere.
            text = self._former(page, digest, [holders.first]) or self.text_with_digest(page, digest)
            day = self._signed_on(page, text, holders.last) if text is not None else None
            if text is not None and day is not None:
                found.append(replace(text, signed_on=day))
        return sorted(found, key=lambda text: (text.signed_on or date.min, text.digest), reverse=True)

    def _former(self, page: Page, digest: str, revisions: Iterable[Revision]) -> Former | None:
        revision = next((one for one in revisions if self._digest(one) == digest), None)
        if revision is None:
            return None
        ceiling = self._ceilings.over(
            revision.path, revision.commit.id, self._history.successor(page.src_uri, revision)
        )
        return Former(revision.commit.id, revision.path, self._readings[revision.blob].page, digest, ceiling)

    def _signed_on(self, today: Page, text: Former, last: Revision) -> date | None:
        """Return the day of the D's signature, where everyone signed a text; the entries may have come one by one."""
        book = self._handbook
        then = text.page
        if not _is_same(today, then):
            return None  # another document stood at this path once
        latest = self._readings[last.blob].page if last.blob in self._readings else then
        entries = [*_bound(today), *_bound(latest), *_bound(then)]
        # Whether a text was signed is another question than whether it was in use on that day.
        state = {"state": "active"} if then.kind is not None and "state" in then.kind.fields else {}
        whole = replace(then, data={**then.data, **state, "sign_offs": entries})
        sign_off = judge(whole, book.registry, book.today)
        return sign_off.text_signed_on if sign_off.is_signed else None

    @cached_property
    def _holders(self) -> dict[Page, dict[str, _Holders]]:
        """Which revisions mention which digests, of all pages that are signed: git is asked once, and little is parsed."""
        signed = [page for page in self._handbook.documents if page.kind is not None and page.kind.signed]
        wanted = {revision.blob for page in signed for revision in self._revisions(page)}
        mentioned = {
            blob: found
            for blob, raw in (read_blobs(self._history.folder, wanted) if wanted else ())
            if (found := frozenset(_DIGEST.findall(raw)))
        }
        holders: dict[Page, dict[str, _Holders]] = {}
        for page in signed:
            own: dict[str, _Holders] = {}
            for revision in reversed(self._revisions(page)):
                for name in mentioned.get(revision.blob, ()):
                    digest = name.decode()
                    own[digest] = _Holders(own[digest].first if digest in own else revision, revision)
            holders[page] = own
        self._read(
            {
                revision.blob: page
                for page, own in holders.items()
                for found in own.values()
                for revision in (found.first, found.last)
            }
        )
        return holders

    def _revisions(self, page: Page) -> tuple[Revision, ...]:
        return self._history.revisions.get(page.src_uri, ())

    def _standing(self, page: Page, day: date) -> Revision | None:
        """Return what stood in a page on a day, as far as commits have days that follow each other."""
        return next((revision for revision in self._revisions(page) if revision.commit.day <= day), None)

    def _digest(self, revision: Revision) -> str:
        reading = self._readings.get(revision.blob)
        return reading.digest if reading is not None else ""

    def _read_signed(self) -> None:
        """Read at once what stood in every page when it was signed, and the day after: one question instead of one a page."""
        if not self._has_read_signed:
            self._has_read_signed = True
            self._read({revision.blob: page for page, revision in self._signed()})

    def _signed(self) -> Iterator[tuple[Page, Revision]]:
        for page in self._handbook.documents:
            for entry in read_entries(page):
                for day in (entry.signed_on, entry.signed_on + _NEXT_DAY) if entry.digest else ():
                    revision = self._standing(page, day)
                    if revision is not None:
                        yield page, revision

    def _read(self, pages: Mapping[str, Page]) -> None:
        """Read blobs that were not read before; `pages` says whose former content each of them is."""
        wanted = [blob for blob in pages if blob not in self._readings]
        for blob, raw in read_blobs(self._history.folder, wanted) if wanted else ():
            # Most pages still are as they were signed, and reading takes longer than all the rest.
            is_same = raw == pages[blob].source.text.encode()
            page = pages[blob] if is_same else self._handbook.with_content(pages[blob], raw)
            is_text = page.kind is not None and page.source.readable
            self._readings[blob] = _Reading(page, text_digest(page, self._handbook.registry) if is_text else "")


def _is_same(today: Page, then: Page) -> bool:
    """Say whether a former content of a page's path was the same document, which may have had another id."""
    same_id = then.id == today.id or then.id in today.texts("redirect_from")
    return then.counted_as == today.counted_as and same_id


def _bound(page: Page) -> list[dict[str, Any]]:
    """Return the entries of a page's sign-off that name the text they are for."""
    return [entry for entry in page.entries("sign_offs") if isinstance(entry.get("digest"), str) and entry["digest"]]


def look_back(handbook: Handbook) -> Texts:
    """Return a handbook's past, as the repository of its folder of pages has it."""
    return Texts(read_history(handbook.project.docs_dir), handbook)
