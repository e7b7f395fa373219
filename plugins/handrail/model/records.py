"""The records beside a handbook: what was run, answered, reported, searched for and read, as rows of ids, digits and days.

A file of records is text that programs write and git merges, so it is read line by line: a line that is no row is kept by
its number and reason, and the others count. Nothing here looks at the handbook: whether a procedure is known is a rule's
question, and which rows count is a measure's.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.model.dates import parse_day
from handrail.model.files import read_bytes
from handrail.model.record_rows import (
    RECORD_FILES,
    Answer,
    Confirmed,
    Origin,
    RecordFile,
    Reported,
    ReportState,
    Result,
    Row,
    Run,
    Searched,
)
from handrail.text.digest import DIGITS, parse_digest

MOST_MINUTES = 10_000
BEST_SCORE = 10
_TEXT = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_ID = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")  # no id of a document is longer
_KEY = re.compile(r"issue-[1-9][0-9]{0,17}|[0-9a-f]{16}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,6})?")
_UNOPENED = "can't be opened, or is larger than 64 MB"
_LONGEST_PAGE = 300
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of a file of records that is no row: its number, and why not, as the rest of a sentence about the line.

    Where `is_whole`, no row of the file can be read, and the sentence is about the file.
    """

    file: RecordFile
    line: int
    why: str
    is_whole: bool = False

    @property
    def of_the_file(self) -> str:
        """Why nothing of the file counts, as a sentence, where it is unreadable as a whole."""
        return f"{self.file.path} {self.why}; no row of it counts."


@dataclass(frozen=True, slots=True)
class Records:
    """Every row of the records, in the order of the files, with the lines that are none."""

    runs: tuple[Run, ...] = ()
    survey: tuple[Answer, ...] = ()
    reports: tuple[Reported, ...] = ()
    search: tuple[Searched, ...] = ()
    read: tuple[Confirmed, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    def lost(self, file: RecordFile) -> Unreadable | None:
        """Return why no row of a file can be read; None where they can, or there is no such file."""
        return next((one for one in self.unreadable if one.is_whole and one.file == file), None)


def read_records(root: Path) -> Records:
    """Read the records that lie beside a handbook's settings; none where there are none."""
    found: dict[str, tuple[Any, ...]] = {}
    unreadable: list[Unreadable] = []
    for file in RECORD_FILES:
        raw = read_bytes(root, file.path)
        if raw is None:
            unreadable += [Unreadable(file, 1, _UNOPENED, is_whole=True)] if os.path.lexists(root / file.path) else []
            continue
        found[file.name.removesuffix(".csv")], broken = _parsed(file, raw)
        unreadable += broken
    return Records(**found, unreadable=tuple(unreadable))


@lru_cache(maxsize=len(RECORD_FILES))
def _parsed(file: RecordFile, raw: bytes) -> tuple[tuple[Any, ...], tuple[Unreadable, ...]]:
    """Return the same as `parse_records`; a preview asks for it at each save."""
    rows, unreadable = parse_records(file, raw)
    return tuple(rows), tuple(unreadable)


def parse_records(file: RecordFile, raw: bytes) -> tuple[list[Any], list[Unreadable]]:
    """Read the bytes of a file of records: its rows, and the lines that are none."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Unreadable(file, raw.count(b"\n", 0, error.start) + 1, "is not in UTF-8", is_whole=True)]
    lines = text.removesuffix("\n").split("\n") if text else []
    if not lines or lines[0].removesuffix("\r") != head_of(file):
        why = f"does not begin with the names of its columns, `{head_of(file)}`"
        return [], [Unreadable(file, 1, why, is_whole=True)]
    rows: list[Any] = []
    unreadable: list[Unreadable] = []
    states: dict[str, ReportState | None] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            row = parse_line(file, line, number)
        except RowError as error:
            unreadable.append(Unreadable(file, number, str(error)))
            continue
        state = row.state if file.keeps_states else None
        if row.key in states and states[row.key] == state:
            unreadable.append(Unreadable(file, number, f"has the key `{row.key}` of a line above it"))
            continue
        states[row.key] = state
        rows.append(row)
    return rows, unreadable


class RowError(ValueError):
    """Why some cells are no row, as the rest of a sentence."""


def head_of(file: RecordFile) -> str:
    """Return the first line of a file of records: the names of its columns."""
    return ",".join(file.columns)


def parse_line(file: RecordFile, line: str, number: int = 0) -> Any:
    """Return the row that a line of a file stands for, by itself; raises RowError."""
    return parse_row(file, _cells(line.removesuffix("\r")), number)


def parse_row(file: RecordFile, cells: list[str], line: int = 0) -> Any:
    """Return the row that some cells stand for; raises RowError."""
    if len(cells) != len(file.columns):
        raise RowError(
            f"has {'one column' if len(cells) == 1 else f'{len(cells)} columns'} in place of {len(file.columns)}"
        )
    values = [_READERS[file.row, column](cell) for column, cell in zip(file.columns, cells, strict=True)]
    return file.row(*values, line=line)


def written_records(file: RecordFile, rows: Iterable[Any]) -> str:
    """Return the text of a file of records, with its rows by day and key; of one key and day the later row stays below."""
    ordered = sorted(rows, key=lambda row: (row_day(row), row.key))
    lines = [head_of(file), *(",".join(_written(row)) for row in ordered)]
    return "".join(f"{line}\n" for line in lines)


def row_day(row: Row) -> date:
    """Return the day of a row; of a span its last."""
    return row.end if isinstance(row, Searched) else row.date


def _written(row: Any) -> Iterator[str]:
    for one in fields(row)[:-1]:
        value = getattr(row, one.name)
        text = "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
        yield f'"{text}"' if "," in text else text


def _cells(line: str) -> list[str]:
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise RowError("has quotes that open or close in the middle of a value") from error


def _day(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise _misplaced(text, "a day such as 2026-03-31")
    return day


def _fits(pattern: re.Pattern[str], what: str, *, may_be_empty: bool = False) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not (pattern.fullmatch(text) or (may_be_empty and not text)):
            raise _misplaced(text, what)
        return text

    return read


def _whole(least: int, most: int, what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise _misplaced(text, what)
        return int(text)

    return read


def _or_empty(read: Callable[[str], int]) -> Callable[[str], int | None]:
    return lambda text: read(text) if text else None


def _one_of(choice: type[StrEnum]) -> Callable[[str], StrEnum]:
    def read(text: str) -> StrEnum:
        if text not in {str(one) for one in choice}:
            raise _misplaced(text, f"one of {', '.join(choice)}")
        return choice(text)

    return read


def _position(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise _misplaced(text, "a position such as 3.5")
    return float(text)


def _page(text: str) -> str:
    if len(text) > _LONGEST_PAGE or not text.isprintable() or '"' in text or text.startswith(("=", "+", "-", "@")):
        raise _misplaced(text, "an address of the site")
    return text


def _digest(text: str) -> str:
    if parse_digest(text) is None:
        raise _misplaced(text, "a digest")
    return text


def _document(text: str) -> str:
    kind, _, rest = text.partition(":")
    id_, has_period, period = rest.partition("@")
    if not (
        _ID.fullmatch(kind) and _ID.fullmatch(id_) and (re.fullmatch(r"[A-Z0-9-]{1,20}", period) or not has_period)
    ):
        raise _misplaced(text, "a document such as sop:expense-claims")
    return text


def _misplaced(text: str, what: str) -> RowError:
    return RowError(f"says {f'`{_shown(text)}`' if text else 'nothing'} where {what} belongs")


def _shown(text: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in text[: _SHOWN + 1])
    return f"{clean[:_SHOWN]}…" if len(clean) > _SHOWN else clean


_ids = _fits(_ID, "an id such as expense-claims")
_text = _fits(_TEXT, f"the beginning of a digest, {DIGITS} digits,", may_be_empty=True)
_key = _fits(_KEY, "a key such as issue-123")
_count = _whole(0, 10**12 - 1, "a number of times")
_step = _or_empty(_whole(1, 9_999, "the number of a step"))
_COMMON: Mapping[str, Callable[[str], Any]] = {
    "date": _day,
    "procedure": _ids,
    "text": _text,
    "step": _step,
    "result": _one_of(Result),
    "minutes": _or_empty(_whole(0, MOST_MINUTES, f"a number of minutes up to {MOST_MINUTES}")),
    "score": _whole(0, BEST_SCORE, f"a score from 0 to {BEST_SCORE}"),
    "from": _one_of(Origin),
    "state": _one_of(ReportState),
    "page": _page,
    "impressions": _count,
    "clicks": _count,
    "position": _position,
    "person": _ids,
    "document": _document,
    "to": _day,
    "key": _key,
}
_OWN: Mapping[tuple[type[Any], str], Callable[[str], Any]] = {(Searched, "from"): _day, (Confirmed, "text"): _digest}
_READERS: Mapping[tuple[type[Any], str], Callable[[str], Any]] = {
    (file.row, column): _OWN.get((file.row, column), _COMMON[column])
    for file in RECORD_FILES
    for column in file.columns
}
