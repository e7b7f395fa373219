"""The page on what flows through the departments: every procedure with a process once, and nothing of what may not be seen."""

from __future__ import annotations

import re

from handrail.model.generated import Made
from handrail.pages.generated.flows import flows
from handrail.pages.views import View
from tests.model.building import document, handbook
from tests.pages.views import shown

PROCESS = (
    "process:",
    "  inputs: [A receipt, A reason]",
    "  outputs: [Money]",
    "  roles: {accountable: Head of finance, performs: Clerk}",
)
PAGES = {
    "finance/index.md": document("department", "finance", "lead: lbk", title="Finance"),
    "finance/pay.md": document("sop", "pay", "state: active", *PROCESS, title="Pay"),
    "finance/plain.md": document("sop", "plain", "state: active", title="Plain"),
    "finance/old.md": document("sop", "old", "state: retired", *PROCESS, title="Old"),
    "finance/secret.md": document("sop", "secret", "state: active", *PROCESS, title="Secret").replace(
        "visibility: public", "visibility: internal"
    ),
    "alone.md": document("sop", "alone", "state: draft", "process: {inputs: [A wish]}", title="Alone"),
}


def told(view: View) -> list[tuple[int, str, list[tuple[str, str]]]]:
    return [
        (section.level, section.title, [(row.name, "".join(map(str, row.words))) for row in section.rows])
        for section in view.sections
    ]


def test_a_department_s_procedures_stand_with_what_goes_in_and_comes_out() -> None:
    assert told(flows(shown(handbook(PAGES)))) == [
        (2, "Finance", []),
        (
            3,
            "Pay",
            [
                ("Goes in", "A receipt; A reason"),
                ("Comes out", "Money"),
                ("Answers for it", "Head of finance"),
                ("Does the work", "Clerk"),
            ],
        ),
        (2, "No department", []),
        (3, "Alone", [("Goes in", "A wish")]),
    ]


def test_a_draft_is_named_as_one_and_what_says_nothing_here_says_so() -> None:
    moves = (
        "process:",
        "  states: [{name: new, owner: Clerk}, {name: paid, final: true}]",
        "  transitions: [{from: new, to: paid}]",
    )
    pages = PAGES | {"finance/bare.md": document("sop", "bare", "state: active", *moves, title="Bare")}
    found = {section.title: section for section in flows(shown(handbook(pages))).sections}
    assert {title: found[title].state for title in ("Pay", "Bare", "Alone")} == {
        "Pay": "",
        "Bare": "",
        "Alone": "Draft",
    }
    nothing = "Nobody has written down yet what goes in and comes out, and who carries it."
    assert {title: found[title].words for title in ("Pay", "Bare")} == {"Pay": (), "Bare": (nothing,)}


def test_nothing_is_named_that_may_not_be_seen() -> None:
    pages = PAGES | {
        "finance/index.md": document("department", "finance", "lead: lbk", title="Finance").replace(
            "visibility: public", "visibility: confidential"
        )
    }
    view = repr(flows(shown(handbook(pages))))
    assert not re.search("Secret|Finance|secret", view.replace("src_uri", ""))


def test_a_handbook_without_processes_has_no_such_page() -> None:
    assert Made.FLOWS in shown(handbook(PAGES)).made
    without = {name: PAGES[name] for name in ("finance/index.md", "finance/plain.md", "finance/old.md")}
    assert Made.FLOWS not in shown(handbook(without)).made
