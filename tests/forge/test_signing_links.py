"""The link that fills in the form, the entry to paste, and the form itself agree with those who read it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from handrail.edit.event import read_form
from handrail.edit.frontmatter import with_entry
from handrail.forge.forge import Forge
from handrail.forge.signing_links import (
    DISAGREES,
    FIELDS,
    FORM,
    LABEL,
    TITLE,
    Signer,
    entries_to_paste,
    issue_form_url,
    role_text,
)
from handrail.model.roles import SIGNING, Role
from tests.conftest import ROOT
from tests.model.building import day

DIGEST = "t2:" + "0f" * 32
REPO = "https://github.com/marlstone/handbook"
GITHUB = Forge(REPO, "main", "content", "github")


def test_the_link_fills_in_all_but_the_note() -> None:
    url = urlsplit(issue_form_url(GITHUB, "vpmom:finance@FY27 & more", Role.AGREE, DIGEST))
    assert url.geturl().startswith(f"{REPO}/issues/new?")
    assert {name: values for name, (values,) in parse_qs(url.query).items()} == {
        "template": FORM,
        "title": "Sign-off: vpmom:finance@FY27 & more",
        "page": "vpmom:finance@FY27 & more",
        "role": "A: agrees",
        "digest": DIGEST,
    }
    assert "+" not in url.query


@pytest.mark.parametrize("style", ["gitlab", "gitea"])
def test_where_there_is_no_form_there_is_no_link(style: str) -> None:
    assert issue_form_url(Forge(REPO, "main", "content", style), "sop:a", Role.DECIDE, DIGEST) == ""


def test_the_entry_to_paste_is_the_one_that_is_written() -> None:
    [line] = entries_to_paste([Signer(Role.DECIDE, "Lena: B")], day("2026-03-03"), DIGEST)
    assert line == f'  - {{role: D, by: "Lena: B", date: 2026-03-03, digest: "{DIGEST}"}}'
    entry = {"role": "D", "by": "Lena: B", "date": "2026-03-03", "digest": DIGEST}
    assert with_entry(b"---\nid: a\n---\n", entry).decode() == f"---\nid: a\nsign_offs:\n{line}\n---\n"


def test_the_form_has_the_fields_of_the_link_in_their_order() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / FORM).read_text("utf-8"))
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert {field["id"]: field["attributes"]["label"] for field in fields} == dict(FIELDS)
    assert [field["id"] for field in fields] == list(FIELDS)
    assert [field["type"] for field in fields] == ["input", "input", "input", "textarea"]
    assert all(field["validations"]["required"] for field in fields)
    assert f"“{DISAGREES}”" in fields[-1]["attributes"]["description"]
    assert form["labels"] == [LABEL]
    assert form["title"] == TITLE
    assert set(form) == {"name", "description", "title", "labels", "body"}


@pytest.mark.parametrize("role", SIGNING)
def test_what_the_link_fills_in_is_read_again(role: Role) -> None:
    values = ["sop:a", role_text(role), DIGEST, "Tried it"]
    form = read_form("\n\n".join(f"### {h}\n\n{v}" for h, v in zip(FIELDS.values(), values, strict=True)))
    assert form is not None
    assert (form.page, form.role, form.digest, form.note) == ("sop:a", role, DIGEST, "Tried it")


def test_the_workflow_asks_for_what_the_form_sets() -> None:
    workflow = (ROOT / ".github/workflows/sign-off.yml").read_text("utf-8")
    assert f"contains(github.event.issue.labels.*.name, {json.dumps(LABEL)[1:-1]!r})" in workflow
    assert f"startsWith(github.event.issue.title, {TITLE!r})" in workflow
