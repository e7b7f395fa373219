"""Writes files of the handbook."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.errors import UsageError


def create(path: Path, text: str) -> None:
    """Write a new file; raises UsageError where there is one already, whoever made it and however lately."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    except FileExistsError as error:
        raise UsageError(f"{path.name} is already there in {path.parent.name}, and is left as it is.") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - it is open already
            file.write(text)
    except BaseException:
        path.unlink()
        raise
