"""What of a document's data its schema refuses, one violation for each thing that its author got wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from handrail.model.kinds import Kind, Node
from handrail.model.nearest import nearest
from handrail.model.validation import Violation
from handrail.text.problems import DataPath

UNKNOWN = "unknown field"
NO_VALUE = "no value"
MISSING = "missing field"
_ORDER = ("type", "enum", "format", "pattern")
_MOST = 100
"""So many of each sort are explained for one page: nobody mends more at once, and each takes its time."""


def violations(kind: Kind, data: dict[str, Any], distrusts: Callable[[DataPath], bool]) -> list[Violation]:
    """Explain why data don't satisfy a kind's schema.

    Unknown fields are computed from the compiled field set, for a validator that meets one bad common field reports
    every common field as unknown. `distrusts` says of a path whether something else is already known to be wrong there.
    """
    found: dict[tuple[DataPath, str], Violation] = {}
    for path in islice(_empty(data, ()), _MOST):
        found[path, NO_VALUE] = Violation(path, NO_VALUE, None, None, {})
    for path, known in islice(_unknown(kind.root, data, ()), _MOST):
        found.setdefault((path, NO_VALUE), Violation(path, UNKNOWN, known, None, {}))
    taken = {path for path, _ in found}
    slips = {
        (*path[:-1], meant)
        for (path, _), violation in found.items()
        if violation.keyword == UNKNOWN and (meant := nearest(str(path[-1]), violation.asked))
    }
    refused = sorted(islice(kind.validator.violations(data), 10 * _MOST), key=lambda v: (len(v.path), _rank(v.keyword)))
    for violation in refused:
        if violation.keyword == "required":
            for name in violation.asked:
                path = (*violation.path, name)
                if name not in violation.value and path not in slips:
                    found.setdefault((path, MISSING), Violation(path, MISSING, name, None, violation.schema))
        elif not any(violation.path[:length] in taken for length in range(len(violation.path) + 1)):
            taken.add(violation.path)
            found[violation.path, violation.keyword] = violation
    return list(islice((violation for violation in found.values() if not distrusts(violation.path)), _MOST))


def _rank(keyword: str) -> int:
    return _ORDER.index(keyword) if keyword in _ORDER else len(_ORDER)


def _empty(value: Any, path: DataPath) -> Iterator[DataPath]:
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _empty(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _empty(below, (*path, index))


def _unknown(node: Node, value: Any, path: DataPath) -> Iterator[tuple[DataPath, list[str]]]:
    if isinstance(value, dict) and (node.fields or node.closed):
        for key, below in value.items():
            if key in node.fields:
                yield from _unknown(node.fields[key], below, (*path, key))
            elif node.closed:
                yield (*path, key), list(node.fields)
    elif isinstance(value, list) and node.items is not None:
        for index, below in enumerate(value):
            yield from _unknown(node.items, below, (*path, index))
