"""Plans are tied to the company's, and a department's procedures to its plan, only where a person says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.serves import plan
from handrail.edit.adopt.steps.step import Fields
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read
from tests.model.building import document

SETTINGS = "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n"


def vpmom(line: str, title: str, *more: str, state: str = "draft") -> str:
    return document("vpmom", line, "period: FY27", f"state: {state}", *more, title=title)


def sop(id_: str, *more: str) -> str:
    return document("sop", id_, "state: draft", *more, title=id_.capitalize())


FILES: Mapping[str, str] = {
    "mkdocs.yml": SETTINGS,
    "docs/index.md": "# Home\n",
    "docs/money/index.md": document("department", "finance", title="Finance"),
    "docs/money/plan.md": vpmom("finance", "Finance FY27"),
    "docs/money/claim.md": sop("claim"),
    "docs/money/pay.md": sop("pay", "vpmom: other"),
    "docs/all/plan.md": vpmom("leadership-team", "Leadership team FY27"),
    "docs/law/index.md": document("department", "law", title="Law"),
    "docs/law/one.md": vpmom("one", "One FY27", "parent: leadership-team"),
    "docs/law/two.md": vpmom("two", "Two FY27", "parent: leadership-team", state="retired"),
    "docs/law/sue.md": sop("sue"),
}


def test_the_plan_that_the_others_feed_and_the_procedures_that_serve_theirs(tmp_path: Path) -> None:
    book = read(draw(tmp_path, FILES))
    found = plan(book, "")
    assert [(one.text, one.is_likely) for one in found.questions] == [
        (
            "“Leadership team FY27” (docs/all/plan.md): is it the plan of the whole company, which “Finance FY27” feeds?",
            False,
        ),
        ("1 procedure of “Finance” names no plan: “Claim”. Does it serve “Finance FY27”?", True),
        ("1 procedure of “Law” names no plan: “Sue”. Does it serve “One FY27”?", True),
    ]
    first, second, _ = found.questions
    assert first.yes == (Fields("money/plan.md", {"parent": "leadership-team"}),)
    assert second.yes == (Fields("money/claim.md", {"vpmom": "finance"}),)
    for change in outcome(book, [edit for one in found.questions for edit in one.edits(answer=True)]).changes:
        (tmp_path / change.path).write_bytes(change.after)
    after = read(tmp_path)
    assert plan(after, "").questions == ()
    assert after.root_line is after.lines["leadership-team"]


def test_a_no_leads_to_the_next_plan_and_is_not_asked_again(tmp_path: Path) -> None:
    book = read(draw(tmp_path, FILES))
    for change in outcome(book, [edit for one in plan(book, "").questions for edit in one.edits(answer=False)]).changes:
        (tmp_path / change.path).write_bytes(change.after)
    after = read(tmp_path)
    assert after.settings.declined == ("parent leadership-team", "vpmom finance finance", "vpmom law one")
    assert [one.text.partition(":")[0] for one in plan(after, "").questions] == ["“Finance FY27” (docs/money/plan.md)"]


def test_one_plan_feeds_nothing(tmp_path: Path) -> None:
    book = read(draw(tmp_path, {path: FILES[path] for path in ("mkdocs.yml", "docs/index.md", "docs/all/plan.md")}))
    assert plan(book, "").questions == ()


def test_folder_by_folder(tmp_path: Path) -> None:
    found = plan(read(draw(tmp_path, FILES)), "law")
    assert [one.text.partition(" names")[0] for one in found.questions] == ["1 procedure of “Law”"]
