"""Writes several files so that either all of them are new or none is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from handrail.edit.files import create, replace
from handrail.errors import HandrailError


@dataclass(frozen=True, slots=True)
class Change:
    """A file by its path from a folder, what stood in it when it was read (None: it was not there), and what is to stand there."""

    path: str
    before: bytes | None
    after: bytes


def write_all(folder: Path, changes: Sequence[Change]) -> None:
    """Write every change; raises UsageError or OSError where one can't be written, and then no file differs from before."""
    done: list[Change] = []
    folders = [place for change in changes for place in _missing_folders(folder / change.path)]
    try:
        for change in changes:
            _write(folder, change)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with suppress(HandrailError, OSError):
                _take_back(folder, change)
        for place in sorted(set(folders), reverse=True):
            with suppress(OSError):  # somebody has put something into it meanwhile
                place.rmdir()
        raise


def _missing_folders(path: Path) -> list[Path]:
    return [place for place in path.parents if not place.is_dir()]


def _write(folder: Path, change: Change) -> None:
    if change.before is None:
        create(folder / change.path, change.after)
    else:
        replace(folder, change.path, change.before, change.after)


def _take_back(folder: Path, change: Change) -> None:
    if change.before is None:
        (folder / change.path).unlink()
    else:
        replace(folder, change.path, change.after, change.before)
