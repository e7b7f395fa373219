"""Remembers what the change did that was told last, so that asking the same again takes only the reading.

It is kept beside a check's verdict, and believed as that is. What a commit holds never changes, so that of one its id counts. Of the files
as they lie on disk everything counts that a check's verdict hangs on, and what git's index says of them, which decides what has moved.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from handrail.build.today import day_of
from handrail.history.commits import Commits
from handrail.model.cache import CACHE, keep, seal
from handrail.model.dates import parse_day
from handrail.model.files import LARGEST, read_whole
from handrail.model.settings import Settings
from handrail.report.check_cache import CheckCache, installation
from handrail.report.diff.data import from_plain
from handrail.report.diff.model import Diff

_FORMAT = "1"


class DiffCache:
    """The place of what was told last of one handbook, and what it depends on.

    `head` is the commit after the change, or what a check of the files on disk depends on.
    """

    def __init__(self, commits: Commits, base: str, head: str | CheckCache, settings: str) -> None:
        config = commits.root / commits.config
        self._root, self._name = config.parent, f"diff-{config.stem}.json"
        self._key = seal(_ingredients(commits, base, head, settings))

    def recall(self, today: str | None) -> Diff | None:
        """Return what this very change did, or None where it isn't known; `today` is what the option of that name says."""
        try:
            cache = json.loads(read_whole(self._root / CACHE / self._name, LARGEST))
            if cache["key"] != self._key or cache["sum"] != seal([cache["told"].encode()]):
                return None
            told = json.loads(cache["told"])
            day = day_of(Settings(today=parse_day(told["pinned"]), timezone=told["timezone"]), today)
            return from_plain(told["diff"]) if told["diff"]["today"] == day.isoformat() else None
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None

    def keep(self, found: Diff, settings: Settings) -> None:
        """Remember what a change did in the place of the last; `settings` are those that said which day it is."""
        pinned = settings.today.isoformat() if settings.today is not None else ""
        told = json.dumps(
            {"diff": asdict(found), "pinned": pinned, "timezone": settings.timezone}, separators=(",", ":")
        )
        keep(self._root, self._name, json.dumps({"key": self._key, "sum": seal([told.encode()]), "told": told}))


def _ingredients(commits: Commits, base: str, head: str | CheckCache, settings: str) -> Iterator[bytes]:
    yield f"{_FORMAT} {settings} {base}".encode()
    yield str(commits.config).encode(errors="surrogateescape")
    yield from installation()
    # Settings may name variables of the environment, and any program that is installed may bring a theme.
    yield from (f"{name}={value}".encode(errors="surrogateescape") for name, value in sorted(os.environ.items()))
    yield _state_of_packages()
    if isinstance(head, str):
        yield head.encode()
    else:
        yield head.key.encode()
        yield commits.index()


def _state_of_packages() -> bytes:
    """Return what changes when a package is installed, taken out or brought up to date."""
    found = find_spec("mkdocs")
    folder = Path(found.origin).parents[1] if found is not None and found.origin else Path()
    with suppress(OSError):
        return str(folder.stat().st_mtime_ns).encode()
    return b""
