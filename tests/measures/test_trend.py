"""Trends, held to what scipy makes of the same values, and to the rule of what a decline is."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.measures.trend import LEAST_KNOWN, WINDOW, Trend, Verdict, kendall_p, trend
from tests.measures import oracle

LAST = WINDOW - 1

# From a few values many are equal, from many none; both have to be tried.
_values = st.one_of(
    st.lists(st.integers(0, 3), min_size=2, max_size=30),
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=30),
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=30, unique=True),
    st.lists(st.decimals(-50, 50, places=2).map(float), min_size=2, max_size=30),
    st.tuples(st.integers(-5, 5), st.integers(2, 30)).map(lambda drawn: [drawn[0]] * drawn[1]),
)
_with_gaps = st.lists(
    st.one_of(st.none(), st.integers(0, 100), st.decimals(0, 100, places=1).map(float)), min_size=0, max_size=30
)


def oracle_p(values: list[float]) -> float:
    return oracle.kendall_p(range(len(values)), values)


@given(_values)
def test_p_is_that_of_scipy(values: list[float]) -> None:
    found, expected = kendall_p(values), oracle_p(values)
    if found is None:
        assert math.isnan(expected)
        assert len(set(values)) == 1
    else:
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("count", range(2, 31))
def test_p_is_that_of_scipy_for_every_number_of_values(count: int) -> None:
    draw = random.Random(count)  # noqa: S311 - no secret
    for equal in (0, 2, 5):
        values: list[float] = [draw.randrange(3 * count // equal) if equal else one for one in range(count)]
        draw.shuffle(values)
        ordered = sorted(values)
        for tried in (values, ordered, ordered[::-1], [*ordered[1:], ordered[0]]):
            found = kendall_p(tried)
            assert (math.nan if found is None else found) == pytest.approx(oracle_p(tried), rel=1e-9, nan_ok=True)


@given(values=_with_gaps, is_down=st.booleans(), least=st.sampled_from((None, 0, 2, 5, 10)))
def test_a_trend_is_what_scipy_says_of_the_last_twelve(
    *, values: list[float | None], is_down: bool, least: float | None
) -> None:
    found = trend(values, is_down=is_down, least=least)
    known = [(at, value) for at, value in enumerate(values[-WINDOW:]) if value is not None]
    assert found.points == len(known)
    if len(known) < LEAST_KNOWN:
        assert found == Trend(len(known), None, None, Verdict.TOO_SHORT, 0)
        return
    days, numbers = zip(*known, strict=True)
    assert found.slope == pytest.approx(oracle.theil_slope(days, numbers), rel=1e-9, abs=1e-12)
    if len(set(numbers)) == 1:
        assert (found.p, found.verdict) == (None, Verdict.NONE)
        return
    assert found.p == pytest.approx(oracle.kendall_p(days, numbers), rel=1e-9, abs=1e-15)
    if found.verdict is not Verdict.NONE:
        assert found.p is not None
        assert found.p < 0.01
        assert found.slope is not None
        assert (found.slope > 0) is (is_down is (found.verdict is Verdict.DECLINES))


@given(values=_with_gaps, is_down=st.booleans(), least=st.sampled_from((None, 5)))
def test_what_declines_one_way_rises_the_other(
    *, values: list[float | None], is_down: bool, least: float | None
) -> None:
    other = {Verdict.DECLINES: Verdict.RISES, Verdict.RISES: Verdict.DECLINES}
    one = trend(values, is_down=is_down, least=least).verdict
    assert trend(values, is_down=not is_down, least=least).verdict is other.get(one, one)


@given(values=_with_gaps, before=st.lists(st.integers(0, 100), max_size=30), is_down=st.booleans())
def test_what_came_before_the_window_says_nothing(
    *, values: list[float | None], before: list[int], is_down: bool
) -> None:
    full = [*[None] * WINDOW, *values]
    assert trend([*before, *full], is_down=is_down) == trend(full, is_down=is_down)


def falling(by: float, count: int = WINDOW, begin: float = 100) -> list[float | None]:
    """Return values that fall evenly, by so much from the first to the last of a window."""
    return [float(Fraction(str(begin)) - Fraction(str(by)) * at / LAST) for at in range(count)]


def test_a_fall_counts_from_its_least_size_on() -> None:
    assert trend([70 + at for at in range(12, 0, -1)], is_down=False, least=11).verdict is Verdict.DECLINES
    assert trend([70 + at for at in range(12, 0, -1)], is_down=False, least=11.5).verdict is Verdict.NONE
    assert trend(falling(5.5), is_down=False, least=5).verdict is Verdict.DECLINES
    assert trend(falling(4.4), is_down=False, least=5).verdict is Verdict.NONE


def test_a_metric_falls_by_a_tenth_of_its_median_or_not_at_all() -> None:
    at_the_limit: list[float | None] = [104.5 - at for at in range(WINDOW)]  # the median is 99
    assert trend(at_the_limit, is_down=False).verdict is Verdict.DECLINES
    assert trend([value and value + 20 for value in at_the_limit], is_down=False).verdict is Verdict.NONE
    below_nothing: list[float | None] = [-104.5 - at for at in range(WINDOW)]
    assert trend(below_nothing, is_down=False).verdict is Verdict.DECLINES


def test_decimals_are_taken_as_they_are_written() -> None:
    tenths: list[float | None] = [1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1, 2.2]
    assert trend(tenths, is_down=False, least=1.1).verdict is Verdict.RISES
    assert trend(tenths, is_down=False, least=1.1000001).verdict is Verdict.NONE


def test_seven_known_values_are_too_short_and_eight_are_not() -> None:
    known = falling(50, LEAST_KNOWN)
    assert trend(known[1:], is_down=False).verdict is Verdict.TOO_SHORT
    assert trend(known, is_down=False).verdict is Verdict.DECLINES
    assert trend([*known[:4], None, None, *known[4:]], is_down=False).points == LEAST_KNOWN
    assert trend([*known, *[None] * 5], is_down=False) == Trend(7, None, None, Verdict.TOO_SHORT, 0)


def test_less_can_be_better() -> None:
    assert trend(falling(50), is_down=True).verdict is Verdict.RISES
    assert trend(falling(50)[::-1], is_down=True).verdict is Verdict.DECLINES


def test_a_rise_that_has_turned_is_no_rise() -> None:
    turned: list[float | None] = [*range(40, 90, 4), *range(90, 66, -2)]
    assert trend(turned, is_down=False).verdict is Verdict.DECLINES


def test_a_trend_is_less_likely_by_chance_than_one_in_a_hundred() -> None:
    likely: list[float | None] = [90, 95, 80, 85, 70, 88, 60, 75, 82, 50, 78, 65]
    unlikely: list[float | None] = [90, 95, 80, 85, 70, 75, 60, 65, 88, 50, 55, 40]
    by_chance = [trend(values, is_down=False).p for values in (likely, unlikely)]
    assert by_chance == [pytest.approx(0.031, abs=1e-3), pytest.approx(0.0018, abs=1e-4)]
    assert trend(likely, is_down=False).verdict is Verdict.NONE
    assert trend(unlikely, is_down=False).verdict is Verdict.DECLINES


def test_no_order_is_no_trend() -> None:
    assert trend([50, 90, 40, 95, 60, 30, 80, 45, 99, 20, 70, 55], is_down=False, least=0).verdict is Verdict.NONE


def test_a_fall_is_told_from_the_last_time_that_it_stood_at_its_best() -> None:
    assert trend([7, 7, 6, 7, 6, 6, 5, 6, 5, 5, 4, 4], is_down=False).since == 8
    assert trend([7, 7, 6, 7, 6, 6, 5, 6, 5, 5, 4, None], is_down=False).since == 7
    assert trend([3, 2, 2, 3, 4, 4, 5, 5, 6, 6, 7, 8], is_down=True).since == 9
