"""Turns the rows that a form tool or a spreadsheet exported into rows of runs, or of answers how likely somebody would recommend a procedure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from handrail.edit.record.answers import minutes_meant, step_meant
from handrail.edit.record.columns import find_columns, not_read
from handrail.edit.record.moments import Calendar, NoDayError, Order, order_in
from handrail.edit.record.store import open_store
from handrail.edit.record.tables import plain, read_tables
from handrail.edit.record.told import LeftOut, Told
from handrail.errors import UsageError
from handrail.model.files import LARGEST, read_whole
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.record_rows import RUNS, SURVEY, Origin, RecordFile, Result
from handrail.model.recorded_pages import recorded_procedures
from handrail.model.records import MOST_MINUTES, RowError, parse_row
from handrail.model.references import parse_reference
from handrail.model.steps import Steps
from handrail.text.digest import DIGITS
from handrail.words.language import count_of

WANTED: Mapping[RecordFile, Sequence[str]] = {
    RUNS: ("date", "procedure", "text", "result", "step", "minutes"),
    SURVEY: ("date", "procedure", "text", "score"),
}
"""The columns that are looked for, by the file that they are for."""
_NEEDED: Mapping[RecordFile, Sequence[str]] = {
    RUNS: ("date", "procedure", "result"),
    SURVEY: ("date", "procedure", "score"),
}
_WORKED = ("worked", "done", "ok", "yes", "success", "itworked", "completed")
_WRONG = ("wrong", "failed", "error", "no", "issue", "somethingwaswrong")
_RESULTS = dict.fromkeys(_WORKED, Result.WORKED) | dict.fromkeys(_WRONG, Result.WRONG) | {"stopped": Result.STOPPED}
_DIGEST = re.compile(rf"(?:t[0-9]+:)?(?P<digits>[0-9a-f]{{{DIGITS}}})[0-9a-f.]*", re.IGNORECASE)
_SCORE = re.compile(r"(?P<score>[0-9]{1,2})(?:[.,]0+)?")


def record_table(
    handbook: Handbook, file: RecordFile, path: Path, mapping: Mapping[str, str], order: Order | None = None
) -> Told:
    """Record an exported table in the file of runs or in that of answers; raises UsageError or OSError where it can't.

    `mapping` has heads of the table by names of our columns, `order` says which of two numbers of a date is the day.
    """
    table, *others = read_tables(path.name, read_whole(path, LARGEST))
    if others:
        raise UsageError(f"{path.name} holds {len(others) + 1} tables; unpack it, and name the one to record.")
    columns = find_columns(table.heads, WANTED[file], _NEEDED[file], mapping)
    at = columns.places["date"]
    calendar = Calendar(
        ZoneInfo(handbook.settings.timezone),
        is_utc="(utc)" in plain(table.heads[at]),
        order=order or order_in(row.cells[at] for row in table.rows),
    )
    reader = _Reader(handbook, file, calendar)
    rows: list[Any] = []
    left_out = list(table.left_out)
    for key, row in table.keyed():
        try:
            rows.append(reader.row(columns.values(row.cells), key))
        except (RowError, NoDayError) as error:
            left_out.append(LeftOut(f"line {row.line}", str(error)))
    with open_store(handbook.project.root) as store:
        added = store.add(file, rows)
    return Told(count_of(len(table.rows), "row"), {file: added}, left_out, not_read(columns))


class _Reader:
    """Makes a row of what stands in the columns of one."""

    def __init__(self, handbook: Handbook, file: RecordFile, calendar: Calendar) -> None:
        self._file = file
        self._calendar = calendar
        self._texts = handbook.texts
        self._steps = Steps(handbook)
        self._by_id = recorded_procedures(handbook)
        titles: dict[str, set[Page]] = {}
        for page in self._by_id.values():
            titles.setdefault(plain(page.title), set()).add(page)
        self._by_title = {title: page for title, pages in titles.items() if len(pages) == 1 for page in pages}

    def row(self, values: Mapping[str, str], key: str) -> Any:
        """Return a row; raises RowError or NoDayError."""
        page = self._page(values["procedure"])
        digest = _DIGEST.fullmatch(values.get("text", ""))
        cells = {
            "date": self._calendar.day(values["date"]).isoformat(),
            "procedure": page.id,
            "text": digest["digits"].lower() if digest else "",
            "from": str(Origin.IMPORT),
            "key": key,
        }
        if self._file is RUNS:
            cells["result"] = _result(values["result"])
            cells["minutes"] = _minutes(values.get("minutes", ""))
            cells["step"] = self._step(values.get("step", ""), page, cells["text"])
        else:
            score = _SCORE.fullmatch(values["score"])
            cells["score"] = score["score"] if score else values["score"]
        return parse_row(self._file, [cells[name] for name in self._file.columns])

    def _page(self, text: str) -> Page:
        parts = parse_reference(text)
        page = self._by_id.get(parts.id) if parts is not None and not parts.period else None
        if page is not None and parts is not None and parts.kind not in ("", page.counted_as):
            page = None
        page = page or self._by_title.get(plain(text))
        if page is None:
            raise RowError("names no procedure of this handbook, by its id or its title")
        return page

    def _step(self, said: str, page: Page, text: str) -> str:
        """Return the number of a step: in a text that is not today's, one that is named by its number stands for itself."""
        if not said:
            return ""
        is_todays = not text or self._texts.digest(page).text.rpartition(":")[2].startswith(text)
        number = step_meant(said, self._steps.of(page) if is_todays else ())
        return "" if number is None else str(number)


def _result(said: str) -> str:
    return str(_RESULTS.get(plain(said).rstrip(".!"), said))


def _minutes(said: str) -> str:
    minutes = minutes_meant(said, MOST_MINUTES)
    return said if minutes is None else str(minutes)
