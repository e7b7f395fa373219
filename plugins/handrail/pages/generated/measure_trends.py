"""How measures went: a small chart in the row of each, a large one with its table on its own page, and the metrics that decline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handrail.measures.measure import Kind, Measure
from handrail.measures.metrics import metrics
from handrail.measures.points import Point
from handrail.measures.trend import LEAST, WINDOW, Verdict
from handrail.model.dates import MONTHS
from handrail.pages.audience import Link, Shown
from handrail.pages.chart import Chart, Dot, at_gaps, line
from handrail.pages.views import Entry, Section
from handrail.report.trends import measure_trend, metric_way, no_trends
from handrail.words.language import in_words

_NO_TREND = "No trend: no month is known"
_UNITS = {Kind.SHARE: "Per cent", Kind.COUNT: "Number", Kind.SCORE: "Score"}
_OF_MONTHS = 3
"""So many letters of a month's name stand below a small chart."""
_MINUS = "\N{MINUS SIGN}"


def row_chart(shown: Shown, measure: Measure, state: str) -> tuple[Chart | None, str]:
    """Return the small chart of a measure, or what to say in its place; neither where nobody looked back."""
    points = shown.scorecard.series.get(measure.name, ())[-WINDOW:]
    drawn = _chart(shown, measure, points, state, is_large=False)
    return drawn, _NO_TREND if points and drawn is None and not no_trends(shown.scorecard) else ""


def how_it_went(shown: Shown, measure: Measure, state: str) -> Iterator[Section]:
    """Yield the part of a measure's page with its chart and trend; none where nobody looked back."""
    points, found = shown.scorecard.series.get(measure.name, ()), shown.scorecard.trend(measure)
    if points and found is not None:
        words = [f"{measure_trend(measure, found)}."]
        why = next((point.unknown for point in reversed(points) if point.value is None), "")
        if found.verdict is Verdict.TOO_SHORT and why:
            words.append(why)
        yield Section(
            "How it went",
            "how-it-went",
            words=(" ".join(words),),
            chart=_chart(shown, measure, points, state, is_large=True),
        )


def declining_metrics(shown: Shown) -> Iterator[Section]:
    """Yield the part that names the metrics that decline; none where none does."""
    found = shown.scorecard
    declining = [one for one in metrics(found.scope, found.audience) if one.trend.verdict is Verdict.DECLINES]
    if declining:
        entries = tuple(
            Entry(
                (Link(one.page.title, one.page),),
                state=metric_way(one),
                note="lower is better" if one.is_down else "",
                trust="rising" if one.is_down else "falling",
            )
            for one in declining
        )
        yield Section("Numbers that go the wrong way", "declining", entries, is_in_lines=True)


def declining(shown: Shown, measure: Measure) -> str:
    """Return the state of a measure that declines, for its mark and colour; nothing of one that does not."""
    if not shown.scorecard.declines(measure):
        return ""
    return "falling" if measure.good else "rising"


def _chart(shown: Shown, measure: Measure, points: Sequence[Point], state: str, *, is_large: bool) -> Chart | None:
    known = [point for point in points if point.value is not None]
    target = measure.target if measure.target is not None and measure.target.value is not None else None
    dots = [Dot(point.day, point.value, _value(measure, point)) for point in points]
    # Without a scale beside it, a small chart would make much of little.
    room = 0 if is_large else 2 * LEAST[measure.kind]
    drawn = line(at_gaps(dots), target.value if target is not None else None, room=room)
    if drawn is None or not known:
        return None
    first, last = known[0], known[-1]
    span = _span(first.day, last.day)
    change = (last.value or 0) - (first.value or 0)
    less = f", {len(known)} of {len(points)} months known" if len(known) < len(points) else ""
    said = f"{measure.title}: {span}, from {_value(measure, first)} to {_value(measure, last)}{less}."
    if target is not None:
        said += f" The target is {target.said}."
    shown_as = declining(shown, measure) or state
    if not is_large:
        short = _span(first.day, last.day, _OF_MONTHS)
        return Chart(said, f"{short}, {_signed(change)}{less}", shown_as, drawn.runs, drawn.target)
    return Chart(
        said,
        f"{span}, {_signed(change)}{less}."
        + (f" The dashed line is the target, {target.said}." if target is not None else ""),
        shown_as,
        drawn.runs,
        drawn.target,
        (_number(measure, drawn.highest), _number(measure, drawn.lowest)),
        ("End of", _UNITS[measure.kind]),
        tuple((in_words(point.day), _in_table(measure, point)) for point in reversed(points)),
    )


def _value(measure: Measure, point: Point) -> str:
    return "not known" if point.value is None else _number(measure, point.value)


def _number(measure: Measure, number: float) -> str:
    return f"{number:g}\N{NO-BREAK SPACE}%" if measure.kind is Kind.SHARE else f"{number:g}"


def _in_table(measure: Measure, point: Point) -> str:
    if point.value is None:
        return f"Not known. {point.unknown}".strip()
    if measure.kind is Kind.SHARE:
        return f"{_value(measure, point)}, {point.numerator} of {point.denominator}"
    return str(point.value)


def _signed(change: int) -> str:
    if not change:
        return "no change"
    return f"+{change}" if change > 0 else f"{_MINUS}{-change}"


def _span(first: date, last: date, letters: int | None = None) -> str:
    """Return two months in words, by so many of their letters."""
    begin, end = (f"{MONTHS[day.month - 1][:letters]}\N{NO-BREAK SPACE}{day.year}" for day in (first, last))
    return begin if begin == end else f"{begin} to {end}"
