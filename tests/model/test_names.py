"""Two spellings are one name wherever some disk takes them for one, and no others are."""

from __future__ import annotations

import os
import sys
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.names import above, folded, is_utf_8, namesakes, not_utf_8, within

ONE = [
    ("Pay", "pay"),
    ("caf\u00e9", "cafe\u0301"),
    ("CAF\u00c9", "cafe\u0301"),
    ("Straße", "STRASSE"),
    ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
    ("\u212bngstr\u00f6m", "a\u030angstro\u0308m"),
    ("\u212alein", "klein"),
    ("\u0130", "i\u0307"),
    ("\u1fc3", "\u03b7\u0345"),
    ("a\u0345\u0301", "A\u0301\u0399"),
    ("\uac01", "\u1100\u1161\u11a8"),
    ("e\u0323\u0307", "e\u0307\u0323"),
    ("Int/Pay.MD", "int/pay.md"),
]
APART = [
    ("pay", "pays"),
    ("e", "é"),
    ("\u0131nt", "int"),
    ("a b", "ab"),
    ("int", "int."),
    ("a\udce9", "aé"),
    ("Ⅳ", "IV"),
]


@pytest.mark.parametrize(("one", "other"), ONE, ids=ascii)
def test_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), APART, ids=ascii)
def test_two_names(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_every_letter_is_one_with_its_other_case() -> None:
    apart = set()
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        others = {char.upper(), char.lower(), char.title(), char.casefold()} - {char}
        if any(folded(char) != folded(other) for other in others):
            apart.add(char)
    assert apart == {"\u0131"}, "only the Turkish i without a dot, whose capital is the I of i"


@given(st.text())
def test_no_form_of_a_text_hides_it(text: str) -> None:
    forms = (text, normalize("NFC", text), normalize("NFD", text))
    assert {folded(one) for form in forms for one in (form, form.casefold())} == {folded(text)}
    assert folded(folded(text)) == folded(text)
    assert folded(text).count("/") == text.count("/")


def test_a_path_seen_from_a_folder() -> None:
    assert within("/home/Me/CONTENT/int/a.md", "/home/me/content") == "int/a.md"
    assert within("cafe\u0301/a.md", "caf\u00e9") == "a.md"
    assert within("content", "content") == "."
    assert within("contents/a.md", "content") is None
    assert within("a.md", "content/int") is None


def test_folders_above() -> None:
    assert list(above("a/b/c.md")) == ["a/b", "a"]
    assert list(above("c.md")) == []


def test_namesakes_lie_in_one_folder() -> None:
    assert namesakes(["b.md", "a", "A", "a/x.md", "A/X.md", "c/d", "c/D", "c/b.md"]) == [["A", "a"], ["c/D", "c/d"]]


def test_names_that_are_no_text() -> None:
    bad = os.fsdecode(b"d\xff")
    assert not is_utf_8(bad)
    assert is_utf_8("größe/日本語.md")
    assert not_utf_8({f"{bad}/a.md", bad, "a/b.md", f"a/{bad}", "a"}) == [f"a/{bad}", bad]
