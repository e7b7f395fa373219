"""Sign-off: who has to sign, whose signature counts, and the day on which it no longer holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.model.signoff import SignOff, is_asked_to_be_signed
from tests.model.building import document, handbook, only

PEOPLE = document(
    "people", "people",
    "people:",
    "  - {id: lbk, name: Lena, deputy: oha}", "  - {id: oha, name: Omar}", "  - {id: pna, name: Pia}",
    "  - {id: gone, name: Gil, until: 2026-03-31, deputy: pna}",
    "groups:",
    "  - {id: lt, name: Leaders, members: [lbk, oha, pna]}",
    "  - {id: board, name: Board, quorum: all, members: [lbk, oha, pna]}",
    "  - {id: alone, name: Alone, quorum: all, members: [lbk]}",
)  # fmt: skip


def signed(
    *entries: str,
    today: str = "2026-11-15",
    rapid: str = "LBK(D), OHA(A)",
    state: str = "active",
    people: str = PEOPLE,
    more: str = "tags: [a]",
) -> SignOff:
    """Judge a procedure; an entry is written `D lbk 2026-03-31 note`."""
    lines = [
        f"state: {state}",
        f'rapid: "{rapid}"' if rapid else "tags: [a]",
        more if rapid or more != "tags: [a]" else "icon: material/cash",
    ]
    for index, entry in enumerate(entries):
        role, by, day, *note = entry.split(" ", 3)
        said = f", note: {note[0]}" if note else ""
        lines += ["sign_offs:"] if index == 0 else []
        lines.append(f"  - {{role: {role}, by: {by}, date: {day}{said}}}")
    pages = {"a.md": document("sop", "a", *lines)} | ({"people.md": people} if people else {})
    book = handbook(pages, today)
    return book.sign_off(only(book, "a.md"))


STATUS: list[tuple[str, tuple[str, ...], str, str]] = [
    ("nobody", (), "LBK(D), OHA(A)", "never signed"),
    ("only the D", ("D lbk 2026-03-31",), "LBK(D), OHA(A)", "incomplete"),
    ("only an A", ("A oha 2026-03-31",), "LBK(D), OHA(A)", "incomplete"),
    ("both", ("D lbk 2026-03-31", "A oha 2026-03-30"), "LBK(D), OHA(A)", "signed"),
    ("one of two A", ("D lbk 2026-03-31", "A oha 2026-03-30"), "LBK(D), OHA(A), PNA(A)", "incomplete"),
    ("the D alone where nobody agrees", ("D lbk 2026-03-31",), "LBK(D), PNA(R, P, I)", "signed"),
    ("names in another case and in full", ("D Lena 2026-03-31", "A OHA 2026-03-30"), "lbk(D), Omar(A)", "signed"),
    ("roles the wrong way round", ("A lbk 2026-03-31", "D oha 2026-03-30"), "LBK(D), OHA(A)", "never signed"),
    ("R never signs", ("D lbk 2026-03-31", "A pna 2026-03-31"), "LBK(D), PNA(R), OHA(A)", "incomplete"),
    ("someone nobody knows", ("D xyz 2026-03-31",), "LBK(D)", "never signed"),
    ("dated tomorrow: somewhere it is", ("D lbk 2026-11-16",), "LBK(D)", "signed"),
    ("dated the day after tomorrow", ("D lbk 2026-11-17",), "LBK(D)", "never signed"),
    ("deputy with a note", ("D oha 2026-03-31 Lena is away",), "LBK(D)", "signed"),
    ("deputy without a note", ("D oha 2026-03-31",), "LBK(D)", "never signed"),
    ("deputy of an A", ("D pna 2026-03-31", "A oha 2026-03-31 for Lena"), "PNA(D), LBK(A)", "signed"),
    ("someone with a note who is no deputy", ("D pna 2026-03-31 I was asked",), "LBK(D)", "never signed"),
    ("on the last day", ("D gone 2026-03-31",), "GONE(D)", "signed"),
    ("a day after leaving", ("D gone 2026-04-01",), "GONE(D)", "never signed"),
    ("deputy of one who has left", ("D pna 2026-04-01 Gil has left",), "GONE(D)", "signed"),
    ("anyone of a group", ("D lbk 2026-03-31", "A pna 2026-03-31"), "LBK(D), LT(A)", "signed"),
    ("the D for the group too", ("D lbk 2026-03-31", "A lbk 2026-03-31"), "LBK(D), LT(A)", "incomplete"),
    ("someone outside the group", ("D oha 2026-03-31", "A gone 2026-03-31"), "OHA(D), LT(A)", "incomplete"),
    (
        "all of a group but one",
        ("D gone 2026-03-31", "A lbk 2026-03-31", "A oha 2026-03-31"),
        "GONE(D), BOARD(A)",
        "incomplete",
    ),
    (
        "all of a group",
        ("D gone 2026-03-31", "A lbk 2026-03-31", "A oha 2026-03-31", "A pna 2026-03-31"),
        "GONE(D), BOARD(A)",
        "signed",
    ),
    (
        "all of a group but the D, who is in it",
        ("D lbk 2026-03-31", "A oha 2026-03-31", "A pna 2026-03-31"),
        "LBK(D), BOARD(A)",
        "signed",
    ),
    (
        "a deputy who decides can't agree for somebody",
        ("D oha 2026-03-31", "A oha 2026-03-31 Away"),
        "OHA(D), LBK(A)",
        "incomplete",
    ),
    (
        "whoever stood in for the decider agrees for no group",
        ("D oha 2026-03-31 Away", "A oha 2026-03-31"),
        "LBK(D), lt(A)",
        "incomplete",
    ),
    (
        "whoever stood in for the decider agrees in their own name",
        ("D oha 2026-03-31 Away", "A oha 2026-03-31"),
        "LBK(D), OHA(A)",
        "signed",
    ),
    ("a group that has to agree whole and holds nobody else", ("D lbk 2026-03-31",), "LBK(D), alone(A)", "incomplete"),
    ("one person in both roles", ("D lbk 2026-03-31", "A lbk 2026-03-31"), "LBK(D, A)", "signed"),
    ("nobody decides", ("A oha 2026-03-31",), "OHA(A)", "incomplete"),
    ("nobody decides and nobody signed", (), "OHA(A)", "never signed"),
]


@pytest.mark.parametrize(
    ("entries", "rapid", "status"), [case[1:] for case in STATUS], ids=[case[0] for case in STATUS]
)
def test_status(entries: tuple[str, ...], rapid: str, status: str) -> None:
    assert signed(*entries, rapid=rapid).status == status


def test_without_a_registry_names_count_as_written() -> None:
    assert signed("D LBK 2026-03-31", "A OHA 2026-03-31", people="").status == "signed"
    assert signed("D Lena 2026-03-31", "A OHA 2026-03-31", people="").status == "incomplete"


def test_the_date_is_the_deciders_and_the_newest() -> None:
    judged = signed("D lbk 2026-01-10", "D lbk 2026-03-31", "D lbk 2025-12-24", "A oha 2026-06-30")
    assert judged.signed_on == date(2026, 3, 31)
    assert judged.decider is not None
    assert judged.decider.given is not None
    assert judged.decider.given.signature.index == 1


def test_a_deputy_is_shown_beside_whom_he_signed_for() -> None:
    decider = signed("D oha 2026-03-31 Lena is away", rapid="LBK(D)").decider
    assert decider is not None
    assert decider.given is not None
    assert decider.given.principal is not None
    assert (decider.name, decider.given.signer.name, decider.given.principal.name) == ("Lena", "Omar", "Lena")


def test_who_is_missing_and_whose_signature_counts_for_nothing() -> None:
    judged = signed("D lbk 2026-03-31", "A pna 2026-03-31", "D xyz 2026-03-31")
    assert [one.name for one in judged.missing] == ["Omar"]
    assert [entry.by for entry in judged.unauthorised] == ["pna", "xyz"]


@pytest.mark.parametrize("state", ["stub", "draft", "retired"])
def test_nothing_is_asked_of_what_is_not_active(state: str) -> None:
    assert signed("D lbk 2026-03-31", state=state).status == "not asked"


# signed on, review, last good day
UNTIL = [
    ("2025-11-15", "", "2026-11-15"),
    ("2025-11-30", "review_every: 3 months", "2026-02-28"),
    ("2024-02-29", "", "2025-02-28"),
    ("2023-08-31", "review_every: 6 months", "2024-02-29"),
    ("2026-01-31", "review_every: 1 month", "2026-02-28"),
    ("2025-12-31", "review_every: 12 months", "2026-12-31"),
    ("2025-11-15", "review_every: 13 months", "2026-11-15"),
    ("2025-11-15", "review_every: soon", "2026-11-15"),
]


@pytest.mark.parametrize(("day", "review", "last"), UNTIL)
def test_good_until_the_same_day_and_stale_the_day_after(day: str, review: str, last: str) -> None:
    def judged(today: date) -> SignOff:
        return signed(f"D lbk {day}", rapid="LBK(D)", today=today.isoformat(), more=review or "tags: [a]")

    until = date.fromisoformat(last)
    assert judged(until).until == until
    stale = [judged(until + timedelta(days=days)).stale for days in range(-2, 4)]
    assert stale == [False, False, False, True, True, True]
    assert judged(until + timedelta(days=1)).is_signed
    assert not judged(until + timedelta(days=1)).in_force


def test_the_deciders_date_counts_for_staleness_not_the_others() -> None:
    assert signed("D lbk 2025-01-01", "A oha 2026-11-01").stale
    assert not signed("D lbk 2026-11-01", "A oha 2025-01-01").stale


def plan(*entries: str, today: str = "2026-11-15", period: str = "FY27") -> SignOff:
    lines = [f"period: {period}", "state: active", "vision: a", "priorities: [a]", "methods: [b]", "rapid: LBK(D)"]
    lines += ["sign_offs:", *(f"  - {{role: D, by: lbk, date: {entry}}}" for entry in entries)] if entries else []
    book = handbook({"p.md": document("vpmom", "company", *lines), "people.md": PEOPLE}, today)
    return book.sign_off(only(book, "p.md"))


# FY27 begins on 1 February 2026.
@pytest.mark.parametrize(
    ("day", "counts"),
    [("2025-07-31", False), ("2025-08-01", True), ("2026-01-31", True), ("2026-02-01", True), ("2026-11-15", True)],
)
def test_an_entry_over_six_months_before_a_plan_begins_does_not_count(day: str, counts: bool) -> None:  # noqa: FBT001
    assert plan(day).is_signed is counts


def test_a_plan_is_never_stale_for_its_period_ends() -> None:
    judged = plan("2026-02-01", today="2031-01-01")
    assert (judged.status, judged.stale, judged.until) == ("signed", False, None)


def test_an_early_entry_beside_one_that_counts() -> None:
    assert plan("2024-01-01", "2026-02-01").signed_on == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("kind", "lines"), [("mission", []), ("vision", ["horizon: {from: 2026-02-01, to: 2031-01-31}"])]
)
def test_a_mission_or_vision_is_asked_only_where_it_has_a_rapid(kind: str, lines: list[str]) -> None:
    pages = {
        "with.md": document(kind, "with", "statement: a", *lines, "rapid: LBK(D)"),
        "without.md": document(kind, "without", "statement: a", *lines),
    }
    book = handbook(pages)
    assert is_asked_to_be_signed(only(book, "with.md"))
    assert not is_asked_to_be_signed(only(book, "without.md"))
    assert book.sign_off(only(book, "with.md")).status == "never signed"


NONSENSE = [
    "sign_offs: text",
    "sign_offs: {}",
    "sign_offs: [text, 5, ~]",
    "sign_offs: [{role: X, by: lbk, date: 2026-03-31}]",
]
NONSENSE += ["sign_offs: [{role: D, by: [lbk], date: 2026-03-31}]", "sign_offs: [{role: D, by: lbk, date: 2026-02-30}]"]


@pytest.mark.parametrize("line", NONSENSE)
def test_what_satisfies_no_schema_is_left_out(line: str) -> None:
    assert signed(rapid="LBK(D)", more=line).status == "never signed"


def test_leaving_out_a_digest_makes_no_signature_one_for_another_text() -> None:
    lines = ("state: active", "rapid: LBK(D)", "sign_offs:")
    bound = f'  - {{role: D, by: lbk, date: 2026-03-31, digest: "t2:{"0" * 64}"}}'
    loose = "  - {role: D, by: lbk, date: 2026-04-30}"
    book = handbook({"a.md": document("sop", "a", *lines, bound, loose), "people.md": PEOPLE})
    found = book.sign_off(only(book, "a.md"))
    assert (found.status, found.signed_on, found.is_unbound) == ("changed since", date(2026, 3, 31), False)


WITHDRAWN = [
    ("the decider's", ["D lbk 2026-03-31 !2026-05-01", "A oha 2026-03-31"], "incomplete"),
    ("everyone's", ["D lbk 2026-03-31 !2026-05-01", "A oha 2026-03-31 !2026-05-01"], "withdrawn"),
    ("and given again", ["D lbk 2026-03-31 !2026-05-01", "A oha 2026-03-31", "D lbk 2026-05-02"], "signed"),
    ("today", ["D lbk 2026-03-31 !2026-11-15", "A oha 2026-03-31"], "incomplete"),
    ("tomorrow: somewhere it is", ["D lbk 2026-03-31 !2026-11-16", "A oha 2026-03-31"], "incomplete"),
    ("the day after tomorrow", ["D lbk 2026-03-31 !2026-11-17", "A oha 2026-03-31"], "signed"),
    ("on its first day", ["D lbk 2026-03-31 !2026-03-31"], "withdrawn"),
    ("a former one stands", ["D lbk 2026-03-31", "A oha 2026-03-31", "D lbk 2026-05-01 !2026-05-02"], "signed"),
]


def withdrawing(entries: list[str]) -> SignOff:
    """Judge a procedure; an entry is written `D lbk 2026-03-31 !2026-05-01`, withdrawn on the second day."""
    listed = []
    for entry in entries:
        role, by, given, *withdrawn = entry.split()
        taken_back = f", withdrawn: {{date: {withdrawn[0][1:]}, reason: Not so}}" if withdrawn else ""
        listed.append(f"  - {{role: {role}, by: {by}, date: {given}{taken_back}}}")
    lines = ("state: active", "rapid: LBK(D), OHA(A)", "sign_offs:", *listed)
    book = handbook({"a.md": document("sop", "a", *lines), "people.md": PEOPLE})
    return book.sign_off(only(book, "a.md"))


@pytest.mark.parametrize(("entries", "status"), [row[1:] for row in WITHDRAWN], ids=[row[0] for row in WITHDRAWN])
def test_what_was_withdrawn_counts_no_more(entries: list[str], status: str) -> None:
    assert withdrawing(entries).status == status


def test_who_took_it_back_and_why_is_kept() -> None:
    decider = withdrawing(["D lbk 2026-03-31 !2026-05-01", "A oha 2026-03-31"]).decider
    assert decider is not None
    assert decider.withdrawn is not None
    assert (decider.given, decider.withdrawn.signature.reason, decider.is_refused) == (None, "Not so", True)
    assert not decider.withdrawn.signature.is_refusal


def test_a_refusal_is_withdrawn_from_its_first_day_and_needs_no_note_of_a_deputy() -> None:
    decider = withdrawing(["D oha 2026-03-31 !2026-03-31"]).decider
    assert decider is not None
    assert decider.withdrawn is not None
    assert decider.withdrawn.signature.is_refusal
    assert (decider.name, decider.withdrawn.signer.name, decider.is_refused) == ("Lena", "Omar", True)


def test_a_refusal_of_a_former_text_refuses_this_one_no_more() -> None:
    digest = f"t2:{'0' * 64}"
    entry = (
        f'  - {{role: D, by: lbk, date: 2026-03-31, digest: "{digest}", withdrawn: {{date: 2026-03-31, reason: No}}}}'
    )
    lines = ("state: active", "rapid: LBK(D)", "sign_offs:", entry)
    book = handbook({"a.md": document("sop", "a", *lines), "people.md": PEOPLE})
    decider = book.sign_off(only(book, "a.md")).decider
    assert decider is not None
    assert decider.withdrawn is not None
    assert not decider.is_refused
