"""Kinds are data: what schemas may say, what they mean, and a new kind with no line of Python."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handrail.errors import SchemaError
from handrail.model.kinds import Kind, Node, Phase, State, load_kinds, schema_files, shipped_schemas
from tests.model.building import document, handbook, kinds, only

DOCUMENT = {"$ref": "common.schema.json#/$defs/document"}
REFERENCE = {"$ref": "common.schema.json#/$defs/reference"}
NAME = {"$ref": "common.schema.json#/$defs/name"}
MEANS = {"kinds": ["sop"], "relation": "drills", "inverse": "is drilled by"}

# A kind of a company's own: what it holds is read, related and judged without a line of Python.
DRILL: dict[str, Any] = {
    "x-kind": {"name": "drill", "noun": "drill", "plural": "drills"},
    "allOf": [DOCUMENT, {"properties": {"judge": {**NAME, "x-who": ["person"]}}}],
    "properties": {
        "drills": {**REFERENCE, "x-ref": MEANS},
        "crew": {"type": "array", "items": {**NAME, "x-who": ["person", "group"]}},
        "rounds": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "on": {"$ref": "common.schema.json#/$defs/day"},
                    "next": {"$ref": "#/$defs/link", "x-material": True},
                },
                "additionalProperties": False,
            },
        },
    },
    "$defs": {"link": {**REFERENCE, "x-ref": {**MEANS, "kinds": [], "also": ["none"]}}},
    "required": ["drills"],
    "unevaluatedProperties": False,
}


def compiled(folder: Path, schema: Any, **others: Any) -> dict[str, Kind]:
    (folder / "schemas").mkdir(exist_ok=True)
    for name, text in {"drill": schema, **others}.items():
        content = text if isinstance(text, str) else json.dumps(text)
        (folder / "schemas" / f"{name}.schema.json").write_text(content, "utf-8")
    return load_kinds(folder)


def drill(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**DRILL, **changes}.items() if value is not None}


def test_a_new_kind_is_a_new_schema_and_no_python(tmp_path: Path) -> None:
    known = compiled(tmp_path, DRILL)
    book = handbook(
        {
            "fire.md": document(
                "drill",
                "fire",
                "drills: leave",
                "judge: LBK",
                "crew: [oha, nobody]",
                "rounds: [{on: 2026-03-01, next: none}]",
            ),
            "wrong.md": document("drill", "wrong", "drills: nowhere", "rounds: [{on: soon, then: x}]", "crew: x"),
            "leave.md": document("sop", "leave", "state: draft"),
            "sop.md": document("sop", "other", "state: draft", body="See [[drill:fire]].\n"),
        },
        known=known,
    )
    fire, wrong = only(book, "fire.md"), only(book, "wrong.md")
    assert (book.counts["drill"], fire.is_valid, wrong.is_valid) == (2, True, False)
    assert sorted(violation.path for violation in wrong.violations) == [
        ("crew",),
        ("rounds", 0, "on"),
        ("rounds", 0, "then"),
    ]
    [reference] = book.references[fire]
    assert (reference.path, reference.target) == (("drills",), only(book, "leave.md"))
    assert (reference.meaning.relation, reference.meaning.inverse) == ("drills", "is drilled by")
    assert [reference.page for reference in book.back_references[only(book, "leave.md")]] == [fire]
    assert book.references[wrong][0].resolution.status == "unknown"
    assert book.back_links[fire] == [only(book, "sop.md")]
    assert fire.kind is not None
    names = [(path, text) for path, node, text in fire.kind.meanings(fire.data) if node.who]
    assert names == [(("judge",), "LBK"), (("crew", 0), "oha"), (("crew", 1), "nobody")]


def test_annotations_are_found_through_ref_and_all_of(tmp_path: Path) -> None:
    kind = compiled(tmp_path, DRILL)["drill"]
    fields = kind.fields
    assert fields["judge"].who == {"person"}
    crew, rounds = fields["crew"].items, fields["rounds"].items
    assert crew is not None
    assert rounds is not None
    assert crew.who == {"person", "group"}
    link = rounds.fields["next"]
    assert link.ref is not None
    assert link.ref.kinds == ()
    assert link.ref.also == {"none"}
    assert link.material
    assert fields["owner"].who == {"person", "group"}
    assert fields["title"].material
    assert not fields["drills"].material


LIFE = {"planned": {"phase": "unwritten", "word": "Planned"}, "held": {"phase": "in force", "word": "Held"}}


def with_states(states: Any, values: Any = ("planned", "held"), **beside: Any) -> dict[str, Any]:
    return drill(properties={"state": {"enum": list(values), "x-state": states}, **beside})


def in_state(phase: Any = "other", word: Any = "Held", **more: Any) -> dict[str, Any]:
    return with_states({**LIFE, "held": {"phase": phase, "word": word, **more}})


def test_a_schema_says_how_its_documents_stand(tmp_path: Path) -> None:
    # The values may stand in one part of a schema and what they mean in another.
    parted = drill(
        allOf=[DOCUMENT, {"properties": {"state": {"x-state": LIFE}}}],
        properties={"state": {"$ref": "#/$defs/life"}},
        **{"$defs": {"life": {"enum": ["planned", "held"]}}},
        required=[],
    )
    for schema in (parted, {**with_states(LIFE), "required": []}):
        known = compiled(tmp_path, schema)
        assert known["drill"].states == {
            "planned": State(Phase.UNWRITTEN, "Planned"),
            "held": State(Phase.IN_FORCE, "Held"),
        }
    pages = {f"{name}.md": document("drill", name, f"state: {name}") for name in ("planned", "held", "lost")}
    pages |= {"bare.md": document("drill", "bare"), "prose.md": "---\nstate: retired\n---\nText\n"}
    pages |= {
        "stateless.md": document("metric", "stateless"),
        "strange.md": document("strange", "strange", "state: held"),
    }
    book = handbook(pages, known=known)
    assert {path: (page.phase, page.state_word) for path, page in book.by_src_uri.items()} == {
        "planned.md": (Phase.UNWRITTEN, "Planned"),
        "held.md": (Phase.IN_FORCE, "Held"),
        "lost.md": (Phase.OTHER, ""),
        "bare.md": (Phase.OTHER, ""),
        "prose.md": (Phase.IN_FORCE, ""),
        "stateless.md": (Phase.IN_FORCE, ""),
        "strange.md": (Phase.IN_FORCE, ""),
    }


# states with their phases, those to come, the one in which a page is begun
LIVES: list[tuple[dict[str, str], tuple[str, ...], str]] = [
    ({"known": "unwritten", "sketch": "other", "holds": "in force", "halted": "other", "gone": "retired"}, ("known", "sketch"), "sketch"),
    ({"holds": "in force", "halted": "other", "known": "unwritten"}, ("known",), "known"),
    ({"seen": "other", "closed": "other"}, (), "seen"),
    ({"gone": "retired", "holds": "in force"}, (), "gone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "to_come", "first"), LIVES, ids=["a whole life", "in force first", "no force", "none to come"]
)
def test_what_is_to_come_stands_before_what_is_in_force(
    phases: dict[str, str], to_come: tuple[str, ...], first: str, tmp_path: Path
) -> None:
    states = {name: {"phase": phase, "word": name.title()} for name, phase in phases.items()}
    known = compiled(tmp_path, {**with_states(states, phases), "required": []})
    kind = known["drill"]
    assert (kind.states_to_come, kind.first_state) == (to_come, first)
    book = handbook({f"{name}.md": document("drill", name, f"state: {name}") for name in phases}, known=known)
    assert {page.id for page in book.pages if page.is_to_come} == set(to_come)
    assert {page.id for page in book.pages if page.is_draft} == {name for name in to_come if phases[name] == "other"}


# name of the case, schema, what the sentence says
REFUSED: list[tuple[str, Any, str]] = [
    ("under anyOf", drill(anyOf=[{"properties": {"a": {"x-ref": MEANS}}}]), "`x-ref` stands under `anyOf`"),
    ("under if", drill(**{"if": {"properties": {"a": {"x-who": ["person"]}}}}), "`x-who` stands under `if`"),
    ("under then", drill(then={"properties": {"a": {"x-material": True}}}), "`x-material` stands under `then`"),
    ("under not", drill(**{"not": {"x-label": "a"}}), "`x-label` stands under `not`"),
    ("under patternProperties", drill(patternProperties={"^a": {"x-ref": MEANS}}), "stands under `patternProperties`"),
    ("under additionalProperties", drill(additionalProperties={"x-ref": MEANS}), "stands under `additionalProperties`"),
    ("under prefixItems", drill(properties={"a": {"prefixItems": [{"x-ref": MEANS}]}}), "stands under `prefixItems`"),
    ("far below", drill(properties={"a": {"items": {"oneOf": [{"x-who": ["person"]}]}}}), "`x-who` stands under `oneOf`"),
    ("reference to the web", drill(properties={"a": {"$ref": "https://example.org/a.schema.json"}}), "lies outside schemas/"),
    ("reference to a folder above", drill(properties={"a": {"$ref": "../a.schema.json"}}), "lies outside schemas/"),
    ("reference to an absolute path", drill(properties={"a": {"$ref": "/etc/passwd"}}), "lies outside schemas/"),
    ("reference to a file address", drill(properties={"a": {"$ref": "file:///a.schema.json"}}), "lies outside schemas/"),
    ("reference to a file that is not there", drill(properties={"a": {"$ref": "b.schema.json"}}), "lies outside schemas/"),
    ("reference to a file without its suffix", drill(properties={"a": {"$ref": "common#/$defs/line"}}), "lies outside schemas/"),
    ("reference to nothing in a file", drill(properties={"a": {"$ref": "common.schema.json#/$defs/b"}}), "names nothing"),
    ("reference that is no text", drill(properties={"a": {"$ref": 1}}), "`$ref` must be a text"),
    ("reference to itself", drill(properties={"a": {"$ref": "#/properties/a"}}), "refers to itself"),
    ("circle of references", drill(**{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "properties": {"c": {"$ref": "#/$defs/a"}}}), "refers to itself"),
    ("x-kind that is a text", drill(**{"x-kind": "drill"}), "`x-kind` must be an object"),
    ("x-kind without a noun", drill(**{"x-kind": {"name": "drill"}}), "`x-kind` must be an object"),
    ("x-ref without a relation", drill(properties={"a": {"x-ref": {"kinds": []}}}), "`x-ref` must be an object"),
    ("x-who that is a text", drill(properties={"a": {"x-who": "person"}}), "`x-who` must be a list"),
    ("x-who of others", drill(properties={"a": {"x-who": ["robot"]}}), "`x-who` must be a list"),
    ("x-label that is no text", drill(properties={"a": {"x-label": True}}), "`x-label` must name"),
    ("x-material that is no truth", drill(properties={"a": {"x-material": "yes"}}), "`x-material` must be true or false"),
    ("x-state that is a list", with_states(["planned", "held"]), "#/properties/state: `x-state` must give each value"),
    ("x-state of words alone", with_states({"planned": "Planned", "held": "Held"}), "#/properties/state: `x-state` must give each value"),
    ("x-state with another phase", in_state(phase="active"), "#/properties/state: `x-state` must give each value"),
    ("x-state with a list as phase", in_state(phase=["other"]), "#/properties/state: `x-state` must give each value"),
    ("x-state with no visible word", in_state(word=" \u200b"), "#/properties/state: `x-state` must give each value"),
    ("x-state with a word on two lines", in_state(word="Held\nlast week"), "#/properties/state: `x-state` must give each value"),
    ("x-state with a third fact", in_state(colour="red"), "#/properties/state: `x-state` must give each value"),
    ("x-state of nothing", with_states({}), "#/properties/state: `x-state` must give each value"),
    ("x-state of a value that is none", with_states({**LIFE, "won": LIFE["held"]}), "#/properties/state: `x-state` names `won`, which the `enum`"),
    ("x-state where any value may stand", drill(properties={"state": {"type": "string", "x-state": LIFE}}), "#/properties/state: `x-state` names `planned`, `held`"),
    ("x-state that leaves a value out", with_states(LIFE, ("planned", "held", "won")), "#/properties/state: nothing says how a page stands whose `state` is `won`"),
    ("x-state of texts for numbers", with_states({"1": LIFE["held"]}, (1,)), "#/properties/state: `x-state` names `1`"),
    ("state that nothing is said of", drill(properties={"state": {"enum": ["planned", "held"]}}), "#/properties/state: nothing says how a page stands whose `state` is `planned` or `held`"),
    ("x-state on another field", drill(properties={"stage": {"enum": ["held"], "x-state": LIFE}}), "#/properties/stage: `x-state` stands at `stage`"),
    ("x-state below a field", with_states(LIFE, round={"properties": {"state": {"x-state": LIFE}}}), "#/properties/round/properties/state: `x-state` stands at `round.state`"),
    ("x-state on the items of a list", with_states(LIFE, rounds={"items": {"x-state": LIFE}}), "#/properties/rounds/items: `x-state` stands at `rounds`"),
    ("x-state at the top", drill(**{"x-state": LIFE}), "#: `x-state` stands at the top"),
    ("x-state in a definition", drill(properties={"state": {"$ref": "#/$defs/life"}}, **{"$defs": {"life": {"enum": ["held"], "x-state": LIFE}}}), "#/$defs/life: `x-state` names `planned`"),
    ("x-state under anyOf", drill(anyOf=[{"properties": {"state": {"x-state": LIFE}}}]), "#: `x-state` stands under `anyOf`"),
    ("without the common fields", drill(allOf=None), "needs the common fields"),
    ("open", drill(unevaluatedProperties=None), "a kind is closed"),
    ("name of another kind", drill(**{"x-kind": {"name": "sop", "noun": "a", "plural": "b"}}), "already defined"),
    ("no JSON", "{", "can't be read as JSON"),
    ("no object", [], "must hold one JSON object"),
    ("no schema", drill(properties={"a": {"type": "txt"}}), "drill.schema.json#/properties/a/type is not usable as JSON Schema"),
    ("no pattern", drill(properties={"a": {"pattern": "("}}), "drill.schema.json#/properties/a/pattern: the pattern `(` can't be used"),
    ("unknown format", drill(properties={"a": {"format": "e-mail"}}), "drill.schema.json#/properties/a/format: there is no format `e-mail`"),
    ("unknown format that is like none", drill(properties={"a": {"format": "zzz"}}), "Known are date, date-time,"),
    ("field with the name of a keyword", drill(properties={"format": {"format": 1}}), "drill.schema.json#/properties/format/format is not usable"),
    ("reference to nothing far below", drill(properties={"a": {"anyOf": [{"$ref": "#/$defs/b"}]}}), "drill.schema.json#/properties/a/anyOf/0: `#/$defs/b` names nothing"),
    ("x-who in a list of conditions", drill(allOf=[DOCUMENT, {"properties": {"a/b": {"x-who": 1}}}]), "drill.schema.json#/allOf/1/properties/a~1b: `x-who`"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_schema_that_can_not_be_used(schema: Any, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as error:
        compiled(tmp_path, schema)
    message = str(error.value)
    assert sentence in message
    assert message.startswith(("drill.schema.json", "sop.schema.json"))
    assert "\n" not in message


def test_a_folder_of_schemas_that_may_not_be_read_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(tmp_path, DRILL)
    iterdir = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder == tmp_path / "schemas":
            raise PermissionError(13, "Permission denied", str(folder))
        return iterdir(folder)

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    with pytest.raises(SchemaError, match=r"^schemas/ can't be read: Permission denied\.$"):
        load_kinds(tmp_path)


def test_a_file_of_the_same_name_replaces_the_shipped_one(tmp_path: Path) -> None:
    own = json.loads((shipped_schemas() / "improvement.schema.json").read_text("utf-8"))
    own["properties"]["cost"] = {"type": "number"}
    known = compiled(tmp_path, DRILL, improvement=own)
    assert "cost" in known["improvement"].fields
    assert set(known) == {*kinds(), "drill"}
    assert schema_files(tmp_path)["improvement"].parent == tmp_path / "schemas"


def test_schemas_are_compiled_anew_just_where_they_say_something_else(tmp_path: Path) -> None:
    before = compiled(tmp_path, DRILL)
    assert all(kind is before[name] for name, kind in load_kinds(tmp_path).items())
    del before["sop"]
    assert "sop" in load_kinds(tmp_path)
    after = compiled(tmp_path, drill(properties={"cost": {"type": "number"}}))
    assert "cost" in after["drill"].fields
    assert "cost" not in before["drill"].fields


def test_a_file_that_only_a_condition_refers_to_is_read(tmp_path: Path) -> None:
    far = {"anyOf": [{"$ref": "parts.schema.json#/$defs/x"}, {"type": "number"}], "default": {"$ref": "no reference"}}
    kind = compiled(
        tmp_path, drill(properties={"drills": far}), parts={"$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"const": "z"}}}
    )
    validator = kind["drill"].validator
    document = {"kind": "drill", "id": "a", "title": "A", "visibility": "public"}
    assert [validator.is_valid({**document, "drills": value}) for value in ("z", 5, "y")] == [True, True, False]


def test_a_fault_of_a_shared_definition_is_named_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"^parts\.schema\.json#/\$defs/x/pattern: "):
        compiled(
            tmp_path,
            drill(properties={"drills": {"$ref": "parts.schema.json#/$defs/x"}}),
            parts={"$defs": {"x": {"pattern": "("}}},
        )


def test_a_raw_form_is_for_editors_alone(tmp_path: Path) -> None:
    raw = {"anyOf": [{"type": "number"}, {"x-raw": True, "type": "boolean"}], "properties": {"x-raw": {"const": True}}}
    validator = compiled(tmp_path, drill(properties={"drills": raw}))["drill"].validator
    document = {"kind": "drill", "id": "a", "title": "A", "visibility": "public"}
    assert validator.is_valid({**document, "drills": 5})
    assert not validator.is_valid({**document, "drills": True})


def test_a_folder_beside_schemas_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "outside.schema.json").write_text("{}", "utf-8")
    with pytest.raises(SchemaError, match="outside schemas/"):
        compiled(tmp_path, drill(properties={"a": {"$ref": "../outside.schema.json"}}))


def test_a_definition_holds_no_kind_of_its_own(tmp_path: Path) -> None:
    assert "parts" not in compiled(tmp_path, DRILL, parts={"$defs": {"x": {"type": "string"}}})


def nodes(node: Node, name: str = "") -> Iterator[tuple[str, Node]]:
    yield name, node
    for key, below in node.fields.items():
        yield from nodes(below, f"{name}.{key}")
    if node.items is not None:
        yield from nodes(node.items, f"{name}[]")


MATERIAL = {
    "sop": {"review_every", "trigger", "process"},
    "vpmom": {"period", "vision", "priorities", "methods", "obstacles", "measures"},
    "mission": {"statement"},
    "vision": {"statement", "horizon"},
}


@pytest.mark.parametrize("name", sorted(kinds()))
def test_the_signed_text_holds_the_fields_of_the_content_model(name: str) -> None:
    kind = kinds()[name]
    material = {path.lstrip(".") for path, node in nodes(kind.root) if node.material and "." not in path.lstrip(".")}
    assert material == {"kind", "id", "title", "rapid", "replaces"} | MATERIAL.get(name, set())
    assert kind.signed is (name in MATERIAL)


def signed(node: Node, name: str = "") -> Iterator[tuple[str, Node]]:
    """Yield the fields that belong to a signed text, and all below them."""
    for key, below in node.fields.items():
        if below.material or name:
            yield f"{name}.{key}", below
            yield from signed(below, f"{name}.{key}")
    if node.items is not None and name:
        yield from signed(node.items, f"{name}[]")


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_field_of_a_signed_text_has_a_name_for_readers(name: str) -> None:
    fields = dict(signed(kinds()[name].root))
    assert ".rapid.decide" in fields
    assert [path for path, node in fields.items() if not node.title] == []


def test_the_names_of_fields_are_those_that_pages_show() -> None:
    process = kinds()["sop"].fields["process"]
    states = process.fields["states"].items
    assert states is not None
    shown = (process, *(states.fields[name] for name in ("name", "owner", "next_action", "sla", "final")))
    assert [node.title for node in shown] == [
        "How it moves", "State", "Who acts", "What comes next", "How fast", "The end",
    ]  # fmt: skip
    priorities = kinds()["vpmom"].fields["priorities"].items
    assert priorities is not None
    assert (priorities.title, priorities.fields["team"].title) == ("", "Team")


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_that_a_reference_names_is_there(name: str) -> None:
    for path, node in nodes(kinds()[name].root):
        assert node.ref is None or set(node.ref.kinds) <= set(kinds()), path
