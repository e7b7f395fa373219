"""The words of a text, folded and by their stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.search.words import STOP, spelling, stem, tells_nothing, words, words_of_each

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
    "отпуск отпуска отпуском отпусков",
    "договор договоры договорами договоров",
    "счёт счета счетов счетами",
    "больничный больничного больничным",
    "إجازة الإجازة الاجازات للإجازة والإجازة اجازه",
    "عقد العقد بالعقد",
    "موظف الموظف الموظفين موظفون",
]
APART = [("new", "need"), ("speed", "spa"), ("status", "state"), ("off", "offer"), ("bus", "busy"), ("need", "new")]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in words(forms)}) == 1


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
    ("\uff76\uff9e\uff72\uff84\uff9e", ["\u30ac\u30a4", "\u30a4\u30c9"]),  # kana of half width, with their marks
    ("الفَاتُورَة \u0640", ["الفاتوره"]),
    ("", []),
    (" — !? ", []),
    ("\u0391\u03a3 \u03b1\u03c2", ["\u03b1\u03c3", "\u03b1\u03c3"]),  # the two small letters sigma
]


@pytest.mark.parametrize(("text", "found"), CUT)
def test_a_text_is_cut_into_folded_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_words_that_tell_nothing_are_folded_too() -> None:
    assert [word for word in sorted(STOP) if words(word) != [word]] == []


@pytest.mark.parametrize(("one", "other"), [("Kündigung", "Kuendigung"), ("Größe", "Groesse"), ("Büro", "Buero")])
def test_an_umlaut_may_be_spelled_with_an_e(one: str, other: str) -> None:
    assert spelling(words(one)[0]) == spelling(words(other)[0])


def test_the_grammar_of_japanese_tells_nothing() -> None:
    assert [word for word in words("経費を精算するには") if not tells_nothing(word)] == [
        "経費",
        "費を",
        "を精",
        "精算",
        "算す",
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_words_are_the_same_whatever_stands_beside_them(text: str) -> None:
    """A ligature is folded with the whole text, and without one each sign by itself."""
    assert words(f"{text} \ufb01") == [*words(text), "fi"]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("ab \x01\u0301e|"), max_size=20), max_size=6
    )
)
def test_the_words_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert words_of_each(texts) == [" ".join(words(text)) for text in texts]
