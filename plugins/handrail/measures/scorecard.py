"""The measures of a handbook together: what a leader reads in a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handrail.measures import procedures, signing
from handrail.measures.measure import Measure
from handrail.measures.scope import Scope
from handrail.model.handbook import Handbook
from handrail.model.page import Page

_MEASURES: tuple[Callable[[Scope], Measure], ...] = (
    procedures.tied,
    procedures.signed,
    procedures.unlisted,
    procedures.undocumented,
    signing.repeated_sign_offs,
)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The measures on one day, counted over what `audience` may see; `all` is everybody who has the files."""

    handbook: Handbook
    audience: str
    measures: tuple[Measure, ...]


def scorecard(handbook: Handbook, pages: Iterable[Page], audience: str = "all") -> Scorecard:
    """Measure a handbook as far as some of its pages go."""
    scope = Scope(handbook, frozenset(pages))
    return Scorecard(handbook, audience, tuple(measure(scope) for measure in _MEASURES))
