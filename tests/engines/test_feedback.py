"""A site asks whether a procedure worked where it can, and says while it is built why it doesn't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.forge.feedback_forms import FEEDBACK_FORMS, FOLDERS
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build, read_html
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

FILES = {**BASE, "content/finance/bills.md": sop("bills")}
WHERE = {"repo_url": "https://github.com/example/handbook", "edit_uri": "edit/main/content/"}
FORMS = {f"{FOLDERS['github']}/{form.file}": "" for form in FEEDBACK_FORMS}


def test_with_the_forms_a_procedure_asks_and_no_search_finds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = build(make_handbook(tmp_path, {**FILES, **FORMS}, {"feedback": "issues"}, WHERE))
    asked = [
        attributes
        for _, attributes in read_html(site.article("finance/bills/")).tags
        if "Did this work?" in attributes.values()
    ]
    assert asked == [
        {"class": "hr-worked", "role": "group", "aria-label": "Did this work?", "data-search-exclude": None, "data-pagefind-ignore": None}
    ]  # fmt: skip
    links = site.links("finance/bills/")
    assert links["It worked"].startswith("https://github.com/example/handbook/issues/new?template=it-worked.yml&")
    assert "Did this work" not in str(site.searched())
    assert "Did this work" not in site.says("finance/")
    assert "asks for issues" not in capsys.readouterr().err


def test_without_them_it_asks_nothing_and_the_build_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = build(make_handbook(tmp_path, FILES, {"feedback": "issues"}, WHERE))
    assert "Did this work" not in site.says("finance/bills/")
    said = capsys.readouterr().err
    assert "the option `feedback` of the plugin handrail asks for issues, and the repository lacks the forms." in said
    told = handrail(tmp_path, "report", "scorecard", "--format", "json", "--audience", "public")
    on_site = json.loads((site.root / "handbook/measures.json").read_text("utf-8"))
    do = [
        next(one["unknown"]["do"] for one in measures["measures"] if one["name"] == "sop-errors")
        for measures in (json.loads(told.out), on_site)
    ]
    names = "it-worked.yml, something-wrong.yml and run.yml"
    assert do == [f"Put {names} into .github/ISSUE_TEMPLATE; README says where they come from."] * 2
    assert do[0] in site.says("handbook/measures/sop-errors/")
