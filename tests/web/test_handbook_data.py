"""`handbook.json` and its schema: what readers of the same audience see anyway, and nothing more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handrail.model.generated import GeneratedFolder
from handrail.model.settings import Visibility
from handrail.web.handbook_data import files, places
from handrail.web.metadata import Metadata, Site
from tests.engines.drawn import BASE, PEOPLE, PLAN, sop
from tests.pages.views import handbook_of, shown

SITE = Site("A handbook", "https://handbook.example/")
STAFF = PEOPLE.replace(
    "- {id: aro, name: Ada Roth, job: Bookkeeper}",
    "- {id: aro, name: Ada Roth, job: Bookkeeper, handle: hidden-handle, until: 2026-01-31}\n"
    "      - {id: zed, name: Zed Unseen, job: Keeper of the hidden page}",
)
TEXTS = {
    **BASE,
    "content/people.md": STAFF,
    "content/company/old-plan.md": PLAN.replace("FY27", "FY26"),
    "content/company/next-plan.md": PLAN.replace("period: FY27", "period: FY28"),
    "content/a.md": sop("seen", "Body of its own.", vpmom="company", replaces="hidden-page"),
    "content/b.md": sop("hidden-page", visibility="internal", vpmom="company", owner="zed"),
    "content/c.md": sop("known", "", state="stub", sign_offs="", title="'Half \\udc80 of it'"),
    "content/d.md": sop("old", sign_offs="[{role: D, by: mok, date: 2025-01-15}]", owner="Somebody else"),
    "content/prose.md": "# Only prose\n",
}


def published(
    folder: Path, texts: dict[str, str] = TEXTS, audience: Visibility = "public"
) -> tuple[dict[str, Any], dict[str, Any]]:
    data, schema = map(json.loads, written(folder, texts, audience))
    return data, schema


def written(folder: Path, texts: dict[str, str], audience: Visibility) -> tuple[str, ...]:
    seen = shown(handbook_of(folder, texts, {"audience": audience}), audience)
    made = dict(files(seen, SITE, Metadata(seen, SITE)))
    return tuple(made[place] for place in places(GeneratedFolder()))


def documents(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["ref"]: one for one in data["documents"]}


@pytest.mark.parametrize("texts", [TEXTS, {"content/index.md": "# Welcome\n"}], ids=["some pages", "none"])
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_it_holds_to_the_schema_beside_it(texts: dict[str, str], audience: Visibility, tmp_path: Path) -> None:
    data, schema = published(tmp_path, texts, audience)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data)
    assert data["audience"] == audience
    assert set(data) == set(schema["properties"])
    for one in data["documents"]:
        assert set(one) == set(schema["$defs"]["document"]["properties"])


def test_how_each_document_stands(tmp_path: Path) -> None:
    found = documents(published(tmp_path)[0])
    assert {ref: one["shown"] for ref, one in found.items()} == {
        "department:company": None,
        "department:finance": None,
        "people:people": None,
        "sop:expense-claims": "signed",
        "sop:known": "unwritten",
        "sop:old": "late",
        "sop:seen": "signed",
        "vpmom:company@FY26": "superseded",
        "vpmom:company@FY27": "signed",
        "vpmom:company@FY28": "coming",
    }
    claims = found["sop:expense-claims"]
    assert claims["rapid"] == {"D": ["tli"], "R": ["books"]}
    assert claims["signed"] == {"on": "2026-03-03", "until": "2027-03-03", "text_state": "as signed"}
    assert claims["digest"] == "t2:e2f7ddf32308b434ca76d715dad6b8bf94fc607d1f822ff64af92fc1411604a2"
    assert (claims["department"], claims["owner"], claims["contact"]) == ("department:finance", "tli", "#ask-finance")
    assert (claims["source"], claims["url"]) == ("content/finance/expense-claims.md", "finance/expense-claims/")
    assert found["sop:seen"]["signed"]["text_state"] == "unbound"
    assert (found["sop:known"]["signed"], found["sop:known"]["state"]) == (None, "stub")
    assert found["sop:old"]["owner"] == "Somebody else"
    assert found["vpmom:company@FY27"]["period"] == "FY27"


def test_relations_have_both_their_ends(tmp_path: Path) -> None:
    data, _ = published(tmp_path)
    known = documents(data)
    assert data["relations"]
    assert {end for one in data["relations"] for end in (one["from"], one["to"])} <= set(known)
    of_claims = [one for one in data["relations"] if one["from"] == "sop:expense-claims"]
    assert {(one["field"], one["to"]) for one in of_claims} == {
        ("vpmom", "vpmom:company@FY27"),
        ("department", "department:finance"),
    }
    inside, _ = published(tmp_path, audience="internal")
    assert ("sop:seen", "sop:hidden-page") in {(one["from"], one["to"]) for one in inside["relations"]}


def test_nothing_stands_there_that_may_not_be_known(tmp_path: Path) -> None:
    text, _ = written(tmp_path, TEXTS, "public")
    for word in ("hidden-page", "Hidden page", "hidden-handle", "marao", "Body of its own", "Only prose"):
        assert word not in text
    assert "hidden-page" in written(tmp_path, TEXTS, "internal")[0]


def test_people_are_those_of_the_list_and_where_that_may_not_be_seen_those_whom_pages_name(tmp_path: Path) -> None:
    data, _ = published(tmp_path)
    assert {one["id"]: one["left"] for one in data["people"]} == {"mok": False, "tli": False, "aro": True, "zed": False}
    assert data["groups"] == [{"id": "books", "name": "Bookkeeping", "members": ["tli", "aro"]}]
    closed = {**TEXTS, "content/people.md": STAFF.replace("visibility: public", "visibility: internal")}
    data, _ = published(tmp_path, closed)
    assert [one["id"] for one in data["people"]] == ["mok", "tli"]
    assert data["groups"] == [{"id": "books", "name": "Bookkeeping", "members": ["tli"]}]


def test_two_builds_of_one_day_are_equal(tmp_path: Path) -> None:
    backwards = dict(reversed(TEXTS.items()))
    assert written(tmp_path, TEXTS, "public") == written(tmp_path, backwards, "public")


def test_they_lie_where_the_generated_pages_do() -> None:
    assert places(GeneratedFolder("about/handbook")) == (
        "about/handbook/handbook.json",
        "about/handbook/handbook.schema.json",
    )
