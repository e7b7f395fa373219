"""The order in which the finder answers, sentence by sentence of its specification."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.search.index import Entry, build
from handrail.search.ranking import FAR, Finder, distance
from tests.search.labelled import handbook, index_of, queries, with_a_slip


def page(id_: str, title: str, *asked: str, standing: int = 0, weight: int = 100, **others: str) -> Entry:
    """Return an entry."""
    return Entry(
        id=id_, title=title, url=f"{id_}/", kind="procedure", state="", standing=standing, weight=weight,
        asked_as=asked, others=others,
    )  # fmt: skip


def found(query: str, *entries: Entry, synonyms: tuple[tuple[str, ...], ...] = ()) -> list[str]:
    """Return the ids of what a query finds."""
    finder = Finder(build(entries, synonyms))
    return [finder.ids[hit.page] for hit in finder.search(query).hits]


CLAIMS = page("claims", "Claim your expenses", "get reimbursed", "lost receipt", trigger="You paid for work yourself.")
TRIP = page("trip", "Book a trip", "flights and hotels", "travel expenses")
LAPTOP = page("laptop", "Report a lost device", "my laptop is gone", summary="What to do in the first hour.")


@pytest.mark.parametrize(
    "query",
    [
        "claim your expenses", "Claim Your Expenses!", "claiming an expense", "expence", "recieved a lost reciept", "claim",
        "clai", "EXPENSES", "éxpènses", "reimbursement", "paid for work", "claims", "expen",
    ],
)  # fmt: skip
def test_it_is_found_by_its_words_their_forms_and_with_slips(query: str) -> None:
    assert found(query, CLAIMS, TRIP, LAPTOP)[0] == "claims"


@pytest.mark.parametrize("query", ["checkin", "check-in", "check in", "covid19", "covid-19", "onboardingcheck"])
def test_what_a_hyphen_joins_is_found_in_one_word_too(query: str) -> None:
    both = page("a1", "Onboarding check-in", "covid-19 rules")
    assert found(query, CLAIMS, TRIP, both)[0] == "a1"


def test_the_page_with_just_this_title_comes_first() -> None:
    longer = page("longer", "Book a trip and a trip back: book a trip", "book a trip")
    assert found("Book a trip", longer, TRIP) == ["trip", "longer"]


def test_then_the_page_that_is_asked_so() -> None:
    titled = page("titled", "Travel expenses and what they are")
    assert found("travel expenses", titled, TRIP)[0] == "trip"


def test_an_id_is_as_good_as_a_phrase() -> None:
    assert found("laptop", page("other", "Buy a laptop, return a laptop"), LAPTOP)[0] == "laptop"


def test_all_words_are_better_than_one_word_often() -> None:
    often = page("often", "Lost, lost, lost", "lost", "I lost it")
    assert found("lost device", often, LAPTOP)[0] == "laptop"


def test_words_of_one_phrase_are_better_than_words_of_two() -> None:
    apart = page("apart", "Something else", "lost luggage", "printed receipt")
    assert found("receipt lost", apart, CLAIMS)[0] == "claims"


def test_a_draft_is_found_below_a_page_in_use_that_fits_as_well_and_a_stub_below_both() -> None:
    entries = [
        page(f"{name}-one", "Swim in the lake", standing=n) for n, name in enumerate(("use", "draft", "stub", "old"))
    ]
    assert found("lake", *reversed(entries)) == ["use-one", "draft-one", "stub-one", "old-one"]


def test_a_stub_is_found_all_the_same() -> None:
    assert found("sabbatical", CLAIMS, page("stub", "Take a sabbatical", standing=2)) == ["stub"]


def test_a_procedure_is_found_above_a_page_of_another_kind_that_fits_as_well() -> None:
    assert found("lake", page("a", "Lake", "x", weight=80), page("b", "Lake", "y")) == ["b", "a"]


def test_synonyms_find_what_the_word_itself_does_not_but_below_it() -> None:
    own = page("own", "Take a holiday")
    group = (("holiday", "vacation"),)
    assert found("vacation", own, CLAIMS, synonyms=group) == ["own"]
    assert found("vacations", own, CLAIMS, synonyms=group) == ["own"]
    assert found("vacation", own, page("exact", "Ask for vacation"), synonyms=group) == ["exact", "own"]


def test_words_may_be_written_together_or_apart() -> None:
    assert found("blogpost", page("blog", "Publish a blog post"), CLAIMS) == ["blog"]
    assert found("news letter", page("news", "Send the newsletter"), page("letter", "Write a letter"))[0] == "news"


def test_a_word_that_tells_nothing_counts_only_where_there_is_no_other() -> None:
    entries = [page("who", "Who is who"), page("pay", "Who pays what")]
    assert found("who is who", *entries)[0] == "who"
    assert found("how do I pay", *entries) == ["pay"]


def test_short_words_are_not_taken_for_slips_of_others() -> None:
    assert found("cat", page("a", "Buy a car")) == []
    assert found("pay", page("a", "Stay a day")) == []


def test_what_fits_far_worse_than_the_best_is_left_out() -> None:
    weak = page("weak", "Something else entirely", jobs="clerk for expenses")
    assert "weak" not in found("claim your expenses", CLAIMS, weak)


def test_a_word_in_a_compound_is_found_and_below_the_word_alone() -> None:
    entries = [page("in", "Pay a supplierinvoice"), page("own", "Pay an invoice")]
    assert found("invoice", *entries) == ["own", "in"]
    assert found("invoicesupplier", page("a", "Invoice of a supplier"), CLAIMS) == ["a"]
    assert found("invoicessupplier", page("a", "Invoice of a supplier"), CLAIMS) == ["a"]


def test_a_word_that_nothing_fits_finds_what_has_most_of_its_letters() -> None:
    assert found("expenditure", page("a", "Expendable goods"), TRIP) == ["a", "trip"]
    assert found("harassment", page("a", "Assessment of risks")) == []
    assert found("contribution", page("a", "Contract of work")) == []


def test_only_what_tells_something_counts_among_the_words_of_a_long_question() -> None:
    long = "what is it that I have to do and whom do I have to ask when I want to have it from you " * 2
    assert found(f"{long} receipt", CLAIMS, TRIP) == ["claims"]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("xqzwvy expences", "expenses"),
        ("xqzzy plugh clain", "claim"),
        ("expences", "expenses"),
        ("lost recept", "lost receipt"),
        ("claim", ""),
        ("expens", ""),
        ("lost recei", ""),
        ("pension", ""),
        ("foo bar baz", ""),
        ("xqzwvy", ""),
        ("travl expnses", "travel expenses"),
    ],
)
def test_what_may_have_been_meant(query: str, meant: str) -> None:
    assert Finder(build([CLAIMS, TRIP, LAPTOP])).search(query).meant == meant


EDITS = [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "abc", 1), ("abcd", "xabcd", 1), ("abcd", "abxd", 1),
         ("abcdefgh", "badcefgh", 2), ("abcd", "dcba", FAR), ("ab", "abcde", FAR), ("", "", 0), ("ca", "abc", FAR)]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "edits"), EDITS)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == edits


@pytest.mark.parametrize(
    "query", ["", " ", "?!", "a" * 5000, "the of and", "\x00", "💥", "constructor", "__proto__ toString"]
)
def test_no_query_is_too_strange(query: str) -> None:
    Finder(build([CLAIMS, TRIP])).search(query)


def test_the_first_pages_alone_are_those_that_come_first_of_all() -> None:
    finder = Finder(index_of(handbook()))
    chance = random.Random(5)  # noqa: S311 - slips, not secrets
    for query in (form for asked, _ in queries() for form in (asked, with_a_slip(asked, chance))):
        found = [finder.urls[hit.page] for hit in finder.search(query).hits]
        assert [finder.first(query, most) for most in (1, 2, 3)] == [found[:1], found[:2], found[:3]], query


_SAID = st.lists(st.sampled_from(("how", "news", "letter", "newsletter", "bill", "bills")), min_size=0, max_size=2).map(
    " ".join
)


@given(st.lists(st.tuples(_SAID, st.lists(_SAID, max_size=2)), min_size=4, max_size=9), st.integers(1, 3))
@settings(max_examples=300)
def test_whether_a_page_is_among_the_first_is_told_as_a_search_tells_it(
    pages: list[tuple[str, list[str]]], most: int
) -> None:
    entries = [page(f"p{number}", title, *asked) for number, (title, asked) in enumerate(pages)]
    finder = Finder(build(entries))
    for entry in entries:
        for query in (entry.title, *entry.asked_as, entry.id):
            first = [finder.urls[hit.page] for hit in finder.search(query).hits][:most]
            assert finder.first(query, most) == first
            for other in entries:
                assert finder.is_among_first(other.url, query, most) is (other.url in first)
