"""Adds rows to the files of records: one writer at a time, each file whole at every moment, and nothing taken out but a person's own rows.

A lock lies beside the files. A file is read, the new rows are put between those that stand there, and a new file takes its
name. Lines that are no rows are kept as they are, behind the rows: somebody may be able to mend them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from handrail.edit.files import put
from handrail.errors import UsageError
from handrail.model.files import LARGEST, read_whole
from handrail.model.record_rows import FOLDER, RecordFile, Row
from handrail.model.records import RowError, head_of, parse_line, row_day, written_records

LOCK = f"{FOLDER}/.lock"
_PATIENCE, _LOOKS = 600, 0.02
"""For so many seconds one writer waits for another, and looks again after so many."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many of some rows are new in a file, and how many stood in it already."""

    new: int = 0
    known: int = 0


class Store:
    """The files of records of one handbook, while nobody else may write them; each is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._rows: dict[RecordFile, list[Any]] = {}
        self._others: dict[RecordFile, list[str]] = {}

    def rows(self, file: RecordFile) -> list[Any]:
        """Return the rows of a file in its order; raises UsageError where its first line or its encoding is wrong."""
        if file not in self._rows:
            self._rows[file], self._others[file] = _read(self._root, file)
        return self._rows[file]

    def add(self, file: RecordFile, rows: Iterable[Any]) -> Added:
        """Write the rows that are new: those of a key that the file has not, or not with that state."""
        there = self.rows(file)
        last = {row.key: row for row in there}
        new: list[Any] = []
        known = 0
        for row in rows:
            before = last.get(row.key)
            if before is not None and (not file.keeps_states or before.state == row.state):
                known += 1
                continue
            # The last row of a key counts, so a later state must not be sorted before an earlier one.
            late = row if before is None else replace(row, date=max(row.date, before.date))
            last[row.key] = late
            new.append(late)
        if new:
            there.extend(new)
            there.sort(key=_place)
            others = "".join(f"{line}\n" for line in self._others[file])
            put(self._root / file.path, written_records(file, there) + others)
        return Added(len(new), known)

    def take_out(self, file: RecordFile, is_meant: Callable[[Any], bool]) -> int:
        """Write a file without some of its rows, and return how many those are; lines that are no rows stay."""
        there = self.rows(file)
        kept = [row for row in there if not is_meant(row)]
        count = len(there) - len(kept)
        if count:
            self._rows[file] = kept
            others = "".join(f"{line}\n" for line in self._others[file])
            put(self._root / file.path, written_records(file, kept) + others)
        return count


@contextmanager
def open_store(root: Path) -> Iterator[Store]:
    """Wait for one's turn to write the records of the handbook at `root`; raises UsageError where there is none."""
    _refuse_links(root / FOLDER, root / LOCK)
    (root / FOLDER).mkdir(exist_ok=True)
    lock = FileLock(root / LOCK)
    try:
        lock.acquire(timeout=_PATIENCE, poll_interval=_LOOKS)
    except Timeout as error:
        raise UsageError(
            f"Another program has been writing into {FOLDER} for ten minutes; when it has ended, run this again."
        ) from error
    except NotImplementedError as error:
        raise UsageError(
            f"This disk can't keep two programs apart that write into {FOLDER}; nothing is written."
        ) from error
    try:
        for cut_off in (root / FOLDER).glob(".*.csv.*.part"):  # by a writer that was ended in the middle
            cut_off.unlink(missing_ok=True)
        yield Store(root)
    finally:
        lock.release()


def _read(root: Path, file: RecordFile) -> tuple[list[Any], list[str]]:
    """Return the rows of a file, and its lines that are none."""
    path = root / file.path
    _refuse_links(path)
    try:
        raw = read_whole(path, LARGEST)
    except FileNotFoundError:
        return [], []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file.path}, line {at} is not in UTF-8; put that right, then record again.") from error
    lines = text.removesuffix("\n").split("\n") if text else []
    if lines and lines[0].removesuffix("\r") != head_of(file):
        raise UsageError(
            f"{file.path}, line 1 is not `{head_of(file)}`, the names of the columns; put that right, then record again."
        )
    rows: list[Any] = []
    others: list[str] = []
    for number, line in enumerate(lines[1:], 2):
        try:
            rows.append(parse_line(file, line, number))
        except RowError:
            others.append(line)
    rows.sort(key=_place)  # merged by git, it need not be
    return rows, others


def _place(row: Row) -> tuple[date, str]:
    return row_day(row), row.key


def _refuse_links(*places: Path) -> None:
    for place in places:
        if place.is_symlink():
            raise UsageError(f"{place.name} is a link, and nothing is written through links.")
