"""What counts as said twice in a handbook, and which of two documents is the older one."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.search.duplicates import Duplicates, duplicates
from tests.engines.drawn import BASE, PLAN, sop
from tests.history.repos import Repo
from tests.pages.views import handbook_of, kinds
from tests.support.handbooks import make_handbook

STEPS = " ".join(f"Step{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}" for number in range(60))
PAYS = "Finance pays each claim within {} days of the day on which it came."


def found(folder: Path, files: dict[str, str]) -> Duplicates:
    return duplicates(handbook_of(folder, {**BASE, **files}))


def names(twice: Duplicates) -> list[list[str]]:
    return [[statement.page.src_uri for statement in conflict.statements] for conflict in twice.conflicts]


def test_documents_of_any_kind_may_disagree_and_drafts_too(tmp_path: Path) -> None:
    metric = "---\nkind: metric\nid: pay\ntitle: Pay\nvisibility: public\n---\n" + PAYS.format(5) + "\n"
    files = {"content/a.md": sop("a", PAYS.format(7), state="draft"), "content/b.md": metric}
    assert names(found(tmp_path, files)) == [["a.md", "b.md"]]


@pytest.mark.parametrize("state", ["stub", "retired"])
def test_what_is_not_written_or_no_longer_in_use_says_nothing(state: str, tmp_path: Path) -> None:
    files = {"content/a.md": sop("a", PAYS.format(7), state=state), "content/b.md": sop("b", PAYS.format(5))}
    assert names(found(tmp_path, files)) == []


def test_an_earlier_plan_of_the_same_line_may_say_otherwise(tmp_path: Path) -> None:
    def plan(period: str, days: int) -> str:
        return dedent(PLAN).lstrip().replace("FY27", period) + f"\n{PAYS.format(days)}\n"

    files = {"content/company/plan.md": plan("FY27", 5), "content/company/before.md": plan("FY26", 9)}
    assert names(found(tmp_path, files)) == []
    files["content/a.md"] = sop("a", PAYS.format(7))
    assert names(found(tmp_path, files)) == [["a.md", "company/plan.md"]]


def test_a_copy_with_the_same_id_is_found_by_its_id(tmp_path: Path) -> None:
    assert found(tmp_path, {"content/a.md": sop("a", STEPS), "content/b.md": sop("a", STEPS)}).near == ()
    assert len(found(tmp_path, {"content/a.md": sop("a", STEPS), "content/b.md": sop("b", STEPS)}).near) == 1


def test_the_page_that_came_to_git_later_is_the_newer_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("2026-03-01", {"z.md": sop("z", STEPS)})
    repo.commit("2026-03-02", {"m.md": sop("m", STEPS)})
    files = {**BASE, "content/z.md": sop("z", STEPS), "content/m.md": sop("m", STEPS), "content/a.md": sop("a", STEPS)}
    project = load_project(make_handbook(tmp_path, files) / "mkdocs.yml")
    assert project.settings.today is not None
    handbook = load_handbook(project, kinds(), project.settings.today, look_back=look_back)
    assert [(pair.older.id, pair.newer.id) for pair in duplicates(handbook).near] == [
        ("m", "a"),
        ("z", "a"),
        ("z", "m"),
    ]


def test_git_is_not_asked_where_nothing_is_said_twice(tmp_path: Path) -> None:
    def look(_: Handbook) -> None:
        pytest.fail("git was asked")

    project = load_project(make_handbook(tmp_path, {**BASE, "content/a.md": sop("a", STEPS)}) / "mkdocs.yml")
    assert project.settings.today is not None
    handbook = load_handbook(project, kinds(), project.settings.today, look_back=look)  # type: ignore[arg-type]
    assert duplicates(handbook).near == ()


def test_a_conflict_is_known_again_when_its_values_and_the_rest_of_the_page_change(tmp_path: Path) -> None:
    before = {"content/a.md": sop("a", PAYS.format(7)), "content/b.md": sop("b", PAYS.format(5))}
    after = {
        "content/a.md": sop("a", "First this.\n\n" + PAYS.format("*ten*")),
        "content/b.md": sop("b", PAYS.format("two")),
    }
    assert [one.words for one in found(tmp_path, before).conflicts] == [
        one.words for one in found(tmp_path, after).conflicts
    ]
    assert found(tmp_path, before).conflicts != ()
