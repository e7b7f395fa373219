"""Trends in words, for series of which more is better and of which less is."""

from __future__ import annotations

import pytest

from handrail.measures.trend import Trend, Verdict
from handrail.report.trends import trend_words


def said(found: Trend, *, is_down: bool = False, noun: str = "month") -> str:
    return trend_words(found, is_down=is_down, since="for 8 months", over="over the last 12 months", noun=noun)


@pytest.mark.parametrize(
    ("verdict", "is_down", "since", "expected"),
    [
        (Verdict.DECLINES, False, 8, "Falling for 8 months (12 months)"),
        (Verdict.DECLINES, True, 8, "Rising for 8 months, and lower is better (12 months)"),
        (Verdict.RISES, False, 0, "Rising over the last 12 months (12 months)"),
        (Verdict.RISES, True, 0, "Falling over the last 12 months, and lower is better (12 months)"),
        (Verdict.DECLINES, False, 2, "Falling over the last 12 months (12 months)"),
        (Verdict.NONE, False, 5, "No clear trend in 12 months"),
    ],
)
def test_which_way_and_since_when(verdict: Verdict, is_down: bool, since: int, expected: str) -> None:  # noqa: FBT001
    assert said(Trend(12, -1.0, 0.001, verdict, since), is_down=is_down) == expected


@pytest.mark.parametrize(("points", "expected"), [(0, "no value is known"), (1, "one value"), (6, "6 values")])
def test_what_is_too_short_says_how_short(points: int, expected: str) -> None:
    assert said(Trend(points, None, None, Verdict.TOO_SHORT, 0), noun="value") == f"Too short to tell: {expected}"
