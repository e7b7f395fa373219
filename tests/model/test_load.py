"""What each person carries, and the signatures that a year asks of them."""

from __future__ import annotations

import pytest

from handrail.model.handbook import Handbook
from handrail.model.load import Load, Loads
from handrail.model.roles import Role
from tests.model.building import TODAY, day, document, handbook

PEOPLE = document(
    "people",
    "people",
    "people:",
    "  - {id: ada, name: Ada Roth, deputy: bo}",
    "  - {id: bo, name: Bo Lind}",
    "  - {id: cy, name: Cy Marsh}",
    "  - {id: old, name: Olga Old, until: 2026-01-31}",
    "  - {id: odd, name: Odd Nes, until: 2026-01-31, deputy: cy}",
    "groups:",
    "  - {id: books, name: Books, members: [ada, bo]}",
    "  - {id: board, name: Board, members: [ada, cy], quorum: all}",
    "  - {id: rest, name: Rest, members: [old, cy]}",
    "  - {id: nobody, name: Nobody, members: [old]}",
)


def sop(id_: str, rapid: str, *lines: str, state: str = "active") -> str:
    return document("sop", id_, f"state: {state}", f"rapid: {rapid}", *lines, title=id_)


def book(*, today: str = TODAY, **pages: str) -> Handbook:
    return handbook({"people.md": PEOPLE, **{f"{name}.md": text for name, text in pages.items()}}, today)


def load(who: str, *, today: str = TODAY, **pages: str) -> Load:
    known = book(today=today, **pages)
    found = known.registry.find(who)
    assert found is not None
    return Loads(known).of(found)


def by_letter(found: Load) -> dict[str, list[str]]:
    return {role.value: [page.id for page in pages] for role, pages in found.roles.items()}


def test_documents_by_letter_and_through_groups_apart() -> None:
    pages = {
        "a": sop("a", "ada(D), books(A), Bo Lind(P&I)"),
        "b": sop("b", "cy(D), ada(A), books(A)"),
        "c": sop("c", "bo(D), ada(R)", state="draft"),
        "d": sop("d", "ada(D)", state="retired"),
        "e": sop("e", "cy(D), nobody-here(A)"),
    }
    ada = load("ada", **pages)
    assert by_letter(ada) == {"D": ["a"], "A": ["b"], "R": ["c"]}
    assert {role.value: [(one.page.id, one.group.id) for one in listed] for role, listed in ada.through.items()} == {
        "A": [("a", "books")]
    }
    bo = load("bo", **pages)
    assert by_letter(bo) == {"D": ["c"], "P": ["a"], "I": ["a"]}
    assert [one.page.id for one in bo.through[Role.AGREE]] == ["a", "b"]
    assert by_letter(load("books", **pages)) == {"A": ["a", "b"]}


def test_what_somebody_owns_and_leads() -> None:
    found = load(
        "ada",
        a=sop("a", "cy(D)", "owner: Ada Roth"),
        b=sop("b", "cy(D)", "owner: ada", state="retired"),
        c=document("department", "finance", "lead: ada"),
    )
    assert ([page.id for page in found.owns], [page.id for page in found.leads]) == (["a"], ["finance"])


def test_open_decisions() -> None:
    entries = (
        "{date: 2026-09-01, text: late, owner: ada, due: 2026-10-10}",
        "{date: 2026-09-01, text: done, owner: ada, due: 2026-10-01, done: 2026-10-02}",
        "{date: 2026-09-01, text: some day, owner: ada}",
        "{date: 2026-09-01, text: first, owner: ada, due: 2026-10-01}",
        "{date: 2026-09-01, text: given up, owner: ada, dropped: {date: 2026-10-01, why: no}}",
        "{date: 2026-09-01, text: of another, owner: bo}",
    )
    meeting = document("cadence", "m", "frequency: daily", "participants: [ada]", f"decisions: [{', '.join(entries)}]")
    assert [one.text for one in load("ada", m=meeting).decisions] == ["first", "late", "some day"]


def months(found: Load) -> dict[str, int]:
    return {f"{month:%Y-%m}": count for month, count in found.by_month.items()}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((), {"2026-11": 1}),
        (("review_every: 3 months",), {"2026-11": 1, "2027-02": 1, "2027-05": 1, "2027-08": 1}),
        (("review_every: 6 months", "sign_offs: [{role: D, by: ada, date: 2026-09-30}]"), {"2027-03": 1, "2027-09": 1}),
        (("sign_offs: [{role: D, by: ada, date: 2026-11-15}]",), {"2027-11": 1}),
        (("sign_offs: [{role: D, by: ada, date: 2025-09-30}]",), {"2026-11": 1}),
    ],
)
def test_a_decider_signs_again_as_often_as_a_sign_off_runs_out(
    lines: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert months(load("ada", a=sop("a", "ada(D)", *lines))) == expected


def test_an_agreement_is_asked_of_whom_alone_can_give_it() -> None:
    pages = {
        "a": sop("a", "cy(D), ada(A)", "review_every: 6 months"),
        "b": sop("b", "cy(D), books(A)"),
        "c": sop("c", "bo(D), board(A)"),
        "d": sop("d", "bo(D), rest(A)"),
        "e": sop("e", "bo(D), odd(A)"),
        "f": sop("f", "ada(D)", state="draft"),
    }

    def asked(who: str) -> list[tuple[str, str]]:
        return [(one.page.id, one.role.value) for one in load(who, **pages).asked]

    # Of a group one of several may sign; a group that agrees as a whole asks each member.
    assert sorted(asked("ada")) == [("a", "A"), ("a", "A"), ("c", "A")]
    assert asked("books") == [("b", "A")]
    # Who has left asks nothing more; the only member who is there is asked for the group, and a deputy for whom they stand in.
    assert sorted(asked("cy")) == [("a", "D"), ("a", "D"), ("b", "D"), ("c", "A"), ("d", "A"), ("e", "A")]
    assert asked("old") == asked("odd") == []


def test_who_has_signed_is_not_asked_while_others_are() -> None:
    signed = "sign_offs: [{role: A, by: ada, date: %s}%s]"
    pages = {
        "waits": sop("waits", "cy(D), ada(A), bo(A)", signed % ("2026-11-01", "")),
        "ran-out": sop("ran-out", "cy(D), ada(A)", signed % ("2025-09-29", ", {role: D, by: cy, date: 2025-09-30}")),
        "holds": sop("holds", "cy(D), ada(A)", signed % ("2026-09-29", ", {role: D, by: cy, date: 2026-09-30}")),
    }
    assert [(one.page.id, f"{one.day:%Y-%m}") for one in load("ada", **pages).asked] == [
        ("holds", "2027-09"),
        ("ran-out", "2027-11"),
        ("waits", "2027-11"),
    ]
    assert [(one.page.id, f"{one.day:%Y-%m}") for one in load("cy", **pages).asked] == [
        ("ran-out", "2026-11"),
        ("waits", "2026-11"),
        ("holds", "2027-09"),
    ]


def test_a_plan_asks_for_what_is_missing_and_for_no_more() -> None:
    lines = ("period: FY29", "state: active", "rapid: ada(D)", "vision: V")
    # A signature for a year counts from half a year before it.
    assert months(load("ada", p=document("vpmom", "company", *lines))) == {"2027-08": 1}
    signed = (*lines[1:], "period: FY27", "sign_offs: [{role: D, by: ada, date: 2026-03-01}]")
    assert months(load("ada", p=document("vpmom", "company", *signed))) == {}


@pytest.mark.parametrize(
    ("count", "lines", "is_many"),
    [
        (24, ("sign_offs: [{role: D, by: ada, date: 2026-%02d-10}]",), False),
        (25, ("sign_offs: [{role: D, by: ada, date: 2026-%02d-10}]",), True),
        (8, ("owner: bo",), False),
        (9, ("owner: bo",), True),
    ],
)
def test_many(count: int, lines: tuple[str, ...], *, is_many: bool) -> None:
    pages = {
        f"p{at}": sop(f"p{at}", "ada(D)", *(line % (1 + at % 11) if "%" in line else line for line in lines))
        for at in range(count)
    }
    found = load("ada", **pages)
    assert len(found.asked) == count
    assert found.is_many is is_many


def test_one_pair_of_hands() -> None:
    pages = {
        "a": sop("a", "cy(D)"),
        "b": sop("b", "cy(D), bo(A)"),
        "c": sop("c", "ada(D)"),
        "d": sop("d", "cy(D)", "owner: bo"),
    }
    assert [page.id for page in load("cy", **pages).alone] == ["a"]
    assert load("ada", **pages).alone == ()  # a deputy stands in


def test_who_left_and_is_still_named() -> None:
    pages = {
        "a": sop("a", "old(D)", "owner: old"),
        "b": sop("b", "odd(D)", "owner: odd"),
        "c": sop("c", "cy(D), nobody(A)", "owner: nobody"),
        "d": sop("d", "old(D)", "owner: old", state="draft"),
    }
    old, odd, nobody = (load(who, **pages) for who in ("old", "odd", "nobody"))
    assert ([page.id for page in old.orphaned], [page.id for page in old.unsignable]) == (["a"], ["a"])
    assert ([page.id for page in odd.orphaned], [page.id for page in odd.unsignable]) == (["b"], [])
    assert ([page.id for page in nobody.orphaned], [page.id for page in nobody.unsignable]) == (["c"], ["c"])


def test_only_the_pages_that_are_given_count() -> None:
    known = book(
        a=sop("a", "ada(D)", "owner: ada"), b=sop("b", "ada(D)", "owner: ada"), c=sop("c", "old(D)", "owner: old")
    )
    ada, old = known.registry.people["ada"], known.registry.people["old"]
    few = Loads(known, {known.by_src_uri["b.md"]})
    found = few.of(ada)
    assert by_letter(found) == {"D": ["b"]}
    assert ([page.id for page in found.owns], [one.page.id for one in found.asked]) == (["b"], ["b"])
    assert (few.of(old).orphaned, few.of(old).unsignable) == ((), ())


def test_names_count_as_written_where_there_is_no_list_of_people() -> None:
    known = handbook({"a.md": sop("a", "Ada(D)")})
    who = known.registry.find("Ada")
    assert who is not None
    found = Loads(known).of(who)
    assert ([one.page.id for one in found.asked], found.alone) == (["a"], ())


def test_twelve_months_end_on_the_same_day() -> None:
    assert max(one.day for one in load("ada", a=sop("a", "ada(D)", "review_every: 1 month")).asked) == day("2027-10-15")
