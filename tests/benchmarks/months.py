"""Measures what looking back costs: a scorecard at 24 month ends against git giving the same contents, then again."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from handrail.history.series import with_series
from handrail.history.texts import look_back
from handrail.measures.scorecard import scorecard
from handrail.model.cache import CACHE
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from tests.benchmarks.generate import TODAY
from tests.history.repos import stream

_FIRST = date(2024, 10, 20)
_DAYS = 750
_TIMES = 3
_GOAL = """---
kind: objective
id: faster
title: Work goes faster
visibility: public
state: open
owner: p1
sops: [company-0]
measures: [{text: All procedures serve a plan, metric: sops-tied}]
---
"""
_MEETING = """---
kind: cadence
id: weekly
title: The weekly meeting
visibility: public
lead: p1
frequency: weekly
reviews: [faster]
decisions: [{date: 2024-10-07, text: Sign what is late, owner: p2, due: 2024-12-01}]
---
"""
_SIGNED = b"date: 2024-10-03"


def commit_months(project: Path, commits: int) -> None:
    """Commit the pages as they are two years ago, then sign one after the other again, over 25 months."""
    (project / "content/goal.md").write_text(_GOAL, "utf-8")
    (project / "content/weekly.md").write_text(_MEETING, "utf-8")
    texts = {path.relative_to(project).as_posix(): path.read_bytes() for path in sorted(project.rglob("*.md"))}
    pages = {
        path: raw.replace(b"2026-02-0", b"2024-09-0").replace(b"2026-03-0", b"2024-10-0") for path, raw in texts.items()
    }

    def days() -> Iterator[tuple[str, Mapping[str, bytes]]]:
        yield _FIRST.isoformat(), {**pages, "mkdocs.yml": (project / "mkdocs.yml").read_bytes()}
        signed = [path for path, raw in pages.items() if _SIGNED in raw]
        for number in range(1, commits):
            path, day = signed[number % len(signed)], _FIRST + timedelta(days=number * _DAYS // commits)
            pages[path] = pages[path].replace(_SIGNED, b"date: %b" % day.isoformat().encode())
            yield day.isoformat(), {path: pages[path]}

    def git(*arguments: str, given: bytes = b"") -> None:
        subprocess.run(["git", *arguments], cwd=project, check=True, input=given)

    git("init", "--quiet", "--initial-branch=main")
    git("fast-import", "--quiet", given=stream(days()).replace(b" inline content/", b" inline "))
    git("checkout", "--quiet", "--force", "main")


def looking_back(project: Path) -> tuple[list[float], list[float]]:
    """Return the processor's time for looking back, in parts of a bare reading of the same contents, and for doing so again.

    The handbook of today has been read and measured before, as it is wherever somebody looks back.
    """
    blobs = _blobs(project)
    first, again = [], []
    for _ in range(_TIMES):
        book = load_handbook(load_project(project / "mkdocs.yml"), load_kinds(), TODAY, look_back=look_back)
        found = scorecard(book, book.pages)
        bare = _spent(partial(_git, project, "cat-file", "--batch", given=blobs, out=subprocess.DEVNULL))
        shutil.rmtree(project / CACHE, ignore_errors=True)
        once = _spent(partial(with_series, found))
        first.append(once / bare)
        again.append(_spent(partial(with_series, found)) / once)
    return first, again


def _git(project: Path, *arguments: str, given: bytes = b"", out: int = subprocess.PIPE) -> bytes:
    return subprocess.run(["git", *arguments], cwd=project, check=True, input=given, stdout=out).stdout


def _blobs(project: Path) -> bytes:
    """Return the ids of all contents that any commit holds, a line each."""
    listed = _git(project, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
    return b"".join(
        line.removeprefix(b"blob ") for line in listed.splitlines(keepends=True) if line.startswith(b"blob ")
    )


def _spent(run: Callable[[], object]) -> float:
    def now() -> float:
        return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))

    began = now()
    run()
    # What git did is counted when it has ended.
    time.sleep(0.1)
    return now() - began
