"""The measure of procedures that there are twice."""

from __future__ import annotations

from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.rules.kept_apart import unexplained

DUPLICATES = Named("sops-duplicate", "Written twice", "Which procedures say what another one says?")
_NOT_COMPARED = Unknown(
    "It is counted for today only: to hold all texts of each month against each other would take many times as long as all other measures.",
    "Look at those of today.",
    "",
)


def near_duplicates(scope: Scope) -> Measure:
    """Count the pairs of procedures that say nearly the same where nobody has said why there are two."""
    near = unexplained(scope.handbook).near if not scope.is_past else ()
    pairs = [pair for pair in near if scope.pages.issuperset(pair.pages)]
    return Measure(
        *DUPLICATES,
        Kind.COUNT,
        len(pairs),
        None,
        target_of(scope, DUPLICATES.name, "0"),
        tuple(Counted(pair.newer, f"says nearly the same as “{pair.older.title}”") for pair in pairs),
        counts="Pairs of procedures in use or in draft of which at least four fifths of the shorter one's words stand in the other, "
        "in the same order, and of which nobody has said why there are two.",
        good=False,
        unknown=_NOT_COMPARED if scope.is_past else None,
    )
