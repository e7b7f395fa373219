"""For which period a plan is, by its title and by what a table above it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handrail.model.dates import FiscalYearEnd, meant_day, parse_day, parse_period

_FISCAL = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<before>[HQ][1-4])[ -]?)?FY[ '-]?(?:20)?(?P<year>\d{2})(?:[ -]?(?P<part>[HQ][1-4]))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/-])(?P<year>20\d{2})(?![\d/-])")
_TO = re.compile(r"[ \t]+(?:to|until|through|bis|\u2013|\u2014|-)[ \t]+", re.IGNORECASE)

Written = str | dict[str, str]
"""A period as it stands in a page's fields."""


def period_of(title: str, said: str, year_end: FiscalYearEnd) -> Written | None:
    """Return the period of a plan; days that are said hold, under the name that the title has for it. None where neither tells one."""
    name = fiscal_name(title) or fiscal_name(said)
    days = [_day(part) for part in _TO.split(said.strip())]
    if len(days) == len([day for day in days if day]) > 1:
        start, end = days[0], days[-1]
        if start is not None and end is not None and start <= end:
            return {"name": name or _years(start, end), "from": start.isoformat(), "to": end.isoformat()}
    if name and parse_period(name, year_end) is not None:
        return name
    years = {match["year"] for match in _YEAR.finditer(title)} or {match["year"] for match in _YEAR.finditer(said)}
    if len(years) != 1:
        return None
    year = years.pop()
    return {"name": year, "from": f"{year}-01-01", "to": f"{year}-12-31"}


def fiscal_name(text: str) -> str:
    """Return the fiscal year that a text names, or a part of one, as periods are written; empty where it names none."""
    match = _FISCAL.search(text)
    if match is None:
        return ""
    part = match["part"] or match["before"]
    return f"FY{match['year']}{f'-{part.upper()}' if part else ''}"


def without_period(title: str) -> str:
    """Return a title without the period in it."""
    return " ".join(_YEAR.sub(" ", _FISCAL.sub(" ", title)).split())


def name_of(period: Any) -> str:
    """Return the name of a period as it stands in a page's fields."""
    return str(period["name"]) if isinstance(period, Mapping) else str(period)


def _day(text: str) -> date | None:
    return parse_day(text.strip()) or meant_day(text)


def _years(start: date, end: date) -> str:
    return str(start.year) if start.year == end.year else f"{start.year}-{end.year % 100:02}"
