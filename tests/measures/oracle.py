"""What scipy makes of a series. It takes a second to import, which only the tests that ask it are to wait for."""

from __future__ import annotations

from collections.abc import Sequence


def kendall_p(times: Sequence[float], values: Sequence[float]) -> float:
    """Return how likely such an order of the values is where there is no trend; not a number where none can be told."""
    from scipy import stats  # type: ignore[import-untyped] # noqa: PLC0415 - see above

    return float(stats.kendalltau(times, values).pvalue)


def theil_slope(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the middle one of the slopes between all pairs of values."""
    from scipy import stats  # noqa: PLC0415 - see above

    return float(stats.theilslopes(values, times).slope)
