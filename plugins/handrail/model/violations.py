"""What of a document's data its schema refuses, one violation for each thing that its author got wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handrail.model.kinds import Kind
from handrail.model.nearest import nearest
from handrail.model.validation import MISSING, NO_VALUE, UNKNOWN, Violation
from handrail.text.problems import DataPath

_A_SLIP = 2
"""Letters that a name may be longer or shorter than what was meant, whatever its value says."""
_ORDER = (NO_VALUE, UNKNOWN, "type", "enum", "format", "pattern")
_MOST = 100
"""So many are explained for one page: nobody fixes more at once, and each takes its time."""


def violations(kind: Kind, data: dict[str, Any], distrusts: Callable[[DataPath], bool]) -> list[Violation]:
    """Explain why data don't satisfy a kind's schema.

    `distrusts` says of a path whether something else is already known to be wrong there.
    """
    refused = sorted(kind.validator.violations(data), key=lambda violation: (len(violation.path), _rank(violation)))
    unknown = [violation for violation in refused if violation.keyword == UNKNOWN][:_MOST]
    slips = {(*violation.path[:-1], meant) for violation in unknown if (meant := meant_field(kind, violation))}
    found: dict[DataPath, Violation] = {}
    for violation in refused:
        if violation.keyword != MISSING or violation.path not in slips:
            found.setdefault(violation.path, violation)
    return [violation for violation in found.values() if not distrusts(violation.path)][:_MOST]


def meant_field(kind: Kind, violation: Violation) -> str | None:
    """Return the field that an unknown one is probably a slip for; None where it seems to be another program's."""
    key = str(violation.path[-1])
    close = nearest(key, violation.asked)
    if close is None or len(violation.path) > 1 or abs(len(close) - len(key)) <= _A_SLIP:
        return close
    # `parent: handbook/finance` is near enough to a field that names a document, and names none.
    refused = kind.validator.violations({close: violation.value})
    return None if any(one.path[:1] == (close,) for one in refused) else close


def _rank(violation: Violation) -> int:
    return _ORDER.index(violation.keyword) if violation.keyword in _ORDER else len(_ORDER)
