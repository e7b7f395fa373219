"""Remembers what measures came to at the ends of months: a commit never changes, so the next run need not read it again.

Like what a check keeps of its verdict it lies beside the handbook, may be deleted at any time, and is believed only where
this very installation wrote it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cached_property

import yaml

from handrail import __version__
from handrail.model.cache import CACHE, keep, package_state, seal
from handrail.model.files import LARGEST, read_whole
from handrail.model.project import Project

_FORMAT = "1"
_MOST = 200
"""So many months are kept, the latest used first: those of some audiences, and of some states of the settings."""

Numbers = tuple[int | None, int | None, int | None, str]
"""A point's numerator, denominator and value, and why it has none."""


class KeptPoints:
    """The points of one handbook by keys that stand for all that they depend on."""

    def __init__(self, project: Project) -> None:
        self._root, self._name = project.root, f"months-{project.config_file.stem}.json"
        self._used: dict[str, Mapping[str, Numbers]] = {}

    @cached_property
    def _frame(self) -> bytes:
        return seal([f"{_FORMAT} {__version__} {sys.version} {yaml.__version__}".encode(), *package_state()]).encode()

    @cached_property
    def _kept(self) -> dict[str, Mapping[str, Numbers]]:
        try:
            data = json.loads(read_whole(self._root / CACHE / self._name, LARGEST))
            if data["sum"] != self._sum(str(data["kept"])):
                return {}
            kept = json.loads(data["kept"])
            return {key: {name: _numbers(*one) for name, one in month.items()} for key, month in kept.items()}
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return {}

    def recall(self, key: str) -> Mapping[str, Numbers] | None:
        """Return the numbers of each measure that are kept under a key; None where none are."""
        found = self._kept.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def add(self, key: str, numbers: Mapping[str, Numbers]) -> None:
        """Keep the numbers of each measure under a key, once `save` is called."""
        self._used[key] = numbers

    def save(self) -> None:
        """Write what was used and what was kept before; where nothing can be written, nothing is kept."""
        if self._used.keys() <= self._kept.keys():
            return
        both = {**self._used, **{key: month for key, month in self._kept.items() if key not in self._used}}
        kept = json.dumps(dict(list(both.items())[:_MOST]), separators=(",", ":"))
        keep(self._root, self._name, json.dumps({"sum": self._sum(kept), "kept": kept}))

    def _sum(self, kept: str) -> str:
        return seal([self._frame, kept.encode()])


def _numbers(numerator: int | None, denominator: int | None, value: int | None, unknown: str) -> Numbers:
    return numerator, denominator, value, unknown
