"""The metrics of a handbook: what was measured of each, its target and its trend, as far as an audience may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from handrail.measures.measure import Target
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.measures.trend import Trend, trend
from handrail.model.metric_series import SeriesFault, Value, series_of
from handrail.model.page import Page
from handrail.model.publication import may_be_in
from handrail.model.settings import VISIBILITIES


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric on one day: its values up to then, the oldest first.

    `data` is the path of its file in the folder of pages, empty where it names none or those may not see it for whom it is
    measured; `fault` is what is wrong with the file.
    """

    page: Page
    values: tuple[Value, ...]
    target: Target | None
    trend: Trend
    data: str = ""
    fault: SeriesFault | None = None
    is_missing: bool = False

    @property
    def is_down(self) -> bool:
        """Whether less is better."""
        return is_down(self.page)

    @property
    def meets(self) -> bool | None:
        """Whether the newest value meets the target; None where there is no value, or no target that is a number."""
        if not self.values or self.target is None or self.target.value is None:
            return None
        return self.target.compare.holds(self.values[-1].number, self.target.value)


def is_down(page: Page) -> bool:
    """Say of a metric's page whether less is better."""
    return page.text("direction") == "down"


def metrics(scope: Scope, audience: str) -> Iterator[Metric]:
    """Yield the metrics that may be seen, by path."""
    for page in scope.handbook.of_kind("metric"):
        if page in scope.pages:
            yield metric(scope, page, audience)


def metric(scope: Scope, page: Page, audience: str) -> Metric:
    """Measure one metric; a file that may not be seen says nothing."""
    handbook = scope.handbook
    found = series_of(handbook, page)
    seen_by = next((known for known in VISIBILITIES if known == audience), None)
    if found is not None and seen_by is not None:
        folder = handbook.settings.folder_visibility(found.path)
        found = found if may_be_in(folder, seen_by) else None
    values = found.until(handbook.today) if found is not None else ()
    judged = trend([value.number for value in values], is_down=is_down(page))
    own = page.data.get("target")
    target = target_of(scope, page.id, "" if own is None else str(own), is_down=is_down(page))
    if target is not None and target.source is None:
        target = replace(target, source=page)
    if found is None:
        return Metric(page, (), target, judged)
    return Metric(page, values, target, judged, found.path, found.fault, not found.is_there)
