"""What the edits of a step come to: one change a page, and none that would make a document which no schema lets through."""

from __future__ import annotations

from pathlib import Path

from handrail.edit.adopt.steps.outcome import outcome, possible
from handrail.edit.adopt.steps.step import Fields, Plan, Question
from handrail.edit.new import Beginning
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read

PAGES = {
    "mkdocs.yml": "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n",
    "docs/index.md": "# Home\n",
    "docs/pay.md": "# Pay\n",
    "docs/broken.md": "---\na: [\n---\n",
}


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
    assert found.left == ()


def test_left_for_a_person(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES))
    found = outcome(handbook, [Fields("pay.md", {**SOP, "descripton": "x"}), Fields("broken.md", {"title": "x"})])
    assert found.changes == ()
    assert [(left.page.path, left.refused) for left in found.left] == [
        ("docs/pay.md", ("descripton",)),
        ("docs/broken.md", ()),
    ]


def test_what_other_programs_read_is_kept(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES | {"docs/pay.md": "---\nlayout: wide\nweight: 3\n---\n# Pay\n"}))
    found = outcome(handbook, [Fields("pay.md", SOP)])
    assert (found.left, found.kept) == ((), ("layout", "weight"))
    assert [change.path for change in found.changes] == ["docs/pay.md", "mkdocs.yml"]
    assert found.changes[1].after.decode() == PAGES["mkdocs.yml"] + "      keep:\n        - layout\n        - weight\n"


def test_where_the_settings_inherit_their_plugins_such_a_page_is_left(tmp_path: Path) -> None:
    files = {
        "base.yml": PAGES["mkdocs.yml"],
        "mkdocs.yml": "INHERIT: base.yml\n",
        "docs/a.md": "---\nlayout: wide\n---\n# A\n",
    }
    handbook = read(draw(tmp_path, PAGES | files))
    found = outcome(handbook, [Fields("a.md", SOP | {"id": "a"}), Fields("pay.md", SOP)])
    assert [(left.page.path, left.refused) for left in found.left] == [("docs/a.md", ("layout",))]
    assert [change.path for change in found.changes] == ["docs/pay.md"]


def test_nobody_is_asked_in_vain(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES))
    questions = [Question(path, is_likely=True, yes=(Fields(path, {"a": 1}),)) for path in ("pay.md", "broken.md")]
    plan, left = possible(handbook, Plan(questions=tuple(questions)))
    assert [question.text for question in plan.questions] == ["pay.md"]
    assert [one.page.path for one in left] == ["docs/broken.md"]


def test_an_answer_is_what_is_written() -> None:
    question = Question("Is it?", is_likely=True, yes=(Fields("a.md", {"b": 1}),))
    assert (question.edits(answer=True), question.edits(answer=False)) == ((Fields("a.md", {"b": 1}),), ())
