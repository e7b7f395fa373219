"""HB2, of the series of metrics: each is there, and goes on."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from handrail.model.frequencies import said
from handrail.model.handbook import Handbook
from handrail.model.metric_series import is_late, named_series
from handrail.model.nearest import nearest
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import in_words, quoted


@rule("HB219", "series-missing", Severity.WARNING)
def series_missing(handbook: Handbook) -> Iterator[Hit]:
    """A metric names a file of measurements that is not there.

    Its page then shows no value and no trend.

    **What to do.** Put the file beside the page, with `date,value` in its first line; or take the field `data` out until there
    is something to show.
    """
    for page, series in named_series(handbook):
        if not series.is_there:
            name = page.text("data")
            beside = [path for path in handbook.files.assets if posixpath.dirname(path) == page.folder]
            close = nearest(name, map(posixpath.basename, beside))
            yield Hit(
                at(page, ("data",)),
                f"No file {quoted(name)} lies beside this page.",
                f"Did you mean {quoted(close)}?" if close else "Put it there, or take `data` out.",
                subject=of_field(("data",), name),
            )


@rule("HB220", "series-late", Severity.INFO)
def series_late(handbook: Handbook) -> Iterator[Hit]:
    """A metric has had no value for twice as long as it says.

    A figure that nobody takes any more still looks like one that is watched.

    **What to do.** Append what was measured since to the file of its series; or say a `frequency` that holds.
    """
    for page, series in named_series(handbook):
        values = series.until(handbook.today)
        frequency = page.text("frequency")
        is_known = series.fault is None and not page.doubts("frequency")
        if is_known and is_late(values, frequency, handbook.today):
            yield Hit(
                at(page, ("data",)),
                f"“{page.title}” is taken {said(frequency)}, and its newest value is from {in_words(values[-1].day)}.",
                f"Append what was measured since to {handbook.project.from_root(series.path)}.",
                subject=of_field(("data",), page.text("data")),
                by_time=True,
            )
