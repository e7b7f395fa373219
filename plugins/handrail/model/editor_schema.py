"""One JSON Schema for the front matter of every page of a handbook, as editors and their language servers read it.

It is made of the schemas as they lie in files, with the forms that Handrail completes (`x-raw`) let pass, and holds all that they use,
for an editor fetches nothing. What a field is for stands beside a reference in our schemas, where editors show only what the
reference leads to; so it is put in its place, before what such a value looks like. A pattern says in words what it asks for, and a field
without a title gets one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from handrail.model.fields import title_of
from handrail.model.kinds import schema_files
from handrail.model.rawschemas import SUFFIX, read_schema, unchanged_bundle

_SAYS = frozenset(("title", "description", "examples", "x-material", "x-ref", "x-who", "x-label", "x-state"))
"""Keywords that ask for nothing, so that they may take the place of those of what a reference leads to."""
_ANY = {"*": "[^/]*", "**": ".*", "?": "[^/]"}
_SIGNS = re.compile(r"[.+^${}()|\[\]\\/]")
_PROSE = (
    "Front matter of a page of the handbook. Without `kind` the page is prose, of which Handrail asks for nothing; each kind has "
    "fields of its own."
)


def editor_schema(project: Path | None = None, keep: Iterable[str] = ()) -> dict[str, Any]:
    """Return the schema for the pages of the project that lies in a folder; raises SchemaError as reading the kinds does.

    Pages of every kind may carry the keys that `keep` names, as the setting of that name does.
    """
    schemas = {name: read_schema(path) for name, path in schema_files(project).items()}
    kinds = {name: schema for name, schema in schemas.items() if isinstance(schema.get("x-kind"), dict)}
    files: dict[str, Any] = {}
    for name in kinds:
        files |= unchanged_bundle(name, schemas)
    kept = {f"^(?:{'|'.join(map(_pattern, keep))})$": True} if keep else {}
    for name in kinds if kept else ():
        files[f"{name}{SUFFIX}"] = _with_keys(files[f"{name}{SUFFIX}"], kept)
    asked = {str(schema["x-kind"].get("name")): name for name, schema in sorted(kinds.items())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Page of the handbook",
        "description": _PROSE,
        "type": "object",
        "properties": {
            "kind": {
                "title": "Kind",
                "description": "\n".join(
                    (
                        "What the page is:",
                        *(f"- {kind}: {kinds[name].get('description', '')}" for kind, name in asked.items()),
                    )
                ),
                "enum": list(asked),
            }
        },
        "allOf": [_where(kind, f"{name}{SUFFIX}") for kind, name in asked.items()],
        "$defs": _with_words(files, files),
    }


def _where(kind: str, file: str) -> dict[str, Any]:
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {"$ref": f"#/$defs/{file}"},
    }


def _with_keys(schema: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    return {**schema, "patternProperties": {**schema.get("patternProperties", {}), **kept}}


def _pattern(key: str) -> str:
    """Return the regular expression of JSON Schema for a key in which `*` stands for any signs."""
    return "".join(_ANY.get(part) or _SIGNS.sub(r"\\\g<0>", part) for part in re.split(r"(\*+|\?)", key))


def _with_words(schema: Any, files: Mapping[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_with_words(part, files) for part in schema]
    if not isinstance(schema, dict):
        return schema
    ref = schema.get("$ref")
    if isinstance(ref, str) and len(schema) > 1 and set(schema) - {"$ref"} <= _SAYS:
        target = _target(ref, files)
        if isinstance(target, dict):
            own = {key: value for key, value in schema.items() if key != "$ref"}
            return _with_words({**_said_of_pattern(target), **own, **_described(own, target)}, files)
    said = {key: _with_words(value, files) for key, value in _said_of_pattern(schema).items()}
    if isinstance(said.get("properties"), dict):
        said["properties"] = {name: _titled(name, field) for name, field in said["properties"].items()}
    return said


def _titled(name: str, field: Any) -> Any:
    """Return a field that says what it is for with a title: above one without, an editor shows that of the kind."""
    if not isinstance(field, dict) or "description" not in field:
        return field
    return {"title": title_of(name), **field}


def _said_of_pattern(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that says in words what its pattern asks for."""
    if not isinstance(schema.get("pattern"), str) or not isinstance(schema.get("description"), str):
        return schema
    return {"patternErrorMessage": schema["description"], **schema}


def _described(own: Mapping[str, Any], target: Mapping[str, Any]) -> dict[str, str]:
    """Return what a field is for, before what such a value looks like."""
    said = [text for text in (own.get("description"), target.get("description")) if isinstance(text, str) and text]
    return {"description": "\n\n".join(dict.fromkeys(said))} if said else {}


def _target(ref: str, files: Mapping[str, Any]) -> Any:
    target: Any = {"$defs": files}
    for step in ref.removeprefix("#").strip("/").split("/"):
        name = step.replace("~1", "/").replace("~0", "~")
        target = target[int(name)] if isinstance(target, list) else target[name]
    return target
