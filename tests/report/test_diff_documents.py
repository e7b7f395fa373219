"""What has changed in a document's fields, and the order of a plan's priorities, as people read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.report.diff.documents import documents
from handrail.report.diff.model import Document
from handrail.report.diff.pairs import Pairs
from tests.model.building import document, handbook

PLAN = "state: draft", "period: FY27", "vision: Paid."


def told(before: str, after: str) -> Document:
    """Say what has changed in a page between two handbooks that hold it beside the people."""
    people = document("people", "people", "people: [{id: lbk, name: Lena Brandt}, {id: oha, name: Omar Haddad}]")
    then, now = (handbook({"a.md": text, "people.md": people}) for text in (before, after))
    (found,) = documents(Pairs(then, now, {}), ())
    return found


def plan(*priorities: str) -> str:
    return document("vpmom", "company", *PLAN, "priorities:", *(f"  - {one}" for one in priorities))


ORDERS = {
    "two that changed places": (["A: one", "B: two"], ["B: two", "A: one"], ["1. B (was 2), 2. A (was 1)"]),
    "one of four went first": (
        ["A: one", "B: two", "C: three", "D: four"],
        ["C: three", "A: one", "B: two", "D: four"],
        ["1. C (was 3), 2. A (was 1), 3. B (was 2)"],
    ),
    "without labels": (
        ["One thing", "Another"],
        ["Another", "One thing"],
        ["1. Another (was 2), 2. One thing (was 1)"],
    ),
    "one more in front": (["A: one", "B: two"], ["New: three", "A: one", "B: two"], []),
    "one less": (["A: one", "B: two", "C: three"], ["B: two", "C: three"], []),
    "the same": (["A: one", "B: two"], ["A: one", "B: other"], []),
    "another order and other words": (["A: one", "B: two"], ["B: other", "A: one"], ["1. B (was 2), 2. A (was 1)"]),
    "the same label twice": (["A: one", "A: two"], ["A: two", "A: one"], []),
}


@pytest.mark.parametrize(("before", "after", "said"), ORDERS.values(), ids=ORDERS)
def test_priorities_in_another_order(before: list[str], after: list[str], said: list[str]) -> None:
    lines = told(plan(*before), plan(*after)).lines
    order = [line.removeprefix("Priorities stand in another order: ") for line in lines if "another order" in line]
    assert order == said


def test_words_of_a_priority_that_moved_are_told_beside_the_order() -> None:
    lines = told(plan("A: one", "B: two", "C: three"), plan("B: two more", "A: one", "C: three")).lines
    assert [line for line in lines if "two more" in line] == ["Text: two → two more (“B”)"]
    assert not [line for line in lines if "one" in line and "order" not in line]


def test_fields_stand_under_the_names_that_readers_know() -> None:
    before = document("sop", "pay", "state: draft", "owner: lbk", "rapid: LBK(D), OHA(A, P)", "tags: [a, b]")
    after = document("sop", "pay", "state: active", "owner: oha", "rapid: OHA(D)", "tags: [a]", title="Pay it")
    assert set(told(before, after).lines) == {
        "Title: A page → Pay it",
        "State: draft → active",
        "Owner: lbk → oha",
        "Tags: b (taken out)",
        "Decides: Lena Brandt → Omar Haddad",
        "Agrees: Omar Haddad (taken out)",
        "Performs: Omar Haddad (taken out)",
    }


def test_signatures_that_come_go_and_are_withdrawn() -> None:
    def with_(*entries: str) -> str:
        return document(
            "sop", "pay", "state: draft", "rapid: LBK(D), OHA(A)", "sign_offs:", *(f"  - {{{one}}}" for one in entries)
        )

    omar = "role: A, by: oha, date: 2026-03-01"
    lena = "role: D, by: lbk, date: 2026-03-02"
    assert told(with_(omar), with_(omar, lena)).lines == ("A signature came: Lena Brandt decides, 2 March 2026",)
    assert told(with_(omar, lena), with_(lena)).lines == ("A signature went: Omar Haddad agrees, 1 March 2026",)
    taken_back = f"{lena}, withdrawn: {{date: 2026-04-01, reason: It has changed.}}"
    assert told(with_(lena), with_(taken_back)).lines == (
        "A signature was withdrawn on 1 April 2026: Lena Brandt decides, 2 March 2026",
    )


def test_a_page_that_can_not_be_read_and_prose_are_told_too() -> None:
    assert told("---\nkind: sop\nid: [\n---\nOne\n", "---\nkind: sop\nid: [\n---\nTwo\n").change == "changed"
    found = told("# Old\n\nOne two.\n", "# New\n\nOne three.\n")
    assert found.lines == ("Title: Old → New",)
    assert [piece.text for piece in found.pieces if piece.kind == "new"] == ["New", "three."]
    assert replace(found, pieces=()).sentence == ""
