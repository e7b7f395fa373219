"""Plain JSON Schema by another validator than ours, with the patterns that an editor has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError, validators


def _pattern(_validator: Any, asked: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
    # Python's regular expressions differ from those of JSON Schema, which editors have.
    if isinstance(value, str) and not _compiled(asked).is_valid(
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    ):
        yield ValidationError(f"{value!r} does not match")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


Plain = validators.extend(Draft202012Validator, {"pattern": _pattern})
