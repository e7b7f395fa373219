"""What the edits of a step come to: one change a page, and none that would make a document which no schema lets through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.edit.adopt.steps.step import Fields, Question, outcome
from handrail.edit.new import Beginning
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from tests.edit.adopt.drawing import draw
from tests.model.building import kinds

PAGES = {
    "mkdocs.yml": "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n",
    "docs/index.md": "# Home\n",
    "docs/pay.md": "# Pay\n",
    "docs/broken.md": "---\na: [\n---\n",
}


def read(folder: Path) -> Handbook:
    return load_handbook(load_project(folder / "mkdocs.yml"), kinds(), date(2026, 11, 15))


SOP = {"kind": "sop", "id": "pay", "visibility": "public", "state": "draft"}


def test_edits_of_one_page_are_one_change(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES))
    new = Beginning("new.md", "# New\n")
    found = outcome(handbook, [Fields("pay.md", SOP), new, Fields("pay.md", {"owner": "lbk"}), Fields("index.md", {})])
    assert [(change.path, change.before, change.after) for change in found.changes] == [
        (
            "docs/pay.md",
            b"# Pay\n",
            b"---\nkind: sop\nid: pay\nvisibility: public\nstate: draft\nowner: lbk\n---\n# Pay\n",
        ),
        ("docs/new.md", None, b"# New\n"),
    ]
    assert found.by_hand == ()


def test_left_for_a_person(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES))
    found = outcome(handbook, [Fields("pay.md", {**SOP, "weight": 3}), Fields("broken.md", {"title": "x"})])
    assert found.changes == ()
    assert [page.path for page in found.by_hand] == ["docs/pay.md", "docs/broken.md"]


def test_an_answer_is_what_is_written() -> None:
    question = Question("Is it?", is_likely=True, yes=(Fields("a.md", {"b": 1}),))
    assert (question.edits(answer=True), question.edits(answer=False)) == ((Fields("a.md", {"b": 1}),), ())
