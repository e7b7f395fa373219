"""Holds a document's data against its kind's schema: a quick yes for valid ones, an explanation for the others.

jsonschema-rs passes valid documents some hundred times as fast as jsonschema; jsonschema says what is wrong with the
few that are not. Both get the same formats and patterns that match the whole value, and a test holds them to one
verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs

from handrail.errors import SchemaError
from handrail.model.dates import parse_day
from handrail.text.problems import DataPath

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def is_day(value: object) -> bool:
    """Say whether a text is a day; other types are not the format's business."""
    return not isinstance(value, str) or parse_day(value) is not None


def is_uri(value: object) -> bool:
    """Say whether a text is an address with a scheme; other types are not the format's business."""
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return _URI.fullmatch(value) is not None and bool(parts.netloc or parts.path)


_SPACES = r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What `\\s` stands for in a JSON Schema; Python's differs by six signs."""

FORMATS = {"date": is_day, "uri": is_uri}


@dataclass(frozen=True, slots=True)
class Violation:
    """One value that its schema refuses: where, by which keyword, and what the keyword asks for.

    `value` is what stands there; `schema` is the part of the schema that holds the keyword.
    """

    path: DataPath
    keyword: str
    asked: Any
    value: Any
    schema: dict[str, Any]


class Validator:
    """One kind's schema, compiled once."""

    def __init__(self, file: str, schema: dict[str, Any]) -> None:
        self._schema = schema
        try:
            self._quick = jsonschema_rs.Draft202012Validator(
                schema, formats=FORMATS, validate_formats=True, ignore_unknown_formats=False, offline=True
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            message = f"{file} is not a usable JSON Schema: {str(error).splitlines()[0]}"
            raise SchemaError(message) from error

    def is_valid(self, data: Any) -> bool:
        """Say whether data satisfy the schema."""
        try:
            return self._quick.is_valid(data)
        except (ValueError, UnicodeError, OverflowError):  # text or numbers that no JSON can hold
            return self.explains_as_valid(data)

    def explains_as_valid(self, data: Any) -> bool:
        """Give jsonschema's verdict, which has to be the same."""
        return next(self._slow.iter_errors(data), None) is None

    def violations(self, data: Any) -> Iterator[Violation]:
        """Yield what is wrong; fields that the schema does not know are left to the compiled field set."""
        for error in self._slow.iter_errors(data):
            yield from _flatten(error)

    @cached_property
    def _slow(self) -> Any:
        return _explaining_validator()(self._schema, format_checker=_format_checker())


def _flatten(error: Any) -> Iterator[Violation]:
    if error.validator in ("unevaluatedProperties", "additionalProperties"):
        return
    if error.validator in ("oneOf", "anyOf") and error.context:
        # Of the forms that a value may have, the one that fits its type says what is wrong with it.
        branches: dict[Any, list[Any]] = {}
        for below in error.context:
            branches.setdefault(below.schema_path[0], []).append(below)
        fitting = min(
            branches.values(),
            key=lambda errors: (any(e.validator == "type" and not e.path for e in errors), len(errors)),
        )
        for below in fitting:
            yield from _flatten(below)
        return
    yield Violation(tuple(error.absolute_path), error.validator, error.validator_value, error.instance, error.schema)


# jsonschema takes a tenth of a second to import and a valid handbook never needs it, hence the imports inside.


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern to mean in Python what it means in JSON Schema."""
    text, in_class = "", False
    for part in re.findall(r"\\.|.", pattern, re.DOTALL):
        if part == r"\s":
            text += _SPACES if in_class else f"[{_SPACES}]"
        elif part == r"\S" and not in_class:
            text += f"[^{_SPACES}]"
        else:
            in_class = part == "[" or (in_class and part != "]")
            text += part
    if text.endswith("$") and not text.endswith(r"\$"):
        # Python's $ also matches before a line end at the end of the text.
        text = text[:-1] + r"\Z"
    try:
        return re.compile(text, re.ASCII)
    except re.error as error:
        message = f"The pattern {pattern} of a schema can't be used: {error}."
        raise SchemaError(message) from error


@lru_cache(maxsize=1)
def _explaining_validator() -> Any:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415
    from jsonschema.exceptions import ValidationError  # noqa: PLC0415

    def pattern(_validator: Any, asked: str, value: Any, _schema: Any) -> Iterator[Any]:
        if isinstance(value, str) and not _compiled(asked).search(value):
            yield ValidationError(f"{value!r:.80} does not match")

    def is_number(_checker: Any, value: Any) -> bool:
        # `.nan` and `.inf` are numbers to YAML and Python, and to no JSON.
        return isinstance(value, int | float) and not isinstance(value, bool) and value - value == 0

    types = Draft202012Validator.TYPE_CHECKER.redefine("number", is_number)
    return validators.extend(Draft202012Validator, {"pattern": pattern}, type_checker=types)


@lru_cache(maxsize=1)
def _format_checker() -> Any:
    from jsonschema import FormatChecker  # noqa: PLC0415

    checker = FormatChecker(formats=())
    for name, function in FORMATS.items():
        checker.checks(name)(function)
    return checker
