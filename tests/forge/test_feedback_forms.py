"""The forms by which readers tell how a procedure went, and what links and readers know of them, agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from handrail.forge import signing_links
from handrail.forge.feedback_forms import (
    FEEDBACK_FORMS,
    FOLDERS,
    FORMS,
    IT_WORKED,
    RUN,
    SCORES,
    SOMETHING_WRONG,
    FeedbackForm,
    has_forms,
)
from handrail.forge.forge import Forge
from tests.conftest import ROOT

DIGEST = "t2:" + "0f" * 32
REPO = "https://github.com/marlstone/handbook"
OF_EACH = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.file)


def read(form: FeedbackForm) -> dict[str, Any]:
    text: dict[str, Any] = yaml.safe_load((ROOT / FOLDERS["github"] / form.file).read_text("utf-8"))
    return text


def questions(form: FeedbackForm) -> list[dict[str, Any]]:
    return [part for part in read(form)["body"] if part["type"] != "markdown"]


@OF_EACH
def test_the_file_has_the_fields_of_its_definition_in_their_order(form: FeedbackForm) -> None:
    found = [
        (part["id"], part["attributes"]["label"], part["type"], tuple(part["attributes"].get("options", ())))
        for part in questions(form)
    ]
    assert found == [(field.id, field.heading, field.kind, field.options) for field in form.fields]
    data = read(form)
    assert data["labels"] == [form.label]
    assert data["title"] == form.title
    assert set(data) == {"name", "description", "title", "labels", "body"}


@OF_EACH
def test_it_begins_with_who_will_see_it(form: FeedbackForm) -> None:
    first = read(form)["body"][0]
    assert first["type"] == "markdown"
    line = first["attributes"]["value"].splitlines()[0]
    for said in ("issue under your account", "everyone who can read this repository", "no names and no amounts"):
        assert said in line


@OF_EACH
def test_only_its_last_field_may_hold_several_lines(form: FeedbackForm) -> None:
    assert [field.kind for field in form.fields[:-1] if field.kind == "textarea"] == []


@OF_EACH
def test_page_and_digest_come_first_and_are_asked_of_everyone(form: FeedbackForm) -> None:
    assert [field.id for field in form.fields[:2]] == ["page", "digest"]
    assert [part["id"] for part in questions(form) if part["validations"]["required"]][:2] == ["page", "digest"]


def test_no_form_begins_as_another_does() -> None:
    first = [form.fields[0].heading for form in FORMS]
    first.append(next(iter(signing_links.FIELDS.values())))
    assert not [(one, other) for one in first for other in first if one is not other and one.startswith(other)]
    titles = [form.title for form in FORMS]
    assert len(set(titles)) == len(titles)
    assert signing_links.TITLE not in titles


def test_the_score_is_a_list_from_0_to_10_that_a_link_leaves_alone() -> None:
    score = IT_WORKED.fields[2]
    assert (score.id, score.kind, score.options) == ("score", "dropdown", SCORES)
    assert [int(text) for text in SCORES] == list(range(11))
    assert [field.id for form in FORMS for field in form.fields if field.kind == "dropdown"] == ["score"]


def test_on_github_a_link_fills_in_fields_by_their_ids() -> None:
    url = urlsplit(
        RUN.url(Forge(REPO, "main", "content", "github"), "sop:a & b", DIGEST, {"steps": "- [ ] 1 + 1\n- [ ] é"})
    )
    assert url.geturl().startswith(f"{REPO}/issues/new?")
    assert {name: values for name, (values,) in parse_qs(url.query).items()} == {
        "template": "run.yml",
        "title": "Run: sop:a & b",
        "page": "sop:a & b",
        "digest": DIGEST,
        "steps": "- [ ] 1 + 1\n- [ ] é",
    }
    assert "+" not in url.query


def test_on_gitea_a_link_names_the_path_of_the_form_and_marks_fields() -> None:
    forge = Forge("https://codeberg.org/marlstone/handbook", "main", "content", "gitea")
    url = urlsplit(SOMETHING_WRONG.url(forge, "sop:a", DIGEST, {"owner": "@ada"}))
    assert {name: values for name, (values,) in parse_qs(url.query).items()} == {
        "template": ".gitea/ISSUE_TEMPLATE/something-wrong.yml",
        "title": "Something was wrong: sop:a",
        "field:page": "sop:a",
        "field:digest": DIGEST,
        "field:owner": "@ada",
    }


def test_where_there_are_no_such_forms_there_is_no_link() -> None:
    assert IT_WORKED.url(Forge(REPO, "main", "content", "gitlab"), "sop:a", DIGEST) == ""


def test_a_repository_has_the_forms_where_its_forge_looks_for_them_and_none_is_missing(tmp_path: Path) -> None:
    github, gitea, gitlab = (Forge(REPO, "main", "content", style) for style in ("github", "gitea", "gitlab"))
    assert has_forms(github, ROOT)
    assert not has_forms(gitea, ROOT)
    assert not has_forms(gitlab, ROOT)
    assert not has_forms(None, ROOT)
    folder = tmp_path / FOLDERS["gitea"]
    folder.mkdir(parents=True)
    for form in FEEDBACK_FORMS:
        assert not has_forms(gitea, tmp_path)
        (folder / form.file).touch()
    assert has_forms(gitea, tmp_path)
