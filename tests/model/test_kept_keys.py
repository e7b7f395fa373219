"""What documents carry for other programs is no part of what is judged, signed or shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.engines.meta import meta_of
from handrail.model.page import Page
from handrail.model.signed_content import bytes_of
from tests.cli.drawing import sop
from tests.model.building import document, handbook, only
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

KEYS = {
    "a text": "owner_slack: '#pay'",
    "nothing": "owner_slack:",
    "a group": "owner_slack: {channel: [1, true], kind: [sop]}",
    "a pattern": "x-owner: a",
}


def page(*lines: str) -> tuple[Page, bytes]:
    text = document("sop", "pay", "state: active", "rapid: TLI(D)", *lines)
    book = handbook({"pay.md": text}, keep=["owner_slack", "x-*"])
    return only(book, "pay.md"), bytes_of(only(book, "pay.md"), book.registry)


@pytest.mark.parametrize("line", KEYS.values(), ids=KEYS)
def test_a_kept_key_changes_nothing(line: str) -> None:
    plain, signed = page()
    kept, signed_with_it = page(line)
    assert kept.is_valid
    assert kept.data == plain.data
    assert signed_with_it == signed
    assert kept.source.data != plain.source.data, "whoever needs it finds it where it was typed"


def test_templates_are_given_none() -> None:
    book = handbook({"pay.md": document("sop", "pay", "state: active", "owner_slack: a", "tags: [b]")}, keep=["*"])
    meta = meta_of(only(book, "pay.md"), book, [], "")
    assert "tags" in meta
    assert "owner_slack" not in meta


def test_a_pattern_keeps_no_slip_that_would_lose_a_field() -> None:
    book = handbook({"pay.md": document("sop", "pay", "state: active", "onwer: tli")}, keep=["*"])
    assert not only(book, "pay.md").is_valid


def test_nobody_signs_a_page_that_is_only_listed_with_another(tmp_path: Path) -> None:
    fields = "state: active\nrapid: LBK(D)\nowner_slack: a\n"
    people = "people:\n  - {id: lbk, name: Lena Brandt-Keller, job: Head of finance}\n"
    files = {
        "content/people.md": f"---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\n{people}---\n",
        "content/buy.md": sop("buy", "Buy a chair", fields),
        "content/pay.md": sop("pay", "Pay an invoice", fields),
    }
    make_handbook(tmp_path, files)
    refused = handrail(tmp_path, "sign", "pay", "--as", "D", "--by", "lbk")
    assert refused.code == 2
    assert (
        "Line 8 of content/pay.md has to be fixed before anyone signs: There is no field `owner_slack`" in refused.err
    )
