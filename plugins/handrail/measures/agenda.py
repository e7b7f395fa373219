"""What a meeting speaks of at its next turn: it follows from what the meeting looks at and from what it decided.

Whatever stands still is read before, and not spoken of. Only what may be seen is counted and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handrail.measures.metrics import Metric, metric
from handrail.measures.scope import Scope
from handrail.measures.trend import Verdict
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.goals import Board, Goal, board
from handrail.model.meetings import Decision, Meeting
from handrail.model.metric_series import is_late
from handrail.model.page import Page

_SOON = timedelta(days=30)


class Why(StrEnum):
    """Why something is spoken of; the first are the most urgent, and come first."""

    OVERDUE = "overdue"
    DAY_HAS_COME = "its day has come"
    DUE_SOON = "due soon"
    NOT_TOLD = "nobody has said how it is doing"
    DECLINES = "declines"
    CROSSED = "crossed its target"
    NO_NEW_VALUE = "no new value"
    DUE = "due before the turn after"
    PROPOSED = "to be opened or not"


_ORDER = tuple(Why)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to speak of, and why; it is about a decision of the meeting, an objective or a metric.

    `page` is where it stands: the meeting's own for a decision.
    """

    page: Page
    why: tuple[Why, ...]
    decision: Decision | None = None
    goal: Goal | None = None
    metric: Metric | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting speaks of at its next turn, in order, and what it looks at besides, which is only read."""

    meeting: Meeting
    items: tuple[Item, ...]
    read: tuple[Page, ...]


def agenda(scope: Scope, audience: str, meeting: Meeting) -> Agenda:
    """Work out the agenda of a meeting's next turn, as far as `audience` may see what it is about."""
    reviews = [page for page in meeting.reviews if page in scope.seen]
    goals = board(scope.handbook) if any(map(_is_objective, reviews)) else Board((), (), (), ())
    items = [
        *(Item(meeting.page, (Why.OVERDUE,), decision) for decision in meeting.overdue),
        *_in_order(_objectives(goals, reviews, meeting.next_turn or scope.handbook.today)),
        *_in_order(_metrics(scope, audience, meeting, reviews)),
        *(Item(meeting.page, (Why.DUE,), decision) for decision in _due(meeting)),
        *(Item(goal.page, (Why.PROPOSED,), goal=goal) for goal in goals.proposed if goal.page in scope.seen),
    ]
    spoken_of = {item.page for item in items}
    return Agenda(meeting, tuple(items), tuple(page for page in reviews if page not in spoken_of))


def _is_objective(page: Page) -> bool:
    return page.counted_as == OBJECTIVE


def _in_order(items: Iterator[Item]) -> list[Item]:
    return sorted(items, key=lambda item: _ORDER.index(item.why[0]))


def _objectives(goals: Board, reviews: Sequence[Page], day: date) -> Iterator[Item]:
    """Yield the open objectives that are looked at and need it on the day on which the meeting takes place."""
    for goal in goals.open:
        due_soon = goal.due is not None and timedelta() <= goal.due - day <= _SOON
        has_come = goal.due is not None and goal.due < day
        found = ((Why.DAY_HAS_COME, has_come), (Why.DUE_SOON, due_soon), (Why.NOT_TOLD, goal.is_late))
        why = tuple(one for one, holds in found if holds)
        if why and goal.page in reviews:
            yield Item(goal.page, why, goal=goal)


def _metrics(scope: Scope, audience: str, meeting: Meeting, reviews: Sequence[Page]) -> Iterator[Item]:
    """Yield the metrics that are looked at and go somewhere, or nowhere."""
    today, last_turn = scope.handbook.today, meeting.last_turn
    for page in reviews:
        if _is_objective(page):
            continue
        found = metric(scope, page, audience)
        # Where a line can't be read, the newest value may be the one that stands in it.
        stands_still = found.fault is None and is_late(found.values, page.text("frequency"), today)
        reasons = (
            (Why.DECLINES, found.trend.verdict is Verdict.DECLINES),
            (Why.CROSSED, last_turn is not None and _has_crossed(found, last_turn)),
            (Why.NO_NEW_VALUE, stands_still),
        )
        why = tuple(one for one, holds in reasons if holds)
        if why:
            yield Item(page, why, metric=found)


def _has_crossed(found: Metric, day: date) -> bool:
    """Say whether the newest value came after a day, and meets the target where the newest by then did not, or the other way."""
    known = [value for value in found.values if value.day <= day]
    if not known or known[-1] is found.values[-1] or found.target is None or found.target.value is None:
        return False
    return found.meets is not found.target.compare.holds(known[-1].number, found.target.value)


def _due(meeting: Meeting) -> list[Decision]:
    """Return the open decisions that are to be done before the turn after the next, those that are due first in front."""
    end = meeting.turn_after
    due = [
        (one.due, one.index, one)
        for one in meeting.decisions
        if end is not None and one.is_open and one.due is not None and meeting.today <= one.due < end
    ]
    return [one for _, _, one in sorted(due, key=lambda found: found[:2])]
