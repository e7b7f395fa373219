"""The measure of what meetings decide: whether it is done by its day."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.model.made_pages import DECISIONS_DONE
from handrail.model.meetings import KIND, Decision, due_within
from handrail.model.page import Page

DECISIONS = Named(DECISIONS_DONE, "Decisions done", "Do we do what we decide?")
_DAYS = 90
_NONE, _SAY = "No decision of a meeting was due in the last 90 days.", "Say of each decision by which day it is done."


def has_meetings(scope: Scope) -> bool:
    """Say whether there is a meeting that they may see for whom it is measured."""
    return any(_meetings(scope))


def _meetings(scope: Scope) -> Iterator[Page]:
    return (page for page in scope.handbook.of_kind(KIND) if page in scope.seen)


def decisions_done(scope: Scope) -> Measure:
    """Measure how many of the decisions that were due lately are done or given up."""
    handbook = scope.handbook
    due: dict[Page, list[Decision]] = {}
    for decision in due_within(handbook, _DAYS):
        if decision.meeting in scope.pages:
            due.setdefault(decision.meeting, []).append(decision)
    whole = sum(map(len, due.values()))
    return Measure(
        *DECISIONS,
        Kind.SHARE,
        sum(map(_done, due.values())),
        whole,
        target_of(scope, DECISIONS.name, ""),
        tuple(_counted(page, decisions) for page, decisions in due.items()),
        unknown=None if whole else Unknown(_NONE, _SAY, next(_meetings(scope)).url),
        counts="Decisions that are done or were given up, of all that meetings decided and that were due in the last 90 days.",
    )


def _counted(page: Page, decisions: list[Decision]) -> Counted:
    done = _done(decisions)
    return Counted(page, f"{done} of {len(decisions)} done", done == len(decisions))


def _done(decisions: list[Decision]) -> int:
    return sum(not decision.is_open for decision in decisions)
