"""When the text of each page last changed for its readers, and what has happened to the pages lately.

A text changes here where its words do, so that a corrected link, a new sign-off or another layout is no news. What readers
could not see then, such as a page that was internal, is as if it had not been there: a page that became public is new on
that day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from handrail.history.repository import Commit, History, Revision
from handrail.history.visibility_history import VisibilityHistory
from handrail.model.dates import next_day
from handrail.model.handbook import Handbook
from handrail.model.page import Page, Terms, make_page
from handrail.model.publication import may_be_in
from handrail.model.signed_content import material_fields
from handrail.model.signoff import ByDigest, Signature, judge, read_signatures
from handrail.text.digest import canonical
from handrail.text.source import read_source
from handrail.text.worddiff import difference

_WORD = re.compile(r"[^\W_]+")
_LATELY = timedelta(days=183)
MOST = 200
"""How many changes are told."""
_FIRST_DAY, _LAST_DAY = date(1980, 1, 1), date(2099, 12, 31)
"""A commit can claim any day; no sitemap and no archive takes others."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit did to one page, as its readers saw it; `time` is the commit's, as RFC 3339 writes it.

    `came` and `went` count the words of a text that changed.
    """

    src_uri: str
    commit: str
    day: date
    time: str = ""
    is_new: bool = False
    text_changed: bool = False
    is_retired: bool = False
    is_signed: bool = False
    came: int = 0
    went: int = 0

    @property
    def is_material(self) -> bool:
        """Whether more happened than that somebody signed."""
        return self.is_new or self.text_changed or self.is_retired


@dataclass(frozen=True, slots=True)
class Material:
    """What git knows of the texts that readers see, by path in the folder of pages; nothing unless `is_known`.

    `words` stand for those of the texts as they were last committed. `moved_from` are the paths at which readers could see a
    page before; `changes` come newest first. No day is later than that of the handbook; `left_out` says whether git recorded
    some that are.
    """

    is_known: bool = False
    changes: tuple[Change, ...] = ()
    changed_on: Mapping[str, date] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    moved_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: bool = False


UNKNOWN = Material()


def read_material(history: History, handbook: Handbook) -> Material:
    """Read what happened to the pages that the build's audience may see."""
    if history.reason:
        return UNKNOWN
    return _Reader(history, handbook).read()


def read_moves(history: History, handbook: Handbook) -> Mapping[str, tuple[str, ...]]:
    """Read only at which paths readers could see pages before, by their paths today."""
    return {} if history.reason else _Reader(history, handbook).moves()


def words_of(page: Page, handbook: Handbook) -> str:
    """Return what stands for the words of a page, and changes when they do; links may lead elsewhere."""
    return hashlib.sha256("\0".join(_WORD.findall(_text(page, handbook))).encode(errors="replace")).hexdigest()


def _text(page: Page, handbook: Handbook) -> str:
    """Return the title or the signed fields of a page and its body, without where its links lead."""
    fields = {"title": page.title} if page.kind is None else material_fields(page, handbook.registry)
    body = page.source.body
    parts: list[str] = []
    at = 0
    for link in sorted(page.source.links, key=lambda link: link.target_at):
        if link.target_at >= at and link.form != "wiki":
            parts.append(body[at : link.target_at])
            at = link.target_at + len(link.target)
    return "\n".join([*_texts(canonical(fields)), "".join([*parts, body[at:]])])


@dataclass(frozen=True, slots=True)
class _Step:
    """What stood in a page after a commit, and its path in the folder of pages then.

    That is empty where it lay outside of it, or where readers were kept out.
    """

    commit: Commit
    blob: str
    path: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page as a commit holds it; `text` stands for its words, and is empty where no reader could see it."""

    page: Page
    text: str


class _Reader:
    def __init__(self, history: History, handbook: Handbook) -> None:
        self._history = history
        self._handbook = handbook
        self._visibility_history = VisibilityHistory(history, handbook)
        self._readings: dict[tuple[str, str], _Reading] = {}
        self._steps = {
            page.src_uri: tuple(self._revised(page.src_uri, history.revisions.get(page.src_uri, ())))
            for page in handbook.pages
            if page.may_be_seen_by(handbook.settings.audience)
        }

    def read(self) -> Material:
        newest = max((steps[0].commit.day for steps in self._steps.values() if steps), default=date.min)
        since = max(min(newest, self._handbook.today), date.min + _LATELY) - _LATELY
        depth = {src_uri: _depth(steps, since) for src_uri, steps in self._steps.items()}
        former = self._former()
        wanted = [step for src_uri, steps in self._steps.items() for step in steps[: depth[src_uri]]]
        self._fetch([*wanted, *(step for found in former.values() for step in found.values())])
        changed = self._last_changes(depth)
        words = {
            src_uri: reading.text
            for src_uri, steps in self._steps.items()
            if steps and (reading := self._reading(steps[0])) is not None
        }
        return Material(
            is_known=True,
            changes=tuple(self._lately(since)),
            changed_on={
                src_uri: min(day, self._handbook.today)
                for src_uri, day in changed.items()
                if day >= _FIRST_DAY and not self._is_later(day)
            },
            words=words,
            moved_from=self._seen(former),
            left_out=self._is_later(newest),
        )

    def _is_later(self, day: date) -> bool:
        """Say whether a day has not come yet for the handbook; somewhere on earth tomorrow has begun."""
        return day > min(next_day(self._handbook.today), _LAST_DAY)

    def moves(self) -> dict[str, tuple[str, ...]]:
        former = self._former()
        self._fetch(step for found in former.values() for step in found.values())
        return self._seen(former)

    def _former(self) -> dict[str, dict[str, _Step]]:
        """Return the newest step of each page at each of its former paths."""
        return {
            src_uri: {step.path: step for step in reversed(steps) if step.path not in ("", src_uri)}
            for src_uri, steps in self._steps.items()
        }

    def _seen(self, former: Mapping[str, Mapping[str, _Step]]) -> dict[str, tuple[str, ...]]:
        moved = {
            src_uri: tuple(path for path, step in found.items() if self._is_seen(step))
            for src_uri, found in former.items()
        }
        return {src_uri: paths for src_uri, paths in moved.items() if paths}

    # What stood there

    def _revised(self, src_uri: str, revisions: Sequence[Revision]) -> Iterator[_Step]:
        """Yield the revisions by which a page or its path became another, newest first."""
        steps = [_Step(one.commit, one.blob, self._path_then(src_uri, one)) for one in revisions]
        for newer, older in pairwise([*steps, None]):
            if newer is not None and (older is None or (newer.blob, newer.path) != (older.blob, older.path)):
                yield newer

    def _path_then(self, src_uri: str, revision: Revision) -> str:
        """Return the path of a former page in the folder of pages; nothing where readers were kept out of it."""
        until = self._history.successor(revision.path, revision.commit.id)
        ceiling = self._visibility_history.widest(revision.path, revision.commit.id, until)
        path = _path_then(src_uri, revision.path, self._history.prefix)
        return path if may_be_in(ceiling, self._handbook.settings.audience) else ""

    def _fetch(self, steps: Iterable[_Step]) -> None:
        """Read what was not read before; all of it in one question of git."""
        places: dict[str, set[str]] = {}
        for step in steps:
            if (step.blob, step.path) not in self._readings:
                places.setdefault(step.blob, set()).add(step.path)
        for blob, raw in self._history.blobs.read(places):
            for path in sorted(places[blob]):
                self._readings[blob, path] = self._read(path, raw)

    def _read(self, path: str, raw: bytes) -> _Reading:
        book = self._handbook
        page = make_page(path, path, "", read_source(raw), Terms(book.kinds, book.settings, book.today))
        is_seen = path != "" and page.may_be_seen_by(book.settings.audience) and _is_sound(page)
        return _Reading(page, words_of(page, book) if is_seen else "")

    def _reading(self, step: _Step) -> _Reading | None:
        return self._readings.get((step.blob, step.path))

    def _is_seen(self, step: _Step) -> bool:
        reading = self._reading(step)
        return reading is not None and reading.text != ""

    # When a text last changed

    def _last_changes(self, depth: Mapping[str, int]) -> dict[str, date]:
        """Return the day on which each page's text last changed, going back as far as each of them needs."""
        found: dict[str, date] = {}
        waiting = dict(depth)
        while waiting:
            further: dict[str, int] = {}
            for src_uri, read in waiting.items():
                steps = self._steps[src_uri]
                day = self._last_change(steps[:read], whole=read >= len(steps))
                if isinstance(day, date):
                    found[src_uri] = day
                elif day and read < len(steps):
                    further[src_uri] = read * 2 + 2
            self._fetch(
                step for src_uri, read in further.items() for step in self._steps[src_uri][waiting[src_uri] : read]
            )
            waiting = further
        return found

    def _last_change(self, steps: Sequence[_Step], *, whole: bool) -> date | bool:
        """Return the day of the newest change of a text, else whether older steps may tell."""
        readings = [self._reading(step) for step in steps]
        if not steps or readings[0] is None or not readings[0].text:
            return False
        for index, (newer, older) in enumerate(pairwise(readings)):
            if older is None:
                return False
            if newer is not None and older.text != newer.text:
                return steps[index].commit.day
        return steps[-1].commit.day if whole else True

    # What happened lately

    def _lately(self, since: date) -> Iterator[Change]:
        told = [
            (replace(change, day=min(change.day, self._handbook.today)), older, newer)
            for src_uri in self._steps
            for change, older, newer in self._changes(src_uri)
            if change.day >= since and not self._is_later(change.day)
        ]
        told.sort(key=lambda one: (one[0].src_uri, one[0].commit))
        told.sort(key=lambda one: datetime.fromisoformat(one[0].time), reverse=True)
        for change, older, newer in told[:MOST]:
            yield self._counted(change, older, newer) if change.text_changed and older is not None else change

    def _changes(self, src_uri: str) -> Iterator[tuple[Change, Page | None, Page]]:
        """Yield what happened to a page, with what stood there before and after, as far as it was read."""
        steps = self._steps[src_uri]
        for index, step in enumerate(steps):
            newer = self._reading(step)
            older = self._reading(steps[index + 1]) if index + 1 < len(steps) else None
            if newer is None or (older is None and index + 1 < len(steps)):
                return
            if not newer.text:
                continue
            was_seen = older is not None and older.text != ""
            change = Change(
                src_uri,
                step.commit.id,
                step.commit.day,
                step.commit.time or f"{step.commit.day}T00:00:00Z",
                is_new=not was_seen,
                text_changed=older is not None and was_seen and older.text != newer.text,
                is_retired=older is not None and was_seen and newer.page.is_retired and not older.page.is_retired,
                is_signed=self._is_signed(older.page if older is not None else None, newer.page),
            )
            if change.is_material or change.is_signed:
                yield change, older.page if older is not None else None, newer.page

    def _is_signed(self, older: Page | None, newer: Page) -> bool:
        """Say whether a signature came by which everyone who had to has signed."""
        before = {_told(one) for one in read_signatures(older)} if older else set()
        now = {_told(one) for one in read_signatures(newer)}
        registry = self._handbook.registry
        return bool(now - before) and judge(newer, registry, self._handbook.today, ByDigest(registry)).is_signed

    def _counted(self, change: Change, older: Page, newer: Page) -> Change:
        pieces = difference(_text(older, self._handbook), _text(newer, self._handbook))
        came, went = (sum(len(p.text.split()) for p in pieces if p.kind == kind) for kind in ("new", "old"))
        return replace(change, came=came, went=went)


def _told(signature: Signature) -> tuple[str, str, date, str]:
    return signature.role, signature.by, signature.signed_on, signature.digest


def _is_sound(page: Page) -> bool:
    """Say whether a page could be published, whatever is wrong with its signatures: they are no part of its words."""
    data = {name: value for name, value in page.data.items() if name != "sign_offs"}
    return page.is_prose or replace(page, data=data).is_valid


def _path_then(src_uri: str, path: str, prefix: str) -> str:
    """Return the path of a former page in the folder of pages, whose own name may have been another."""
    if path.startswith(prefix):
        inside = path.removeprefix(prefix)
        return "" if "/." in f"/{inside}" else inside
    return src_uri if path == src_uri or path.endswith(f"/{src_uri}") else ""


def _depth(steps: Sequence[_Step], since: date) -> int:
    """Return how many steps tell what happened since a day: those, and the one before them."""
    older = next((index for index, step in enumerate(steps) if step.commit.day < since), len(steps))
    return min(max(older + 1, 2), len(steps))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    else:
        yield str(value)
