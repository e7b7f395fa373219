"""Reads tables that other tools exported as CSV, whatever spreadsheet wrote them, and those in a ZIP; no cell is believed."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from json import dumps
from threading import Lock

from handrail.edit.record.told import LeftOut
from handrail.errors import UsageError
from handrail.model.files import LARGEST

_KEY_DIGITS = 16
_SEPARATORS = ",;\t"
_LOOKED_AT = 20
"""So many rows tell which sign separates cells."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ARCHIVE = b"PK\x03\x04"
_MOST_MEMBERS = 100
_READING = Lock()
"""How long a cell may be is one number for all of a process."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row as they came, and the line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heads, and where it can't be read any further."""

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    left_out: list[LeftOut] = field(default_factory=list)

    def keyed(self, *more: str) -> Iterator[tuple[str, TableRow]]:
        """Yield the rows with what stands for each in the records: its cells, `more`, and how many equal rows stand before it.

        Empty cells at its end make no difference: a form that gets another question has them in all earlier rows.
        """
        before: Counter[tuple[str, ...]] = Counter()
        for row in self.rows:
            end = next((at for at in range(len(row.cells), 0, -1) if row.cells[at - 1]), 0)
            cells = row.cells[:end]
            whole = dumps([*more, *cells, before[cells]]).encode()
            before[cells] += 1
            yield sha256(whole).hexdigest()[:_KEY_DIGITS], row


def plain(name: str) -> str:
    """Return a name as names are compared: case and blanks aside."""
    return "".join(name.casefold().split())


def read_tables(name: str, raw: bytes) -> list[Table]:
    """Read a table, or those of an archive that can be read; raises UsageError where there is none. `name` is for people.

    Google's forms and its Search Console export a ZIP. What its members are called tells nothing and is used for nothing.
    """
    if not raw.startswith(_ARCHIVE):
        return [_table(name, raw)]
    found = []
    for content in _members(name, raw):
        with suppress(UsageError):
            found.append(_table(name, content))
    if not found:
        raise UsageError(f"{name} holds no table; export it as CSV.")
    return found


def _table(name: str, raw: bytes) -> Table:
    try:
        text = raw.decode(_MARKS.get(raw[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not in UTF-8, so its words can't be told; export it as CSV in UTF-8.") from error
    with _READING:
        limit = csv.field_size_limit(max(len(text), 1))
        try:
            return _read(name, text)
        finally:
            csv.field_size_limit(limit)


def _members(name: str, raw: bytes) -> list[bytes]:
    """Return what the tables of an archive hold; raises UsageError where it can't be read, or holds more than anybody exports."""
    found, room = [], LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist()[:_MOST_MEMBERS]:
                if not member.filename.lower().endswith(".csv"):
                    continue
                with archive.open(member) as file:
                    # The size that an archive says may be a lie, so it is never asked.
                    found.append(file.read(room + 1))
                room -= len(found[-1])
                if room < 0:
                    raise UsageError(f"{name} holds more than {LARGEST:,} bytes; no export does.")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UsageError(f"{name} can't be read as a ZIP; export it again.") from error
    return found


def _read(name: str, text: str) -> Table:
    left_out: list[LeftOut] = []
    rows = list(_rows(text, _separator(text), left_out))
    if not rows:
        raise UsageError(f"{name} holds no table.")
    heads, *others = rows
    fitting = []
    for row in others:
        if len(row.cells) > len(heads.cells):
            why = f"has {len(row.cells)} cells, and the table {len(heads.cells)} columns"
            left_out.append(LeftOut(f"line {row.line}", why))
        else:
            fitting.append(TableRow(row.line, (*row.cells, *[""] * (len(heads.cells) - len(row.cells)))))
    return Table(heads.cells, tuple(fitting), left_out)


def _rows(text: str, separator: str, left_out: list[LeftOut]) -> Iterator[TableRow]:
    """Yield the rows that say something, as far as quotes tell where each ends.

    What comes behind a quote out of place might be the middle of what somebody typed, with line ends in it, and look like rows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield TableRow(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error:
        why = "has quotes that open or close in the middle of a value, so nothing from here on is read"
        left_out.append(LeftOut(f"line {line}", why))


def _separator(text: str) -> str:
    """Return the sign that separates cells: that by which the first rows have the same number of them, and the most."""

    def fit(separator: str) -> tuple[bool, int, int]:
        widths = [len(row.cells) for row in islice(_rows(text, separator, []), _LOOKED_AT)]
        head = widths[0] if widths else 0
        return head > 1, widths.count(head), head

    return max(_SEPARATORS, key=fit)
