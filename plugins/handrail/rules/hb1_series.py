"""HB1, of the series of metrics: a day and a number on each line, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.metric_series import named_series
from handrail.model.setting_places import FilePlace
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule


@rule("HB109", "series-unreadable", Severity.WARNING)
def series_unreadable(handbook: Handbook) -> Iterator[Hit]:
    """A line of a metric's series is not a day and a number, or not in the order of days.

    The line is left out of the metric's chart, and a trend is judged without it. Programs and people append to the end of
    such files, and a table that was saved with commas in its numbers, or sorted, is seen here first.

    **What to do.** Write `date,value` in the first line and below it one line a day, the oldest first: the day as
    `2026-03-31`, a comma, and the number with a point.
    """
    seen = set()
    for page, series in named_series(handbook):
        if series.fault is not None and series.path not in seen:
            seen.add(series.path)
            line, path = series.fault.line, handbook.project.from_root(series.path)
            yield Hit(
                FilePlace(path, line, 1, line, 1),
                f"Line {line} of this series {series.fault.why}.",
                "Write one line a day, the oldest first: the day, a comma, and the number with a point.",
                ((at(page, ("data",)), f"It holds the values of “{page.title}”."),),
            )
