"""The ends of the last months, and the commit by which the handbook of each is known.

It is the last commit on the first-parent line of HEAD whose committer's time is before the end of that day, where the
handbook is at home. Committers' clocks need not agree: a commit that claims a later day is passed over, and one that claims
an early one counts from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from handrail.history.git import GitError, ask
from handrail.history.repository import Checkout
from handrail.history.root import checkout_of
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook

MONTHS = 24
"""So many month ends are looked at; who asks for a trend needs half of them."""
NOT_YET = "The handbook was not in git yet."
SHALLOW = "This clone lacks the older commits; `git fetch --unshallow` brings them."
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A day, the last of a month but where another is asked for, and the id of its commit; where there is none, `why` says so in a sentence."""

    day: date
    commit: str = ""
    why: str = ""


def month_ends(handbook: Handbook) -> list[MonthEnd]:
    """Return the ends of the last months that are over on the handbook's day, oldest first; never raises."""
    days = sorted(last_days(handbook.today, MONTHS))
    try:
        checkout = checkout_of(handbook)
        commits = _first_parents(handbook.project.root, checkout)
    except GitError as error:
        return [MonthEnd(day, why=str(error)) for day in days]
    zone = ZoneInfo(handbook.settings.timezone)
    return [_month_end(day, commits, zone, checkout) for day in days]


def month_ago(handbook: Handbook) -> MonthEnd:
    """Return the day a month before the handbook's, which need not end one, and its commit; never raises."""
    day = add_months(handbook.today, -1)
    try:
        checkout = checkout_of(handbook)
        commits = _first_parents(handbook.project.root, checkout)
    except GitError as error:
        return MonthEnd(day, why=str(error))
    return _month_end(day, commits, ZoneInfo(handbook.settings.timezone), checkout)


def last_days(today: date, months: int) -> Iterator[date]:
    """Yield the last days of the months that are over, the newest first."""
    day = today
    for _ in range(months):
        if (day.year, day.month) == (date.min.year, date.min.month):
            return
        day = day.replace(day=1) - _ONE_DAY
        yield day


def _month_end(day: date, commits: list[tuple[str, int]], zone: ZoneInfo, checkout: Checkout) -> MonthEnd:
    end = datetime.combine(day + _ONE_DAY, time(), zone).timestamp()
    commit = next((id_ for id_, committed in commits if committed < end), None)
    if commit is None:
        return MonthEnd(day, why=SHALLOW if checkout.shallow else NOT_YET)
    return MonthEnd(day, commit)


@lru_cache(maxsize=2)  # a site asks for months and for the day a month ago
def _first_parents(root: Path, checkout: Checkout) -> list[tuple[str, int]]:
    """Return the commits of the first-parent line, newest first, each with its committer's time in seconds since 1970."""
    asked = ("--first-parent", "--no-show-signature", "--format=tformat:%H %ct", checkout.head)
    code, out, _ = ask(root, "log", *asked)
    if code != 0:
        raise GitError(SHALLOW)
    lines = (line.split() for line in out.decode("ascii", "replace").splitlines())
    # A commit that says no time that can be read was made at no time.
    return [(line[0], int(line[1])) for line in lines if len(line) == 2 and line[1].lstrip("-").isdecimal()]  # noqa: PLR2004 - an id and a time
