"""How often something is done or taken: the words for it, and the day on which it is due again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from handrail.model.dates import add_months
from handrail.model.turns import DAILY, MONTHS, WEEKS

_WEEK = 7  # days
_DAYS: Mapping[str, int] = {DAILY: 1, **{name: _WEEK * weeks for name, weeks in WEEKS.items()}}
FREQUENCIES = (*_DAYS, *MONTHS)
"""The words that schemas allow."""


def later(day: date, frequency: str, times: int = 1) -> date | None:
    """Return the day so many times on; None where the frequency is no word that is known, or the calendar ends before."""
    if frequency in MONTHS:
        found = add_months(day, MONTHS[frequency] * times)
        return found if found != date.max else None
    try:
        return day + timedelta(days=_DAYS[frequency] * times) if frequency in _DAYS else None
    except OverflowError:
        return None


def said(frequency: str) -> str:
    """Return a frequency as a sentence says it: three times a year."""
    return frequency.replace("-", " ")
