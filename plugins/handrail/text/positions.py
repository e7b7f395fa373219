"""Where in a page each key and value of its front matter stands."""

from __future__ import annotations

from array import array
from typing import Any

from handrail.text.problems import DataPath


class Positions:
    """The place of every key and value, found by their path in the data.

    The reader notes a start and an end for every node in the order in which it meets them, and the data keep that
    order, so a path is found by walking the data. That costs a few bytes a node and time only where a place is asked
    for, which is where something is wrong.
    """

    __slots__ = ("_base", "_data", "_marks")

    def __init__(self, data: Any, marks: array[int], base: int) -> None:
        self._data = data
        self._marks = marks
        self._base = base

    def value(self, path: DataPath) -> tuple[int, int] | None:
        """Return the offsets in the file where the value at `path` starts and ends, or None where there is none."""
        found = self._find(path)
        return None if found is None else self._span(found[1])

    def key(self, path: DataPath) -> tuple[int, int] | None:
        """Return the offsets of the key at `path`; for an item of a list, those of the item."""
        found = self._find(path)
        return None if found is None else self._span(found[0])

    def nearest(self, path: DataPath, *, key: bool = False) -> tuple[int, int]:
        """Return the offsets of the value (or key) at `path` or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            found = self._find(path[:length])
            if found is not None:
                return self._span(found[0] if key else found[1])
        return self._span(0)

    def _span(self, node: int) -> tuple[int, int]:
        if 2 * node + 1 >= len(self._marks):
            return self._base, self._base
        return self._base + self._marks[2 * node], self._base + self._marks[2 * node + 1]

    def _find(self, path: DataPath) -> tuple[int, int] | None:
        """Return the numbers of the key's and the value's node."""
        data, key, node = self._data, 0, 0
        for step in path:
            following = node + 1
            if isinstance(data, dict):
                for name, value in data.items():
                    if name == step:
                        data, key, node = value, following, following + 1
                        break
                    following += 1 + _count(value)
                else:
                    return None
            elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
                for value in data[:step]:
                    following += _count(value)
                data, key, node = data[step], following, following
            else:
                return None
        return key, node


def _count(value: Any) -> int:
    """Count the nodes of a value: itself, and all keys and values below it."""
    if isinstance(value, dict):
        return 1 + len(value) + sum(map(_count, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_count, value))
    return 1
