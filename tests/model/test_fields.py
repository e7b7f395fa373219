"""What a kind says of its fields is read off its schema, a company's own kind too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handrail.model.fields import Condition, Field, fields_of, own_examples
from handrail.model.kinds import Kind
from tests.model.building import kinds
from tests.model.test_kinds import DOCUMENT, DRILL, NAME, compiled, drill


def by_name(kind: Kind) -> dict[str, Field]:
    return {field.name: field for field in fields_of(kind)}


def own(folder: Path, properties: dict[str, Any], **beside: Any) -> dict[str, Field]:
    """Return the fields of a kind of a company's own."""
    return by_name(compiled(folder, drill(properties=properties, required=None, **beside))["drill"])


def test_what_is_needed_comes_first_then_the_kinds_own_fields_then_the_common_ones() -> None:
    names = list(by_name(kinds()["metric"]))
    assert names[:7] == ["kind", "id", "title", "visibility", "unit", "direction", "frequency"]
    assert names[7:10] == ["target", "indicator", "data"]
    assert names[10] == "description"
    fields = by_name(kinds()["metric"])
    assert [name for name in names if not fields[name].is_common] == [*names[4:7], *names[7:10]]


def test_a_field_has_all_that_the_parts_of_its_schema_say_of_it(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        {
            "judge": {**NAME, "x-who": ["person"], "description": "Who stands at the door.", "examples": ["lbk"]},
            "rounds": {"type": "integer", "minimum": 1, "maximum": 9, "title": "How often"},
            "room": {"$ref": "#/$defs/room", "maxLength": 5},
            "what": {"const": "fire"},
            "size": {"oneOf": [{"type": "number"}, {"enum": ["small"]}]},
        },
        **{"$defs": {"room": {"type": ["string", "null"], "description": "A number on a door.", "maxLength": 9}}},
    )
    judge, rounds, room, size = found["judge"], found["rounds"], found["room"], found["size"]
    assert (judge.purpose, judge.form[:17], judge.who) == (
        "Who stands at the door.",
        "A person or group",
        frozenset({"person"}),
    )
    assert judge.examples == ("lbk",)
    assert (rounds.title, rounds.types, rounds.least, rounds.most) == ("How often", ("integer",), 1, 9)
    assert (room.form, room.purpose, room.longest, room.types) == ("A number on a door.", "", 5, ("string", "null"))
    assert found["what"].values == ("fire",)
    assert [(form.types, form.values) for form in size.forms] == [(("number",), None), ((), ("small",))]


def test_a_common_field_that_a_kind_speaks_of_itself_is_its_own(tmp_path: Path) -> None:
    found = own(tmp_path, {"owner": {"description": "Who holds the keys."}})
    assert (found["owner"].purpose, found["owner"].is_common) == ("Who holds the keys.", False)
    assert found["owner"].who == {"person", "group"}
    assert found["contact"].is_common


def test_it_is_known_where_a_field_is_needed(tmp_path: Path) -> None:
    def case(asked: Any, *, otherwise: bool = False) -> dict[str, Any]:
        return {"if": asked, "else" if otherwise else "then": {"required": ["until"]}}

    of_state = {"properties": {"state": {"enum": ["done", "held"]}}, "required": ["state"]}
    cases = {
        "state": (case(of_state), Condition("state", ("done", "held"))),
        "not": (case(of_state, otherwise=True), Condition("state", ("done", "held"), holds=False)),
        "there": (case({"required": ["from"]}), Condition("from")),
        "said": (case({"not": {}, "description": "on Sundays"}), Condition(said="on Sundays")),
        "unsaid": (case({"properties": {"from": {"minLength": 3}}}), Condition()),
        "beside": ({"dependentRequired": {"from": ["until"]}}, Condition("from")),
        "schemas": ({"dependentSchemas": {"from": {"required": ["until"]}}}, Condition("from")),
        "choice": ({"anyOf": [{"required": ["until"]}, {"required": ["from"]}]}, Condition()),
    }
    for name, (schema, condition) in cases.items():
        fields = own(tmp_path, {"from": {}, "until": {}}, allOf=[DOCUMENT, schema])
        assert fields["until"].needed_where == ((condition,),), name
        assert not fields["until"].is_needed
    always = own(tmp_path, {"until": {}}, allOf=[DOCUMENT, {"required": ["until"]}, cases["state"][0]])
    assert (always["until"].is_needed, always["until"].needed_where) == (True, ())


def test_lists_and_groups_have_fields_of_their_own(tmp_path: Path) -> None:
    found = by_name(compiled(tmp_path, DRILL)["drill"])
    crew, rounds = found["crew"].entry, found["rounds"].entry
    assert crew is not None
    assert crew.who == {"person", "group"}
    assert rounds is not None
    assert [(field.name, field.format, field.is_material) for field in rounds.fields] == [
        ("on", "date", False),
        ("next", "", True),
    ]


def test_only_examples_that_the_schema_takes_are_given(tmp_path: Path) -> None:
    good = {"kind": "drill", "id": "fire", "title": "Fire", "visibility": "public", "drills": "leave"}
    given = [{**good, "crew": "x"}, "no document", {**good, "kind": "sop"}, good]
    assert own_examples(compiled(tmp_path, drill(examples=given))["drill"]) == (good,)
    assert own_examples(compiled(tmp_path, DRILL)["drill"]) == ()


def test_a_form_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    tree = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/tree"}}]}
    found = own(tmp_path, {"tree": {"anyOf": [{"$ref": "#/$defs/tree"}]}}, **{"$defs": {"tree": tree}})
    assert found["tree"].forms
