"""Which files a folder holds as git sees it: those it keeps, and new ones that it is not told to ignore."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.history.git import GitError, ask


def kept_files(folder: Path) -> list[str] | None:
    """Return the paths of a folder's files, relative to it; None where git knows of no repository there."""
    try:
        code, out, _ = ask(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
    except GitError:
        return None
    paths = sorted(set(os.fsdecode(out).split("\0")) - {""})
    return paths if code == 0 and paths else None
