"""Each kind is shown by an example that passes the check, and each of its fields says what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handrail.model.examples import example_of
from handrail.model.fields import Field, fields_of, own_examples
from handrail.rules.check import check
from handrail.rules.finding import Severity
from handrail.text.source import read_source
from handrail.text.yaml_lines import lines_of
from tests.model.building import handbook, kinds
from tests.model.test_kinds import DRILL, compiled, drill

SHIPPED = sorted(kinds())


def all_fields(fields: tuple[Field, ...], path: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        here = f"{path}.{field.name}"
        yield here, field
        yield from all_fields(field.fields, here)
        if field.entry is not None:
            yield from all_fields(field.entry.fields, here)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_field_of_each_kind_says_what_it_is_for(name: str) -> None:
    kind = kinds()[name]
    assert kind.description
    found = list(all_fields(fields_of(kind)))
    assert [path for path, field in found if not field.purpose] == []
    assert [path for path, field in found if not field.purpose.endswith(".")] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_each_kind_has_an_example_of_its_own_and_each_field_a_value_to_look_at(name: str) -> None:
    kind = kinds()[name]
    example = example_of(kind)
    assert own_examples(kind) == (example.document,)
    assert set(example.values) == {field.name for field in fields_of(kind)}
    for field, value in example.values.items():
        typed = "\n".join(("---", *lines_of({**example.document, field: value}), "---", ""))
        source = read_source(typed.encode())
        assert (source.problems, kind.validator.violations(source.data)) == ([], [])


def test_the_examples_of_all_kinds_together_are_a_handbook_that_passes_the_check() -> None:
    pages = {
        f"{name}.md": "\n".join(("---", *lines_of(example_of(kind).document), "---", "1. What is done.", ""))
        for name, kind in kinds().items()
    }
    book = handbook(pages)
    assert len(book.documents) == len(pages)
    report = check(book)
    assert [finding for finding in report.findings if finding.severity is Severity.ERROR] == []


NEEDY: dict[str, Any] = {
    "state": {"enum": ["planned"], "x-state": {"planned": {"phase": "in force", "word": "Planned"}}},
    "on": {"$ref": "common.schema.json#/$defs/day"},
    "rooms": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z]+$"}},
    "size": {"type": "integer", "minimum": 3},
    "loud": {"type": "boolean"},
    "who": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
    "mail": {"type": "string", "format": "email"},
    "code": {"type": "string", "pattern": "^X-[0-9]+$", "examples": ["X-1"]},
}


def test_a_kind_whose_schema_gives_no_example_gets_one_that_it_takes(tmp_path: Path) -> None:
    kind = compiled(tmp_path, drill(properties=NEEDY, required=[*NEEDY]))["drill"]
    example = example_of(kind)
    assert kind.validator.violations(dict(example.document)) == []
    assert set(NEEDY) <= set(example.document)
    assert example.document["code"] == "X-1"
    optional = compiled(tmp_path, drill(properties=NEEDY, required=None))["drill"]
    assert set(NEEDY) <= set(example_of(optional).values)


def test_a_wrong_example_is_not_shown(tmp_path: Path) -> None:
    wrong = drill(examples=[{"kind": "drill"}], properties={"drills": {"type": "string", "examples": [1, "fire"]}})
    example = example_of(compiled(tmp_path, wrong)["drill"])
    assert example.document["id"] == "an-example"
    assert example.values["drills"] == "fire"


def test_no_example_is_made_up_where_only_its_author_can_know_one(tmp_path: Path) -> None:
    secret = {"type": "string", "pattern": "^[0-9]{17}$"}
    asked = compiled(tmp_path, drill(properties={"pin": secret}, required=["pin"]))["drill"]
    assert example_of(asked).document == {}
    free = compiled(tmp_path, drill(properties={"pin": secret}, required=None))["drill"]
    example = example_of(free)
    assert "pin" not in example.values
    assert {"kind", "id", "title", "visibility"} <= set(example.values)


def test_a_kind_of_the_tests_has_an_example_too(tmp_path: Path) -> None:
    kind = compiled(tmp_path, DRILL)["drill"]
    assert kind.validator.is_valid(dict(example_of(kind).document))
