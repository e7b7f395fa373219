"""Writes the scorecard: in lines for people, as a table, as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.history.texts import history_of
from handrail.measures.measure import Beside, Counted, Kind, Measure, Target
from handrail.measures.metrics import Metric, metrics
from handrail.measures.points import Point
from handrail.measures.scorecard import Scorecard
from handrail.measures.trend import Verdict
from handrail.model.page import Page
from handrail.report.lists import Table
from handrail.report.trends import measure_trend, metric_trend, no_trends, trend_data
from handrail.words.language import in_words

VERSION = 1
_COLUMNS = (
    "name",
    "numerator",
    "denominator",
    "value",
    "unit",
    "target",
    "set by",
    "meets",
    "trend",
    "unknown",
    "to do",
)
_BETWEEN = " \N{MIDDLE DOT} "
_UNITS = {Kind.SHARE: "%", Kind.COUNT: "", Kind.SCORE: ""}


def value_words(measure: Measure) -> str:
    """Return a measure's value as it is read; nothing where it is unknown."""
    if measure.value is None:
        return ""
    return f"{measure.value}\N{NO-BREAK SPACE}%" if measure.kind is Kind.SHARE else str(measure.value)


def of_words(measure: Measure) -> str:
    """Return how many of how many a share is, or of how many a score."""
    if measure.unknown is not None or measure.denominator is None:
        return ""
    if measure.kind is Kind.SCORE:
        return "of one score" if measure.denominator == 1 else f"of {measure.denominator:,} scores"
    return f"{measure.numerator} of {measure.denominator}"


def interval_words(measure: Measure) -> str:
    """Say between which values a measure most likely lies; nothing where it is no estimate."""
    if measure.unknown is not None or measure.interval is None:
        return ""
    low, high = measure.interval
    return f"most likely between {low} and {high}"


def beside_words(measure: Measure) -> list[str]:
    """Say each number that stands beside a measure's own; of nothing there is nothing to say."""
    return [f"{one.said or one.name}: {_of(one)}" for one in measure.beside if one.denominator]


def _of(beside: Beside) -> str:
    return "not known" if beside.numerator is None else f"{beside.numerator} of {beside.denominator}"


def target_words(target: Target) -> str:
    """Return a target in the words of the document that sets it, and which that is."""
    source = f"as {target.source.title} says" if target.source is not None else "Handrail's default"
    return f"target {target.said}, {source}"


def verdict_words(measure: Measure) -> str:
    """Say whether a measure's target is met; nothing where that can't be told."""
    return {True: "met", False: "not met", None: ""}[measure.meets]


def collected_words(found: Scorecard) -> str:
    """Say of which day the last is that was collected from readers; nothing where none was."""
    last = found.scope.records.last_issue
    return f"The last that was collected from readers is of {in_words(last)}." if last is not None else ""


def scorecard_lines(found: Scorecard) -> Iterator[str]:
    """Yield the scorecard for a terminal."""
    yield f"How the handbook is doing, on {in_words(found.handbook.today)}:"
    width = max(len(measure.title) for measure in found.measures)
    without_trends = no_trends(found)
    for measure in found.worst_first(found.measures):
        if measure.unknown is not None:
            yield f"  {measure.title:{width}}  not known: {measure.unknown.why} {measure.unknown.do}"
            beside = beside_words(measure)
            if beside:
                yield f"  {'':{width}}  {_BETWEEN.join(beside)}"
            continue
        said = [value_words(measure), of_words(measure), interval_words(measure)]
        said += beside_words(measure)
        if measure.target is not None:
            met = verdict_words(measure)
            said.append(target_words(measure.target) + (f": {met}" if met else ""))
        judged = found.trend(measure) if not without_trends else None
        # What is not looked back on at any month has nothing to say of its way.
        said.append(measure_trend(measure, judged).lower() if judged is not None and judged.points else "")
        yield f"  {measure.title:{width}}  {_BETWEEN.join(filter(None, said))}"
    yield from filter(None, (without_trends, collected_words(found)))
    declining = [one for one in metrics(found.scope, found.audience) if one.trend.verdict is Verdict.DECLINES]
    if declining:
        yield "Metrics that go the wrong way:"
        width = max(len(one.page.title) for one in declining)
        for one in declining:
            yield f"  {one.page.title:{width}}  {metric_trend(one)}"


def scorecard_table(found: Scorecard) -> Table:
    """Return the scorecard as one row a measure."""
    return _COLUMNS, [_row(found, measure) for measure in found.measures]


def _row(found: Scorecard, measure: Measure) -> tuple[str, ...]:
    trend = found.trend(measure)
    target = _target(found, measure.target) if measure.target is not None else {}
    meets = {True: "yes", False: "no", None: ""}[measure.meets]
    unknown = (measure.unknown.why, measure.unknown.do) if measure.unknown is not None else ("", "")
    numbers = (measure.numerator, measure.denominator, measure.value)
    return (
        measure.name,
        *("" if number is None else str(number) for number in numbers),
        _UNITS[measure.kind],
        target.get("said", ""),
        target.get("from") or "",
        meets,
        trend.verdict.value if trend is not None else "",
        *unknown,
    )


def scorecard_data(found: Scorecard) -> dict[str, Any]:
    """Return the scorecard as plain data."""
    return {
        "version": VERSION,
        "today": found.handbook.today.isoformat(),
        "audience": found.audience,
        "commit": history_of(found.handbook).head or None,
        "measures": [_measure(found, measure) for measure in found.measures],
        "metrics": [_metric(found, metric) for metric in metrics(found.scope, found.audience)],
    }


def _metric(found: Scorecard, metric: Metric) -> dict[str, Any]:
    return {
        "ref": _name(found, metric.page),
        "unit": metric.page.text("unit"),
        "direction": "down" if metric.is_down else "up",
        "target": _target(found, metric.target) if metric.target is not None else None,
        "series": [{"date": value.day.isoformat(), "value": _number(value.number)} for value in metric.values],
        "trend": trend_data(metric.trend),
    }


def _number(number: float) -> int | float:
    """Return a number as programs write it: a whole one without a point."""
    return int(number) if number.is_integer() else number


def _measure(found: Scorecard, measure: Measure) -> dict[str, Any]:
    unknown, target, trend = measure.unknown, measure.target, found.trend(measure)
    return {
        "name": measure.name,
        "title": measure.title,
        "asks": measure.asks,
        "kind": measure.kind.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "value": measure.value,
        "unknown": {"why": unknown.why, "do": unknown.do, "url": unknown.url} if unknown is not None else None,
        "target": _target(found, target) if target is not None else None,
        "meets": measure.meets,
        "interval": list(measure.interval) if measure.interval is not None else None,
        "beside": [
            {"name": one.name, "numerator": one.numerator, "denominator": one.denominator, "value": one.value}
            for one in measure.beside
        ],
        "documents": [_document(found, one) for one in measure.documents],
        "series": [_point(point) for point in found.series.get(measure.name, ())],
        "trend": trend_data(trend) if trend is not None else None,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "date": point.day.isoformat(),
        "numerator": point.numerator,
        "denominator": point.denominator,
        "value": point.value,
        "unknown": point.unknown or None,
    }


def _target(found: Scorecard, target: Target) -> dict[str, Any]:
    return {
        "value": target.value,
        "compare": target.compare.value,
        "from": _name(found, target.source) if target.source is not None else None,
        "said": target.said,
    }


def _document(found: Scorecard, one: Counted) -> dict[str, Any]:
    return {"ref": _name(found, one.page), "url": one.page.url, "counts": one.counts, "why": one.why}


def _name(found: Scorecard, page: Page) -> str:
    """Return how a page is named: by kind and id, a page without a kind by its path."""
    return found.handbook.identity(page) if page.kind is not None else page.src_uri
