"""A measure at the end of a month: one point of its series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.measures.measure import Measure


@dataclass(frozen=True, slots=True)
class Point:
    """What a measure was at the end of `day`; the numbers are a `Measure`'s, in per cent where it is a share.

    `unknown` says in one sentence why there is no value, and is empty where there is one. Where nothing could be counted, the
    numbers are None.
    """

    day: date
    numerator: int | None
    denominator: int | None
    value: int | None
    unknown: str = ""


def point_of(measure: Measure, day: date) -> Point:
    """Return the point that a measure of a handbook as it stood at the end of a day makes."""
    if measure.unknown is None:
        return Point(day, measure.numerator, measure.denominator, measure.value)
    # Of a share it is known that there was nothing to count.
    numerator = measure.numerator if measure.denominator is not None else None
    return Point(day, numerator, measure.denominator, None, measure.unknown.why)
