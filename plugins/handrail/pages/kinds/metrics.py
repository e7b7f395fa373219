"""The view of a metric: what it counts, where it stands against its target, which way it goes, and all values as a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handrail.measures.measure import Target
from handrail.measures.metrics import Metric, metric
from handrail.measures.trend import Verdict
from handrail.model.frequencies import later, said
from handrail.model.metric_series import Value, is_late
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.chart import Chart, Dot, line
from handrail.pages.phrases import commas, name_words
from handrail.pages.views import Row, Section, View
from handrail.report.trends import metric_trend
from handrail.words.language import capital, count_of, in_words
from handrail.words.trust import unbroken

_MOST_SHOWN = 60
"""So many values are drawn and listed, the newest."""
_WEEKEND = 4
"""So many days may lie between two values of something taken daily with no gap: a long weekend."""
_MISSING = "Its values can't be shown: the file that holds them is not there."
_UNREADABLE = "Its values can't be shown: the file that holds them can't be read."
_IN_PART = "A line of the file that holds them can't be read; what it says is missing here."
_NONE_YET = "No value is known yet."


def metric_view(shown: Shown, page: Page) -> View:
    """Return the view of a metric."""
    found = metric(shown.scorecard.scope, page, shown.handbook.settings.audience)
    values = tuple(_values(found))
    title = "What it counts" if values and page.source.body.strip() else ""
    about = Section("About this number", "about-this-number", rows=tuple(_what_it_is(shown, found)))
    return View(rows=tuple(_how_it_stands(shown, found)), sections=values, text_title=title, after=(about,))


def _how_it_stands(shown: Shown, found: Metric) -> Iterator[Row]:
    unit = found.page.text("unit")
    if found.values:
        last = found.values[-1]
        frequency = found.page.text("frequency")
        # Where a line can't be read, the newest value may be the one that stands in it.
        known_late = found.fault is None and is_late(found.values, frequency, shown.handbook.today)
        late = f" (late: it is taken {said(frequency)})" if known_late else ""
        yield Row("Latest", (f"{_with_unit(last.said, unit)}, on {unbroken(in_words(last.day))}{late}",))
    target = found.target
    if target is not None:
        met = {True: " (met)", False: " (not met)", None: ""}[found.meets]
        words = f"{_with_unit(target.said, unit)}{met}"
        is_own = target.source is found.page or str(found.page.data.get("target")) == target.said
        link = shown.link(target.source) if target.source is not None and not is_own else None
        yield Row("Target", (f"{words}, as ", link, " says") if link is not None else (words,))
    if found.values:
        yield Row("Trend", (metric_trend(found),))


def _what_it_is(shown: Shown, found: Metric) -> Iterator[Row]:
    page = found.page
    yield Row("Unit", (page.text("unit"),))
    yield Row("Direction", ("Lower is better" if found.is_down else "Higher is better",))
    indicator = {"leading": "Leading: it moves before the result does", "lagging": "Lagging: it shows the result"}.get(
        page.text("indicator")
    )
    if indicator:
        yield Row("Indicator", (indicator,))
    yield Row("Taken", (said(page.text("frequency")),))
    owner = shown.owner_of(page)
    if owner:
        yield Row("Owner", name_words(shown, owner))
    used = [Link(r.page.title, r.page) for r in shown.referring(page)]
    if used:
        yield Row("Used by", commas(used))


def _with_unit(text: str, unit: str) -> str:
    """Return a number with its unit; words are said to have theirs."""
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit and text[-1:].isdigit() else text


def _values(found: Metric) -> Iterator[Section]:
    """Yield the part with the chart, or why there is none; nothing where the metric names no values."""
    if not found.data:
        return
    if found.is_missing or not found.values:
        yield Section(
            "Values", "values", words=(_MISSING if found.is_missing else _UNREADABLE if found.fault else _NONE_YET,)
        )
        return
    values = found.values[-_MOST_SHOWN:]
    words = [_IN_PART] if found.fault else []
    if len(values) < len(found.values):
        words.append(f"The last {len(values)} of {len(found.values)} values.")
    yield Section("Values", "values", words=(" ".join(words),) if words else (), chart=_chart(found, values))


def _chart(found: Metric, values: Sequence[Value]) -> Chart | None:
    unit = found.page.text("unit")
    target = found.target if found.target is not None and found.target.value is not None else None
    drawn = line(_runs(values, found.page.text("frequency")), target.value if target is not None else None)
    if drawn is None:
        return None
    by_number = {value.number: value.said for value in values}
    if target is not None and target.value is not None:
        by_number.setdefault(target.value, _number(target))
    first, last = values[0], values[-1]
    span = f"{in_words(first.day)} to {in_words(last.day)}" if first is not last else in_words(last.day)
    ends = f"from {first.said} to {last.said}" if first is not last else first.said
    told = f"{found.page.title}: {count_of(len(values), 'value')}, {span}, {ends} {unit}."
    return Chart(
        " ".join(filter(None, (told, f"The target is {target.said}." if target is not None else ""))),
        f"{span}."
        + (f" The dashed line is the target, {_with_unit(target.said, unit)}." if target is not None else ""),
        _state(found),
        drawn.runs,
        drawn.target,
        (by_number[drawn.highest], by_number[drawn.lowest]),
        ("Day", capital(unit)),
        tuple((in_words(value.day), value.said) for value in reversed(values)),
    )


def _number(target: Target) -> str:
    return f"{target.value:g}" if target.value is not None else ""


def _state(found: Metric) -> str:
    if found.trend.verdict is Verdict.DECLINES:
        return "falling" if not found.is_down else "rising"
    return {True: "signed", False: "under", None: ""}[found.meets]


def _runs(values: Sequence[Value], frequency: str) -> list[list[Dot]]:
    """Part values where one is missing between two: further apart than half as much again as they are taken."""
    runs: list[list[Dot]] = []
    before: Value | None = None
    for value in values:
        if before is None or _is_apart(before, value, frequency):
            runs.append([])
        runs[-1].append(Dot(value.day, value.number, value.said))
        before = value
    return runs


def _is_apart(one: Value, other: Value, frequency: str) -> bool:
    due = later(one.day, frequency)
    usual = (due - one.day).days if due is not None else 0
    return usual > 0 and (other.day - one.day).days > max(_WEEKEND, usual * 3 // 2)
