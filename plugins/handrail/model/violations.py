"""What of a document's data its schema refuses, one violation for each thing that its author got wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handrail.model.kinds import Kind
from handrail.model.nearest import nearest
from handrail.model.validation import MISSING, NO_VALUE, UNKNOWN, Violation
from handrail.text.problems import DataPath

_ORDER = (NO_VALUE, UNKNOWN, "type", "enum", "format", "pattern")
_MOST = 100
"""So many are explained for one page: nobody fixes more at once, and each takes its time."""


def violations(kind: Kind, data: dict[str, Any], distrusts: Callable[[DataPath], bool]) -> list[Violation]:
    """Explain why data don't satisfy a kind's schema.

    `distrusts` says of a path whether something else is already known to be wrong there.
    """
    refused = sorted(kind.validator.violations(data), key=lambda violation: (len(violation.path), _rank(violation)))
    unknown = [violation for violation in refused if violation.keyword == UNKNOWN][:_MOST]
    slips = {
        (*violation.path[:-1], meant)
        for violation in unknown
        if (meant := nearest(str(violation.path[-1]), violation.asked))
    }
    found: dict[DataPath, Violation] = {}
    for violation in refused:
        if violation.keyword != MISSING or violation.path not in slips:
            found.setdefault(violation.path, violation)
    return [violation for violation in found.values() if not distrusts(violation.path)][:_MOST]


def _rank(violation: Violation) -> int:
    return _ORDER.index(violation.keyword) if violation.keyword in _ORDER else len(_ORDER)
