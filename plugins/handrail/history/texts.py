"""The former texts of pages: what somebody signed, found again by its digest. A text is read when someone asks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from handrail.history.former_contents import FormerContents
from handrail.history.material import read_moves
from handrail.history.repository import History, Revision, read_history
from handrail.history.visibility_history import VisibilityHistory
from handrail.model.gitfacts import GitFacts
from handrail.model.handbook import Handbook
from handrail.model.kinds import Phase
from handrail.model.page import Page
from handrail.model.past import Former, FormerFile
from handrail.model.reading import lasting_name
from handrail.model.repeated_signatures import signer_of
from handrail.model.settings import Visibility
from handrail.model.shown_files import TEXTS, Home, ShownFiles
from handrail.model.signed_content import text_of
from handrail.model.signoff import ByDigest, Signature, judge, read_signatures
from handrail.model.urls import page_url
from handrail.text.digest import VERSION, Digest, file_hash, files_half, parse_digest
from handrail.text.source import SUFFIXES

_DIGEST = re.compile(rb"\b%b:[0-9a-f]{64}(?:\.[0-9a-f]{64})?" % VERSION.encode())
_MOST_REPLACED = 50


@dataclass(frozen=True, slots=True)
class _Reading:
    """A blob as a page; `text` is the first half of its digest, and empty where it is no document that can be read."""

    page: Page
    text: str


@dataclass(frozen=True, slots=True)
class _Holders:
    """The first and the last revision of a page that mention a digest: that signed by it, and the latest entries for it.

    `fullest` is the first of those that mention it most often, `most` times: each entry by which somebody signed names it.
    """

    first: Revision
    last: Revision
    fullest: Revision
    most: int


class Texts:
    """Former texts of a handbook's pages, judged by its present kinds and registry, so that digests compare; `former` may have been asked before."""

    def __init__(self, history: History, handbook: Handbook, former: FormerContents | None = None) -> None:
        self.history = history
        self._former = former or FormerContents(history)
        self._handbook = handbook
        self._visibility_history = VisibilityHistory(history, handbook)
        self._readings: dict[str, _Reading] = {}

    @property
    def facts(self) -> GitFacts:
        """What git proves of who wrote the pages and since when they are there."""
        return self.history.facts

    @cached_property
    def moved_from(self) -> Mapping[str, tuple[str, ...]]:
        """The paths at which readers could see pages before, by their paths today; none where git can't tell."""
        return read_moves(self.history, self._handbook)

    def text_since(self, page: Page, text: str, day: date) -> date | None:
        """Return a day on which git held this text of a page: one up to `day` where there is any, else the first.

        None where no commit held it, or git can't tell.
        """
        if self.history.reason or not text:
            return None
        then = self._standing(page, day)
        self._read({then.blob: page} if then is not None else {})
        revisions = self._revisions(page)
        in_time = (one.commit.day for one in revisions if one.commit.day <= day and self._text(one) == text)
        if (held := next(in_time, None)) is not None:
            return held
        self._read({revision.blob: page for revision in revisions})
        if any(revision.blob not in self._readings for revision in revisions):
            return None
        return min((revision.commit.day for revision in revisions if self._text(revision) == text), default=None)

    def text(self, page: Page, text: str) -> Former | None:
        """Return the newest content that this document ever had, at whatever path, whose text has this digest, or None.

        A digest proves its text, so that a shallow clone answers as far as it goes.
        """
        if not text:
            return None
        own = self._revisions(page)
        self._read({revision.blob: page for revision in own})
        found = next((one for one in own if self._text(one) == text), None)
        if found is None:
            elsewhere = self._former.by_id.get(page.id, ())
            self._read({revision.blob: page for revision in elsewhere})
            found = next((one for one in elsewhere if self._text(one) == text), None)
        return self.former(page, found) if found is not None else None

    def signed_texts(self, page: Page) -> list[Former]:
        """Return the texts of a page that the D and every A signed, newest signature first; none where git can't tell."""
        if self.history.reason:
            return []
        found: dict[str, Former] = {}
        for name, holders in self._holders.get(page, {}).items():
            digest = parse_digest(name)
            if digest is None or digest.text in found:
                continue
            self._read({holders.first.blob: page, holders.last.blob: page})
            # What was changed together with its signatures is looked for in vain here, and then everywhere.
            is_there = self._text(holders.first) == digest.text
            text = self.former(page, holders.first) if is_there else self.text(page, digest.text)
            day = self._signed_on(page, text, holders.last) if text is not None else None
            if text is not None and day is not None:
                found[digest.text] = replace(text, signed_on=day)
        return sorted(found.values(), key=lambda text: (text.signed_on or date.min, text.text), reverse=True)

    def replaced_texts(self, page: Page) -> list[tuple[Former, date]]:
        """Return the latest texts that stood in a page before today's, newest first, each with the day on which it was replaced.

        None where git can't tell; what else stood at the page's path once is none.
        """
        revisions = () if self.history.reason else self._revisions(page)[: _MOST_REPLACED + 1]
        self._read({revision.blob: page for revision in revisions})
        found: dict[str, tuple[Former, date]] = {}
        for newer, older in pairwise(revisions):
            text = self._text(older)
            if text and text != self._text(newer) and text not in found:
                former = self.former(page, older)
                if _is_same(page, former.page):
                    found[text] = former, newer.commit.day
        return list(found.values())

    def former(self, page: Page, revision: Revision) -> Former:
        """Return a page as it stood in a revision that git gives."""
        self._read({revision.blob: page})
        reading = self._readings[revision.blob]
        home = self._home(page, revision.path)
        return Former(revision.commit.id, revision.path, home, reading.page, reading.text, revision.commit.day)

    def _home(self, page: Page, path: str) -> str:
        """Return the path of a former page in the folder of pages, whose own name may have been another."""
        prefix = self.history.prefix
        if path.startswith(prefix):
            return path.removeprefix(prefix)
        return page.src_uri if path == page.src_uri or path.endswith(f"/{page.src_uri}") else path

    def _signed_on(self, today: Page, text: Former, last: Revision) -> date | None:
        """Return the day of the D's signature, where everyone signed a text; the entries may have come one by one."""
        book = self._handbook
        then = text.page
        if not _is_same(today, then):
            return None  # another document stood at this path once
        latest = self._readings[last.blob].page if last.blob in self._readings else then
        entries = [*_bound(today), *_bound(latest), *_bound(then)]
        # Whether a text was signed is another question than whether it was in use on that day.
        state = _in_force(then)
        whole = replace(then, data={**then.data, **state, "sign_offs": entries})
        sign_off = judge(whole, book.registry, book.today, ByDigest(book.registry))
        return sign_off.text_signed_on if sign_off.is_signed else None

    # Entries

    def text_of_entry(self, page: Page, signature: Signature) -> Former | None:
        """Return the page as it stood in the commit that brought an entry which names no text; None where none did yet.

        That is the first that ever held it: taking it out and putting it back makes it no signature for a newer text.
        """
        revisions = self._revisions(page)
        self._read({revision.blob: page for revision in revisions})
        return next(
            (
                self.former(page, revision)
                for revision in reversed(revisions)
                if self._text(revision) and self._holds(self._readings[revision.blob].page, signature)
            ),
            None,
        )

    def _holds(self, page: Page, signature: Signature) -> bool:
        return any(
            not one.digest and self._giver(one) == self._giver(signature) and one.signed_on == signature.signed_on
            for one in read_signatures(page)
        )

    def taken_out(self, page: Page) -> list[Signature]:
        """Return the signatures that git held with a digest, and that are gone from the page or have lost it.

        One that its signer has followed by a later one, for whatever text, is history and may go.
        """
        held = {} if self.history.reason else self._holders.get(page, {})
        if not held:
            return []
        there: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for one in read_signatures(page):
            there[one.digest].add(self._giver(one))
        gone = {name: holders for name, holders in held.items() if len(there[name]) < holders.most}
        later: dict[tuple[str, str], date] = {}
        for one in read_signatures(page):
            if one.digest:
                later[self._giver(one)] = max(one.signed_on, later.get(self._giver(one), date.min))
        found: dict[tuple[str, str], Signature] = {}
        self._read({holders.fullest.blob: page for holders in gone.values()})
        for name, holders in gone.items():
            reading = self._readings.get(holders.fullest.blob)
            for one in read_signatures(reading.page) if reading is not None and _is_same(page, reading.page) else ():
                giver = self._giver(one)
                if one.digest == name and giver not in there[name] and later.get(giver, date.min) < one.signed_on:
                    found[giver] = max(one, found.get(giver, one), key=lambda entry: entry.signed_on)
        return list(found.values())

    def _giver(self, signature: Signature) -> tuple[str, str]:
        return signature.role, signer_of(signature, self._handbook.registry)

    @cached_property
    def _holders(self) -> dict[Page, dict[str, _Holders]]:
        """Which revisions mention which digests, of all pages that are signed: git is asked once, and little is parsed."""
        signed = [page for page in self._handbook.documents if page.kind is not None and page.kind.signed]
        wanted = {revision.blob for page in signed for revision in self._revisions(page)}
        mentioned = {
            blob: Counter(found) for blob, raw in self.history.blobs.read(wanted) if (found := _DIGEST.findall(raw))
        }
        holders: dict[Page, dict[str, _Holders]] = {}
        for page in signed:
            own: dict[str, _Holders] = {}
            for revision in reversed(self._revisions(page)):
                for name, count in mentioned.get(revision.blob, {}).items():
                    own[name.decode()] = _with(own.get(name.decode()), revision, count)
            holders[page] = own
        return holders

    # Files and addresses

    def signed_files(self, former: Former, files: str, today: Page) -> dict[str, FormerFile] | None:
        """Return the files that a former text showed when it was signed, by their paths; `files` proves them.

        None where git holds no files with that digest.
        """
        for place in self._places(former, today):
            there = self._files_at(former, place)
            if files_half(found.hash for found in there) == files:
                return {found.path: found for found in there}
        return None

    def digest_of(self, former: Former) -> Digest:
        """Return the whole digest of a former text, with the files that it showed in its commit."""
        there = self._files_at(former, self.history.order.get(former.commit, 0))
        return Digest(former.text, files_half(found.hash for found in there) if there else "")

    def _files_at(self, former: Former, place: int) -> list[FormerFile]:
        """Return the files that a former text showed at a place in the order of commits, by path."""
        home = Home(former.home.rpartition("/")[0], self._url(former.home))
        named = self._files.shown_by(former.page.source.body, home)
        return [found for path in named if (found := self._file(former, path, place)) is not None]

    def _places(self, former: Former, today: Page) -> Iterator[int]:
        """Yield the places in the order of commits at which a text stood: it may have been signed with files that came later."""
        order = self.history.order
        revisions = self._revisions(today)
        for at, revision in enumerate(revisions):
            if self._text(revision) == former.text:
                yield order.get(revision.commit.id, 0)
                if at:
                    yield order.get(revisions[at - 1].commit.id, 0) + 1
        yield order.get(former.commit, 0)

    def _file(self, former: Former, path: str, place: int) -> FormerFile | None:
        found = self.history.at(self._folder_of(former) + path, place)
        if found is None:
            return None
        _, revision = found
        content = next((raw for _, raw in self.history.blobs.read([revision.blob])), None)
        if content is None:
            return None
        hash_ = file_hash(content, is_text=path.lower().endswith(TEXTS))
        return FormerFile(revision.commit.id, path, hash_, len(content))

    @cached_property
    def _files(self) -> ShownFiles:
        """Every file that ever lay beside the pages."""
        prefix = self.history.prefix
        paths = {revision.path for revisions in self.history.files.values() for revision in revisions}
        return ShownFiles(path.removeprefix(prefix) for path in paths if path.startswith(prefix))

    def _folder_of(self, former: Former) -> str:
        """Return the folder of pages as it was called when a text stood, empty or with a slash at its end."""
        return former.path.removesuffix(former.home)

    def _url(self, src_uri: str) -> str:
        return page_url(src_uri, directories=self._handbook.project.use_directory_urls)

    def destination(self, former: Former, path: str) -> str | None:
        """Return what lay at a path in the folder of pages when a former text stood, by its lasting name."""
        place = self.history.order.get(former.commit)
        found = self.history.at(self._folder_of(former) + path, place) if place is not None else None
        if found is None:
            return None
        today, revision = found
        if not path.lower().endswith(SUFFIXES):
            return f"file:{today}"
        raw = next((content for _, content in self.history.blobs.read([revision.blob])), None)
        return lasting_name(self._handbook.page_as(today, raw)) if raw is not None else None

    def file_changed_on(self, path: str) -> date | None:
        """Return the day on which a file beside the pages was last replaced by another; None where it never was."""
        revisions = [] if self.history.reason else self.history.files.get(path, ())
        contents = [revision.blob for revision in revisions]
        return revisions[0].commit.day if len(set(contents)) > 1 and contents[0] != contents[1] else None

    def widest(self, former: Former) -> Visibility:
        """Return the widest visibility that the folder of a former text had while that text stood."""
        return self._visibility_history.widest(
            former.path, former.commit, self.history.successor(former.path, former.commit)
        )

    # Reading

    def _revisions(self, page: Page) -> tuple[Revision, ...]:
        return self.history.revisions.get(page.src_uri, ())

    def _standing(self, page: Page, day: date) -> Revision | None:
        """Return what stood in a page on a day, as far as commits have days that follow each other."""
        return next((revision for revision in self._revisions(page) if revision.commit.day <= day), None)

    def _text(self, revision: Revision) -> str:
        reading = self._readings.get(revision.blob)
        return reading.text if reading is not None else ""

    def _read(self, pages: Mapping[str, Page]) -> None:
        """Read blobs that were not read before; `pages` says whose former content each of them is."""
        wanted = {blob: page.source for blob, page in pages.items() if blob not in self._readings}
        for blob, source in self._former.read(wanted):
            today = pages[blob]
            page = today if source is today.source else self._handbook.page_of(today.src_uri, source)
            is_text = page.kind is not None and page.source.readable
            self._readings[blob] = _Reading(page, text_of(page, self._handbook.registry) if is_text else "")


def _with(known: _Holders | None, revision: Revision, count: int) -> _Holders:
    """Return the holders of a digest with one more revision, which is newer and mentions it so often."""
    if known is None:
        return _Holders(revision, revision, revision, count)
    if count > known.most:
        return replace(known, last=revision, fullest=revision, most=count)
    return replace(known, last=revision)


def _is_same(today: Page, then: Page) -> bool:
    """Say whether a former content of a page's path was the same document, which may have had another id."""
    same_id = then.id == today.id or then.id in today.texts("redirect_from")
    return then.counted_as == today.counted_as and same_id


def _in_force(page: Page) -> dict[str, str]:
    """Return what a page says of its state while it is in force; nothing where its kind has no states."""
    state = page.kind.state_in(Phase.IN_FORCE) if page.kind is not None else ""
    return {"state": state} if state else {}


def _bound(page: Page) -> list[dict[str, Any]]:
    """Return the entries of a page's sign-off that name the text they are for."""
    return [entry for entry in page.entries("sign_offs") if isinstance(entry.get("digest"), str) and entry["digest"]]


def look_back(handbook: Handbook) -> Texts:
    """Return a handbook's past, as the repository of its folder of pages has it."""
    return Texts(read_history(handbook.project.docs_dir), handbook)


def history_of(handbook: Handbook) -> History:
    """Return the history that a handbook was read with, so that nobody reads it twice."""
    past = handbook.past
    return past.history if isinstance(past, Texts) else History(handbook.project.docs_dir, reason=past.facts.reason)
