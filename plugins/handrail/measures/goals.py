"""The measure of objectives: whether each has what gets a goal done."""

from __future__ import annotations

from handrail.measures.leads import to_made
from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.model.generated import Made
from handrail.model.goals import KIND, CellState, GoalGate, open_goals
from handrail.model.made_pages import GOALS_COMPLETE
from handrail.words.goals import needed

GOALS = Named(GOALS_COMPLETE, "Goals complete", "Does each goal have what gets it done?")
_NONE, _OPEN = "No objective is open.", "Open one: set the `state` of an objective that is proposed to `open`."


def has_goals(scope: Scope) -> bool:
    """Say whether there is an objective that they may see for whom it is measured."""
    return any(page in scope.seen for page in scope.handbook.of_kind(KIND))


def goals_complete(scope: Scope) -> Measure:
    """Measure how many open objectives have work, an owner, a metric and a meeting."""
    handbook = scope.handbook
    gates = [goal.gate for goal in open_goals(handbook) if goal.page in scope.pages]
    return Measure(
        *GOALS,
        Kind.SHARE,
        sum(gate.is_complete for gate in gates),
        len(gates),
        target_of(scope, GOALS.name, "100 %"),
        tuple(Counted(gate.objective, _why(gate), gate.is_complete) for gate in gates),
        unknown=None if gates else Unknown(_NONE, _OPEN, to_made(handbook, Made.STRATEGY)),
        counts="Open objectives that have a procedure in use, an owner of their own, a metric that moves before the result does, and "
        "a meeting that looks at them, of all open objectives.",
    )


def _why(gate: GoalGate) -> str:
    """Say what an objective lacks; of what is in doubt another finding says why."""
    if gate.is_complete:
        return "has all four"
    in_doubt = [cell.need for cell in gate.cells if cell.state is CellState.IN_DOUBT]
    said = (("lacks", gate.missing), ("names what nobody knows for", in_doubt))
    return "; ".join(f"{words} {needed(needs)}" for words, needs in said if needs)
