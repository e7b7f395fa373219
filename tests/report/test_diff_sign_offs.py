"""Which signatures count no more after a change, whatever it is that was changed."""

from __future__ import annotations

import pytest

from handrail.model.handbook import Handbook
from handrail.report.diff.pairs import Pairs
from handrail.report.diff.sign_offs import sign_offs
from tests.model.building import document, handbook, only

PEOPLE = "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}, {id: yos, name: Yara}]"
BOTH = "LBK(D), OHA(A)"
LENA, OMAR = ("D", "Lena"), ("A", "Omar")
TEXT, TAKEN, OTHERS, NO_MORE = (
    "what was signed has changed",
    "the signature was taken out of the page",
    "others are asked to sign now",
    "whoever gave it may not give it any more",
)


def page(rapid: str, *entries: str, body: str = "Pay.\n", state: str = "active") -> str:
    listed = ["sign_offs:", *(f"  - {{{entry}}}" for entry in entries)] if entries else []
    return document("sop", "pay", f"state: {state}", f"rapid: {rapid}", *listed, body=body)


def book(text: str, people: str = PEOPLE) -> Handbook:
    return handbook({"pay.md": text, "people.md": document("people", "people", people)})


def entries(rapid: str, *who: str) -> list[str]:
    """Return entries by which people signed the text of a page as it is written here: roles and ids, such as `D lbk`."""
    unsigned = book(page(rapid))
    digest = unsigned.texts.digest(only(unsigned, "pay.md"))
    return [f"role: {one[0]}, by: {one[2:]}, date: 2026-03-01, digest: '{digest}'" for one in who]


def voided(before: Handbook, after: Handbook) -> dict[tuple[str, str], str]:
    found = sign_offs(Pairs(before, after, {}))
    return {(lost.role, lost.by): lost.why for one in found.voided for lost in one.signatures}


SIGNED = entries(BOTH, "A oha", "D lbk")
BEFORE = book(page(BOTH, *SIGNED))
ONE = entries("LBK(D)", "D lbk")

CHANGES = {
    "nothing": (BEFORE, book(page(BOTH, *SIGNED)), {}),
    "the text": (BEFORE, book(page(BOTH, *SIGNED, body="Pay now.\n")), {LENA: TEXT, OMAR: TEXT}),
    "one signature taken out": (BEFORE, book(page(BOTH, SIGNED[0])), {LENA: TAKEN}),
    "one withdrawn": (
        BEFORE,
        book(page(BOTH, SIGNED[0], f"{SIGNED[1]}, withdrawn: {{date: 2026-04-01, reason: No.}}")),
        {LENA: "it was withdrawn on 1 April 2026"},
    ),
    "whoever decides is another": (book(page("LBK(D)", *ONE)), book(page("OHA(D)", *ONE)), {LENA: OTHERS}),
    "one more has to agree": (
        book(page("LBK(D)", *ONE)),
        book(page("LBK(D), YOS(A)", *ONE)),
        {LENA: TEXT},
    ),
    "one has left before they signed": (
        BEFORE,
        book(page(BOTH, *SIGNED), PEOPLE.replace("name: Omar", "name: Omar, until: 2026-01-31")),
        {OMAR: NO_MORE},
    ),
    "a draft again": (BEFORE, book(page(BOTH, *SIGNED, state="draft")), {}),
    "gone": (BEFORE, handbook({"people.md": document("people", "people", PEOPLE)}), {}),
    "nobody had signed": (book(page(BOTH)), book(page(BOTH, body="Other.\n")), {}),
}


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES)
def test_signatures_that_count_no_more(before: Handbook, after: Handbook, expected: dict[tuple[str, str], str]) -> None:
    assert voided(before, after) == expected


def test_whoever_has_signed_again_has_lost_nothing() -> None:
    other = book(page(BOTH, body="Other.\n"))
    digest = other.texts.digest(only(other, "pay.md"))
    again = [f"role: {one}, date: 2026-06-01, digest: '{digest}'" for one in ("A, by: oha", "D, by: lbk")]
    after = book(page(BOTH, *SIGNED, *again, body="Other.\n"))
    assert voided(BEFORE, after) == {}
    assert sign_offs(Pairs(BEFORE, after, {})).reads_the_same == ()
