"""A document of each kind that its schema takes, to look at: the one that the schema gives, else one made of what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from handrail.errors import UsageError
from handrail.model.completion import TEXTS, missing_fields
from handrail.model.fields import MOST_KINDS, Field, fields_of, own_examples
from handrail.model.formats import FORMATS
from handrail.model.kinds import Kind

_VISIBILITY = "internal"
_DAY = date.fromisoformat(FORMATS["date"].example)


@dataclass(frozen=True, slots=True)
class Example:
    """A document of a kind, and of each field a value to look at; there is none where only its author can know one."""

    document: Mapping[str, Any]
    values: Mapping[str, Any]


@lru_cache(maxsize=MOST_KINDS)
def example_of(kind: Kind) -> Example:
    """Return a document of a kind with what it needs at least, and a value of each field that the schema takes in its place."""
    fields = fields_of(kind)
    document = next(iter(own_examples(kind)), None) or _made(kind, fields)
    values = {}
    for field in fields:
        given = [document[field.name]] if field.name in document else [*field.examples, *_guesses(field)]
        fitting = (one for one in given if kind.validator.is_valid({**document, field.name: one}))
        value = next(fitting, None)
        if value is not None:
            values[field.name] = value
    return Example(document, values)


def _made(kind: Kind, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return a document made of the examples of the fields that are needed, and of what a schema asks of those without."""
    least = {"kind": kind.name, "id": "an-example", "title": f"A {kind.noun}", "visibility": _VISIBILITY}
    given = {
        field.name: deepcopy(one)
        for field in fields
        if field.is_needed
        for one in field.examples[::-1]
        if not any(violation.path[:1] == (field.name,) for violation in kind.validator.violations({field.name: one}))
    }
    for known in ({**given, **least}, least):
        try:
            return {**known, **missing_fields(kind, known, _DAY)}
        except UsageError:
            continue
    return {}


def _guesses(field: Field) -> Iterator[Any]:
    """Yield values that may do for a field of which the schema gives no example."""
    yield from field.values or ()
    if field.format:
        yield FORMATS[field.format].example
    if field.entry is not None:
        yield from ([one] for one in (*field.entry.examples, *_guesses(field.entry)))
    if field.fields:
        group = {below.name: next(iter((*below.examples, *_guesses(below))), None) for below in field.fields}
        yield {below.name: group[below.name] for below in field.fields if below.is_needed}
        yield group
    if "boolean" in field.types:
        yield True
    if {"integer", "number"} & set(field.types):
        yield 1 if field.least is None else field.least
    if not field.types or "string" in field.types:
        yield from TEXTS
