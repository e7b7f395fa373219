"""Whether a series goes anywhere: its slope after Theil and Sen, how likely chance alone makes it, and what that comes to.

Only the last twelve points are asked: over more, a rise that has turned still reads as a rise. Where points hang together,
as months do, a limit of 5 per cent calls one series in four a decline that is none; so it is 1 per cent here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from statistics import median

from handrail.measures.measure import Kind, Measure
from handrail.measures.points import Point

WINDOW = 12
"""So many points are asked."""
LEAST_KNOWN = 8
_LIMIT = 0.01
_PART_OF_MEDIAN = Fraction(1, 10)
LEAST: Mapping[Kind, int] = {Kind.SHARE: 5, Kind.COUNT: 2, Kind.SCORE: 10}
"""So many points of per cent, documents or points of a score a trend goes over the window, at the least."""

Values = Sequence[float | None]
"""Values in the order of their days, None where one is unknown."""


class Verdict(StrEnum):
    """What a series comes to: `declines` is for the worse and `rises` for the better, whichever way that is."""

    DECLINES = "declines"
    RISES = "rises"
    NONE = "none"
    TOO_SHORT = "too short"


@dataclass(frozen=True, slots=True)
class Trend:
    """How the last points of a series go: how many of them are known, the slope a point, and what it comes to.

    `p` is how likely chance alone makes as much order of them, either way. It is None where all are equal, and both are
    where too few are known. So many points before the last one the series stood `since` then for the last time at its best.
    """

    points: int
    slope: float | None
    p: float | None
    verdict: Verdict
    since: int


def trend(values: Values, *, is_down: bool, least: float | None = None) -> Trend:
    """Judge the last points of a series; `is_down` says that less is better.

    Over the window a trend goes at least as far as `least`, without one as a tenth of the median of what is known.
    """
    return _trend(tuple(values[-WINDOW:]), is_down=is_down, least=least)


@lru_cache(maxsize=1_024)
def _trend(window: tuple[float | None, ...], *, is_down: bool, least: float | None) -> Trend:
    """Judge a window; each is judged for several pages and files, and by a preview again and again."""
    # As decimals, so that what is equal on paper is equal here.
    known = [(at, Fraction(str(value))) for at, value in enumerate(window) if value is not None]
    if len(known) < LEAST_KNOWN:
        return Trend(len(known), None, None, Verdict.TOO_SHORT, 0)
    slope = median((later - value) / (at - before) for (before, value), (at, later) in combinations(known, 2))
    found = [value for _, value in known]
    p = kendall_p(found)
    enough = abs(median(found)) * _PART_OF_MEDIAN if least is None else Fraction(str(least))
    verdict = Verdict.NONE
    if p is not None and p < _LIMIT and slope and abs(slope) * (WINDOW - 1) >= enough:
        verdict = Verdict.RISES if (slope < 0) is is_down else Verdict.DECLINES
    best = (min if is_down else max)(found)
    last_at_best = max(at for at, value in known if value == best)
    return Trend(len(known), float(slope), p, verdict, known[-1][0] - last_at_best)


def trend_of(measure: Measure, points: Sequence[Point]) -> Trend:
    """Judge the series of a measure, by the numbers that are shown."""
    return trend([point.value for point in points], is_down=not measure.good, least=LEAST[measure.kind])


def kendall_p(values: Sequence[float | Fraction]) -> float | None:
    """Return how likely values in no order are as much in order as these, either way; None where all are equal.

    It is Kendall's tau with its p as `scipy.stats.kendalltau` gives it: exact where no two are equal, else that of the normal
    distribution. Two values or more are asked for.
    """
    count = len(values)
    pairs = count * (count - 1)  # each twice
    less_in_order = sum((later < value) - (later > value) for value, later in combinations(values, 2))
    equal = [times for times in Counter(values).values() if times > 1]
    if equal == [count]:
        return None
    if not equal:
        inversions = (pairs // 2 + less_in_order) // 2
        return _exact(count, min(inversions, pairs // 2 - inversions))
    spread = pairs * (2 * count + 5) - sum(times * (times - 1) * (2 * times + 5) for times in equal)
    return math.erfc(abs(less_in_order) / math.sqrt(2 * spread / 18))


def _exact(count: int, inversions: int) -> float:
    """Return the share of all orders of so many values that have no more inversions than these, or no fewer than the rest."""
    orders = [1]  # with no inversion, with one, and so on
    for size in range(2, count + 1):
        longer = len(orders) + size - 1
        orders = [sum(orders[max(0, at - size + 1) : at + 1]) for at in range(longer)]
    return float(min(Fraction(1), Fraction(2 * sum(orders[: inversions + 1]), math.factorial(count))))
