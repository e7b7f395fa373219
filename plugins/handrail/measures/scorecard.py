"""The measures of a handbook together: what a leader reads in a minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from handrail.measures import decided, duplicates, feedback, found, goals, procedures, signing, texts_read
from handrail.measures.findability import Findability
from handrail.measures.measure import Measure, Named
from handrail.measures.not_asked import NotAsked
from handrail.measures.points import Point
from handrail.measures.scope import Scope
from handrail.measures.trend import Trend, Verdict, trend_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page


def _always(_scope: Scope) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Entry:
    """One measure: how it is called, how it is counted, and whether a handbook has anything of the kind; without, it stands nowhere."""

    named: Named
    measure: Callable[[Scope], Measure]
    is_there: Callable[[Scope], bool] = _always


_MEASURES = (
    _Entry(procedures.TIED, procedures.tied),
    _Entry(found.FOUND, found.found),
    _Entry(feedback.ERRORS, feedback.errors),
    _Entry(procedures.SIGNED, procedures.signed),
    _Entry(feedback.NPS, feedback.nps),
    _Entry(procedures.UNLISTED, procedures.unlisted),
    _Entry(procedures.UNDOCUMENTED, procedures.undocumented),
    _Entry(signing.REPEATED, signing.repeated_sign_offs),
    _Entry(duplicates.DUPLICATES, duplicates.near_duplicates),
    _Entry(goals.GOALS, goals.goals_complete, goals.has_goals),
    _Entry(decided.DECISIONS, decided.decisions_done, decided.has_meetings),
    _Entry(texts_read.TEXTS, texts_read.texts_read, texts_read.records_readings),
)

SEVEN = ("sops-tied", "sops-found", "sop-errors", "sops-signed", "sop-nps", "sops-unlisted", "sops-undocumented")
"""The measures by which a handbook of procedures is judged, in the order in which leaders ask for them."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The measures on one day, counted over what `audience` may see; `all` is everybody who has the files."""

    handbook: Handbook
    audience: str
    measures: tuple[Measure, ...]
    scope: Scope
    series: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)
    """What each measure was at the ends of the last months, by its name, the oldest first; nothing where nobody looked back."""

    def trend(self, measure: Measure) -> Trend | None:
        """Return how a measure goes; None where nobody looked back."""
        points = self.series.get(measure.name)
        return trend_of(measure, points) if points is not None else None

    def worst_first(self, measures: Iterable[Measure]) -> list[Measure]:
        """Return measures in their order, those that decline before all others."""
        return sorted(measures, key=lambda one: not self.declines(one))

    def declines(self, measure: Measure) -> bool:
        """Say whether a measure goes the wrong way, as far as it is known today."""
        found = self.trend(measure)
        return measure.unknown is None and found is not None and found.verdict is Verdict.DECLINES

    @property
    def seven(self) -> tuple[Measure, ...]:
        """Those by which a handbook is judged."""
        found = {measure.name: measure for measure in self.measures}
        return tuple(found[name] for name in SEVEN if name in found)

    @property
    def others(self) -> tuple[Measure, ...]:
        """Those that are measured beside them."""
        return tuple(measure for measure in self.measures if measure.name not in SEVEN)


def scorecard(
    handbook: Handbook,
    pages: Iterable[Page],
    audience: str = "all",
    *,
    asks_search: bool = False,
    finished: Findability | None = None,
    not_asked: NotAsked | None = None,
) -> Scorecard:
    """Measure a handbook as far as some of its pages go.

    `asks_search` says that the site's own search is asked what it finds, `finished` what a finished site says of its pages,
    `not_asked` why no page can ask by issues whether it worked.
    """
    scope = Scope(
        handbook,
        frozenset(pages),
        asks_search=asks_search,
        finished=finished,
        audience=audience,
        not_asked=not_asked,
    )
    return Scorecard(handbook, audience, measured(scope), scope)


def measures_of(handbook: Handbook, pages: Iterable[Page], audience: str) -> tuple[Named, ...]:
    """Return which measures the scorecard of these has, without counting anything."""
    scope = Scope(handbook, frozenset(pages), audience=audience)
    return tuple(one.named for one in _MEASURES if one.is_there(scope))


@dataclass(frozen=True, slots=True)
class Part:
    """The measures of one department, by name; `department` is None for what belongs to none that may be seen."""

    department: Page | None
    measures: Mapping[str, Measure]


def by_department(found: Scorecard, department_of: Callable[[Page], Page | None]) -> list[Part]:
    """Measure each department by itself, in the order of their titles, what belongs to none last; targets are the whole's."""
    pages: dict[Page | None, list[Page]] = defaultdict(list)
    for page in found.scope.pages:
        pages[department_of(page)].append(page)
    by_title = sorted(
        pages, key=lambda one: (one is None, one.title.casefold() if one else "", one.path if one else "")
    )
    return [
        Part(one, {measure.name: measure for measure in measured(found.scope.part(pages[one]))}) for one in by_title
    ]


def measured(scope: Scope) -> tuple[Measure, ...]:
    """Return each measure that there is anything of."""
    return tuple(one.measure(scope) for one in _MEASURES if one.is_there(scope))
