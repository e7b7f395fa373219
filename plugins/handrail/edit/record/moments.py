"""Reads the times that other tools write into their exports, and says on which day of the handbook's each lies.

Google Forms writes `2026/03/09 3:04:05 PM GMT+1`; its spreadsheet what is usual in its language, without a zone, which stands
for the handbook's own. Typeform says in the column's name that its times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from handrail.model.dates import meant_day

Order = Literal["day-first", "month-first"]
_LONGEST = 60
_MOMENT = re.compile(
    r"(?P<day>[^\s:]+(?: [^\s:]+){0,2}?)"
    r"(?:[T ,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>[A-Za-z]{1,5}|(?:GMT|UTC)?[+-][0-9:]{1,5}))?)?"
)
_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2})(?P<sign>[-/])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[12][0-9]{3})")
_OFFSET = re.compile(r"[A-Z]*(?P<sign>[+-])(?P<hours>[0-9]{1,2}?)(?::?(?P<minutes>[0-9]{2}))?")
_NAMED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Hours from UTC; of names that stand for several zones, those that Google's forms write."""
_NOON, _HALF, _MOST_HOURS, _MOST_MINUTES = 12, 12, 14, 59
_LAST_MONTH = 12


class NoDayError(Exception):
    """Why a text names no day, as the rest of a sentence."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How the times of a column are to be taken: on whose calendar, in which zone, and which of two numbers is the day."""

    zone: ZoneInfo
    is_utc: bool = False
    order: Order | None = None

    def day(self, text: str) -> date:
        """Return the day on which a time lies; raises NoDayError."""
        match = _MOMENT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        day = self._date(match["day"].rstrip(",")) if match else None
        if match is None or day is None:
            raise _no_day(text)
        try:
            hour, minute = (_hour(match), int(match["minute"])) if match["hour"] else (0, 0)
            moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self._offset(match))
            return moment.astimezone(self.zone).date() if match["hour"] else day
        except (ValueError, OverflowError) as error:
            raise _no_day(text) from error

    def _offset(self, match: re.Match[str]) -> tzinfo:
        if match["zone"]:
            return _zone(match["zone"])
        return UTC if self.is_utc else self.zone

    def _date(self, text: str) -> date | None:
        match = _NUMBERS.fullmatch(text)
        if match is None:
            return meant_day(text)
        first, second = int(match["first"]), int(match["second"])
        if first != second and max(first, second) <= _LAST_MONTH and self.order is None:
            raise NoDayError(f"says `{text}`, which may be two days; add `--dates day-first` or `--dates month-first`")
        day, month = (first, second) if self.order == "day-first" else (second, first)
        if self.order is None:
            return meant_day(text)
        try:
            return date(int(match["year"]), month, day)
        except ValueError:
            return None


def order_in(texts: Iterable[str]) -> Order | None:
    """Return which number is the day in a column, where one of its days tells and none contradicts."""
    found = [match for text in texts if (match := _NUMBERS.match(text.strip()))]
    day_first = any(int(match["first"]) > _LAST_MONTH for match in found)
    month_first = any(int(match["second"]) > _LAST_MONTH for match in found)
    if day_first == month_first:
        return None
    return "day-first" if day_first else "month-first"


def _no_day(text: str) -> NoDayError:
    said = f"`{text[:_LONGEST]}`" if text else "nothing"
    return NoDayError(f"says {said} where a day or a time belongs")


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if not match["half"]:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError(hour)
    return hour % _HALF + (_HALF if match["half"] in "Pp" else 0)


def _zone(text: str) -> tzinfo:
    if text.upper() in _NAMED:
        return timezone(timedelta(hours=_NAMED[text.upper()]))
    match = _OFFSET.fullmatch(text)
    if match is None or int(match["hours"]) > _MOST_HOURS or int(match["minutes"] or 0) > _MOST_MINUTES:
        raise NoDayError(f"says the time zone `{text}`, which is not known here")
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)
