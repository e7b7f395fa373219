"""The digest of a signed text: what changes it, and what does not."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.model.dates import parse_period
from handrail.model.kinds import load_kinds
from handrail.model.page import Page, Terms, make_page
from handrail.model.people import Registry, read_registry
from handrail.model.settings import Settings, validate
from handrail.model.signed_content import bytes_of, text_of
from handrail.model.signoff import ByDigest, SignOff, judge
from handrail.text.digest import Digest, file_hash, files_half, parse_digest, serialised, text_half, typed
from handrail.text.source import read_source
from tests.model.samples import FULL, items

_KINDS = load_kinds()
_TODAY = date(2026, 11, 15)
_YEAR_END = validate({"fiscal_year_end": "01-31"}, lambda option: option).fiscal_year_end
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
    return make_page("content/a.md", "a.md", "a/", read_source(text.encode()), Terms(_KINDS, Settings(), _TODAY))


def _digest(text: str) -> str:
    return text_of(_page(text), _PEOPLE)


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
    "more empty lines": ("\n\n1. Photo", "\n\n\n\n1. Photo"),
    "an empty line at the start": ("---\nYou get", "---\n\nYou get"),
    "a space at a line's end": ("each receipt.\n", "each receipt.  \n"),
    "a space at the end of the text": ("(form.png)\n", "(form.png) \n"),
    "two spaces in a line": ("within ten", "within  ten"),
    "the form of a letter": ("receipt", "rece\u0301ipt"),
    "where a link in the handbook leads": ("../table.md", "../other/table.md#limits"),
    "which page of the handbook is linked": ("[[sop:pay]]", "[[sop:pay-an-invoice]]"),
    "the page on the same host": ("bank.example/forms/7", "bank.example/forms/8?new"),
    "a mark of a list": ("    - on", "    * on"),
    "what replaces it": ("owner: pna", "replaces: old-claims"),
    "what is hidden in a comment": ("![The form]", "<!-- not so -->![The form]"),
}
_HARMLESS = {
    "line ends": ("\n", "\r\n"),
    "line ends of old": ("\n", "\r"),
    "a byte-order mark": ("---\nkind", "\ufeff---\nkind"),
    "empty lines at the end": ("(form.png)\n", "(form.png)\n\n\n"),
    "no line end at the end": ("(form.png)\n", "(form.png)"),
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
    "a person's short name in another case": ("agree: [oha]", "agree: [OHA]"),
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
    recipe = '{"body":"A  \\n\\n\\n\\nB [x](y.md)","fields":{"id":"a","kind":"page"}}'
    by_hand = f"t2:{hashlib.sha256(recipe.encode()).hexdigest()}"

    assert text_half({"kind": "page", "id": "a"}, "A  \r\n\r\n\r\n\rB [x](y.md)\n\n") == by_hand


def test_the_bytes_that_were_signed_can_be_shown() -> None:
    shown = bytes_of(_page(_PAGE), _PEOPLE)
    assert f"t2:{hashlib.sha256(shown).hexdigest()}" == _digest(_PAGE)
    assert json.loads(shown)["fields"]["rapid.A"] == ["oha"]


def test_of_the_files_each_byte_counts_and_of_texts_not_how_lines_end() -> None:
    hashes = [file_hash(b"a\r\n", is_text=True), file_hash(b"a\r\n", is_text=False)]
    assert hashes == [hashlib.sha256(raw).hexdigest() for raw in (b"a\n", b"a\r\n")]
    by_hand = hashlib.sha256(f'["{hashes[0]}","{hashes[1]}"]'.encode()).hexdigest()
    assert files_half(hashes) == by_hand
    assert files_half(reversed(hashes)) != by_hand


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("t2:" + "0a" * 32, Digest("t2:" + "0a" * 32)),
        ("t2:" + "0a" * 32 + "." + "1b" * 32, Digest("t2:" + "0a" * 32, "1b" * 32)),
        *((written, None) for written in (
            "", "t1:" + "0a" * 32, "0a" * 32, "t2:" + "0A" * 32, "t2:" + "0a" * 31, "t2:" + "0a" * 32 + ".",
            "t2:" + "0a" * 32 + "\n", "t2:" + "0a" * 32 + "." + "1b" * 31, " t2:" + "0a" * 32,
        )),
    ],
)  # fmt: skip
def test_a_digest_is_read_or_is_none(written: str, read: Digest | None) -> None:
    assert parse_digest(written) == read
    assert read is None or str(read) == written


_BODIES = st.text(st.sampled_from("ab \n\r\t`[]()!#<>-*\\:/.|{}") | st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=300)
@given(_BODIES)
def test_of_a_body_only_line_ends_are_free(body: str) -> None:
    once = typed(body)
    assert typed(once) == once
    assert typed(once.replace("\n", "\r\n") + "\n\r\n") == once
    assert once == body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=4),
    max_leaves=8,
)


@settings(max_examples=300)
@given(_VALUES)
@example({"\ufb33": "", "\U0001f600": "", "a": "\x7f\x1f\u2028"})
def test_fields_are_written_as_rfc_8785_says(value: Any) -> None:
    assert serialised(value) == rfc8785.dumps(value)


# What the content model calls the signed text of each kind, beside its body.
_MATERIAL = {
    "sop": {"trigger", "review_every", "process"},
    "vpmom": {"period", "vision", "priorities", "methods", "obstacles", "measures"},
    "mission": {"statement"},
    "vision": {"statement", "horizon"},
}
_OF_ALL = {"kind", "id", "title", "rapid", "replaces"}
_BY_STATE = {"state", "sign_offs"}  # without these nobody is asked, or nobody signed


def _full(kind: str, *, without: str = "", **more: Any) -> str:
    """Return a page of a kind with every field but one."""
    fields = {name: value for name, value in {**FULL[kind], **more}.items() if name != without}
    return "\n".join(["---", *(f"{name}: {json.dumps(value)}" for name, value in fields.items()), "---", "Text.", ""])


@pytest.mark.parametrize("kind", sorted(_MATERIAL))
def test_a_page_may_lose_any_free_field_and_no_material_one(kind: str) -> None:
    material = {name for name, node in _KINDS[kind].fields.items() if node.material}
    assert material == _MATERIAL[kind] | _OF_ALL
    assert set(FULL[kind]) == set(_KINDS[kind].fields), "the page has every field"
    digest = _digest(_full(kind))
    entries = [
        {"role": role, "by": by, "date": "2026-03-31", "digest": digest} for role, by in (("D", "lbk"), ("A", "oha"))
    ]
    signed = judge(_page(_full(kind, sign_offs=entries)), _PEOPLE, _TODAY, ByDigest(_PEOPLE))
    assert signed.is_signed
    for name in _KINDS[kind].fields:
        less = _page(_full(kind, without=name, sign_offs=entries))
        if name == "kind":
            assert less.kind is None
        elif name in material:
            assert text_of(less, _PEOPLE) != digest, name
        else:
            assert text_of(less, _PEOPLE) == digest, name
            assert name in _BY_STATE or judge(less, _PEOPLE, _TODAY, ByDigest(_PEOPLE)) == signed, name


def test_every_kind_that_is_signed_is_held() -> None:
    assert {name for name, kind in _KINDS.items() if kind.signed} == set(_MATERIAL)


@pytest.mark.parametrize("section", ["priorities", "methods", "obstacles", "measures"])
def test_only_the_result_of_a_plans_item_is_free(section: str) -> None:
    [plain, item] = items()
    digest = _digest(_full("vpmom"))
    for name in item:
        less: dict[str, Any] = {section: [plain, {key: value for key, value in item.items() if key != name}]}
        assert (_digest(_full("vpmom", **less)) == digest) == (name == "result"), name


def test_signatures_for_one_period_count_for_no_other() -> None:
    def plan(period: str) -> Page:
        digest = _digest(_full("vpmom", period="FY27"))
        entries = [
            {"role": role, "by": by, "date": "2026-10-01", "digest": digest}
            for role, by in (("D", "lbk"), ("A", "oha"))
        ]
        return _page(_full("vpmom", period=period, sign_offs=entries))

    shown = {
        name: judge(plan(name), _PEOPLE, _TODAY, ByDigest(_PEOPLE), parse_period(name, _YEAR_END)).status
        for name in ("FY27", "FY28")
    }
    assert shown == {"FY27": "signed", "FY28": "changed since"}


def _signed_by(deputy: str, note: str, people: Registry) -> SignOff:
    entries = "".join(
        f"  - {{role: {role}, by: {by}, date: 2026-03-03, digest: '{_digest(_PAGE)}'{more}}}\n"
        for role, by, more in (("A", "oha", ""), ("D", deputy, note))
    )
    return judge(
        _page(_PAGE.replace("owner: pna\n", f"owner: pna\nsign_offs:\n{entries}")), people, _TODAY, ByDigest(people)
    )


def test_who_makes_himself_a_deputy_is_shown_by_name() -> None:
    note = ", note: I stand in for Lena"
    alone = _signed_by("oha", note, _PEOPLE)
    assert alone.status == "incomplete"
    assert [entry.by for entry in alone.unauthorised] == ["oha"]
    made = replace(_PEOPLE.people["lbk"], deputy="oha")
    people = replace(_PEOPLE, _names={**_PEOPLE._names, "lbk": made})
    assert _signed_by("oha", "", people).status == "incomplete", "without a note it is nobody's"
    shown = _signed_by("oha", note, people).decider
    assert shown is not None
    assert shown.given is not None
    assert (shown.name, shown.given.signer.name, shown.given.principal) == ("Lena Brandt-Keller", "Omar Haddad", made)
