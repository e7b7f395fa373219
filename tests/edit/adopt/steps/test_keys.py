"""Keys of other programs become fields as a page becomes a document, and on documents that are there by a step of its own."""

from __future__ import annotations

from pathlib import Path

from handrail.edit.adopt.steps.keys import plan
from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.step import Fields
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read
from tests.edit.adopt.steps.test_step import PAGES, SOP

FOREIGN = '---\nreview_in: 6 month\nowner_slack: "#pay"  # the bookkeepers\nweight: 3\n---\n# Pay\n'
PEOPLE = "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\npeople: [{id: lbk, name: Lena Brandt-Keller}]\n---\n"


def test_a_page_that_becomes_a_document(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES | {"docs/pay.md": FOREIGN}))
    found = outcome(handbook, [Fields("pay.md", SOP)])
    assert found.kept == ("weight",)
    after = handbook.page_as("pay.md", found.changes[0].after)
    assert (after.text("review_every"), after.text("contact"), after.source.data["weight"]) == ("6 months", "#pay", 3)
    assert after.source.body == "# Pay\n"


def test_prose_keeps_them(tmp_path: Path) -> None:
    handbook = read(draw(tmp_path, PAGES | {"docs/pay.md": FOREIGN}))
    assert plan(handbook, "").edits == ()
    change = outcome(handbook, [Fields("pay.md", {"title": "Pay"})]).changes[0]
    assert b"review_in: 6 month" in change.after


def test_a_document_whose_owner_the_list_of_people_knows_by_now(tmp_path: Path) -> None:
    sop = "---\nkind: sop\nid: pay\ntitle: Pay\nvisibility: public\nstate: draft\ndri: Lena Brandt-Keller\n---\n"
    files = {"docs/a/pay.md": sop, "docs/people.md": PEOPLE, "docs/b/other.md": sop.replace("id: pay", "id: other")}
    handbook = read(draw(tmp_path, PAGES | files))
    assert plan(handbook, "a").edits == (Fields("a/pay.md", {"owner": "lbk"}, ("dri",)),)
    outcome_of = outcome(handbook, plan(handbook, "").edits)
    for change in outcome_of.changes:
        (tmp_path / change.path).write_bytes(change.after)
    assert plan(read(tmp_path), "").edits == ()
