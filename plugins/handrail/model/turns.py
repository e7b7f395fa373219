"""On which days a meeting takes place: by how often, on which day, and from when on."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.dates import parse_day
from handrail.model.page import Page

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS: Mapping[str, int] = {"weekly": 1, "fortnightly": 2}
MONTHS: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "three-times-a-year": 4, "yearly": 12}
DAILY = "daily"
LAST = -1
_PLACES: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
_WEEK = 7
_ON = re.compile(
    rf"(?:(?:(?P<place>{'|'.join(_PLACES)}) )?(?P<weekday>{'|'.join(WEEKDAYS)})|day (?P<day>[0-9]{{1,2}}))"
)


@dataclass(frozen=True, slots=True)
class Turns:
    """The days of a meeting.

    `weekday` counts from Monday with 0; `place` says which one of a month, LAST for the last. Where it is None, `day` is that of
    the month; a month that has none takes its last. `anchor` is a day on which the meeting took place: it says which weeks or months,
    where not every one has its turn.
    """

    frequency: str
    weekday: int | None = None
    place: int | None = None
    day: int | None = None
    anchor: date | None = None

    def since(self, start: date) -> Iterator[date]:
        """Yield the days from a day on, itself included, until the calendar ends."""
        if self.frequency == DAILY:
            yield from _steps(start, 1)
        elif self.frequency in WEEKS:
            yield from _steps(self._first_of_weeks(start), _WEEK * WEEKS[self.frequency])
        else:
            yield from (day for day in self._of_months(start) if day >= start)

    def before(self, end: date) -> date | None:
        """Return the last day before a day; None where the calendar begins after it."""
        longest = timedelta(days=800)  # two years, so that also a yearly meeting had its turn
        start = end - longest if end.toordinal() > longest.days else date.min
        found = None
        for day in self.since(start):
            if day >= end:
                break
            found = day
        return found

    def _first_of_weeks(self, start: date) -> date:
        first = start + timedelta(days=((self.weekday or 0) - start.weekday()) % _WEEK)
        if self.anchor is not None and (_week(first) - _week(self.anchor)) % WEEKS[self.frequency]:
            first += timedelta(days=_WEEK)
        return first

    def _of_months(self, start: date) -> Iterator[date]:
        step = MONTHS[self.frequency]
        month = start.year * 12 + start.month - 1
        if self.anchor is not None:
            month += (self.anchor.year * 12 + self.anchor.month - 1 - month) % step
        while month // 12 <= date.max.year:
            yield self._in_month(*divmod(month, 12))
            month += step

    def _in_month(self, year: int, month: int) -> date:
        first_weekday, length = calendar.monthrange(year, month + 1)
        if self.day is not None:
            return date(year, month + 1, min(self.day, length))
        first = 1 + ((self.weekday or 0) - first_weekday) % _WEEK
        if self.place == LAST:
            return date(year, month + 1, first + (length - first) // _WEEK * _WEEK)
        return date(year, month + 1, first + ((self.place or 1) - 1) * _WEEK)


@dataclass(frozen=True, slots=True)
class Untold:
    """The field that a meeting lacks, so that nobody can say on which days it takes place."""

    field: str


def turns_of(page: Page, held: date | None) -> Turns | Untold:
    """Return the days of a meeting, or the field that is missing; `held` is a day on which it took place, as far as is known."""
    frequency, anchor = page.text("frequency"), parse_day(page.data.get("from")) or held
    if frequency == DAILY:
        return Turns(frequency)
    match = _ON.fullmatch(page.text("on"))
    if frequency not in (*WEEKS, *MONTHS) or match is None or page.doubts("on") or page.doubts("frequency"):
        return Untold("on")
    if anchor is None and {**WEEKS, **MONTHS}[frequency] > 1:
        return Untold("from")
    weekday = WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    place = _PLACES[match["place"]] if match["place"] else None
    if (frequency in WEEKS) != (weekday is not None and place is None):
        return Untold("on")
    return Turns(frequency, weekday, place, int(match["day"]) if match["day"] else None, anchor)


def _week(day: date) -> int:
    """Return the number of a day's week, which begins on Monday."""
    return (day.toordinal() - 1) // _WEEK


def _steps(day: date, days: int) -> Iterator[date]:
    for number in range(day.toordinal(), date.max.toordinal() + 1, days):
        yield date.fromordinal(number)
