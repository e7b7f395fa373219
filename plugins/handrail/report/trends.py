"""Trends in words: which way a series goes, since when, and of how many points that is said."""

from __future__ import annotations

from typing import Any

from handrail.measures.measure import Measure
from handrail.measures.metrics import Metric
from handrail.measures.scorecard import Scorecard
from handrail.measures.trend import WINDOW, Trend, Verdict
from handrail.words.language import count_of, in_words
from handrail.words.trust import unbroken

_A_YEAR = f"over the last {WINDOW} months"
_DIGITS = 4

_SHORTEST = 3
"""What was at its best less than so many points ago goes for the worse over the window, and not since then."""


def trend_words(found: Trend, *, is_down: bool, since: str, over: str, noun: str) -> str:
    """Say how a series goes, and of how many points that is said: `noun` is what one is called, the rest as in `way_words`.

    `is_down` says that less is better; then it is said, for a series that rises is bad news.
    """
    known = count_of(found.points, noun) if found.points else f"no {noun} is known"
    if found.verdict is Verdict.TOO_SHORT:
        return f"Too short to tell: {known}"
    if found.verdict is Verdict.NONE:
        return f"No clear trend in {known}"
    way = way_words(found, is_down=is_down, since=since, over=over)
    return f"{way}{', and lower is better' if is_down else ''} ({known})"


def way_words(found: Trend, *, is_down: bool, since: str, over: str) -> str:
    """Say which way a series goes that goes somewhere: `since` from when on it was no longer at its best, `over` in what span."""
    declines = found.verdict is Verdict.DECLINES
    way = "Falling" if declines is not is_down else "Rising"
    return f"{way} {since if declines and found.since >= _SHORTEST else over}"


def measure_way(measure: Measure, found: Trend) -> str:
    """Say which way a measure goes that goes somewhere."""
    return way_words(found, is_down=not measure.good, since=f"for {found.since} months", over=_A_YEAR)


def measure_trend(measure: Measure, found: Trend) -> str:
    """Say how a measure goes, by the ends of the last months."""
    since = f"for {found.since} months"
    return trend_words(found, is_down=not measure.good, since=since, over=_A_YEAR, noun="month")


def no_trends(found: Scorecard) -> str:
    """Say why no measure has a trend, where none is known at the end of any month; nothing where one is, or nobody looked back."""
    points = [point for series in found.series.values() for point in series]
    if not points or any(point.value is not None for point in points):
        return ""
    return f"No trend is known yet. {points[-1].unknown}".rstrip()


def metric_trend(metric: Metric) -> str:
    """Say how a metric goes, by its last values."""
    since, over = _spans(metric)
    return trend_words(metric.trend, is_down=metric.is_down, since=since, over=over, noun="value")


def metric_way(metric: Metric) -> str:
    """Say which way a metric goes that goes somewhere."""
    since, over = _spans(metric)
    return way_words(metric.trend, is_down=metric.is_down, since=since, over=over)


def _spans(metric: Metric) -> tuple[str, str]:
    """Say since when a metric was no longer at its best, and since when its trend is judged."""
    values = metric.values[-WINDOW:]
    if not values:
        return "", ""
    best, first = values[-1 - metric.trend.since], values[0]
    return f"since {unbroken(in_words(best.day))}", f"since {unbroken(in_words(first.day))}"


def trend_data(found: Trend) -> dict[str, Any]:
    """Return a trend as plain data, with as many digits as mean something."""
    numbers = {"slope": found.slope, "p": found.p}
    said = {name: None if one is None else float(f"{one:.{_DIGITS}g}") for name, one in numbers.items()}
    return {"points": found.points, **said, "verdict": found.verdict.value}
