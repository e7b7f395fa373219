"""Notices what its authors change in a handbook, by looking again and again: no program of the system has to be asked for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from handrail.model.project import Project

_BETWEEN = 0.5
"""Seconds between two looks."""
_State = dict[str, tuple[int, int]]


def changes(places: Callable[[], Iterable[Path]], sleep: Callable[[float], None]) -> Iterator[None]:
    """Yield at once, and whenever a file in the places has been written, made or deleted; what is written meanwhile is seen afterwards."""
    seen: _State | None = None
    while True:
        now = _state(places())
        if now != seen:
            seen = now
            yield
        else:
            sleep(_BETWEEN)


def places_of(project: Project) -> list[Path]:
    """Return what a site is made of: the pages, the settings, and what these name."""
    root = project.root
    named = [project.settings.synonyms] if project.settings.synonyms else []
    custom = [project.custom_dir] if project.custom_dir is not None else []
    return [
        project.docs_dir,
        project.config_file,
        *custom,
        *(root / name for name in ("schemas", "records", "main.py", *named)),
    ]


def _state(places: Iterable[Path]) -> _State:
    found: _State = {}
    for place in places:
        for file in _below(place) if place.is_dir() else [place]:
            with suppress(OSError):  # it has gone meanwhile, or is not there yet
                status = file.stat()
                found[os.fspath(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        # What is hidden is no part of a handbook, and what a build writes lies there.
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names)
