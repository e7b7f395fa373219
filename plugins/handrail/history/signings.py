"""Every sign-off that a handbook's documents were ever given, also those that somebody took out again since.

Where reviews are a matter of form, the date of the one entry is moved on year after year, and only git still knows
that there were several.

**Corrected or given again.** An entry that goes in favour of another by the same person in the same role was corrected
where the new day isn't later than the one on which the old entry came to git: that signature was given before.
Otherwise the page was signed again, and both count.

**The text of an entry with no digest** is the one that stood in the page when the entry came to git. Where that says
nothing, the text stays unknown: for a day from before git is believed, and for all but the newest of a person's entries
that came together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from handrail.history.repository import History, Revision
from handrail.model.handbook import Handbook
from handrail.model.page import Page, Terms, make_page
from handrail.model.repeated_signatures import signer_of
from handrail.model.signed_content import text_of
from handrail.model.signoff import Signature, read_signatures
from handrail.text.frontmatter import split
from handrail.text.source import Source, read_source

_FIELD = b"sign_offs"
_FOLDER = ""
"""Stands where a blob would, for the page as it lies in the folder."""

_Key = tuple[str, str, date, str, int]
"""What tells an entry of a page from the others: role, signer, day, digest, and how many such stand before it."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a revision says of sign-offs, and of which document: its kind and id."""

    document: tuple[str, str]
    entries: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature that a page was ever given, and the commit that brought it, with its day, where git holds it.

    `is_there` says whether it still stands in the page.
    """

    signature: Signature
    commit: str
    came: date | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """An entry and the day and commit with which it came; `text` is the blob whose text it is for, None where nobody knows."""

    entry: Signature
    came: date
    text: str | None
    commit: str
    is_there: bool = False


def all_signings(handbook: Handbook, history: History | None, pages: Iterable[Page]) -> dict[Page, list[Signing]]:
    """Return the signatures that each of these pages was ever given, in the order in which they came, which `index` counts.

    Where git proves nothing, they are those that stand in the page. One has no digest where its text is unknown.
    """
    return _Signings(handbook, history).all([page for page in pages if page.kind is not None and page.kind.signed])


@lru_cache(maxsize=2_048)
def _read_head(head: str) -> Source:
    """Read a front matter; git's are the same each time that a preview asks for them."""
    return read_source(head.encode())


class _Came(NamedTuple):
    """With what entries came: the day, the commit and the blob of a revision."""

    day: date
    commit: str
    blob: str


class _Signings:
    def __init__(self, handbook: Handbook, history: History | None) -> None:
        self._handbook = handbook
        self._history = history if history is not None and not history.reason else None
        self._by_head: dict[str, _Reading | None] = {}

    def all(self, pages: Sequence[Page]) -> dict[Page, list[Signing]]:
        readings = self._readings(one.blob for page in pages for one in self._revisions(page))
        given = {page: found for page in pages if (found := self._given(page, readings))}
        digests = self._digests(given)
        return {
            page: [
                Signing(
                    replace(one.entry, index=index, digest=one.entry.digest or digests.get((page, one.text), "")),
                    one.commit,
                    one.came if one.commit else None,
                    one.is_there,
                )
                for index, one in enumerate(found)
            ]
            for page, found in given.items()
        }

    def _revisions(self, page: Page) -> Sequence[Revision]:
        return self._history.revisions.get(page.src_uri, ()) if self._history is not None else ()

    def _readings(self, blobs: Iterable[str]) -> dict[str, _Reading]:
        """Return what each blob says that has any sign-offs and can be read."""
        if self._history is None:
            return {}
        read = ((blob, self._reading(raw)) for blob, raw in self._history.blobs.read(blobs) if _FIELD in raw)
        return {blob: reading for blob, reading in read if reading is not None}

    def _reading(self, raw: bytes) -> _Reading | None:
        text = raw.decode("utf-8-sig", "replace")
        # Most revisions change only what stands below the front matter, and reading that takes nearly all the time.
        head = text[: split(text).body]
        if head not in self._by_head:
            book = self._handbook
            page = make_page("", "", "", _read_head(head), Terms(book.kinds, book.settings, book.today))
            is_read = page.kind is not None and page.source.readable
            self._by_head[head] = (
                _Reading((page.counted_as, page.id), tuple(read_signatures(page))) if is_read else None
            )
        return self._by_head[head]

    def _given(self, page: Page, readings: Mapping[str, _Reading]) -> list[_Given]:
        """Return a page's entries in the order in which they came."""
        revisions = self._revisions(page)
        first = min((one.commit.day for one in revisions), default=date.max)
        believed = max(first, self._handbook.settings.git_since or first)
        found: dict[_Key, _Given] = {}
        for revision in reversed(revisions):
            reading = readings.get(revision.blob)
            # What stood at this path before may have been another document.
            if reading is not None and reading.document == (page.counted_as, page.id):
                came = _Came(revision.commit.day, revision.commit.id, revision.blob)
                self._add(found, reading.entries, came, believed)
        there = read_signatures(page)
        self._add(found, there, _Came(self._handbook.today, "", _FOLDER), believed)
        keys = self._keys(there)
        return [replace(one, is_there=key in keys) for key, one in found.items()]

    def _add(self, found: dict[_Key, _Given], entries: Sequence[Signature], came: _Came, believed: date) -> None:
        """Add the entries of one revision to those from before it."""
        keys = self._keys(entries)
        newest: dict[tuple[str, str], date] = {}
        for key in keys:
            if key not in found:
                newest[key[:2]] = max(key[2], newest.get(key[:2], date.min))
        for key, entry in keys.items():
            if key in found:
                found[key] = replace(found[key], entry=entry)
                continue
            for old in [old for old in found if old[:2] == key[:2] and old not in keys]:
                if entry.signed_on <= found[old].came:
                    del found[old]
            is_known = believed <= entry.signed_on == newest[key[:2]]
            found[key] = _Given(entry, came.day, came.blob if is_known else None, came.commit)

    def _keys(self, entries: Iterable[Signature]) -> dict[_Key, Signature]:
        registry = self._handbook.registry
        found: dict[_Key, Signature] = {}
        alike: Counter[tuple[str, str, date, str]] = Counter()
        for entry in entries:
            same = (entry.role, signer_of(entry, registry), entry.signed_on, entry.digest)
            found[(*same, alike[same])] = entry
            alike[same] += 1
        return found

    def _digests(self, given: Mapping[Page, Sequence[_Given]]) -> dict[tuple[Page, str | None], str]:
        """Return the digests of the texts that entries without one are for."""
        book = self._handbook
        wanted: dict[str, list[Page]] = defaultdict(list)
        for page, found in given.items():
            for text in {one.text for one in found if not one.entry.digest and one.text is not None}:
                wanted[text].append(page)
        digests: dict[tuple[Page, str | None], str] = {
            (page, _FOLDER): str(book.texts.digest(page)) for page in wanted.pop(_FOLDER, ())
        }
        for blob, raw in self._history.blobs.read(wanted) if self._history is not None else ():
            for page in wanted[blob]:
                digests[page, blob] = text_of(book.page_as(page.src_uri, raw), book.registry)
        return digests
