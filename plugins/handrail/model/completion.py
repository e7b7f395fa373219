"""Finds values to begin with for fields that a schema asks for and no template knows, by asking the schema itself."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from handrail.errors import UsageError
from handrail.model import validation
from handrail.model.formats import FORMATS
from handrail.model.kinds import Kind
from handrail.model.validation import Violation
from handrail.model.violations import violations
from handrail.text.problems import DataPath

TO_FILL_IN = "Fill this in"
_BY_TYPE: Mapping[str, Any] = {
    "string": TO_FILL_IN,
    "array": [],
    "object": {},
    "number": 0,
    "integer": 0,
    "boolean": False,
}
_PATTERNS = ("fill-this-in", "fill", "1", "A", "https://example.com/")
TEXTS = (TO_FILL_IN, *_PATTERNS)
"""Texts of which one is likely to have the form that a schema asks for."""
_MOST = 200


def missing_fields(kind: Kind, data: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the fields that `data` lacks with values that the schema takes; raises UsageError where none is known."""
    whole = deepcopy(dict(data))
    own = {(name,) for name in data}
    tried: dict[DataPath, int] = {}
    for _ in range(_MOST):
        found = violations(kind, whole, lambda _path: False)
        if not found:
            return {name: value for name, value in whole.items() if name not in data}
        value = _value(kind, found[0], today, tried)
        if value is None or found[0].path[:1] in own:
            break
        _put(whole, found[0].path, value)
    name = next((str(step) for step in found[0].path[:1]), "a field")
    raise UsageError(
        f"A page of the kind `{kind.name}` needs a value for `{name}` that Handrail can't make up; "
        "copy a page of that kind."
    )


def _put(data: Any, path: DataPath, value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def _value(kind: Kind, violation: Violation, today: date, tried: dict[DataPath, int]) -> Any:
    """Return a value that meets what was asked for, though perhaps not yet what will be; None where none is known."""
    asked = violation.asked
    match violation.keyword:
        case validation.MISSING:
            value: Any = TO_FILL_IN
        case "const" | "minimum":
            value = asked
        case "exclusiveMinimum":
            value = asked + 1
        case "enum":
            value = kind.first_state if violation.path == ("state",) and kind.first_state in asked else asked[0]
        case "type":
            types = [asked] if isinstance(asked, str) else asked
            value = deepcopy(next((_BY_TYPE[name] for name in types if name in _BY_TYPE), None))
        case "format":
            value = today.isoformat() if asked == "date" else FORMATS[asked].example
        case "minItems":
            value = [*violation.value, TO_FILL_IN]
        case "minLength":
            value = (TO_FILL_IN + "." * asked)[: max(asked, len(TO_FILL_IN))]
        case "pattern" | "maxLength":
            tried[violation.path] = tried.get(violation.path, -1) + 1
            value = next(iter(_PATTERNS[tried[violation.path] :]), None)
        case _:
            value = None
    return value
