"""The configuration of the forms: what a kind asks for, choices that nobody has to type, and what no form may touch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from handrail.errors import UsageError
from handrail.model.fields import Field, fields_of
from handrail.model.kinds import load_kinds
from handrail.web.cms.backend import backend_of
from handrail.web.cms.config import configuration
from handrail.web.cms.widgets import UNTOUCHED, Choices, form
from tests.model.building import document, handbook, kinds

GITHUB = backend_of("https://github.com/acme/handbook", "github", "main")
PLAN = document("vpmom", "finance", "period: FY27", "state: active", "parent: company")


def told(pages: Mapping[str, str] | None = None, **options: Any) -> dict[str, Any]:
    return configuration(handbook(pages or {}, **options), "content", GITHUB)


def collection(name: str, pages: Mapping[str, str] | None = None, **options: Any) -> dict[str, Any]:
    return next(one for one in told(pages, **options)["cms"]["collections"] if one["name"] == name)


def field(kind: str, name: str, pages: Mapping[str, str] | None = None, **options: Any) -> dict[str, Any]:
    return next(one for one in collection(kind, pages, **options)["fields"] if one["name"] == name)


def names(widget: Mapping[str, Any]) -> set[str]:
    return {one["name"] for one in widget.get("fields", ())} - {"text_"}


def below(asked: Field) -> Iterator[Field]:
    yield from asked.fields
    yield from asked.entry.fields if asked.entry else ()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_field_of_a_kind_is_in_its_form_or_is_kept_from_it(kind: str) -> None:
    fields = fields_of(kinds()[kind])
    shown = form(kind, fields, Choices(kinds()))
    assert {one.name for one in fields} - shown.keys() <= set(UNTOUCHED)
    for asked in fields:
        if asked.name in shown:
            assert {part.name for part in below(asked)} == names(shown[asked.name].widget)
    in_form = {one["name"] for one in collection(kind)["fields"] if one["widget"] != "hidden"}
    assert in_form == shown.keys() | {"body"} | ({"id"} if kind == "vpmom" else set())


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_who_may_read_a_page_has_to_be_said(kind: str) -> None:
    asked = field(kind, "visibility")
    assert asked["required"]
    assert "default" not in asked
    assert asked["label"] == "Who may read it"
    assert [option["value"] for option in asked["options"]] == ["public", "internal", "confidential"]


def test_no_form_shows_a_signature_and_none_of_its_fields_has_a_shape() -> None:
    text = json.dumps(told())
    assert "sign_offs" not in text
    assert "digest" not in text


def test_people_are_chosen_and_roles_begin_with_who_signs() -> None:
    rapid = field("sop", "rapid")
    assert [one["name"] for one in rapid["fields"]] == ["decide", "agree", "recommend", "perform", "input"]
    assert {one["name"]: one["collection"] for one in rapid["fields"]}["decide"] == "people_"
    assert {one["name"]: one["collection"] for one in rapid["fields"]}["agree"] == "who_"


def test_a_plan_is_chosen_among_those_in_force_that_the_audience_may_see() -> None:
    earlier = document("vpmom", "finance", "period: FY26", "state: active")
    private = document("vpmom", "board", "period: FY27", "state: active").replace(
        "visibility: public", "visibility: internal"
    )
    pages = {"fy26.md": earlier, "fy27.md": PLAN, "board.md": private}
    of = {one["field"]: one["values"] for one in field("sop", "vpmom", pages)["filters"]}
    assert of == {"kind": ["vpmom"], "plan_": ["finance@FY27"]}
    among_staff = field("sop", "vpmom", pages, audience="internal", visibility={".": "internal"})
    assert among_staff["filters"][1]["values"] == ["board@FY27", "finance@FY27"]


@pytest.mark.parametrize(
    ("kind", "name", "by"),
    [("department", "parent", "id"), ("vpmom", "parent", "id"), ("sop", "replaces", "ref_"), ("sop", "department", "")],
)
def test_no_page_is_chosen_for_itself(kind: str, name: str, by: str) -> None:
    left_out = [one for one in field(kind, name, {"fy27.md": PLAN})["filters"] if one.get("exclude")]
    assert left_out == ([{"field": by, "values": [f"{{{{fields.{by}}}}}"], "exclude": True}] if by else [])


def test_labels_are_those_of_the_chosen_plan_and_none_while_none_is_chosen() -> None:
    serves = field("sop", "serves", {"fy27.md": PLAN})
    assert serves["filters"][0] == {"field": "id", "values": ["{{fields.vpmom}}", "?"]}


def test_a_field_says_when_it_is_needed_in_the_words_of_the_form() -> None:
    assert "Needed where “State” is In use." in field("vpmom", "vision")["hint"]


def test_a_procedure_begins_as_a_draft_with_the_lines_of_a_new_page() -> None:
    assert field("sop", "state")["default"] == "draft"
    assert "## Steps" in field("sop", "body")["default"]


def test_nothing_is_deleted_nor_copied_with_its_signatures_and_nobody_accepts_what_they_wrote() -> None:
    for one in told()["cms"]["collections"]:
        if not one.get("hide"):
            assert (one["delete"], one["duplicate"], one["publish"]) == (False, False, False)
    assert not collection("people")["create"]
    assert not collection("prose", governed=["operations"])["create"]


def test_a_metric_or_a_measure_is_chosen_by_its_title() -> None:
    metric = document(
        "metric", "claim-days", "unit: days", "direction: down", "frequency: monthly", title="Days to pay"
    )
    secret = document("metric", "cash", "unit: EUR", "direction: up", "frequency: monthly").replace(
        "visibility: public", "visibility: confidential"
    )
    measures = field("vpmom", "measures", {"m.md": metric, "s.md": secret})
    options = next(one for one in measures["fields"] if one["name"] == "metric")["options"]
    assert options[0] == {"label": "Days to pay", "value": "claim-days"}
    assert "cash" not in {one["value"] for one in options}


def test_a_kind_of_ones_own_has_a_form_without_what_no_form_can_show(tmp_path: Any) -> None:
    own = {
        "$id": "policy.schema.json",
        "title": "Policy",
        "x-kind": {"name": "policy", "noun": "policy", "plural": "policies"},
        "allOf": [{"$ref": "common.schema.json#/$defs/document"}],
        "properties": {
            "weight": {"type": "integer", "minimum": 1},
            "scope": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        },
        "required": ["weight"],
        "unevaluatedProperties": False,
    }
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "policy.schema.json").write_text(json.dumps(own))
    known = load_kinds(tmp_path)
    told = configuration(handbook({}, known=known), "content", GITHUB)
    shown = next(one for one in told["cms"]["collections"] if one["name"] == "policy")
    weight = next(one for one in shown["fields"] if one["name"] == "weight")
    assert (weight["widget"], weight["value_type"], weight["min"], weight["required"]) == ("number", "int", 1, True)
    assert "scope" not in {one["name"] for one in shown["fields"]}
    assert "scope" not in told["forms"]["policy"]


@pytest.mark.parametrize(
    ("repo", "style", "sign_in", "app_id", "wanted"),
    [
        ("https://github.com/acme/handbook", "github", "", "", {"auth_methods": ["token"]}),
        ("https://github.com/acme/handbook", "github", "https://in.example/", "", {"base_url": "https://in.example"}),
        ("https://github.example/acme/handbook", "github", "", "", {"api_root": "https://github.example/api/v3"}),
        ("https://gitlab.com/acme/handbook", "gitlab", "", "a1", {"app_id": "a1", "auth_type": "pkce"}),
        ("https://git.example/a/b", "gitlab", "", "a1", {"api_root": "https://git.example/api/v4"}),
        ("https://codeberg.org/a/b", "gitea", "", "", {"base_url": "https://codeberg.org"}),
    ],
)
def test_the_forge_is_told(repo: str, style: str, sign_in: str, app_id: str, wanted: dict[str, Any]) -> None:
    backend = backend_of(repo, style, "main", sign_in, app_id)
    assert wanted.items() <= backend.options.items()
    assert backend.options["repo"] == repo.split("/", 3)[3]
    assert backend.proposes == (style != "gitea")


def test_the_wrong_way_to_sign_in_is_told() -> None:
    with pytest.raises(UsageError, match="--app-id"):
        backend_of("https://gitlab.com/a/b", "gitlab", "", "https://in.example")
    with pytest.raises(UsageError, match="--sign-in"):
        backend_of("https://github.com/a/b", "github", "", "", "a1")
