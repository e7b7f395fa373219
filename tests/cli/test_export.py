"""`handrail export cms` writes the forms' page, leaves what others wrote, and says whether it is up to date and on the site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.drawing import PEOPLE, sop
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

FILES = ("config.json", "forms.js", "index.html", "lines.js", "pages.js", "start.js")
PAGES = {
    "content/people.md": PEOPLE,
    "content/pay.md": sop("pay", "Pay", "state: active\nrapid: LBK(D)\n"),
}
REPO = {"repo_url": "https://github.com/acme/handbook", "edit_uri": "edit/main/content/"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_handbook(Repo(tmp_path / "repo").root, PAGES, {}, REPO)


def refused(folder: Path, *arguments: str) -> str:
    outcome = handrail(folder, "export", "cms", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    return outcome.err


def test_write_check_and_write_again(folder: Path) -> None:
    outcome = handrail(folder, "export", "cms", "--check")
    assert (outcome.code, outcome.out) == (1, "There is no content/admin yet; `handrail export cms` writes it.\n")
    outcome = handrail(folder, "export", "cms")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Wrote 6 files in content/admin.\nIt is not on the site.")
    assert f"  assets: [{', '.join(f'admin/{name}' for name in FILES)}]\n" in outcome.out
    assert sorted(path.name for path in (folder / "content/admin").iterdir()) == list(FILES)
    assert handrail(folder, "export", "cms", "--check").code == 0
    assert handrail(folder, "export", "cms").out.startswith("content/admin is up to date.\n")
    told = json.loads((folder / "content/admin/config.json").read_text("utf-8"))["cms"]
    assert told["backend"] == {"name": "github", "repo": "acme/handbook", "branch": "main", "auth_methods": ["token"]}
    assert told["publish_mode"] == "editorial_workflow"
    assert {one["folder"] for one in told["collections"]} == {"content"}


def test_a_new_plan_makes_the_page_out_of_date(folder: Path) -> None:
    handrail(folder, "export", "cms")
    plan = "---\nkind: vpmom\nid: finance\nperiod: FY27\ntitle: Finance\nvisibility: public\nstate: draft\n---\n"
    (folder / "content/plan.md").write_text(plan, "utf-8")
    outcome = handrail(folder, "export", "cms", "--check")
    assert outcome.code == 1
    assert outcome.out == "content/admin is out of date in config.json; `handrail export cms` writes it anew.\n"


def test_named_as_assets_the_page_is_on_the_site(folder: Path) -> None:
    make_handbook(folder, {}, {"assets": [f"team/forms/{name}" for name in FILES]}, REPO)
    outcome = handrail(folder, "export", "cms", "--to", "/team/forms/")
    assert outcome.out == "Wrote 6 files in content/team/forms.\nOn the site it lies at /team/forms/.\n"
    assert "No page uses this file" not in handrail(folder, "check").out


def test_what_others_wrote_stays(folder: Path) -> None:
    (folder / "content/admin").mkdir()
    (folder / "content/admin/rota.md").write_text("# Rota\n", "utf-8")
    assert "content/admin/rota.md is not part of such a page; choose another address with --to." in refused(folder)
    assert [path.name for path in (folder / "content/admin").iterdir()] == ["rota.md"]


@pytest.mark.parametrize("address", ["../admin", "a//b", ".admin", "", "/", "a b"])
def test_an_address_that_is_none(folder: Path, address: str) -> None:
    assert "is no address on the site" in refused(folder, "--to", address)


def test_a_handbook_on_no_forge(tmp_path: Path) -> None:
    assert "Nothing says on which forge the handbook lies" in refused(make_handbook(tmp_path, PAGES))
