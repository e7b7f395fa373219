"""Folders that stand for areas become departments: those that are sure at once, others where a person says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handrail.edit.adopt.areas import areas, is_area_name
from handrail.edit.adopt.steps.departments import plan
from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.step import Fields
from handrail.edit.new import Beginning
from handrail.model.handbook import Handbook
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read
from tests.edit.adopt.steps.test_step import PAGES
from tests.model.building import handbook


def of(*paths: str, **more: str) -> Handbook:
    return handbook(dict.fromkeys(paths, "# A page\n") | {"index.md": "# Home\n"} | more)


def told(*paths: str) -> Mapping[str, str]:
    found = areas(of(*paths))
    return {one.folder: "sure" if one.is_sure else "likely" if one.is_likely else "asked" for one in found}


def three(folder: str) -> list[str]:
    return [f"{folder}/{name}.md" for name in "abc"]


def test_folders_in_a_folder_of_areas_are_sure() -> None:
    paths = ["Practice Areas/finance/a.md", "Practice Areas/help-desk/a.md", "Practice Areas/archive/a.md"]
    assert told(*paths, "other/a.md", "other/b.md") == {
        "Practice Areas/archive": "asked",
        "Practice Areas/finance": "sure",
        "Practice Areas/help-desk": "sure",
    }


def test_other_folders_are_likely_by_their_names_and_else_asked_about() -> None:
    paths = ["sales-and-marketing/a.md", *three("travel"), *three("blog"), *three("about-acme"), "few/a.md"]
    assert told(*paths) == {"sales-and-marketing": "likely", "travel": "asked"}


def test_a_folder_of_areas_with_one_folder_is_an_area() -> None:
    assert told("operations/payroll/a.md", *three("travel")) == {"operations": "likely", "travel": "asked"}


def test_where_one_folder_holds_everything_its_folders_are_looked_at() -> None:
    assert told(*(f"all/{name}/{page}.md" for name in ("sales", "legal", "travel") for page in "abc")) == {
        "all/legal": "likely",
        "all/sales": "likely",
        "all/travel": "asked",
    }


@pytest.mark.parametrize(
    "name", ["finance", "user-research", "commercial-ops", "office-of-the-mayor", "govpress-unit", "human-resources"]
)
def test_names_of_areas(name: str) -> None:
    assert is_area_name(name)


@pytest.mark.parametrize(
    "name", ["training-and-development", "company-policies", "team", "performance-management", "tools", "and", ""]
)
def test_other_names(name: str) -> None:
    assert not is_area_name(name)


def test_a_department_that_is_there_is_none_any_more() -> None:
    department = "---\nkind: department\nid: sales\ntitle: Sales\nvisibility: public\n---\n"
    assert areas(of("sales/a.md", **{"sales/about.md": department})) == []


BOOK = PAGES | {
    "docs/teams/sales/README.md": "---\nweight: 2\n---\n# Sales and more\n\nText.\n",
    "docs/teams/hr/leave.md": "# Leave\n",
    "docs/teams/a-b/one.md": "# One\n",
    "docs/sales.md": "# Old\n",
    "docs/travel/a.md": "# A\n",
    "docs/travel/b.md": "# B\n",
    "docs/travel/index.md": "Words before.\n\n# Travel\n",
}


def test_the_folder_s_own_page_becomes_the_department_or_a_new_one(tmp_path: Path) -> None:
    book = read(draw(tmp_path, BOOK))
    found = plan(book, "")
    assert found.edits == (
        Beginning("teams/a-b/index.md", "---\nkind: department\nid: a-b\ntitle: A b\nvisibility: public\n---\n"),
        Beginning("teams/hr/index.md", "---\nkind: department\nid: hr\ntitle: Hr\nvisibility: public\n---\n"),
        Fields("teams/sales/README.md", {"kind": "department", "id": "sales", "visibility": "public"}),
    )
    # It may have a title that readers see only by its field.
    assert [question.yes for question in found.questions] == [
        (Fields("travel/index.md", {"kind": "department", "id": "travel", "title": "Travel", "visibility": "public"}),)
    ]
    assert found.questions[0].is_likely is False
    changes = outcome(book, [*found.edits, *found.questions[0].edits(answer=True)])
    assert changes.left == ()
    for change in changes.changes:
        (tmp_path / change.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / change.path).write_bytes(change.after)
    after = read(tmp_path)
    assert {page.id: page.is_valid for page in after.departments} == {
        "a-b": True,
        "hr": True,
        "sales": True,
        "travel": True,
    }
    page = after.by_src_uri["teams/hr/leave.md"]
    department = after.department_of(page)
    assert department is not None
    assert department.id == "hr"
    assert (plan(after, "").edits, plan(after, "").questions) == ((), ())


def test_no_is_remembered_in_the_folder_s_page(tmp_path: Path) -> None:
    book = read(draw(tmp_path, BOOK))
    (question,) = plan(book, "travel").questions
    for change in outcome(book, question.edits(answer=False)).changes:
        (tmp_path / change.path).write_bytes(change.after)
    assert plan(read(tmp_path), "travel").questions == ()


def test_no_is_remembered_in_the_settings_where_the_folder_has_no_page(tmp_path: Path) -> None:
    book = read(draw(tmp_path, BOOK | {f"docs/stays/{name}.md": "# A\n" for name in "abc"}))
    (question,) = plan(book, "stays").questions
    for change in outcome(book, question.edits(answer=False)).changes:
        (tmp_path / change.path).write_bytes(change.after)
    assert read(tmp_path).settings.declined == ("department stays",)
    assert plan(read(tmp_path), "stays").questions == ()


def test_a_page_of_the_folder_s_name_beside_it_has_its_address(tmp_path: Path) -> None:
    found = plan(read(draw(tmp_path, BOOK | {"docs/teams/hr.md": "# HR\n"})), "")
    assert "teams/hr/index.md" not in {edit.src_uri for edit in found.edits}
    (said,) = found.told
    assert said.startswith(
        "docs/teams/hr.md has the address that the page of docs/teams/hr would have. Move it to docs/teams/hr/index.md"
    )


def test_a_folder_whose_page_is_a_document_already_is_left(tmp_path: Path) -> None:
    page = "---\nkind: page\nid: hr\ntitle: HR\nvisibility: public\n---\n"
    found = plan(read(draw(tmp_path, BOOK | {"docs/teams/hr/index.md": page})), "teams/hr")
    assert found.edits == ()
    assert found.told == (
        "docs/teams/hr/index.md is a document of another kind (page), so docs/teams/hr gets no department.",
    )


def test_two_folders_of_one_name_have_two_ids() -> None:
    book = handbook(
        {f"{top}/{name}/a.md": "# A\n" for top in ("teams", "offices") for name in ("legal", "hr")},
        date(2026, 1, 1).isoformat(),
    )
    assert [edit.src_uri for edit in plan(book, "").edits] == [
        "offices/hr/index.md",
        "offices/legal/index.md",
        "teams/hr/index.md",
        "teams/legal/index.md",
    ]
    texts = [edit.text for edit in plan(book, "").edits if isinstance(edit, Beginning)]
    assert [text.splitlines()[2] for text in texts] == [
        "id: offices-hr",
        "id: offices-legal",
        "id: teams-hr",
        "id: teams-legal",
    ]
