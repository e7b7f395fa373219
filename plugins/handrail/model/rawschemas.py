"""Schemas as they lie in files, before anybody knows what they mean: read, searched, and put together."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from handrail.errors import SchemaError

SUFFIX = ".schema.json"


def read_schema(path: Path) -> dict[str, Any]:
    """Read one file; raises SchemaError with its name and what is wrong."""
    try:
        schema = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path.name} can't be read as JSON: {error}."
        raise SchemaError(message) from error
    if not isinstance(schema, dict):
        message = f"{path.name} must hold one JSON object."
        raise SchemaError(message)
    return schema


def keywords_in(value: Any, wanted: Container[str]) -> Iterator[str]:
    """Yield which of the wanted keywords stand anywhere in a part of a schema."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key in wanted:
                yield key
            yield from keywords_in(below, wanted)
    elif isinstance(value, list):
        for below in value:
            yield from keywords_in(below, wanted)


def bundle(name: str, used: AbstractSet[str], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of this name with every file that it uses inside, so that nothing is ever fetched."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{name}",
        "$defs": {file: _rebased(schemas[file], file) for file in sorted(used | {name})},
    }


def _rebased(schema: Any, file: str) -> Any:
    """Return a schema whose references point into the bundle."""
    if isinstance(schema, dict):
        return {
            key: _rebased_ref(value, file) if key == "$ref" and isinstance(value, str) else _rebased(value, file)
            for key, value in schema.items()
            if key not in ("$id", "$schema")
        }
    if isinstance(schema, list):
        return [_rebased(item, file) for item in schema]
    return schema


def _rebased_ref(ref: str, home: str) -> str:
    file, _, pointer = ref.partition("#")
    return f"#/$defs/{file.removesuffix(SUFFIX) if file else home}{pointer}"
