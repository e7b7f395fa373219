"""The finder's index: small, and the same for the same pages."""

from __future__ import annotations

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from handrail.search.index import ASKED, OTHERS, TITLE, Entry, _encoded, build, decoded
from handrail.search.ranking import Finder

CLAIMS = Entry(
    id="expense-claims",
    title="Claim your expenses",
    url="finance/expense-claims/",
    kind="procedure",
    state="in use",
    department="Finance",
    asked_as=("get reimbursed", "lost receipt"),
    others={
        "trigger": "You paid for something.",
        "summary": "How you get it back, claim by claim.",
        "jobs": "Bookkeeper",
    },
)
TRIP = Entry(id="trip", title="Book a trip", url="travel/book.html", kind="procedure", state="draft", standing=1)


@given(st.dictionaries(st.integers(0, 100_000), st.integers(0, len(OTHERS) - 1), max_size=50))
def test_pages_come_out_as_they_went_in(pages: dict[int, int]) -> None:
    ordered = dict(sorted(pages.items()))
    text = _encoded(ordered)
    assert decoded(text) == list(ordered.items())
    assert not set(text) & set(' "\\<')


def test_the_order_of_the_pages_makes_no_difference() -> None:
    entries = [Entry(id=f"p{n}", title=f"Page {n % 7}", url=f"a/p{n}/", kind="", state="") for n in range(50)]
    first = json.dumps(build(entries))
    random.Random(1).shuffle(entries)  # noqa: S311 - an order, not a secret
    assert json.dumps(build(entries)) == first


def test_a_word_is_kept_once_with_the_weightiest_field_that_it_stands_in() -> None:
    index = build([CLAIMS])
    assert index["terms"].split() == ["back", "bookkeeper", "paid"]
    finder = Finder(index)
    assert finder.terms["claim"] == {0: TITLE}
    assert finder.terms["reimbursed"] == {0: ASKED}
    assert finder.terms["paid"] == {0: OTHERS["trigger"]}
    assert finder.terms["bookkeeper"] == {0: OTHERS["jobs"]}


def test_an_id_that_is_the_page_s_name_is_not_said_twice() -> None:
    index = build([CLAIMS, TRIP])
    assert index["ids"] == ["", "trip"]
    assert Finder(index).ids == ["expense-claims", "trip"]


def test_what_stands_everywhere_is_left_out_of_a_handbook_of_some_size() -> None:
    entries = [
        Entry(id=f"p{n}", title=f"Page {n}", url=f"p{n}/", kind="", state="", others={"summary": f"Common and own{n}"})
        for n in range(50)
    ]
    assert "common" not in build(entries)["terms"].split()
    assert "own7" in build(entries)["terms"].split()
    assert "common" in build(entries[:10])["terms"].split()


def test_a_sign_that_parts_phrases_does_not_part_one() -> None:
    asked = Entry(id="a", title="A", url="a/", kind="", state="", asked_as=("this | that",))
    assert build([asked])["asked"] == ["this   that"]


def test_an_empty_handbook_has_an_index_too() -> None:
    finder = Finder(build([]))
    assert finder.search("anything").hits == ()
