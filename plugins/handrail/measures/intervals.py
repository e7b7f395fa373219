"""Between which numbers what was counted in a few cases most likely lies, in 95 of 100 such counts."""

from __future__ import annotations

from math import sqrt

_Z = 1.959963984540054
"""So many standard deviations to either side hold 95 in 100 of a normal distribution."""


def wilson(met: int, whole: int) -> tuple[float, float]:
    """Return Wilson's interval of a share, in per cent; of nothing it is everything."""
    if not whole:
        return 0.0, 100.0
    share, weight = met / whole, _Z**2 / whole
    middle = (share + weight / 2) / (1 + weight)
    reach = _Z * sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return 100 * max(middle - reach, 0.0), 100 * min(middle + reach, 1.0)


def adjusted_wald(promoters: int, detractors: int, whole: int) -> tuple[float, float]:
    """Return the interval of the share of promoters less that of detractors, in per cent, by an adjusted Wald: three answers are added.

    Of these three, 3/4 are promoters, as many detractors, and 3/2 neither.
    """
    answers = whole + 3
    for_it, against = (promoters + 0.75) / answers, (detractors + 0.75) / answers
    middle = for_it - against
    reach = _Z * sqrt((for_it + against - middle**2) / answers)
    return 100 * max(middle - reach, -1.0), 100 * min(middle + reach, 1.0)
