"""Finds among many paths those that somebody may have meant by another, without going through them all each time."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from handrail.model.names import folded
from handrail.model.nearest import nearest


class Alike:
    """Paths by what they have in common with one that is not among them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._spelt: dict[str, str] = {}
        self._named: dict[str, list[str]] = defaultdict(list)
        self._but_for_one: dict[tuple[int, str], list[str]] = defaultdict(list)
        for path in paths:
            self._spelt.setdefault(folded(path), path)
            self._named[folded(posixpath.basename(path))].append(path)
            for key in _but_for_one(path):
                self._but_for_one[key].append(path)

    def spelt(self, path: str) -> str | None:
        """Return the path that some disk would take for this one."""
        return self._spelt.get(folded(path))

    def named(self, name: str) -> list[str]:
        """Return the paths that end with a name, as disks compare them."""
        return self._named.get(folded(name), [])

    def slip(self, path: str) -> str | None:
        """Return the path that differs by a slip in one of its names, and in nothing else."""
        found = (there for key in _but_for_one(path) for there in self._but_for_one.get(key, ()))
        return nearest(path, (there for there in found if _is_slip(path, there)))


def _but_for_one(path: str) -> list[tuple[int, str]]:
    """Return a path without each of its names in turn, and which that was."""
    parts = path.split("/")
    return [(at, "/".join((*parts[:at], "", *parts[at + 1 :]))) for at in range(len(parts))]


def _is_slip(path: str, there: str) -> bool:
    """Say whether the one name that differs is a slip, and no other ending."""
    [(a, b)] = [(a, b) for a, b in zip(path.split("/"), there.split("/"), strict=True) if a != b] or [("", "")]
    stem_a, end_a = posixpath.splitext(a)
    stem_b, end_b = posixpath.splitext(b)
    return a != b and end_a.lower() == end_b.lower() and nearest(stem_a, (stem_b,)) is not None
