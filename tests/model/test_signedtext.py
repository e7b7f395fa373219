"""The digest of a signed text: what changes it, what does not, and that no edit makes a changed text show as signed."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.kinds import load_kinds
from handrail.model.page import Page, make_page
from handrail.model.people import Registry, read_registry
from handrail.model.settings import Settings
from handrail.model.signedtext import text_digest
from handrail.model.signoff import judge
from handrail.text.digest import digest, normalised_body
from handrail.text.source import read_source

_KINDS = load_kinds()
_TODAY = date(2026, 11, 15)
_PEOPLE: Registry = read_registry({
    "people": [
        {"id": "lbk", "name": "Lena Brandt-Keller", "deputy": "pna"},
        {"id": "oha", "name": "Omar Haddad"},
        {"id": "pna", "name": "Priya Nair"},
    ],
})  # fmt: skip
_PAGE = """---
kind: sop
id: expense-claims
title: Claim your expenses
visibility: public
state: active
vpmom: finance
trigger: You paid for something for work.
review_every: 12 months
rapid: {decide: lbk, agree: [oha], perform: [pna]}
owner: pna
---
You get your money within ten days. See [the table](../table.md) and [[sop:pay]].

1. Photograph each receipt.
    - on the day
2. Ask [the bank](https://bank.example/forms/7) or [us](mailto:claims@marlstone.example).

![The form](form.png)
"""


def _page(text: str) -> Page:
    return make_page("content/a.md", "a.md", "a/", read_source(text.encode()), _KINDS, Settings())


def _digest(text: str) -> str:
    return text_digest(_page(text), _PEOPLE)


_TAMPERING = {
    "a word of the body": ("ten days", "twenty days"),
    "a sign": ("ten days.", "ten days?"),
    "an indentation": ("    - on the day", "- on the day"),
    "the order of steps": ("1. Photograph each receipt.", "3. Photograph each receipt."),
    "the title": ("title: Claim your expenses", "title: Claim all expenses"),
    "the id, as in a replay on another page": ("id: expense-claims", "id: travel-claims"),
    "who decides": ("decide: lbk", "decide: pna"),
    "who agrees": ("agree: [oha]", "agree: [pna]"),
    "nobody agrees any more": (", agree: [oha]", ""),
    "the trigger": ("for work.", "for fun."),
    "how long it holds": ("12 months", "1 month"),
    "a link's host": ("bank.example/forms", "bamk.example/forms"),
    "a link's scheme": ("https://bank", "http://bank"),
    "a link out of the handbook": ("../table.md", "https://evil.example/table"),
    "a link without its scheme": ("../table.md", "//evil.example/table"),
    "a link with a script": ("../table.md", "javascript:alert(1)"),
    "a mail address": ("claims@", "clams@"),
    "an image's path": ("form.png", "other.png"),
    "a letter of another alphabet": ("receipt", "rec\u0435ipt"),
    "an invisible character": ("receipt", "rec\u200beipt"),
    "a link's text": ("[the bank]", "[our bank]"),
    "what replaces it": ("owner: pna", "replaces: old-claims"),
    "what is hidden in a comment": ("![The form]", "<!-- not so -->![The form]"),
}
_HARMLESS = {
    "line ends": ("\n", "\r\n"),
    "more empty lines": ("\n\n1. Photo", "\n\n\n\n1. Photo"),
    "where a link in the handbook leads": ("../table.md", "../other/table.md#limits"),
    "which page of the handbook is linked": ("[[sop:pay]]", "[[sop:pay-an-invoice]]"),
    "the page on the same host": ("bank.example/forms/7", "bank.example/forms/8?new"),
    "the order of fields": (
        "id: expense-claims\ntitle: Claim your expenses",
        "title: Claim your expenses\nid: expense-claims",
    ),
    "quotes": ("title: Claim your expenses", 'title: "Claim your expenses"'),
    "the owner": ("owner: pna", "owner: oha"),
    "a field more": ("owner: pna", "owner: pna\nasked_as: [get reimbursed]"),
    "the plan it serves": ("vpmom: finance", "vpmom: company"),
    "the short form of rapid": ("{decide: lbk, agree: [oha], perform: [pna]}", "LBK(D), OHA(A), PNA(P)"),
    "a person's full name": ("decide: lbk", "decide: Lena Brandt-Keller"),
    "a space at a line's end": ("each receipt.\n", "each receipt.  \n"),
}


@pytest.mark.parametrize(("old", "new"), _TAMPERING.values(), ids=_TAMPERING)
def test_tampering_changes_the_digest(old: str, new: str) -> None:
    assert old in _PAGE
    assert _digest(_PAGE.replace(old, new)) != _digest(_PAGE)


@pytest.mark.parametrize(("old", "new"), _HARMLESS.values(), ids=_HARMLESS)
def test_what_changes_nothing_for_a_reader_changes_no_digest(old: str, new: str) -> None:
    assert old in _PAGE
    assert _digest(_PAGE.replace(old, new)) == _digest(_PAGE)


def test_a_plan_is_bound_to_its_period_and_free_in_its_results() -> None:
    plan = """---
kind: vpmom
id: finance
period: FY27
title: Finance
visibility: public
state: active
vision: Right the first time.
measures: [{text: Claims are paid, target: 10}]
---
"""
    with_result = plan.replace("target: 10", "target: 10, result: 9")
    assert _digest(with_result) == _digest(plan)
    assert _digest(plan.replace("FY27", "FY28")) != _digest(plan)
    assert _digest(plan.replace("target: 10", "target: 11")) != _digest(plan)
    assert _digest(plan.replace("target: 10", 'target: "10"')) == _digest(plan)


def test_a_digest_can_be_recomputed_by_the_recipe_on_the_site() -> None:
    recipe = '{"body":"A\\n\\nB [x]()","fields":{"id":"a","kind":"page"}}'
    by_hand = f"t1:{hashlib.sha256(recipe.encode()).hexdigest()}"

    assert digest({"kind": "page", "id": "a"}, "A  \r\n\r\n\r\n\r\nB [x](y.md)\n") == by_hand


_BODIES = st.text(st.sampled_from("ab \n\t`[]()!#<>-*\\:/.|{}") | st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=300)
@given(_BODIES)
def test_normalising_twice_is_normalising_once(body: str) -> None:
    once = normalised_body(body)
    assert normalised_body(once.replace("\n", "\r\n") + "\n\n") == normalised_body(once)


def _signed(text: str, digests: list[str]) -> str:
    entries = "".join(
        f'  - {{role: {role}, by: {by}, date: 2026-03-0{day}, digest: "{one}"}}\n'
        for day, one in enumerate(digests, 1)
        for role, by in (("A", "oha"), ("D", "lbk"))
    )
    return text.replace("owner: pna\n", f"owner: pna\nsign_offs:\n{entries}")


_EDITS = st.lists(st.sampled_from([*_TAMPERING.values()]), max_size=4)


@settings(max_examples=400)
@given(st.lists(_EDITS, min_size=1, max_size=3))
def test_no_sequence_of_edits_and_signatures_shows_a_changed_text_as_signed(
    rounds: list[list[tuple[str, str]]],
) -> None:
    text = _PAGE
    digests: list[str] = []
    signed: set[str] = set()
    for edits in rounds:
        digests.append(_digest(text))
        signed.add(digests[-1])
        for old, new in edits:
            text = text.replace(old, new)
    page = _page(_signed(text, digests)) if "owner: pna\n" in text else _page(text)
    shown = judge(page, _PEOPLE, _TODAY)
    if shown.is_signed:
        assert text_digest(page, _PEOPLE) in signed
