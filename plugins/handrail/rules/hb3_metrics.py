"""HB3, of metrics: each goes on being taken, and a meeting looks at it."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.frequencies import said
from handrail.model.handbook import Handbook
from handrail.model.meetings import KIND, meetings
from handrail.model.metric_series import is_late, named_series
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import in_words


@rule("HB322", "series-late", Severity.INFO)
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


@rule("HB321", "unreviewed-metric", Severity.INFO, neglect="no meeting that looks at them")
def unreviewed_metric(handbook: Handbook) -> Iterator[Hit]:
    """No meeting looks at a metric.

    A figure that nobody looks at together changes nothing. The rule speaks only where the handbook has a meeting.

    **What to do.** Name it under `reviews` of the meeting that can act on it; or take it no more.
    """
    pages = handbook.of_kind(KIND)
    if not pages or any(page.doubts("reviews") for page in pages):
        return
    reviewed = {target for meeting in meetings(handbook) for target in meeting.reviews}
    for page in handbook.of_kind("metric"):
        if page not in reviewed:
            yield Hit(
                at(page, ("kind",), key=True),
                f"No meeting looks at “{page.title}”.",
                "Name it under `reviews` of the meeting that can act on it.",
            )
