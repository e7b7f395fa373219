"""A signature is taken back, and a text refused, by an entry that stays: with the day, the reason, and the text it is for."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.edit.sign import Wish, sign
from handrail.edit.withdraw import withdraw
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.model.roles import Role
from handrail.model.signoff import read_signatures
from tests.model.building import document, handbook

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}, {id: pna, name: Pia}]")
PAGE = document("sop", "pay", "state: active", "rapid: LBK(D), OHA(A)", body="Pay it.\n")
DAY = date(2026, 11, 15)
DECIDES, AGREES = Wish(Role.DECIDE, "lbk", DAY), Wish(Role.AGREE, "oha", DAY)


def book(page: str | bytes = PAGE) -> Handbook:
    return handbook({"a.md": page.decode() if isinstance(page, bytes) else page, "people.md": PEOPLE})


def both_signed() -> bytes:
    raw = PAGE.encode()
    for wish in (AGREES, DECIDES):
        now = book(raw)
        raw = sign(now, now.by_src_uri["a.md"], raw, wish).raw
    return raw


def taken_back(raw: bytes, wish: Wish, reason: str = "The bank has changed.") -> bytes:
    now = book(raw)
    return withdraw(now, now.by_src_uri["a.md"], raw, wish, reason).raw


def test_a_signature_taken_back_stays_and_counts_no_more() -> None:
    before = both_signed()
    assert book(before).sign_off(book(before).by_src_uri["a.md"]).status == "signed"
    after = taken_back(before, AGREES)
    page = book(after).by_src_uri["a.md"]
    agreed, decided = read_signatures(page)
    assert (agreed.withdrawn_on, agreed.reason, decided.withdrawn_on) == (DAY, "The bank has changed.", None)
    assert agreed.digest == str(book(after).texts.digest(page))
    assert book(after).sign_off(page).status == "incomplete"


def test_a_text_is_refused_as_it_stands() -> None:
    after = taken_back(PAGE.encode(), AGREES, "Nobody can do that.")
    now = book(after)
    page = now.by_src_uri["a.md"]
    [entry] = read_signatures(page)
    assert entry.is_refusal
    assert (entry.signed_on, entry.withdrawn_on, entry.digest) == (DAY, DAY, str(now.texts.digest(page)))
    [_, required] = now.sign_off(page).required
    assert required.is_refused
    other = book(after.replace(b"Pay it.", b"Pay it at once."))
    assert not other.sign_off(other.by_src_uri["a.md"]).required[1].is_refused, "it was said of another text"


@pytest.mark.parametrize(
    ("wish", "reason", "part"),
    [
        (AGREES, "", "Say with --reason why"),
        (AGREES, " ", "Say with --reason why"),
        (Wish(Role.AGREE, "pna", DAY), "No", "Pia does not agree to “A page”"),
        (Wish(Role.DECIDE, "oha", DAY), "No", "Omar does not decide on “A page”"),
        (Wish(Role.AGREE, "oha", date(2026, 11, 14)), "No", "can't be taken back before that day"),
    ],
)
def test_what_can_not_be_taken_back_is_said(wish: Wish, reason: str, part: str) -> None:
    with pytest.raises(UsageError) as refused:
        taken_back(both_signed(), wish, reason)
    assert part in str(refused.value)


def test_nobody_refuses_one_text_twice() -> None:
    with pytest.raises(UsageError, match="has said so of this text already"):
        taken_back(taken_back(PAGE.encode(), AGREES), AGREES)


def test_every_signature_for_this_text_is_taken_back_and_none_for_another() -> None:
    raw = PAGE.encode()
    for day, body in ((1, b"Pay it."), (2, b"Pay it twice."), (3, b"Pay it."), (4, b"Pay it.")):
        raw = raw.replace(b"Pay it twice.", b"Pay it.").replace(b"Pay it.", body)
        now = book(raw)
        wish = Wish(Role.DECIDE, "lbk", date(2026, 11, day), "Read it again")
        raw = sign(now, now.by_src_uri["a.md"], raw, wish).raw
    after = book(taken_back(raw, DECIDES))
    page = after.by_src_uri["a.md"]
    assert [one.withdrawn_on for one in read_signatures(page)] == [DAY, None, DAY, DAY]
    decider = after.sign_off(page).decider
    assert decider is not None
    assert (decider.given, decider.is_refused) == (None, True)
