"""`measures.json` and its schema, as they are published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handrail.model.generated import GeneratedFolder
from handrail.web.measures_data import files, places
from handrail.web.metadata import Site
from tests.engines.drawn import BASE, PEOPLE, sop
from tests.pages.views import handbook_of, shown

SITE = Site("A handbook", "https://handbook.example/")
SECRET = {
    **BASE,
    "content/people.md": PEOPLE.replace("job: Bookkeeper}", "job: Bookkeeper, handle: secret-handle}"),
    "content/secret.md": sop("secret-page", visibility="internal", vpmom="", serves=""),
    "content/alone.md": sop("alone", vpmom="", serves=""),
}


def published(folder: Path, texts: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    made = dict(files(shown(handbook_of(folder, texts)), SITE))
    data, schema = (json.loads(made[place]) for place in places(GeneratedFolder()))
    return data, schema


@pytest.mark.parametrize("texts", [SECRET, {"content/index.md": "# Welcome\n"}], ids=["some pages", "none"])
def test_the_measures_hold_to_the_schema_beside_them(texts: dict[str, str], tmp_path: Path) -> None:
    data, schema = published(tmp_path, texts)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data)
    assert data["handbook"] == {"name": "A handbook", "url": "https://handbook.example/"}
    assert data["audience"] == "public"


def test_every_field_is_in_the_schema(tmp_path: Path) -> None:
    data, schema = published(tmp_path, SECRET)
    assert set(data) == set(schema["properties"])
    for measure in data["measures"]:
        assert set(measure) == set(schema["$defs"]["measure"]["properties"])
        for document in measure["documents"]:
            assert set(document) == {"ref", "url", "counts", "why"}


def test_nothing_stands_there_that_may_not_be_known(tmp_path: Path) -> None:
    data, _ = published(tmp_path, SECRET)
    said = json.dumps(data)
    assert "sop:alone" in said
    assert "secret" not in said


def test_they_lie_where_the_generated_pages_do() -> None:
    assert places(GeneratedFolder("about/handbook")) == (
        "about/handbook/measures.json",
        "about/handbook/measures.schema.json",
    )


FIELDS = "title: Calls\nunit: calls\ndirection: down\ntarget: under 5\nfrequency: monthly\ndata: calls.csv\n"
VALUES = "date,value\n2026-08-31,17.5\n2026-09-30,4\n2027-01-31,99\n"


def metric(id_: str, visibility: str = "public") -> str:
    return f"---\nkind: metric\nid: {id_}\nvisibility: {visibility}\n{FIELDS}---\n"


def test_metrics_stand_there_with_their_values_and_trend(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/calls.csv").write_text(VALUES, "utf-8", newline="\n")
    texts = {**BASE, "content/calls.md": metric("calls"), "content/s.md": metric("secret", "internal")}
    data, schema = published(tmp_path, {**texts, "content/calls.csv": VALUES})
    Draft202012Validator(schema).validate(data)
    assert data["metrics"] == [
        {
            "ref": "metric:calls",
            "unit": "calls",
            "direction": "down",
            "target": {"value": 5.0, "compare": "under", "from": "metric:calls", "said": "under 5"},
            "series": [{"date": "2026-08-31", "value": 17.5}, {"date": "2026-09-30", "value": 4}],
            "trend": {"points": 2, "slope": None, "p": None, "verdict": "too short"},
        }
    ]


def test_values_in_a_file_that_may_not_be_seen_stand_nowhere(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/calls.csv").write_text(VALUES, "utf-8", newline="\n")
    texts = {**BASE, "content/calls.md": metric("calls"), "content/calls.csv": VALUES}
    book = handbook_of(tmp_path, texts, {"visibility": {".": "public", "calls.csv": "internal"}})
    made = dict(files(shown(book), SITE))
    [found] = json.loads(made["handbook/measures.json"])["metrics"]
    assert (found["ref"], found["series"]) == ("metric:calls", [])
