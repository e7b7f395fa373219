"""Schemas of a company's own: whatever keyword refuses a value, the refusal is explained where it is."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from jsonschema import FormatChecker

from handrail.model.validation import MISFIT, Validator
from handrail.text.problems import DataPath
from tests.model.anyschema import SCHEMAS, VALUES
from tests.model.published import Plain


def own(schema: Any) -> Validator:
    return Validator("a.schema.json", {"a.schema.json": schema})


@settings(max_examples=400, deadline=None)
@given(SCHEMAS, VALUES)
@example({"dependencies": {"a": ["b"]}}, {"a": 1})
@example({"anyOf": [{"properties": {"a": True}, "additionalProperties": False}]}, {"b": 1})
@example({"if": {"required": ["a"]}, "then": {"unevaluatedProperties": False}}, {"a": 1})
@example({"patternProperties": {"^x-": {"additionalProperties": False}}}, {"x-a": {"b": 1}})
@example(
    {"unevaluatedProperties": False, "allOf": [{"properties": {"a": {"maxLength": 1}, "b": True}}]}, {"a": "ab", "b": 1}
)
@example({"unevaluatedProperties": False, "anyOf": [{"properties": {"a": {"const": 1}}}, True]}, {"a": 2})
@example({"propertyNames": False}, {"a": 1})
@example({"not": {}}, None)
def test_whatever_is_refused_is_explained(schema: Any, value: Any) -> None:
    validator = own(schema)
    found = validator.violations(value)
    assert validator.is_valid(value) is (found == [])
    for violation in found:
        assert stands(value, violation.path[:-1])
        assert violation.keyword != MISFIT or violation.path


def stands(value: Any, path: DataPath) -> bool:
    for step in path:
        if not (step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))):
            return False
        value = value[step]
    return True


def without_dependencies(schema: Any) -> Any:
    """Leave out `dependencies`, which draft 2020-12 lets a validator apply or not; ours does."""
    if isinstance(schema, dict):
        return {key: without_dependencies(value) for key, value in schema.items() if key != "dependencies"}
    return [without_dependencies(part) for part in schema] if isinstance(schema, list) else schema


@settings(max_examples=400, deadline=None)
@given(SCHEMAS, VALUES)
def test_another_validator_gives_the_same_verdict(schema: Any, value: Any) -> None:
    same = without_dependencies(schema)
    assert own(same).is_valid(value) is Plain(same, format_checker=FormatChecker()).is_valid(value)
