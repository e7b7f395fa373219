"""Days and periods: calendar months, fiscal years, and the day that everything is judged by."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(
    r"(?P<year>[12][0-9]{3})(?P<sign>[-/.]?)(?P<month>[0-9]{2}|(?<=\D)[0-9])(?P=sign)(?P<day>[0-9]{2}|(?<=\D)[0-9])(?=\Z|[T ])"
)
_YEAR_LAST = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign>[-/.]) ?(?P<second>[0-9]{1,2})(?P=sign) ?(?P<year>[12][0-9]{3})"
)
_NAMED_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)? (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>[12][0-9]{3})"
    r"|(?P<month_first>[A-Za-z]{3,9})\.? (?P<day_second>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year_last>[12][0-9]{3})"
)
_FISCAL = re.compile(r"FY([0-9]{2})(?:-(H|Q)([1-4]))?")
_YEAR = 12  # months
_FIRST_YEAR, _LAST_YEAR = 1000, 9900
JUDGEABLE = f"a year from {_FIRST_YEAR} to {_LAST_YEAR}"
"""The days by which a handbook can be judged, in words."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The months as they are read and written, whatever the machine's locale."""


def parse_day(text: Any) -> date | None:
    """Return the day that a text like 2026-03-31 names, or None where it names none."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def meant_day(text: str) -> date | None:
    """Return the day that a text means which is written in another form; None where it could be another day as well.

    Between dots the day stands first, between slashes or hyphens either may; so of those only what is no month tells.
    """
    said = text.strip()
    if match := _YEAR_FIRST.match(said):
        return _a_day(match["year"], match["month"], match["day"])
    if match := _YEAR_LAST.fullmatch(said):
        first, second = int(match["first"]), int(match["second"])
        if match["sign"] == "." or first > _YEAR or first == second:
            return _a_day(match["year"], second, first)
        return _a_day(match["year"], first, second) if second > _YEAR else None
    if match := _NAMED_MONTH.fullmatch(said):
        name = (match["month"] or match["month_first"]).casefold()
        months = [number for number, month in enumerate(MONTHS, 1) if month.casefold().startswith(name)]
        year, day = match["year"] or match["year_last"], match["day"] or match["day_second"]
        return _a_day(year, months[0], day) if len(months) == 1 else None
    return None


def _a_day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """Return the same day so many calendar months on, or that month's last day where it has no such day.

    At either end of the calendar it stops.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_day(day: date) -> date:
    """Return the day after a day; at the end of the calendar it stops."""
    return day + timedelta(days=1) if day < date.max else day


def can_be_today(day: date) -> bool:
    """Say whether everything can be judged by a day: centuries from either end of the calendar, so that no period runs out of it."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


@dataclass(frozen=True, slots=True)
class FiscalYearEnd:
    """The last day of a fiscal year, as a month and a day; 29 February stands for that month's last day."""

    month: int = 12
    day: int = 31

    def end(self, year: int) -> date:
        """Return the last day of the fiscal year that ends in `year`."""
        return date(year, self.month, min(self.day, calendar.monthrange(year, self.month)[1]))

    def start(self, year: int) -> date:
        """Return the first day of the fiscal year that ends in `year`."""
        return self.end(year - 1) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A named span of days, both ends inside."""

    name: str
    start: date
    end: date


ALWAYS = Period("", date.min.replace(year=2), date.max)
"""Leaves room for the months that are counted back from its beginning."""


def parse_period(value: Any, year_end: FiscalYearEnd) -> Period | None:
    """Return the period that the front matter gives as FY27, FY27-H2, FY27-Q3 or {name, from, to}, or None."""
    if isinstance(value, dict):
        start, end, name = parse_day(value.get("from")), parse_day(value.get("to")), value.get("name")
        if start is None or end is None or end < start or not isinstance(name, str):
            return None
        return Period(name, start, end)
    match = _FISCAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year = 2000 + int(match[1])
    start = year_end.start(year)
    if match[2] is None:
        return Period(value, start, year_end.end(year))
    months = 6 if match[2] == "H" else 3
    part = int(match[3])
    if part * months > _YEAR:
        return None
    # A year that begins on 29 February has no such day a year on; its last part ends with the year all the same.
    last = part * months == _YEAR
    end = year_end.end(year) if last else add_months(start, part * months) - timedelta(days=1)
    return Period(value, add_months(start, (part - 1) * months), end)
