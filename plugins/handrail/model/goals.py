"""The company's objectives: how far each is, and whether it has what gets a goal done.

The goal gate has four cells: work, owner, metric, meeting. A cell is in doubt where the field that would fill it is known to
be wrong: the finding on that field says so, and none says a second time that something is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from handrail.model.dates import next_day, parse_day
from handrail.model.handbook import Handbook
from handrail.model.kinds import Phase
from handrail.model.meetings import KIND as MEETING
from handrail.model.page import Page
from handrail.model.people import Group, Person

KIND = "objective"
LEADING = frozenset(("sops-tied", "sops-unlisted", "sops-undocumented", "goals-complete"))
"""Those of our own measures that move before the result does."""
_MISSED = "missed"
_QUIET = 31
"""After so many days without an update nobody knows how an objective is doing."""


class Need(StrEnum):
    """What a goal needs to be done."""

    WORK = "work"
    OWNER = "owner"
    METRIC = "metric"
    MEETING = "meeting"


class CellState(StrEnum):
    """Whether a goal has what it needs."""

    THERE = "there"
    BEING_WRITTEN = "being written"
    MISSING = "missing"
    IN_DOUBT = "in doubt"


@dataclass(frozen=True, slots=True)
class Cell:
    """One need of a goal, and what meets it.

    `documents` are the procedures, metrics or meetings that do, or those that are being written; `names` are those of measures of
    ours, `owner` is whoever answers for the goal. `through` is the metric by which a meeting comes to look at it.
    """

    need: Need
    state: CellState
    documents: tuple[Page, ...] = ()
    names: tuple[str, ...] = ()
    owner: Person | Group | None = None
    through: Page | None = None


@dataclass(frozen=True, slots=True)
class GoalGate:
    """An open objective and its four cells, in the order of the needs."""

    objective: Page
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> tuple[Need, ...]:
        """What it lacks; work that is being written is not there yet."""
        return tuple(cell.need for cell in self.cells if cell.state in (CellState.MISSING, CellState.BEING_WRITTEN))

    @property
    def is_complete(self) -> bool:
        """Whether all four cells are known to be filled."""
        return all(cell.state is CellState.THERE for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective on one day.

    `progress` is in per cent, as it was told last on `told_on`; None where nobody has. `days_left` until `due` is negative once
    that day has passed; both are None where no day is known. `metrics` are those it is measured by.
    """

    page: Page
    progress: int | None
    told_on: date | None
    due: date | None
    days_left: int | None
    is_late: bool
    metrics: tuple[Page, ...]
    gate: GoalGate

    @property
    def is_missed(self) -> bool:
        """Whether it was closed without being attained."""
        return self.page.state == _MISSED

    @property
    def has_come(self) -> bool:
        """Whether its day has passed while it is open."""
        return self.page.is_in_force and self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Board:
    """The objectives: those that are due first come first, those that were closed last. Improvements stand beside them."""

    open: tuple[Goal, ...]
    proposed: tuple[Goal, ...]
    closed: tuple[Goal, ...]
    improvements: tuple[Page, ...]


def board(handbook: Handbook) -> Board:
    """Return all objectives; one whose state can't be read stands nowhere."""
    reviewed = _reviewed(handbook)
    goals = [_goal(handbook, page, reviewed) for page in handbook.of_kind(KIND)]

    def by(phase: Phase, field: str) -> list[Goal]:
        found = [goal for goal in goals if goal.page.phase is phase and goal.page.state_word]
        return sorted(found, key=lambda goal: (goal.page.text(field), goal.page.path))

    return Board(
        tuple(by(Phase.IN_FORCE, "due")),
        tuple(by(Phase.UNWRITTEN, "opened")),
        tuple(reversed(by(Phase.OTHER, "closed"))),
        tuple(page for page in handbook.of_kind("improvement") if not page.is_retired),
    )


def open_goals(handbook: Handbook) -> list[Goal]:
    """Return the open objectives, by path."""
    reviewed = _reviewed(handbook)
    return [_goal(handbook, page, reviewed) for page in handbook.of_kind(KIND) if page.is_in_force]


def goal_gate(handbook: Handbook, page: Page) -> GoalGate:
    """Return the four cells of an objective."""
    return _gate(handbook, page, _reviewed(handbook))


def progress_of(page: Page, today: date) -> int | None:
    """Return how far an objective is, in per cent, as it was told last; None where nobody has."""
    told = sorted(_told(page, today), key=lambda one: one[0], reverse=True)
    values = (update.get("progress") for _, update in told)
    return next((round(value) for value in values if isinstance(value, (int, float))), None)


def _told(page: Page, today: date) -> list[tuple[date, dict[str, Any]]]:
    """Return the updates with their days; what is dated later than tomorrow, which has begun somewhere, nobody can have told."""
    dated = ((parse_day(update.get("date")), update) for update in page.entries("updates"))
    return [(day, update) for day, update in dated if day is not None and day <= next_day(today)]


_Reviewed = dict[Page, list[Page]]


def _reviewed(handbook: Handbook) -> _Reviewed:
    """Return which meetings look at each document."""
    found: _Reviewed = {}
    for page in handbook.of_kind(MEETING):
        for target in _targets(handbook, page, "reviews"):
            found.setdefault(target, []).append(page)
    return found


def _goal(handbook: Handbook, page: Page, reviewed: _Reviewed) -> Goal:
    told_on = max((day for day, _ in _told(page, handbook.today)), default=None)
    since = told_on or parse_day(page.data.get("opened"))
    due = parse_day(page.data.get("due"))
    is_late = page.is_in_force and since is not None and (handbook.today - since).days > _QUIET
    metrics = tuple(dict.fromkeys(_targets(handbook, page, "measures")))
    days_left = (due - handbook.today).days if due is not None else None
    return Goal(
        page,
        progress_of(page, handbook.today),
        told_on,
        due,
        days_left,
        is_late,
        metrics,
        _gate(handbook, page, reviewed),
    )


def _gate(handbook: Handbook, page: Page, reviewed: _Reviewed) -> GoalGate:
    metrics = list(dict.fromkeys(_targets(handbook, page, "measures")))
    return GoalGate(
        page, (_work(handbook, page), _owner(handbook, page), _metric(page, metrics), _meeting(page, metrics, reviewed))
    )


def _work(handbook: Handbook, page: Page) -> Cell:
    procedures = list(dict.fromkeys(_targets(handbook, page, "sops")))
    active = tuple(one for one in procedures if one.is_in_force)
    begun = tuple(one for one in procedures if not one.is_in_force and not one.is_retired)
    if active:
        return Cell(Need.WORK, CellState.THERE, active)
    if page.doubts("sops") or _is_unresolved(handbook, page, "sops"):
        return Cell(Need.WORK, CellState.IN_DOUBT)
    return Cell(Need.WORK, CellState.BEING_WRITTEN if begun else CellState.MISSING, begun)


def _owner(handbook: Handbook, page: Page) -> Cell:
    """Judge an objective's own owner: a department's lead, who answers by default, has not taken the goal on."""
    name = page.text("owner")
    if not name:
        return Cell(Need.OWNER, CellState.IN_DOUBT if page.doubts("owner") else CellState.MISSING)
    found = handbook.registry.find(name)
    if found is None or page.doubts("owner"):
        return Cell(Need.OWNER, CellState.IN_DOUBT)
    members = handbook.registry.members(found) if isinstance(found, Group) else [found]
    is_here = not members or any(person.is_here(handbook.today) for person in members)
    return Cell(Need.OWNER, CellState.THERE if is_here else CellState.MISSING, owner=found)


def _metric(page: Page, metrics: Iterable[Page]) -> Cell:
    known = [*metrics]
    leading = tuple(metric for metric in known if metric.text("indicator") == "leading")
    named = tuple(dict.fromkeys(item.metric for item in page.items if item.metric))
    ours = tuple(name for name in named if name in LEADING)
    if leading or ours:
        return Cell(Need.METRIC, CellState.THERE, leading, ours)
    is_unknown = len([name for name in named if not _is_ours(page, name)]) > len(known)
    in_doubt = page.doubts("measures") or is_unknown
    return Cell(Need.METRIC, CellState.IN_DOUBT if in_doubt else CellState.MISSING, tuple(known))


def _is_ours(page: Page, name: str) -> bool:
    """Say whether a name is that of a measure of ours, as the schema has it."""
    meanings = page.kind.meanings(page.data) if page.kind is not None else ()
    return any(node.ref is not None and name in node.ref.also for _, node, text in meanings if text == name)


def _meeting(page: Page, metrics: Iterable[Page], reviewed: _Reviewed) -> Cell:
    direct = reviewed.get(page)
    if direct:
        return Cell(Need.MEETING, CellState.THERE, tuple(direct))
    for metric in metrics:
        if metric in reviewed:
            return Cell(Need.MEETING, CellState.THERE, tuple(reviewed[metric]), through=metric)
    return Cell(Need.MEETING, CellState.MISSING)


def _targets(handbook: Handbook, page: Page, field: str) -> Iterable[Page]:
    references = handbook.references_in(page)
    return [one.target for one in references if one.path[0] == field and one.target is not None]


def _is_unresolved(handbook: Handbook, page: Page, field: str) -> bool:
    """Say whether a field names something that nobody knows, which another finding says."""
    return any(one.path[0] == field and one.target is None for one in handbook.references_in(page))
