"""HB2, of the series of metrics: each is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.metric_series import named_series
from handrail.model.nearest import nearest
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import quoted


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
