"""The review queue as data: what each person and group is asked to sign, why and by when, and what nobody can sign.

`report/queue_formats.py` writes it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from handrail.model.assignments import Assignment, assignments
from handrail.model.handbook import Handbook
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import is_asked_to_be_signed
from handrail.report.lists import Asked

NOBODY = "Nobody to ask"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person or group is asked to sign, most urgent first; `who` is None for what nobody can be asked for."""

    who: Person | Group | None
    assignments: tuple[Assignment, ...]

    @property
    def asked(self) -> Asked:
        if isinstance(self.who, Group):
            return Asked(self.who.name, "", self.who.handle, self.who.contact)
        return Asked(self.who.name, self.who.job, self.who.handle) if self.who is not None else Asked(NOBODY)


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that is to be signed, by who is asked: those whose turn is the most urgent first, `NOBODY` last.

    `trouble` says in a sentence why there is nothing to list although there may be something to sign. `of` names the
    one person or group that it was narrowed to.
    """

    handbook: Handbook
    turns: tuple[Turn, ...]
    trouble: str = ""
    of: str = ""


def queue(handbook: Handbook) -> Queue:
    """Work out who is asked to sign what."""
    if handbook.registry_is_in_doubt:
        return Queue(
            handbook,
            (),
            "Something is wrong with the list of people, so nobody can say who is to sign; “handrail check” says what.",
        )
    found: dict[Person | Group | None, list[Assignment]] = defaultdict(list)
    for page in handbook.documents:
        if is_asked_to_be_signed(page):
            for assignment in assignments(handbook, page, handbook.sign_off(page)):
                found[assignment.ask].append(assignment)
    turns = [Turn(who, tuple(sorted(listed, key=_urgency))) for who, listed in found.items()]
    return Queue(handbook, tuple(sorted(turns, key=_order)))


def _urgency(assignment: Assignment) -> tuple[date, str, str, bool]:
    page = assignment.page
    return assignment.due, page.title.casefold(), page.path, assignment.role is Role.DECIDE


def _order(turn: Turn) -> tuple[bool, date, str, str]:
    return (
        turn.who is None,
        turn.assignments[0].due,
        turn.asked.name.casefold(),
        turn.who.id if turn.who is not None else "",
    )


def of_one(found: Queue, who: Person | Group) -> Queue:
    """Return what one person or group is asked to sign; for a person that is also what any member of a group may."""
    registry = found.handbook.registry
    here = isinstance(who, Person) and who.is_here(found.handbook.today)
    turns = []
    for turn in found.turns:
        assigned = turn.assignments
        if turn.who is None or turn.who.id != who.id:
            if not isinstance(turn.who, Group) or who not in registry.members(turn.who) or not here:
                continue
            assigned = tuple(one for one in assigned if one.excluded != who)
        if assigned:
            turns.append(replace(turn, assignments=assigned))
    return replace(found, turns=tuple(turns), of=who.name)
