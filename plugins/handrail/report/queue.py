"""The review queue as data: what each person and group is asked to sign, why and by when, what nobody can sign, and reports on pages.

`report/queue_formats.py` writes it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from handrail.measures.experience import Report
from handrail.model.assignments import Assignment, assignments
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import is_asked_to_be_signed
from handrail.report.experience import open_reports, who_answers
from handrail.report.lists import Asked, by_title

NOBODY = "Nobody to ask"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person or group is asked to sign, most urgent first, and the open reports on pages that they look after, by title.

    `who` is None for what nobody can be asked for.
    """

    who: Person | Group | None
    assignments: tuple[Assignment, ...]
    reports: tuple[tuple[Page, tuple[Report, ...]], ...] = ()

    @property
    def asked(self) -> Asked:
        if isinstance(self.who, Group):
            return Asked(self.who.name, "", self.who.handle, self.who.contact)
        return Asked(self.who.name, self.who.job, self.who.handle) if self.who is not None else Asked(NOBODY)


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything that is to be signed or was reported, by who is asked: those whose turn is the most urgent first, `NOBODY` last.

    `trouble` says in a sentence why there is nothing to list although there may be something to sign. `of` names the
    one person or group that it was narrowed to.
    """

    handbook: Handbook
    turns: tuple[Turn, ...]
    trouble: str = ""
    of: str = ""


def queue(handbook: Handbook) -> Queue:
    """Work out who is asked to sign what, and on whose pages there are reports."""
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
    reported: dict[Person | Group | None, list[tuple[Page, tuple[Report, ...]]]] = defaultdict(list)
    for page, reports in open_reports(handbook).items():
        names = (handbook.owner_of(page), *(named.name for named in page.rapid.decide))
        reported[who_answers(handbook, names)].append((page, reports))
    turns = [
        Turn(
            who, tuple(sorted(found[who], key=_urgency)), tuple(sorted(reported[who], key=lambda one: by_title(one[0])))
        )
        for who in dict.fromkeys((*found, *reported))
    ]
    return Queue(handbook, tuple(sorted(turns, key=_order)))


def _urgency(assignment: Assignment) -> tuple[date, str, str, bool]:
    page = assignment.page
    return assignment.due, page.title.casefold(), page.path, assignment.role is Role.DECIDE


def _order(turn: Turn) -> tuple[bool, date, str, str]:
    return (
        turn.who is None,
        turn.assignments[0].due if turn.assignments else date.max,
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
        if assigned or turn.reports:
            turns.append(replace(turn, assignments=assigned))
    return replace(found, turns=tuple(turns), of=who.name)
