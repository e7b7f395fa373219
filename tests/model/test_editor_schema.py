"""The schema for editors lets every page of the example pass, and finds what is wrong in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handrail.model.editor_schema import editor_schema
from handrail.model.kinds import load_kinds, schema_files
from handrail.text.source import read_source
from tests.model.published import Plain
from tests.model.test_kinds import compiled, drill

EXAMPLE = Path(__file__).resolve().parents[2] / "content"
PAGES = {path.relative_to(EXAMPLE).as_posix(): read_source(path.read_bytes()).data for path in EXAMPLE.rglob("*.md")}
SOP = {"kind": "sop", "id": "pay", "title": "Pay", "visibility": "public", "state": "draft"}


def validator(project: Path | None = None, keep: tuple[str, ...] = ()) -> Any:
    schema = editor_schema(project, keep)
    del schema["$schema"]  # else the validator of that name takes over, with Python's patterns
    return Plain(schema)


@pytest.fixture(scope="module")
def ours() -> Any:
    return validator()


def test_no_page_of_the_example_is_refused_and_none_is_passed_over(ours: Any) -> None:
    assert [path for path, data in PAGES.items() if not ours.is_valid(data)] == []
    documents = {path: data for path, data in PAGES.items() if "kind" in data}
    assert len(documents) > 100
    assert [path for path, data in documents.items() if ours.is_valid({**data, "tirgger": "x"})] == []


@pytest.mark.parametrize(
    "wrong",
    [{"state": "activ"}, {"id": "A b"}, {"visibility": "pubic"}, {"asked_as": "x"}, {"review_every": "13 months"}, {"kind": "spo"}],
)  # fmt: skip
def test_a_wrong_value_is_refused(ours: Any, wrong: dict[str, Any]) -> None:
    assert ours.is_valid(SOP)
    assert not ours.is_valid({**SOP, **wrong})


@pytest.mark.parametrize("missing", ["state", "id", "visibility"])
def test_a_field_that_is_needed_is_asked_for(ours: Any, missing: str) -> None:
    assert not ours.is_valid({name: value for name, value in SOP.items() if name != missing})


def test_what_handrail_completes_is_let_pass(ours: Any) -> None:
    assert ours.is_valid({name: value for name, value in SOP.items() if name != "title"})
    plan = {"kind": "vpmom", "id": "a", "visibility": "public", "period": "FY27", "state": "draft"}
    assert ours.is_valid({**plan, "priorities": [{"Paid": "in ten days"}, "Another", {"text": "One more"}]})


def test_prose_is_asked_for_nothing(ours: Any) -> None:
    assert ours.is_valid({"title": "Welcome", "hide": ["navigation"], "weight": 3})


def properties(schema: dict[str, Any], file: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][file]["properties"]
    return found


def test_an_editor_reads_what_a_field_is_for_and_what_it_takes_beside_the_field() -> None:
    schema = editor_schema()
    plan = properties(schema, "sop.schema.json")["vpmom"]
    own = json.loads(schema_files(None)["sop"].read_text("utf-8"))["properties"]["vpmom"]["description"]
    assert plan["title"] == "Plan"
    assert plan["description"].split("\n\n") == [own, "An id, `kind:id`, or for a plan `id@period`."]
    assert plan["patternErrorMessage"] == "An id, `kind:id`, or for a plan `id@period`."
    assert properties(schema, "sop.schema.json")["state"]["title"] == "State"
    kind = schema["properties"]["kind"]
    assert kind["enum"] == sorted(load_kinds())
    assert f"- sop: {load_kinds()['sop'].description}" in kind["description"]


def test_a_company_s_own_kind_and_what_it_keeps_are_in_it(tmp_path: Path) -> None:
    compiled(tmp_path, drill())
    page = {"kind": "drill", "id": "fire", "title": "Fire", "visibility": "public", "drills": "leave"}
    own = validator(tmp_path, ("owner_slack", "x-*", "a.b"))
    assert own.is_valid(page)
    assert not own.is_valid({**page, "drills": "No id"})
    assert own.is_valid({**page, "owner_slack": "#a", "x-team": 3, "a.b": 1})
    assert own.is_valid({**SOP, "x-team": 3})
    assert not own.is_valid({**page, "owner_slacks": "#a"})
    assert not own.is_valid({**page, "axb": 1})
    assert not validator(tmp_path).is_valid({**page, "x-team": 3})


def test_no_reference_leaves_the_schema() -> None:
    text = json.dumps(editor_schema())
    assert text.count('"$ref": "') == text.count('"$ref": "#/')
