"""A small handbook with a history of more than two years: python -m tests.support.long_history FOLDER.

Every commit is the same each time, to the second. In its course pages are written, signed, changed, signed again, withdrawn, moved, closed
to the public and retired; plans follow each other; the folder of pages gets another name; a branch is merged; clocks go wrong.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

TODAY = date(2026, 11, 15)
"""The day after the last commit on which tests look back."""
_FIRST = date(2024, 8, 5)
_SETTINGS = """site_name: A handbook with a past
docs_dir: {docs}
theme: material
plugins:
  - handrail: {{today: {today}, timezone: {zone}, fiscal_year_end: "01-31", governed: [finance], visibility: {{".": public}}}}
"""
_PEOPLE = """---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: ana, name: Ana Costa, job: Head}
  - {id: ben, name: Ben Hill, job: Clerk, deputy: cem}
  - {id: cem, name: Cem Kaya, job: Clerk, until: 2026-05-31}
groups:
  - {id: team, name: The team, members: [ben, cem]}
---
"""
_DEPARTMENT = """---
kind: department
id: finance
title: Finance
description: What finance does.
visibility: public
lead: ana
---
Where money is minded.
"""
_PLAN = """---
kind: vpmom
id: {id}
period: {period}
title: Plan {id} {period}
visibility: public
state: {state}
rapid: ana(D)
vision: Paid in time.
priorities: [One thing]
methods: [One way]
obstacles: [One hurdle]
measures: [One number]
sign_offs:
  - {{role: D, by: ana, date: {day}}}
---
"""


def digest(text: str) -> str:
    """Return a digest that looks like one, of whatever text."""
    return f"t2:{hashlib.sha256(text.encode()).hexdigest()}"


def stamp(text: str) -> int:
    """Return a time such as 2026-03-31T23:59:59+00:00 in seconds since 1970."""
    return int(datetime.fromisoformat(text).timestamp())


@dataclass
class Sop:
    """A procedure as it is to be written; `more` are lines of its front matter."""

    id: str
    state: str = "active"
    line: str = "finance"
    visibility: str = "public"
    text: str = "Do it."
    signed: list[tuple[str, str, date, str, str]] = field(default_factory=list)
    """Entries: role, who, day, digest, and what else stands in them."""
    more: tuple[str, ...] = ()

    def sign(self, day: date, by: str = "ana", agrees: str = "ben", more: str = "") -> None:
        """Let whoever decides sign the text, after whoever agrees."""
        named = digest(self.text)
        self.signed += [("A", agrees, day, named, more), ("D", by, day, named, more)]

    def __str__(self) -> str:
        head = [
            "kind: sop",
            f"id: {self.id}",
            f"title: How to {self.id}",
            f"visibility: {self.visibility}",
            f"state: {self.state}",
        ]
        head += [f"vpmom: {self.line}"] * bool(self.line)
        head += ["rapid: ana(D), team(A)", *self.more]
        entries = [
            f"  - {{role: {role}, by: {by}, date: {day}, digest: '{named}'{more}}}"
            for role, by, day, named, more in self.signed
        ]
        head += ["sign_offs:", *entries] if entries else []
        return "\n".join(["---", *head, "---", self.text, ""])


@dataclass
class Book:
    """The files of a handbook by their paths in the repository, and where its pages lie."""

    docs: str = "content"
    zone: str = "UTC"
    files: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sops: dict[str, Sop] = field(default_factory=dict)

    def add(self, sop: Sop, place: str = "finance/{}.md") -> Sop:
        self.sops[sop.id] = sop
        self.places[sop.id] = place.format(sop.id)
        return sop

    def tree(self) -> dict[str, bytes]:
        """Return every file as it stands now."""
        pages = {**self.files, **{self.places[id_]: str(sop) for id_, sop in self.sops.items()}}
        settings = _SETTINGS.format(docs=self.docs, zone=self.zone, today=TODAY)
        return {
            "mkdocs.yml": settings.encode(),
            **{f"{self.docs}/{path}": text.encode() for path, text in pages.items()},
        }


@dataclass(frozen=True)
class Commit:
    """One commit: its committer's time in seconds since 1970, all that stands in it, and the place of a second parent."""

    time: int
    files: Mapping[str, bytes]
    merges: int | None = None
    aside: bool = False
    """Whether it stands on a branch that begins at the commit before it."""


def history(zone: str = "UTC") -> Iterator[Commit]:
    """Yield the commits, the oldest first, some fifty in 27 months; `zone` is the setting `timezone`, which all of them have."""
    book = Book(zone=zone)
    book.files = {"people.md": _PEOPLE, "finance/index.md": _DEPARTMENT, "index.md": "# Handbook\n"}
    day = _FIRST

    def commit(hour: int = 12) -> Commit:
        return Commit(int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp()), book.tree())

    yield commit()
    for month in range(27):
        # Plans: the first is written late, each next one in time, and the one of another line ends.
        if month in (3, 6, 18):
            period = {3: "FY25", 6: "FY26", 18: "FY27"}[month]
            book.files[f"finance/plan-{period.lower()}.md"] = _PLAN.format(
                id="finance", period=period, state="active", day=day
            )
        if month == 8:
            book.files["finance/plan-hr.md"] = _PLAN.format(id="hr", period="FY26", state="active", day=day)
        if month == 15:
            book.files["finance/plan-hr.md"] = _PLAN.format(id="hr", period="FY26", state="retired", day=day)
        # Procedures: one a month is known, written in the next, in use from the one after it, and signed at once.
        sop = book.add(Sop(f"task-{month:02}", "stub", text="", line="hr" if month % 5 == 1 else "finance"))
        yield commit(9)
        if month >= 1:
            before = book.sops[f"task-{month - 1:02}"]
            before.state, before.text = "draft", "Do it well."
        if month >= 2:
            before = book.sops[f"task-{month - 2:02}"]
            before.state = "active"
            if month % 4:
                before.sign(day)
        yield commit(15)
        day += timedelta(days=13)
        yield from _turns(month, day, book)
        if month == 10:
            # A branch that was begun earlier is merged late; its own commit never was the handbook.
            sop.text = "Written aside."
            yield Commit(stamp(f"{day}T08:00:00+00:00"), book.tree(), aside=True)
            yield Commit(stamp(f"{day + timedelta(days=30)}T08:00:00+00:00"), book.tree(), merges=-1)
            sop.text = ""
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=5)
    # At the very ends of months, and by clocks that are wrong.
    last = book.sops["task-03"]
    for time, state in (
        ("2026-09-30T23:59:59+00:00", "retired"), ("2026-10-01T00:00:00+00:00", "active"),
        ("2026-10-31T09:59:59+00:00", "retired"), ("2026-10-31T10:00:00+00:00", "draft"),
        ("2026-11-01T10:59:59+00:00", "active"), ("2026-11-01T11:00:00+00:00", "stub"),
    ):  # fmt: skip
        last.state = state
        yield Commit(stamp(time), book.tree())
    book.sops["task-05"].state = "retired"
    yield Commit(stamp("2037-01-01T00:00:00+00:00"), book.tree())
    book.sops["task-06"].state = "retired"
    yield Commit(stamp("2026-11-02T00:00:00+00:00"), book.tree())


def _turns(month: int, day: date, book: Book) -> Iterator[Commit]:  # noqa: C901, PLR0912 - a case a month
    """Change what is there, once a month."""
    sops = book.sops
    match month:
        case 4:
            sops["task-00"].text = "Do it otherwise."
        case 5:
            sops["task-00"].sign(day)
            sops["task-00"].sign(day + timedelta(days=1))
        case 7:
            sops["task-01"].line = sops["task-04"].line = ""
            book.files["note.md"] = "# Note\n\nSee [how](finance/task-01.md) and [[sop:task-04]].\n"
        case 9:
            del book.files["note.md"]
        case 11:
            sops["task-02"].sign(day + timedelta(days=90))
        case 12:
            book.places["task-02"] = "elsewhere/other-name.md"
        case 13:
            book.docs = "pages"
        case 14:
            sops["task-07"].visibility = "internal"
            book.files["finance/stray.md"] = "# Nobody says what this is\n"
        case 16:
            sops["task-08"].state = "retired"
        case 17:
            sops["task-09"].signed = [
                (*entry[:4], f", withdrawn: {{date: {day}, reason: Wrong}}") for entry in sops["task-09"].signed
            ]
        case 19:
            sops["task-10"].visibility = "confidential"
            del book.files["finance/stray.md"]
        case 20:
            sops["task-03"].sign(date(2026, 2, 28), agrees="cem")
        case 21:
            # The entries of a signature, and what takes one back, may be dated ahead.
            tomorrow = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
            sops["task-14"].sign(tomorrow)
            taken_back = f", withdrawn: {{date: {tomorrow}, reason: Wrong}}"
            sops["task-13"].signed = [(*entry[:4], taken_back) for entry in sops["task-13"].signed]
        case 22:
            del sops["task-11"]
        case _:
            return
    yield Commit(int(datetime(day.year, day.month, day.day, 20, tzinfo=UTC).timestamp()), book.tree())


def stream(commits: Iterator[Commit]) -> Iterator[bytes]:
    """Yield what `git fast-import` reads."""
    line: list[int] = []
    for mark, commit in enumerate(commits, 1):
        branch = b"aside" if commit.aside else b"main"
        who = b"Ana <ana@example.org> %d +0000" % commit.time
        yield b"commit refs/heads/%b\nmark :%d\nauthor %b\ncommitter %b\ndata 1\n.\n" % (branch, mark, who, who)
        if line:
            yield b"from :%d\n" % line[-1]
        if commit.merges is not None:
            yield b"merge :%d\n" % (mark + commit.merges)
        yield b"deleteall\n"
        for path, content in commit.files.items():
            yield b'M 100644 inline "%b"\ndata %d\n%b\n' % (path.encode(), len(content), content)
        if not commit.aside:
            line.append(mark)


def make_history(root: Path, zone: str = "UTC") -> Path:
    """Write the repository into a folder that is empty or not there; return it."""
    root.mkdir(parents=True, exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*arguments: str, given: bytes = b"") -> None:
        subprocess.run(["git", *arguments], cwd=root, check=True, input=given, env=environment)

    git("init", "--quiet", "--initial-branch=main")
    git("fast-import", "--quiet", given=b"".join(stream(history(zone))))
    git("checkout", "--quiet", "--force", "main")
    return root


if __name__ == "__main__":
    make_history(Path(sys.argv[1]))
