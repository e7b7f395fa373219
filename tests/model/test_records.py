"""Files of records give the rows that were written into them, and say of every other line what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.record_rows import (
    READ,
    RECORD_FILES,
    REPORTS,
    RUNS,
    SEARCH,
    SURVEY,
    Answer,
    Confirmed,
    Origin,
    RecordFile,
    Reported,
    ReportState,
    Result,
    Run,
    Searched,
)
from handrail.model.records import parse_records, read_records, written_records

IDS = st.sampled_from(["expense-claims", "a", "x9-y"])
TEXTS = st.sampled_from(["", "0123abcd"])
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
KEYS = st.one_of(st.integers(1, 10**9).map("issue-{}".format), st.from_regex(r"[0-9a-f]{16}", fullmatch=True))
STEPS = st.one_of(st.none(), st.integers(1, 99))
MINUTES = st.one_of(st.none(), st.integers(0, 10_000))
COUNTS = st.integers(0, 10**6)
ROWS: dict[RecordFile, st.SearchStrategy[Any]] = {
    RUNS: st.builds(Run, DAYS, IDS, TEXTS, st.sampled_from(Result), STEPS, MINUTES, st.sampled_from(Origin), KEYS),
    SURVEY: st.builds(Answer, DAYS, IDS, TEXTS, st.integers(0, 10), st.sampled_from(Origin), KEYS),
    REPORTS: st.builds(Reported, DAYS, IDS, TEXTS, STEPS, st.sampled_from(ReportState), KEYS),
    SEARCH: st.builds(
        Searched, DAYS, DAYS, st.sampled_from(["a/b/", "", "q,1/"]), COUNTS, COUNTS,
        st.integers(0, 10_000).map(lambda tenths: tenths / 10), KEYS,
    ),
    READ: st.builds(Confirmed, DAYS, IDS, st.sampled_from(["sop:a", "vpmom:f@FY27"]), st.just(f"t2:{'0' * 64}"), KEYS),
}  # fmt: skip


@pytest.mark.parametrize("file", RECORD_FILES, ids=lambda file: file.name)
@given(data=st.data())
def test_rows_come_back_as_they_were_written(file: RecordFile, data: st.DataObject) -> None:
    rows = data.draw(st.lists(ROWS[file], unique_by=lambda row: row.key, max_size=6))
    text = written_records(file, rows)
    found, unreadable = parse_records(file, text.encode())
    assert not unreadable
    assert sorted(map(repr, found)) == sorted(repr(type(row)(*_cells(row), line=_line(found, row))) for row in rows)
    assert written_records(file, found) == text


def _cells(row: Any) -> list[Any]:
    return [getattr(row, name) for name in row.__slots__ if name != "line"]


def _line(found: list[Any], row: Any) -> int:
    return int(next(one.line for one in found if one.key == row.key))


@pytest.mark.parametrize("file", RECORD_FILES, ids=lambda file: file.name)
@given(raw=st.binary(max_size=200), cells=st.text(max_size=60))
def test_no_bytes_stop_the_reading(file: RecordFile, raw: bytes, cells: str) -> None:
    head = ",".join(file.columns).encode()
    for content in (raw, head + b"\n" + raw, head + b"\n" + cells.encode("utf-8", "replace")):
        rows, unreadable = parse_records(file, content)
        assert all(one.line >= 1 and one.why for one in unreadable)
        assert written_records(file, rows).isprintable() or "\n" in written_records(file, rows)


ROW = "2026-01-02,expense-claims,0123abcd,worked,,12,staff,issue-1"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-01-02,expense-claims", "has 2 columns in place of 8"),
        (ROW.replace("2026-01-02", "2 January"), "says `2 January` where a day such as 2026-03-31 belongs"),
        (ROW.replace("expense-claims", "../../x"), "says `../../x` where an id such as expense-claims belongs"),
        (ROW.replace("expense-claims", "x" * 61), f"says `{'x' * 40}…` where an id such as expense-claims belongs"),
        (ROW.replace("expense-claims", "=cmd|x"), "says `=cmd|x` where an id such as expense-claims belongs"),
        (ROW.replace("0123abcd", "0123ABCD"), "says `0123ABCD` where the beginning of a digest, 8 digits, belongs"),
        (ROW.replace("worked", "done"), "says `done` where one of worked, wrong, stopped belongs"),
        (ROW.replace(",12,", ",10001,"), "says `10001` where a number of minutes up to 10000 belongs"),
        (ROW.replace(",12,", ",1e3,"), "says `1e3` where a number of minutes up to 10000 belongs"),
        (ROW.replace("staff", '"st"aff'), "has quotes that open or close in the middle of a value"),
        (ROW.replace("issue-1", "x" * 99), f"says `{'x' * 40}…` where a key such as issue-123 belongs"),
    ],
)
def test_a_line_that_is_no_row_is_told_and_the_others_count(line: str, why: str) -> None:
    text = f"{','.join(RUNS.columns)}\n{line}\n{ROW}\n{ROW}\n"
    rows, unreadable = parse_records(RUNS, text.encode())
    assert [(row.procedure, row.line) for row in rows] == [("expense-claims", 3)]
    assert [(one.line, one.why) for one in unreadable] == [(2, why), (4, "has the key `issue-1` of a line above it")]


def test_a_file_with_other_columns_counts_nowhere() -> None:
    rows, unreadable = parse_records(SURVEY, b"date,score\n2026-01-02,9\n")
    assert not rows
    assert [(one.line, one.why) for one in unreadable] == [
        (1, "does not begin with the names of its columns, `date,procedure,text,score,from,key`")
    ]


def test_a_report_stands_again_with_another_state_only() -> None:
    head = ",".join(REPORTS.columns)
    states = ["open", "open", "closed", "open"]
    lines = [f"2026-01-0{number},a,,3,{state},issue-7" for number, state in enumerate(states, 1)]
    rows, unreadable = parse_records(REPORTS, "\n".join((head, *lines)).encode())
    assert [str(row.state) for row in rows] == ["open", "closed", "open"]
    assert [one.line for one in unreadable] == [3]


def test_what_other_programs_add_to_a_file_changes_nothing(tmp_path: Path) -> None:
    assert read_records(tmp_path).runs == ()
    (tmp_path / "records").mkdir()
    (tmp_path / RUNS.path).write_bytes(f"\ufeff{','.join(RUNS.columns)}\r\n{ROW}\r\n".encode())
    (tmp_path / SURVEY.path).write_bytes(b"\xff\xfe")
    found = read_records(tmp_path)
    assert [row.key for row in found.runs] == ["issue-1"]
    assert [(one.file.name, one.why) for one in found.unreadable] == [("survey.csv", "is not in UTF-8")]


def test_what_is_there_and_can_not_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "records/runs.csv").mkdir(parents=True)
    [found] = read_records(tmp_path).unreadable
    assert (found.file, found.line, found.is_whole) == (RUNS, 1, True)
