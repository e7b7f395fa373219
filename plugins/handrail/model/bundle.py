"""Puts a schema and all that it refers to into one, so that nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

SUFFIX = ".schema.json"


def bundle(name: str, used: AbstractSet[str], schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of this name with every file that it uses inside."""
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
