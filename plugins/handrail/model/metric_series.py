"""The series of a metric: the file beside its page that holds a value a day, as lines of `date,value`.

Nothing is filled in. A line that is no such pair is left out and the others count, so that pages can show what can be read;
that the file has a fault is a rule's matter.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.model.contents import contents_of
from handrail.model.dates import parse_day
from handrail.model.frequencies import later
from handrail.model.handbook import Handbook
from handrail.model.page import Page

HEADER = "date,value"
_LATE = 2
"""So many turns may go by without a value."""
_LINE = re.compile(r"(?P<day>[^,]{10}),(?P<value>-?[0-9]{1,15}(?:\.[0-9]{1,9})?)")


@dataclass(frozen=True, slots=True)
class Value:
    """What was measured on a day, as a number and as it is written."""

    day: date
    number: float
    said: str


@dataclass(frozen=True, slots=True)
class SeriesFault:
    """The first line of a series that can't be read, its number, and why not, as the rest of a sentence."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Series:
    """The values in a file, by day; `path` is the file's in the folder of pages, and `is_there` says whether it lies there."""

    path: str
    values: tuple[Value, ...] = ()
    fault: SeriesFault | None = None
    is_there: bool = True

    def until(self, day: date) -> tuple[Value, ...]:
        """Return the values that were there at the end of a day."""
        return tuple(value for value in self.values if value.day <= day)


def series_path(page: Page) -> str:
    """Return where the series of a metric lies in the folder of pages; nothing of what names none."""
    name = page.text("data") if page.counted_as == "metric" else ""
    return posixpath.normpath(posixpath.join(page.folder, name)) if name else ""


def series_of(handbook: Handbook, page: Page) -> Series | None:
    """Read the series that a metric names; None where it names none, or what can't be opened, such as a symbolic link."""
    path = series_path(page)
    if not path or path in handbook.files.symlinks:
        return None
    if path not in handbook.files.beside:
        return Series(path, is_there=False)
    raw = contents_of(handbook).read(path)
    return parse_series(path, raw) if raw is not None else None


def is_late(values: Sequence[Value], frequency: str, today: date) -> bool:
    """Say whether nothing came to values for longer than two turns of what is taken so often."""
    due = later(values[-1].day, frequency, _LATE) if values else None
    return due is not None and due < today


def named_series(handbook: Handbook) -> Iterator[tuple[Page, Series]]:
    """Yield the metrics that name a series, each with it, less those whose field is known to be wrong."""
    for page in handbook.of_kind("metric"):
        series = series_of(handbook, page) if not page.doubts("data") else None
        if series is not None:
            yield page, series


def parse_series(path: str, raw: bytes) -> Series:
    """Read the bytes of a series."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Series(path, fault=SeriesFault(raw.count(b"\n", 0, error.start) + 1, "is not in UTF-8"))
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if lines[0] != HEADER:
        return Series(path, fault=SeriesFault(1, f"is not `{HEADER}`, the names of the columns"))
    values: dict[date, Value] = {}
    faults = []
    for number, found in enumerate(_values(lines[1:]), 2):
        newest = next(reversed(values), None)
        if isinstance(found, str):
            faults.append(SeriesFault(number, found))
        elif found.day in values:
            faults.append(SeriesFault(number, "has the day of a line above it"))
        else:
            if newest is not None and found.day < newest:
                faults.append(SeriesFault(number, "has an earlier day than the line above it"))
            values[found.day] = found
    in_order = tuple(sorted(values.values(), key=lambda value: value.day))
    return Series(path, in_order, faults[0] if faults else None)


def _values(lines: list[str]) -> Iterator[Value | str]:
    """Yield what each line holds, or why it holds nothing."""
    for line in lines:
        match = _LINE.fullmatch(line)
        day = parse_day(match["day"]) if match is not None else None
        if match is None or day is None:
            yield "is not a day and a number, such as `2026-03-31,12.5`"
        else:
            yield Value(day, float(match["value"]), match["value"])
