"""Charts: a line through what is known, the target as a dashed one, and the values as a table behind it. No markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 120, 36
"""The size of the picture in its own units; the page stretches it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a day, as a number and in words; no number where it is not known."""

    day: date
    number: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in parts: `runs` are lines as points of a picture of WIDTH by HEIGHT, `target` is how low its line lies.

    `said` says to those who don't see it what it shows, and `caption` stands below. `state` chooses the colour, as elsewhere.
    `ends` are the highest and the lowest value of the scale in words, `columns` and `rows` the values as a table; where there are
    none, the chart stands without.
    """

    said: str
    caption: str
    state: str
    runs: tuple[str, ...]
    target: str = ""
    ends: tuple[str, str] | None = None
    columns: tuple[str, str] = ("", "")
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The lines of a chart, from the first of its days to the last and from the lowest of its values to the highest."""

    runs: tuple[str, ...]
    target: str
    lowest: float
    highest: float


def line(runs: Iterable[Sequence[Dot]], target: float | None = None, *, room: float = 0) -> Line | None:
    """Draw runs of dots with a gap between each two; None where no value is known.

    The scale spans at least `room`, so that what hardly moves is not drawn as if it did.
    """
    known = [[(dot.day.toordinal(), dot.number) for dot in run if dot.number is not None] for run in runs]
    days = [day for run in known for day, _ in run]
    if not days:
        return None
    numbers = [number for run in known for _, number in run] + ([] if target is None else [target])
    lowest, highest = min(numbers), max(numbers)
    spare = max(0, room - (highest - lowest)) / 2
    bottom, span = lowest - spare, highest - lowest + 2 * spare

    def across(day: int) -> float:
        return WIDTH * (day - days[0]) / (days[-1] - days[0]) if days[-1] > days[0] else WIDTH / 2

    def down(number: float) -> float:
        return HEIGHT * (1 - (number - bottom) / span) if span else HEIGHT / 2

    # A line to itself is drawn as a dot.
    drawn = ((run * 2 if len(run) == 1 else run) for run in known if run)
    points = tuple(" ".join(f"{across(day):.1f},{down(number):.1f}" for day, number in run) for run in drawn)
    return Line(points, "" if target is None else f"{down(target):.1f}", lowest, highest)


def at_gaps(dots: Iterable[Dot]) -> list[list[Dot]]:
    """Part dots where one of them is not known."""
    runs: list[list[Dot]] = [[]]
    for dot in dots:
        if dot.number is None:
            runs.append([])
        else:
            runs[-1].append(dot)
    return [run for run in runs if run]
