"""The measures of a handbook together: what a leader reads in a minute."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from handrail.measures import procedures, signing
from handrail.measures.measure import Measure
from handrail.model.handbook import Handbook
from handrail.model.page import Page

_MEASURES: tuple[Callable[[Handbook, Collection[Page]], Measure], ...] = (
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


def scorecard(handbook: Handbook, pages: Collection[Page], audience: str = "all") -> Scorecard:
    """Measure a handbook as far as some of its pages go."""
    known = frozenset(pages)
    return Scorecard(handbook, audience, tuple(measure(handbook, known) for measure in _MEASURES))
