"""Finds the repository that a folder lies in, whether or not anything is committed there."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.history.git import GitError, ask


def repository_root(folder: Path) -> Path | None:
    """Return the root of the repository that a folder lies in; None where git knows of none."""
    try:
        code, out, _ = ask(folder, "rev-parse", "--show-cdup")
    except GitError:
        return None
    return (folder / os.fsdecode(out.removesuffix(b"\n"))).resolve() if code == 0 else None
