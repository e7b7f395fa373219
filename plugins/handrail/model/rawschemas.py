"""Schemas as they lie in files, before anybody knows what they mean: read, searched, and put together."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from handrail.errors import SchemaError
from handrail.model.files import read_whole

SUFFIX = ".schema.json"
ANNOTATIONS = ("x-kind", "x-ref", "x-who", "x-label", "x-material", "x-state")
"""What our schemas say beyond JSON Schema of what a value means; `kinds` reads it."""
_DEEPEST = 100
"""Levels; those of the kinds that come with Handrail have a fifth of them."""
_RAW = "x-raw"
_BY_NAME = ("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions")
"""Keywords whose values hold schemas by names, which may be any words."""
_DATA = ("const", "enum", "default", "examples", *ANNOTATIONS)


def read_schema(path: Path) -> dict[str, Any]:
    """Read one file; raises SchemaError with its name and what is wrong."""
    return parsed_schema(path, raw_schema(path))


def raw_schema(path: Path) -> bytes:
    """Return what stands in one file; raises SchemaError with its name."""
    try:
        return read_whole(path)
    except OSError as error:
        raise SchemaError(f"{path.name} can't be read: {error.strerror}.") from error


def parsed_schema(path: Path, raw: bytes) -> dict[str, Any]:
    """Read what stands in a file; raises SchemaError with its name and what is wrong."""
    try:
        schema = json.loads(raw)
    except ValueError as error:
        raise SchemaError(f"{path.name} can't be read as JSON: {error}.") from error
    except RecursionError as error:
        raise SchemaError(_too_deep(path)) from error
    if _depth(schema) > _DEEPEST:
        raise SchemaError(_too_deep(path))
    if not isinstance(schema, dict):
        message = f"{path.name} must hold one JSON object."
        raise SchemaError(message)
    return schema


def _too_deep(path: Path) -> str:
    return f"{path.name} can't be used: its parts stand in one another more than {_DEEPEST} deep."


def _depth(schema: Any) -> int:
    """Return how deep the parts of a schema stand in one another; other readers call themselves for each level."""
    depth, level = 0, [schema]
    while level and depth <= _DEEPEST:
        depth += 1
        level = [part for whole in level if isinstance(whole, (dict, list)) for part in _parts(whole)]
    return depth


def _parts(whole: dict[str, Any] | list[Any]) -> list[Any]:
    return list(whole.values()) if isinstance(whole, dict) else whole


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


def place_below(place: str, *steps: str | int) -> str:
    """Return a place further down in the same file, as its name and a JSON pointer: `sop.schema.json#/properties/state`."""
    file, _, pointer = place.partition("#")
    return f"{file}#{pointer}" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def resolve(ref: Any, place: str, schemas: Mapping[str, Any]) -> tuple[Any, str]:
    """Return what a reference names and where that stands; nothing outside `schemas/` is read."""
    if not isinstance(ref, str):
        message = f"{place}: `$ref` must be a text."
        raise SchemaError(message)
    file, _, pointer = ref.partition("#")
    file = file or place.partition("#")[0]
    name = file.removesuffix(SUFFIX)
    if name not in schemas or name == file:
        message = f"{place}: `{ref}` lies outside schemas/; only files of that folder can be referred to."
        raise SchemaError(message)
    target: Any = schemas[name]
    for escaped in pointer.strip("/").split("/") if pointer.strip("/") else ():
        step = escaped.replace("~1", "/").replace("~0", "~")
        if isinstance(target, list) and step.isdecimal() and int(step) < len(target):
            target = target[int(step)]
        elif isinstance(target, dict) and step in target:
            target = target[step]
        else:
            message = f"{place}: `{ref}` names nothing."
            raise SchemaError(message)
    return target, f"{file}#{pointer.rstrip('/')}"


def bundle(name: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of this name and every file that it uses, by file name, so that nothing is ever fetched.

    What is marked as a form that Handrail completes is taken for one that nothing satisfies.
    """
    return _bundled(name, schemas, is_completed=True)


def unchanged_bundle(name: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same with every form that an author may type."""
    return _bundled(name, schemas, is_completed=False)


def _bundled(name: str, schemas: Mapping[str, Any], *, is_completed: bool) -> dict[str, Any]:
    files: dict[str, Any] = {}
    waiting = [name + SUFFIX]
    while waiting:
        file = waiting.pop()
        if file not in files:
            files[file] = _Rebaser(schemas, waiting, is_completed=is_completed).rebased(
                schemas[file.removesuffix(SUFFIX)], f"{file}#"
            )
    return files


class _Rebaser:
    """Makes references point into the bundle, and notes in `used` the files that they lie in."""

    def __init__(self, schemas: Mapping[str, Any], used: list[str], *, is_completed: bool) -> None:
        self._schemas = schemas
        self._used = used
        self._is_completed = is_completed

    def rebased(self, schema: Any, place: str, *, by_name: bool = False) -> Any:
        """Return a part of a schema, which stands at `place`; `by_name` says that it holds schemas by names."""
        if isinstance(schema, list):
            return [self.rebased(part, place_below(place, index)) for index, part in enumerate(schema)]
        if not isinstance(schema, dict):
            return schema
        if self._is_completed and schema.get(_RAW) is True and not by_name:
            return False
        new: dict[str, Any] = {}
        for key, value in schema.items():
            if by_name:
                new[key] = self.rebased(value, place_below(place, key))
            elif key == "$ref":
                _, target = resolve(value, place, self._schemas)
                self._used.append(target.partition("#")[0])
                new[key] = "#/$defs/" + target.replace("#", "", 1)
            elif key in _DATA:
                new[key] = value
            elif key not in ("$id", "$schema"):
                new[key] = self.rebased(value, place_below(place, key), by_name=key in _BY_NAME)
        if new.get("if") is False and not by_name:
            # Decided here, for a condition in a schema makes judging by it take three times as long.
            del new["if"]
            new.pop("then", None)
            new["allOf"] = [*new.get("allOf", ()), new.pop("else", True)]
        return new
