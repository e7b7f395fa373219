"""Rows are added to the files of records, and nothing is lost, whoever writes at once and whenever a writer is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.edit.record.store import LOCK, Added, open_store
from handrail.errors import UsageError
from handrail.model.record_rows import FOLDER, REPORTS, RUNS, Origin, Reported, ReportState, Result, Run
from handrail.model.records import head_of, parse_records
from tests.conftest import ROOT
from tests.edit.record import killed


def run(day: str, key: str, minutes: int | None = None) -> Run:
    return Run(date.fromisoformat(day), "claim", "", Result.WORKED, None, minutes, Origin.PUBLIC, key)


def report(day: str, state: ReportState) -> Reported:
    return Reported(date.fromisoformat(day), "claim", "", 3, state, "issue-1")


def add(folder: Path, *rows: Any) -> Added:
    with open_store(folder) as store:
        return store.add(REPORTS if isinstance(rows[0], Reported) else RUNS, rows)


def text(folder: Path) -> str:
    return (folder / RUNS.path).read_text("utf-8")


def test_rows_are_sorted_and_each_key_is_added_once(tmp_path: Path) -> None:
    assert add(tmp_path, run("2026-03-02", "issue-2"), run("2026-03-01", "issue-10")) == Added(2, 0)
    first = add(tmp_path, run("2026-03-01", "issue-1"), run("2026-03-09", "issue-2", 5), run("2026-03-01", "issue-1"))
    assert first == Added(1, 2)
    assert text(tmp_path).splitlines() == [
        head_of(RUNS),
        "2026-03-01,claim,,worked,,,public,issue-1",
        "2026-03-01,claim,,worked,,,public,issue-10",
        "2026-03-02,claim,,worked,,,public,issue-2",
    ]
    assert text(tmp_path).endswith("\n")


def test_where_nothing_is_new_the_file_is_left_alone(tmp_path: Path) -> None:
    add(tmp_path, run("2026-03-02", "issue-2"))
    path = tmp_path / RUNS.path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert add(tmp_path, run("2026-03-02", "issue-2")) == Added(0, 1)
    assert path.read_bytes() == before


def test_lines_that_are_no_rows_stay_behind_the_rows(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    lines = ["<<<<<<< ours", "2026-03-05,claim,,worked,,,public,issue-5", "=======", "half a", ">>>>>>> theirs"]
    (tmp_path / RUNS.path).write_text("\n".join([f"\ufeff{head_of(RUNS)}", *lines]) + "\n", "utf-8")
    for number in (9, 1):
        add(tmp_path, run(f"2026-03-0{number}", f"issue-{number}"))
    found = text(tmp_path).splitlines()
    assert found[0] == head_of(RUNS)
    assert [line[-7:] for line in found[1:4]] == ["issue-1", "issue-5", "issue-9"]
    assert found[4:] == ["<<<<<<< ours", "=======", "half a", ">>>>>>> theirs"]


def test_a_later_state_never_comes_before_an_earlier_one(tmp_path: Path) -> None:
    opened, closed, not_planned = ReportState.OPEN, ReportState.CLOSED, ReportState.NOT_PLANNED
    assert add(tmp_path, report("2026-03-05", opened), report("2026-03-05", opened)) == Added(1, 1)
    assert add(tmp_path, report("2026-03-02", closed)) == Added(1, 0)
    assert add(tmp_path, report("2026-03-09", closed)) == Added(0, 1)
    assert add(tmp_path, report("2026-03-01", opened), report("2026-03-07", not_planned)) == Added(2, 0)
    found, unreadable = parse_records(REPORTS, (tmp_path / REPORTS.path).read_bytes())
    assert [(row.date.day, row.state) for row in found] == [(5, opened), (5, closed), (5, opened), (7, not_planned)]
    assert not unreadable


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"date,who\n2026-01-01,me\n", "runs.csv, line 1 is not `date,procedure,"),
        (b"\n", "runs.csv, line 1 is not `date,procedure,"),
        (head_of(RUNS).encode() + b"\n\xff\n", "runs.csv, line 2 is not in UTF-8"),
    ],
)
def test_a_file_that_cant_be_read_is_left_alone(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / RUNS.path).write_bytes(raw)
    with pytest.raises(UsageError, match=said):
        add(tmp_path, run("2026-03-02", "issue-2"))
    assert (tmp_path / RUNS.path).read_bytes() == raw


@pytest.mark.parametrize("name", [FOLDER, LOCK, RUNS.path])
def test_nothing_is_written_through_links(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / "file"
    if name == FOLDER:
        (tmp_path / name).symlink_to(elsewhere)
    else:
        target.write_text("mine", "utf-8")
        (tmp_path / FOLDER).mkdir()
        (tmp_path / name).symlink_to(target)
    before = {path: path.read_bytes() for path in elsewhere.iterdir()}
    with pytest.raises(UsageError, match="is a link, and nothing is written through links"):
        add(tmp_path, run("2026-03-02", "issue-2"))
    assert {path: path.read_bytes() for path in elsewhere.iterdir()} == before


def test_what_a_writer_left_that_was_ended_is_gone_after_the_next(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    cut_off = tmp_path / FOLDER / f".{RUNS.name}.0123abcd.part"
    cut_off.write_text("2026-", "utf-8")
    add(tmp_path, run("2026-03-02", "issue-2"))
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [".lock", "runs.csv"]


LINES = st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace")))


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(LINES, max_size=8), numbers=st.lists(st.integers(1, 99), max_size=8))
def test_whatever_stands_in_a_file_stands_there_afterwards(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], numbers: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / FOLDER).mkdir()
    content = "\n".join([head_of(RUNS), *lines, ""])
    try:
        (folder / RUNS.path).write_bytes(content.encode())
    except UnicodeEncodeError:
        return
    known, _ = parse_records(RUNS, content.encode())
    for number in numbers:
        add(folder, run("2026-03-02", f"issue-{number}"))
    after = (folder / RUNS.path).read_bytes().decode()
    rows, _ = parse_records(RUNS, after.encode())
    assert {row.key for row in rows} == {row.key for row in known} | {f"issue-{number}" for number in numbers}
    for line in content.split("\n")[1:-1]:
        assert line in after.split("\n")


def forked(folder: Path, *how: str) -> int:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.edit.record.killed", str(folder), *how]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_two_hundred_kills_lose_no_row_and_tear_none(tmp_path: Path) -> None:
    """Some writers finish and others don't, or the kills would show nothing."""
    kills = 200
    count = forked(tmp_path, str(kills), "12")
    assert 0 < count < kills * killed.BATCH
    assert add(tmp_path, killed.row(1)) == Added(1, 0)
    assert not list((tmp_path / FOLDER).glob("*.part"))


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    assert forked(tmp_path) == killed.WRITERS * killed.EACH
