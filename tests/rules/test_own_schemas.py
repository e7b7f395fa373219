"""Schemas of a company's own: what a keyword refuses becomes a finding that says what is asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from handrail.model.formats import FORMATS
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, Node
from handrail.model.validation import Validator
from handrail.rules.check import check
from tests.model.anyschema import SCHEMAS, VALUES
from tests.model.building import handbook, kinds, only


def book_of(schema: Any, value: Any, **whole: Any) -> Handbook:
    """Make a handbook of one page, whose kind has a field `a` with a schema."""
    validator = Validator("drill.schema.json", {"drill.schema.json": {"properties": {"a": schema}, **whole}})
    kind = Kind(
        "drill", "drill", "drills", signed=False, root=Node(fields={"a": Node()}, closed=True), validator=validator
    )
    lines = [
        "---",
        "kind: drill",
        "id: fire",
        "title: Fire",
        "visibility: public",
        f"a: {json.dumps(value)}",
        "---",
        "Run.",
    ]
    return handbook({"fire.md": "\n".join(lines) + "\n"}, known={**kinds(), "drill": kind})


def said(book: Handbook) -> list[tuple[str, str]]:
    return [(found.message, found.hint) for found in check(book).findings if found.rule.startswith("HB1")]


DESCRIBED = "Two words and a number."
# schema of the field `a`, its value, what is said and advised
KEYWORDS: list[tuple[Any, Any, str, str]] = [
    ({"minItems": 2}, ["x"], "`a` has 1 entry; it needs at least 2 entries.", "Add what is missing."),
    ({"minItems": 2}, [], "`a` is an empty list.", "Write at least 2 entries."),
    ({"minItems": 1}, [], "`a` is an empty list.", "Write at least one entry."),
    ({"maxItems": 1}, ["x", "y"], "`a` has 2 entries; 1 is the most.", "Take some out."),
    ({"uniqueItems": True}, ["x", "y", "x"], "`a`, entry 3 stands there already as entry 1.", "Delete one."),
    ({"contains": {"const": "x", "description": "One is x."}}, ["y"], "`a` needs at least one entry of a certain form.", "One is x."),
    ({"contains": {"const": "x"}, "minContains": 2}, ["x"], "`a` needs at least 2 entries of a certain form.", "`handrail kind drill a` explains it."),
    ({"contains": {"const": "x"}, "maxContains": 1}, ["x", "x"], "`a` can have at most one entry of a certain form.", "`handrail kind drill a` explains it."),
    ({"prefixItems": [True], "items": False}, ["x", "y"], "`a`, entry 2 can't stand there.", "Take it out."),
    ({"prefixItems": [True], "unevaluatedItems": False}, ["x", "y"], "`a` has entries that it can't have.", "Take out what is too much."),
    ({"prefixItems": [{"type": "number"}]}, ["x"], "`a`, entry 1 must be a number, not `x`.", "Write a number."),
    ({"minLength": 3}, "x", "`a` has 1 character; it needs at least 3.", "Write more."),
    ({"maxLength": 1}, "xyz", "`a` has 3 characters; 1 is the most.", "Shorten it; longer text belongs into the body."),
    ({"minimum": 2}, 1, "`a` is `1`, which is too small.", "Write a number from 2."),
    ({"exclusiveMinimum": 2}, 2, "`a` is `2`, which is too small.", "Write a number over 2."),
    ({"maximum": 2}, 3, "`a` is `3`, which is too large.", "Write a number up to 2."),
    ({"exclusiveMaximum": 2}, 2, "`a` is `2`, which is too large.", "Write a number under 2."),
    ({"multipleOf": 5}, 7, "`a` is `7`, which is no multiple of 5.", "Write a multiple of 5."),
    ({"minProperties": 2}, {"x": 1}, "`a` has 1 field; it needs at least 2.", "Add what is missing."),
    ({"maxProperties": 1}, {"x": 1, "y": 2}, "`a` has 2 fields; 1 is the most.", "Take some out."),
    ({"propertyNames": {"pattern": "^x", "description": "Names begin with x."}}, {"y": 1}, "`a`, `y` can't be the name of a field here.", "Names begin with x."),
    ({"required": ["x"]}, {"y": 1}, "`a` lacks `x`.", "Add `x`."),
    ({"dependentRequired": {"x": ["y"]}}, {"x": 1}, "`a` lacks `y`, which goes with `x`.", "Add `y`."),
    ({"dependencies": {"x": ["y"]}}, {"x": 1}, "`a` lacks `y`, which goes with `x`.", "Add `y`."),
    ({"dependencies": {"x": {"required": ["y"]}}}, {"x": 1}, "`a` lacks `y`.", "Add `y`."),
    ({"dependentSchemas": {"x": {"properties": {"y": {"type": "string"}}}}}, {"x": 1, "y": []}, "`a`, `y` must be a text, not a list.", "Write a text."),
    ({"const": "x"}, "y", "`a` is `y`; it must be `x`.", "Fix the value."),
    ({"const": [1, 2]}, [1], "`a` is a list; it must be `[1, 2]`.", "Fix the value."),
    ({"enum": ["x", 1, True]}, "y", "`a` is `y`; it can be `x`, `1` or `true`.", "Choose one of them."),
    ({"oneOf": [{"const": "x"}, {"const": "y"}]}, "z", "`a` is `z`; it can be `x` or `y`.", "Choose one of them."),
    ({"anyOf": [{"type": "number"}, {"type": "array"}]}, "z", "`a` must be a number or a list, not `z`.", "Write it as a list: a: [z]"),
    ({"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 1}]}, "xyz", "`a` has 3 characters; 1 is the most.", "Shorten it; longer text belongs into the body."),
    ({"anyOf": [{"format": "email"}, {"format": "ipv4"}]}, "z", "`a` is `z`, which fits none of the forms that it may have.", "Write it in the form ada@example.org Or: Write it in the form 192.0.2.1"),
    ({"oneOf": [{"properties": {"x": True}}, {"required": ["y"]}], "description": DESCRIBED}, {"y": 1}, "`a` is a group of fields, which fits several forms where one is asked for.", DESCRIBED),
    ({"oneOf": [{"properties": {"t": {"const": "p"}}, "required": ["u", "v"]}, {"properties": {"t": {"const": "q"}}}]}, {"t": "p", "u": 1}, "`a` lacks `v`.", "Add `v`."),
    ({"not": {"const": "x"}, "description": DESCRIBED}, "x", "`a` is `x`, which is ruled out.", DESCRIBED),
    (False, "x", "`a` can't stand there.", "Take it out."),
    ({"if": {"minLength": 2}, "then": {"maxLength": 3}}, "wxyz", "`a` has 4 characters; 3 are the most.", "Shorten it; longer text belongs into the body."),
    ({"anyOf": [{"properties": {"text": True}, "additionalProperties": False}]}, {"txet": 1}, "There is no field `a`, `txet` here.", "Did you mean `text`?"),
    ({"if": True, "then": {"properties": {"text": True}, "unevaluatedProperties": False}}, {"txet": 1}, "There is no field `a`, `txet` here.", "Did you mean `text`?"),
    ({"properties": {"additionalProperties": False}}, {"additionalProperties": 1}, "`a`, `additionalProperties` can't stand there.", "Take it out."),
    ({"patternProperties": {"^x": {"additionalProperties": False}}}, {"x": {"y": 1}}, "There is no field `a`, `x`, `y` here.", "Delete the line, or write it into the body of the page. `handrail kind drill a` explains it."),
    ({"unevaluatedProperties": False, "anyOf": [{"properties": {"x": {"const": 1}}}, True]}, {"x": 2}, "`a`, `x` can't stand there.", "Take it out."),
    ({"unevaluatedProperties": {"type": "string", "description": DESCRIBED}}, {"x": 1}, "`a`, `x` does not fit its kind.", DESCRIBED),
    ({"pattern": r"^\p{Lu}", "description": DESCRIBED}, "ärger", "`a` is `ärger`, which can't stand there.", DESCRIBED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "value", "message", "hint"), KEYWORDS, ids=[json.dumps(row[:2]) for row in KEYWORDS]
)
def test_what_a_keyword_refuses_is_said(schema: Any, value: Any, message: str, hint: str) -> None:
    assert said(book_of(schema, value)) == [(message, hint)]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_a_format_refuses_is_said_with_an_example(name: str) -> None:
    [(message, hint)] = said(book_of({"format": name}, "( %"))
    assert message == f"`a` is `( %`, which is no {FORMATS[name].noun}."
    assert name == "uri" or FORMATS[name].example in hint


def test_what_a_page_as_a_whole_is_refused_for_is_said() -> None:
    keep = "if another program needs it, below `handrail:` in mkdocs.yml, add `keep: [{}]`."
    whole = {"dependentRequired": {"a": ["b"]}, "maxProperties": 2, "unevaluatedProperties": False}
    assert set(said(book_of(True, 1, **whole))) == {  # noqa: FBT003 - the schema `true`
        ("The front matter has 5 fields; 2 are the most.", "Take some out."),
        ("A drill with `a` needs the field `b`.", "Add a line such as b: …"),
        *(
            (
                f"There is no field `{name}` here.",
                f"Known are `a`; {keep.format(name)} `handrail kind drill` explains each field.",
            )
            for name in ("kind", "id", "title", "visibility")
        ),
    }


@settings(max_examples=300, deadline=None)
@given(SCHEMAS, VALUES)
def test_a_page_that_is_refused_has_a_finding(schema: Any, value: Any) -> None:
    book = book_of(schema, value)
    found = said(book)
    assert only(book, "fire.md").is_valid is (found == [])
    for message, hint in found:
        assert message.endswith((".", "…"))
        assert hint
