"""What stands in each file of the records: its name, its columns and what a row of it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = "records"
"""The folder beside `mkdocs.yml` in which the files lie."""


ISSUE = "issue-"
"""Begins the key of a row that came from an issue of the forge; behind it stands the issue's number."""


class Result(StrEnum):
    """How a run of a procedure ended."""

    WORKED = "worked"
    WRONG = "wrong"
    STOPPED = "stopped"


class Origin(StrEnum):
    """From whom a row comes: somebody of the company, anybody, or a file of another tool."""

    STAFF = "staff"
    PUBLIC = "public"
    IMPORT = "import"


class ReportState(StrEnum):
    """How a report on a procedure stands; one that was closed as not planned counts for nothing."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_PLANNED = "not-planned"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a procedure on a line of its file; `text` is the first digits of the digest of what was followed, empty where nobody knows."""

    date: date
    procedure: str
    text: str
    result: Result
    step: int | None
    minutes: int | None
    origin: Origin
    key: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """How likely somebody would recommend a procedure, from 0 to 10."""

    date: date
    procedure: str
    text: str
    score: int
    origin: Origin
    key: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that something was wrong, and its state from that day on; the last row of a key counts."""

    date: date
    procedure: str
    text: str
    step: int | None
    state: ReportState
    key: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Searched:
    """How often a search engine showed a page in a span of days; `page` is an address relative to the site."""

    start: date
    end: date
    page: str
    impressions: int
    clicks: int
    position: float
    key: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That a person has read a text; `text` is its whole digest."""

    date: date
    person: str
    document: str
    text: str
    key: str
    line: int = field(default=0, compare=False)


Row = Run | Answer | Reported | Searched | Confirmed


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of records: its name, what its rows are, and the names of its columns."""

    name: str
    row: type[Any]
    columns: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it lies, relative to `mkdocs.yml`."""
        return f"{FOLDER}/{self.name}"

    @property
    def keeps_states(self) -> bool:
        """Whether a key may stand in it again, with another state."""
        return self.row is Reported


RUNS = RecordFile("runs.csv", Run, ("date", "procedure", "text", "result", "step", "minutes", "from", "key"))
SURVEY = RecordFile("survey.csv", Answer, ("date", "procedure", "text", "score", "from", "key"))
REPORTS = RecordFile("reports.csv", Reported, ("date", "procedure", "text", "step", "state", "key"))
SEARCH = RecordFile("search.csv", Searched, ("from", "to", "page", "impressions", "clicks", "position", "key"))
READ = RecordFile("read.csv", Confirmed, ("date", "person", "document", "text", "key"))
RECORD_FILES = (RUNS, SURVEY, REPORTS, SEARCH, READ)


def record_paths(root: Path, folder: Path) -> frozenset[str]:
    """Return the paths, relative to a folder, that the files of a handbook at `root` have in it; none where they lie elsewhere."""
    places = [root / file.path for file in RECORD_FILES]
    return frozenset(place.relative_to(folder).as_posix() for place in places if place.is_relative_to(folder))
