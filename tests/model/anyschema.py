"""Strategies for schemas of all keywords of draft 2020-12, and for values that they may meet."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

KEYS = ("a", "b", "ab", "x-a")
SCALARS = st.sampled_from([None, True, False, 0, 1, 2, 3, 10, -1, 0.5, 1.0, "", "a", "b", "ab", "2026-03-31", "é"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(st.sampled_from(KEYS), below, max_size=3)),
    max_leaves=6,
)
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_COUNT = st.integers(0, 3)
_NAMES = st.lists(st.sampled_from(KEYS), max_size=2, unique=True)


def _schema(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(below, min_size=1, max_size=3)
    by_name = st.dictionaries(st.sampled_from(KEYS), below, max_size=3)
    keywords = {
        "type": st.one_of(st.sampled_from(_TYPES), st.lists(st.sampled_from(_TYPES), min_size=1, max_size=3, unique=True)),
        "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr), "const": VALUES,
        "minLength": _COUNT, "maxLength": _COUNT, "pattern": st.sampled_from(["a", "^a?$", r"^\p{L}+$"]),
        "format": st.sampled_from(["date", "email"]), "contentEncoding": st.just("base64"),
        "contentMediaType": st.just("application/json"),
        "minimum": _COUNT, "maximum": _COUNT, "exclusiveMinimum": _COUNT, "exclusiveMaximum": _COUNT,
        "multipleOf": st.integers(1, 3),
        "minItems": _COUNT, "maxItems": _COUNT, "uniqueItems": st.booleans(), "contains": below, "minContains": _COUNT,
        "maxContains": _COUNT, "items": below, "prefixItems": some, "unevaluatedItems": below,
        "minProperties": _COUNT, "maxProperties": _COUNT, "required": _NAMES, "properties": by_name,
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "^x-"]), below, max_size=2),
        "additionalProperties": below, "unevaluatedProperties": below, "propertyNames": below,
        "dependentRequired": st.dictionaries(st.sampled_from(KEYS), _NAMES, max_size=2), "dependentSchemas": by_name,
        "dependencies": st.dictionaries(st.sampled_from(KEYS), st.one_of(_NAMES, below), max_size=2),
        "allOf": some, "anyOf": some, "oneOf": some, "not": below, "if": below, "then": below, "else": below,
    }  # fmt: skip
    return st.sets(st.sampled_from(sorted(keywords)), min_size=1, max_size=4).flatmap(
        lambda names: st.fixed_dictionaries({name: keywords[name] for name in sorted(names)})
    )


SCHEMAS: st.SearchStrategy[Any] = st.recursive(st.one_of(st.booleans(), _schema(st.booleans())), _schema, max_leaves=5)
