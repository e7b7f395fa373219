"""The meetings of a handbook: when they take place next, what they decided, and how those decisions stand."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.model.dates import add_months, parse_day
from handrail.model.frequencies import later
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.turns import DAILY, Turns, Untold, turns_of

KIND = "cadence"
_QUIET = 3
"""After so many turns without a decision a meeting is asked what it is for."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a meeting; `index` is its place in the front matter, from 0, `dropped` the day on which it was given up."""

    meeting: Page
    index: int
    day: date
    text: str
    owner: str = ""
    due: date | None = None
    done: date | None = None
    dropped: date | None = None
    why_dropped: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor given up."""
        return self.done is None and self.dropped is None

    def is_overdue(self, today: date) -> bool:
        """Say whether its day is over and it is still open."""
        return self.is_open and self.due is not None and self.due < today


@dataclass(frozen=True)
class Meeting:
    """A meeting on one day; `decisions` come newest first, `reviews` are the documents that it looks at."""

    page: Page
    today: date
    decisions: tuple[Decision, ...]
    reviews: tuple[Page, ...]
    turns: Turns | Untold

    @property
    def next_turn(self) -> date | None:
        """The next day on which it takes place, today included; None where nobody can say."""
        return next(self._coming, None)

    @property
    def turn_after(self) -> date | None:
        """The turn after the next."""
        coming = self._coming
        next(coming, None)
        return next(coming, None)

    @property
    def last_turn(self) -> date | None:
        """The last turn before today; None where it has not begun."""
        return self.turns.before(self.today) if isinstance(self.turns, Turns) and self.begins is None else None

    @property
    def begins(self) -> date | None:
        """The day from which on it takes place, where that is still to come and it has decided nothing before."""
        start = parse_day(self.page.data.get("from"))
        is_to_come = start is not None and start > self.today and all(one.day >= start for one in self.decisions)
        return start if is_to_come else None

    def turns_since(self, day: date) -> Iterator[date]:
        """Yield the days on which it takes place from a day on, but none before it begins; none where nobody can say."""
        return self.turns.since(max(day, self.begins or day)) if isinstance(self.turns, Turns) else iter(())

    @property
    def _coming(self) -> Iterator[date]:
        return self.turns_since(self.today)

    @property
    def newest(self) -> date | None:
        """The day of its newest decision; without one, the day from which on it takes place."""
        days = [decision.day for decision in self.decisions if decision.day <= self.today]
        return max(days, default=parse_day(self.page.data.get("from")))

    @property
    def overdue(self) -> tuple[Decision, ...]:
        """Its overdue decisions, the one that waits longest first."""
        late = [decision for decision in self.decisions if decision.is_overdue(self.today)]
        return tuple(sorted(late, key=lambda decision: (decision.due or decision.day, decision.index)))

    @property
    def is_quiet(self) -> bool:
        """Whether it has decided nothing for three turns. Daily meetings need not; where no day is known, nobody can say."""
        frequency = self.page.text("frequency")
        if frequency == DAILY or self.newest is None:
            return False
        end = later(self.newest, frequency, _QUIET)
        return end is not None and end < self.today

    def decided_since(self, day: date) -> int:
        """Count the decisions after a day, up to today."""
        return sum(day < decision.day <= self.today for decision in self.decisions)


def meetings(handbook: Handbook) -> list[Meeting]:
    """Return every meeting, by path."""
    return [meeting(handbook, page) for page in handbook.of_kind(KIND)]


def meeting(handbook: Handbook, page: Page) -> Meeting:
    """Return what is known of a meeting."""
    found = decisions(page)
    reviews = tuple(
        reference.target
        for reference in handbook.references_in(page)
        if reference.path[0] == "reviews" and reference.target is not None
    )
    held = min((decision.day for decision in found), default=None)
    return Meeting(page, handbook.today, found, tuple(dict.fromkeys(reviews)), turns_of(page, held))


def takes_part(handbook: Handbook, page: Page, person: Person) -> bool:
    """Say whether somebody comes to a meeting, by their own name or in a group."""
    people = handbook.registry
    for name in page.texts("participants"):
        found = people.find(name)
        if found == person or (isinstance(found, Group) and person in people.members(found)):
            return True
    return False


def decisions(page: Page) -> tuple[Decision, ...]:
    """Return the decisions of a meeting, newest first; one whose day can't be read is left out, and its schema says why."""
    found = []
    written = page.data.get("decisions")
    for index, entry in enumerate(written if isinstance(written, list) else ()):
        day = parse_day(entry.get("date")) if isinstance(entry, dict) else None
        if day is None:
            continue
        given_up = entry.get("dropped")
        dropped = given_up if isinstance(given_up, dict) else {}
        text, owner, why = (str(value or "") for value in (entry.get("text"), entry.get("owner"), dropped.get("why")))
        due, done, dropped_on = (
            parse_day(value) for value in (entry.get("due"), entry.get("done"), dropped.get("date"))
        )
        found.append(Decision(page, index, day, text, owner, due, done, dropped_on, why))
    return tuple(sorted(found, key=lambda decision: (-decision.day.toordinal(), decision.index)))


@dataclass(frozen=True, slots=True)
class Overload:
    """A meeting that looks at more metrics than it took decisions within twelve months."""

    metrics: int
    decisions: int


def overload(meeting: Meeting, seen: Container[Page]) -> Overload | None:
    """Return by how much a meeting is overloaded, counted over the metrics that may be seen; None where it is not."""
    metrics = sum(page.counted_as == "metric" and page in seen for page in meeting.reviews)
    decisions = meeting.decided_since(add_months(meeting.today, -12))
    return Overload(metrics, decisions) if metrics > decisions else None


def due_within(handbook: Handbook, days: int) -> list[Decision]:
    """Return the decisions of all meetings whose day to be done lies so many days back at the most, and is over."""
    first = handbook.today - timedelta(days=days)
    every = [decision for one in meetings(handbook) for decision in one.decisions]
    return [one for one in every if one.due is not None and first <= one.due <= handbook.today]
