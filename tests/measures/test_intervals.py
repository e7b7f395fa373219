"""The intervals, against values that others published and against what defines them."""

from __future__ import annotations

from math import isclose
from statistics import NormalDist, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.measures.intervals import adjusted_wald, wilson

Z = NormalDist().inv_cdf(0.975)


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
@pytest.mark.parametrize(
    ("met", "whole", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.00, 16.11), (1, 29, 0.61, 17.18)],
)
def test_wilsons_interval_is_the_published_one(met: int, whole: int, low: float, high: float) -> None:
    assert wilson(met, whole) == pytest.approx((low, high), abs=0.005)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_at_either_end_would_just_have_given_what_was_counted(met: int, more: int) -> None:
    whole = met + more
    for end in wilson(met, whole):
        share = end / 100
        assert 0 <= share <= 1
        if 1e-9 < share < 1 - 1e-9:
            assert isclose((met / whole - share) ** 2, Z**2 * share * (1 - share) / whole, rel_tol=1e-6, abs_tol=1e-9)


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) == (0, 100)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_interval_of_recommendations_is_that_of_the_answers_with_three_more(
    promoters: int, detractors: int, others: int
) -> None:
    # Four times each answer, so that the three that are added come in whole numbers.
    answers = [1] * (4 * promoters + 3) + [-1] * (4 * detractors + 3) + [0] * (4 * others + 6)
    middle = sum(answers) / len(answers)
    reach = Z * (pvariance(answers) / (len(answers) / 4)) ** 0.5
    expected = max(100 * (middle - reach), -100), min(100 * (middle + reach), 100)
    assert adjusted_wald(promoters, detractors, promoters + detractors + others) == pytest.approx(expected)
