"""The series of each measure: what it was at the ends of the last months, as git proves it, over what its audience may see.

A page counts for an audience if it could be seen then, by what it said itself and by today's settings, and if it is not
withheld today: a number must not tell of what was taken back. What a month came to is kept beside the handbook, because a
commit never changes; it is worked out again where the program, the settings, the schemas, what is withheld, or the records
up to that day have changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from hashlib import blake2b
from itertools import chain

from handrail.history.git import NO_COMMIT, NO_PAGE, NO_PROGRAM, NO_REPOSITORY
from handrail.history.kept_points import KeptPoints, Numbers
from handrail.history.month_ends import NOT_YET, SHALLOW, MonthEnd, month_ends
from handrail.history.seen_then import SeenThen
from handrail.history.then import HandbookThen, Shared, names_old_digests
from handrail.history.timeline import Snapshot, Timeline, Unreadable
from handrail.measures.groups import Groups
from handrail.measures.points import Point, point_of
from handrail.measures.scope import Scope
from handrail.measures.scorecard import Scorecard, measured
from handrail.model.cache import seal
from handrail.model.files import read_whole
from handrail.model.garbage import gc_paused
from handrail.model.handbook import Handbook
from handrail.model.kinds import schema_files
from handrail.model.page import Page
from handrail.model.record_rows import Row
from handrail.model.records import Records, row_day
from handrail.model.settings import VISIBILITIES

_ON_SIGNED_TEXTS = ("sops-signed", "sign-offs-repeated")
"""The measures that ask which text a signature is for."""
_OLD_DIGESTS = "Signatures of that time name their texts in a way that this version can't check."
_NOT_THERE = "There was nothing to measure yet."
_HIDDEN = "The handbook of that time can't be read."
_PLAIN = (NOT_YET, SHALLOW, _NOT_THERE, NO_PROGRAM, NO_REPOSITORY, NO_COMMIT, NO_PAGE)
"""What anybody may be told: it names nothing of the machine or of what was withheld."""


def with_series(found: Scorecard) -> Scorecard:
    """Return a scorecard with the series of its measures, the oldest month first; never raises."""
    ends = month_ends(found.handbook)
    if not any(end.commit for end in ends):
        months: list[Mapping[str, Numbers]] = [{} for _ in ends]
    else:
        months = _Months(found).numbers(ends)
    return replace(
        found,
        series={
            measure.name: tuple(
                _point(end, month.get(measure.name), found.audience) for end, month in zip(ends, months, strict=True)
            )
            for measure in found.measures
        },
    )


def _point(end: MonthEnd, numbers: Numbers | None, audience: str) -> Point:
    why = end.why or _NOT_THERE
    # What else git says may name a folder of the machine.
    is_plain = audience not in VISIBILITIES or why in _PLAIN
    return Point(end.day, *(numbers or (None, None, None, why if is_plain else _HIDDEN)))


class _Months:
    """Works out what the measures of a scorecard were, or recalls it."""

    def __init__(self, found: Scorecard) -> None:
        self._found = found
        self._handbook = found.handbook
        self._audience = next((known for known in VISIBILITIES if known == found.audience), None)
        self._seen = SeenThen(found.handbook, found.scope.seen, self._audience)
        self._groups = Groups()

    def numbers(self, ends: Sequence[MonthEnd]) -> list[Mapping[str, Numbers]]:
        """Return the numbers of each measure at the ends of months; none for one whose commit is not known."""
        kept = KeptPoints(self._handbook.project)
        keys = list(self._keys(ends))
        months = [kept.recall(key) if end.commit else {} for end, key in zip(ends, keys, strict=True)]
        if any(month is None for month in months):
            timeline, shared = Timeline(self._handbook), Shared(self._handbook)
            with gc_paused():
                for at, (end, key) in enumerate(zip(ends, keys, strict=True)):
                    if months[at] is None:
                        snapshot = timeline.snapshot(end.commit)
                        months[at] = numbers = self._measured(shared, snapshot, end)
                        # What this clone lacks may be fetched.
                        if isinstance(snapshot, Snapshot):
                            kept.add(key, numbers)
            kept.save()
        return [month or {} for month in months]

    def _measured(self, shared: Shared, snapshot: Snapshot | Unreadable, end: MonthEnd) -> Mapping[str, Numbers]:
        if isinstance(snapshot, Unreadable):
            why = snapshot.why if self._audience is None else _HIDDEN
            return {measure.name: (None, None, None, why) for measure in self._found.measures}
        then = HandbookThen(shared, snapshot, end.day)
        pages = frozenset(self._seen.pages(then))
        scope = Scope(then, pages, is_past=True, audience=self._found.audience, groups=self._groups)
        # A measure that is not there today is none of the past either.
        points = {one.name: point_of(one, end.day) for one in measured(scope)}
        if scope.grouped(_naming_old_digests):
            for name in _ON_SIGNED_TEXTS:
                points[name] = Point(end.day, None, None, None, _OLD_DIGESTS)
        return {
            name: (point.numerator, point.denominator, point.value, point.unknown) for name, point in points.items()
        }

    def _keys(self, ends: Sequence[MonthEnd]) -> Iterator[str]:
        """Yield for each month's end what stands for all that its numbers depend on, beside the program itself."""
        project = self._handbook.project
        frame = seal(
            chain(
                [repr(project).encode(errors="surrogateescape"), self._found.audience.encode()],
                (name.encode(errors="surrogateescape") for name in sorted(self._seen.withheld)),
                *([os.fsencode(name), read_whole(path)] for name, path in schema_files(project.root).items()),
            )
        )
        recorded = _states(project.records, [end.day for end in ends])
        for end, state in zip(ends, recorded, strict=True):
            yield seal([frame.encode(), end.commit.encode(), str(end.day).encode(), state])


def _states(records: Records, days: Sequence[date]) -> Iterator[bytes]:
    """Yield what stands for the records up to each of some days, which follow each other."""
    listed: Iterable[Row] = chain(records.runs, records.survey, records.reports, records.search, records.read)
    rows = sorted(((row_day(row), row) for row in listed), key=lambda one: one[0], reverse=True)
    whole = blake2b(digest_size=32)
    # A file that can't be read as a whole makes measures unknown at all times.
    whole.update(repr([(one.file.name, one.why) for one in records.unreadable if one.is_whole]).encode())
    for day in days:
        while rows and rows[-1][0] <= day:
            _, row = rows.pop()
            told = [type(row).__name__, *(str(getattr(row, one.name)) for one in fields(row) if one.name != "line")]
            whole.update(repr(told).encode(errors="surrogateescape"))
        yield whole.digest()


def _naming_old_digests(_: Handbook, page: Page) -> Iterator[bool]:
    if names_old_digests(page):
        yield True
