"""The words of a text, folded and by their stems."""

from __future__ import annotations

import pytest

from handrail.search.words import STOP, stem, words

SAME = [
    "expense expenses expensed",
    "claim claims claiming claimed",
    "invoice invoices invoicing invoiced",
    "cancel cancelled cancelling",
    "reimburse reimbursement reimbursed",
    "document documents documenting documented",
    "supply supplies supplied",
    "agree agreed agrees agreeing agreement agreements",
    "approve approved approval",
    "process processes processing",
    "add adding added",
    "plan plans planned planning",
    "company companies",
    "leave leaving left leaves",
    "pay paid pays paying payment payments",
    "lose lost losing loss",
    "steal stolen stole theft",
    "renew renewal renewals renewing",
    "review reviewer reviewing reviews",
    "answer answers answered answering",
    "use uses used using",
    "try tried tries trying",
    "month months monthly",
]
APART = [("new", "need"), ("speed", "spa"), ("status", "state"), ("off", "offer"), ("bus", "busy"), ("need", "new")]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_have_another(one: str, other: str) -> None:
    assert stem(one) != stem(other)


CUT = [
    ("Claim your expenses", ["claim", "your", "expenses"]),
    ("doctor's note, doctor\u2019s note", ["doctors", "note", "doctors", "note"]),
    ("on-call", ["on", "call"]),
    ("Crème brûlée in Łódź, Straße 12", ["creme", "brulee", "in", "lodz", "strasse", "12"]),
    ("İstanbul ﬁle Ærø", ["istanbul", "file", "aero"]),
    ("東京都に行く", ["東京", "京都", "都に", "に行", "行く"]),
    ("京", ["京"]),
    ("SOP-12 (v2)", ["sop", "12", "v2"]),
    ("", []),
    (" — !? ", []),
    ("\u0391\u03a3 \u03b1\u03c2", ["\u03b1\u03c3", "\u03b1\u03c3"]),  # the two small letters sigma
]


@pytest.mark.parametrize(("text", "found"), CUT)
def test_a_text_is_cut_into_folded_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_words_that_tell_nothing_are_folded_too() -> None:
    assert [word for word in sorted(STOP) if words(word) != [word]] == []
