"""Writes files of records for tests."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from handrail.model.record_rows import REPORTS, RUNS, SEARCH, SURVEY, RecordFile

_KEYS = count(1)


def run(
    result: str = "worked", day: str = "2026-10-01", text: str = "", *, origin: str = "staff", step: int | str = "",
    procedure: str = "pay", key: str = "",
) -> str:  # fmt: skip
    """Return a row of `runs.csv`."""
    return f"{day},{procedure},{text},{result},{step},,{origin},{key or _key()}"


def score(points: int, day: str = "2026-10-01", text: str = "", origin: str = "staff", procedure: str = "pay") -> str:
    """Return a row of `survey.csv`."""
    return f"{day},{procedure},{text},{points},{origin},{_key()}"


def report(state: str = "open", day: str = "2026-10-01", key: str = "", procedure: str = "pay") -> str:
    """Return a row of `reports.csv`."""
    return f"{day},{procedure},,,{state},{key or _key()}"


def shown(page: str, start: str, end: str, impressions: int = 5, position: str = "3.5") -> str:
    """Return a row of `search.csv`."""
    return f"{start},{end},{page},{impressions},1,{position},{_key()}"


def _key() -> str:
    return f"{next(_KEYS):016x}"


def write_records(
    root: Path, *, runs: list[str] | None = None, survey: list[str] | None = None, reports: list[str] | None = None,
    search: list[str] | None = None,
) -> Path:  # fmt: skip
    """Write the files of which there are rows, and return the folder in which their own lies."""
    (root / "records").mkdir(exist_ok=True)
    given: dict[RecordFile, list[str] | None] = {RUNS: runs, SURVEY: survey, REPORTS: reports, SEARCH: search}
    for file, rows in given.items():
        if rows is not None:
            (root / file.path).write_text("\n".join([",".join(file.columns), *rows, ""]), "utf-8", newline="\n")
    return root
