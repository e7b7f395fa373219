"""Gives a generated handbook a history, and counts what is asked of git."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.history.repos import stream

_FIRST = date(2026, 1, 5)  # before anyone signed


def commit_days(project: Path, commits: int) -> None:
    """Commit the pages as they are, then one page after the other with another tag; all stay signed."""
    content = project / "content"
    pages = {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*.md"))}

    def days() -> Iterator[tuple[str, Mapping[str, bytes]]]:
        yield _FIRST.isoformat(), pages
        tagged = [path for path, raw in pages.items() if b", procedure]" in raw]
        for number in range(1, commits):
            path = tagged[number % len(tagged)]
            pages[path] = pages[path].replace(b", procedure]", b", procedure, t%d]" % number)
            yield (_FIRST + timedelta(days=number // 2)).isoformat(), {path: pages[path]}

    def git(*arguments: str, given: bytes = b"") -> None:
        subprocess.run(["git", *arguments], cwd=project, check=True, input=given)

    git("init", "--quiet", "--initial-branch=main")
    git("fast-import", "--quiet", given=stream(days()))
    git("checkout", "--quiet", "--force", "main")


def counting_git(folder: Path, asked: Path) -> str:
    """Return a search path on which a git stands first that notes what it is asked for."""
    programs = folder / "programs"
    programs.mkdir()
    script = programs / "git"
    script.write_text(
        f"""#!/bin/sh
for word in "$@"; do
  case "$word" in rev-parse|log|cat-file) echo "$word" >> "{asked}" ;; esac
done
exec "{shutil.which("git")}" "$@"
""",
        "utf-8",
    )
    script.chmod(0o755)
    return f"{programs}{os.pathsep}{os.environ['PATH']}"
