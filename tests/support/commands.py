"""Runs the command `handrail` inside a folder, in this process."""

from __future__ import annotations

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from handrail.cli import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command ended with and wrote."""

    code: int
    out: str
    err: str


def handrail(folder: Path, *arguments: str) -> Outcome:
    """Run the command with these arguments in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    return Outcome(code, out.getvalue(), err.getvalue())
