"""The schemas as an editor has them: plain JSON Schema, held against what was typed, by another validator than ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from handrail.model.kinds import shipped_schemas


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


@lru_cache(maxsize=1)
def _registry() -> Any:
    files = {path.name: json.loads(path.read_text("utf-8")) for path in shipped_schemas().glob("*.schema.json")}
    for schema in files.values():
        del schema["$schema"]  # else the validator of that name takes over, with Python's patterns
    return Registry().with_resources((name, DRAFT202012.create_resource(schema)) for name, schema in files.items())


@lru_cache(maxsize=32)
def editor(kind: str) -> Any:
    """Return a validator of the published schema of a kind."""
    return Plain({"$ref": f"{kind}.schema.json"}, registry=_registry())
