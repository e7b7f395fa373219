"""Values are taken out of sentences, and the same value is the same however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.search.values import Values
from handrail.search.words import words

NAMES = ("Lena Brandt-Keller", "Omar Haddad", "Cher")
VALUES = Values(NAMES)

SAME = [
    ("45 EUR", "45 Euros", "€45", "45.00 €", "EUR 45"),
    ("1,200 USD", "1.200 USD", "$1200", "1 200 dollars", "$1.2k"),
    ("45 EUR a day", "€45 per day", "45 EUR/day"),
    ("5 %", "5%", "five percent", "5.0 per cent"),
    ("14 days", "two weeks", "14-day", "2 weeks"),
    ("a year", "12 months", "one year", "four quarters"),
    ("3-5 days", "3 to 5 days", "three to five days", "3\u20135 days"),
    ("3 March 2026", "March 3rd, 2026", "3rd of March 2026", "2026-03-03", "03.03.2026"),
    ("Tuesday", "Tuesdays"),
    ("5 pm", "5pm", "5 p.m."),
    ("pay@corp.example", "Pay@Corp.example"),
    ("https://corp.example/form/", "https://corp.example/form"),
    ("7 ", "seven "),
    ("Lena Brandt-Keller",),
    ("+351 21 555 123", "+351 (21) 555-123"),
]
TOLD_APART = [
    ("45 EUR", "54 EUR"),
    ("45 EUR", "45 USD"),
    ("45 EUR a day", "45 EUR a week"),
    ("1000001", "1000002"),
    ("5 March", "3 May"),
    ("5 days", "5 working days"),
    ("Omar Haddad", "Lena Brandt-Keller"),
]
NONE = [
    "Go to step 3, then to steps 4 to 6 of section 4.2",
    "Install version 3.2 or release 7 on Windows 10",
    "Take 3.10.12 as of 2026",
    "Fill in W-4 for ISO 27001 and be there 24/7",
    "The form COVID19 stays as it is",
    "Ask Cher",
    "",
]


def value(text: str) -> str:
    bare = VALUES.taken_out(f"It is {text} here")
    assert bare is not None
    assert bare.words == "it is # here"
    [found] = bare.values
    return found.same_as


@pytest.mark.parametrize("ways", SAME)
def test_one_value_is_the_same_in_each_way_of_writing_it(ways: tuple[str, ...]) -> None:
    assert len({value(way) for way in ways}) == 1


@pytest.mark.parametrize(("one", "other"), TOLD_APART)
def test_other_values_are_told_apart(one: str, other: str) -> None:
    assert value(one) != value(other)


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_name_something_are_no_values(text: str) -> None:
    assert VALUES.taken_out(text) is None


def test_several_values_come_in_order_and_marks_are_no_words() -> None:
    bare = VALUES.taken_out("Pay **45 EUR** to Omar Haddad within _ten_ days.")
    assert bare is not None
    assert bare.words == "pay # to # within #"
    assert [(one.sort, one.said) for one in bare.values] == [
        ("amount", "45 EUR"),
        ("name", "Omar Haddad"),
        ("time", "ten days"),
    ]


SIGNS = [
    "5",
    "1.5",
    "1,000",
    "EUR",
    "$",
    "€",
    "%",
    "a",
    "ten",
    "day",
    "days",
    "-",
    "to",
    "March",
    "2026",
    "th",
    "pm",
    ".",
    ",",
    "/",
]
SIGNS += [
    "Monday",
    "step",
    "k",
    "x@y.z",
    "https://",
    "+49",
    "(",
    "Omar Haddad",
    "per",
    "pay",
    "\u0663",
    "[a]",
    "*",
    "\n",
    "Windows",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=12))
def test_sentences_that_differ_in_values_only_are_found_by_the_quick_look(parts: list[str]) -> None:
    """Whatever is taken out, the quick look takes out as well: it never tells sentences apart that the closer look does not."""
    text = " ".join(parts)
    bare = VALUES.taken_out(text)
    left = bare.words.replace("#", "it") if bare is not None else text
    [one, other] = VALUES.roughly_bare([text, left], [" ".join(words(text)), " ".join(words(left))])
    assert one.split() == [word for word in other.split() if word != "it"]


@given(st.lists(st.sampled_from(SIGNS), max_size=12))
def test_nothing_that_looks_like_a_value_is_too_odd_to_be_read(parts: list[str]) -> None:
    bare = VALUES.taken_out("".join(parts))
    assert bare is None or bare.words.count("#") == len(bare.values)
