"""A text that moved on since it was signed stays published, and says so wherever it is shown."""

from __future__ import annotations

from pathlib import Path

from handrail.model.signed_content import text_of
from handrail.pages.frame import theme_status, view_of
from handrail.pages.kinds.plans import procedure_entry
from tests.pages.views import handbook_of, plain, shown

_PEOPLE = """---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena Brandt-Keller, job: Head of finance}
  - {id: oha, name: Omar Haddad, job: Head of business operations}
---
"""
_PAGE = """---
kind: sop
id: pay
title: Pay an invoice
visibility: public
state: active
rapid: LBK(D), OHA(A)
sign_offs:
  - {{role: A, by: oha, date: 2026-03-02, digest: "{digest}"}}
  - {{role: D, by: lbk, date: 2026-03-03, digest: "{digest}"}}
---
Pay it {times}.
"""
_ANOTHER = "t2:" + "0" * 64


def _files(digest: str, times: str = "once") -> dict[str, str]:
    return {"content/people.md": _PEOPLE, "content/pay.md": _PAGE.format(digest=digest, times=times)}


def test_it_says_who_signed_the_earlier_text(tmp_path: Path) -> None:
    seen = shown(handbook_of(tmp_path, _files(_ANOTHER)))
    page = seen.handbook.by_src_uri["pay.md"]

    line = view_of(seen, page).trust
    assert line is not None
    assert line.fold is not None
    assert line.state == "changed"
    assert [plain(row.words) for row in line.fold.rows] == [
        "Lena Brandt-Keller, head of finance, 3 March 2026: an earlier text.",
        "Omar Haddad, head of business operations, 2 March 2026: an earlier text.",
    ]
    assert procedure_entry(seen, page).state == "changed since signing"
    assert theme_status(seen, page) == "handrail-changed"
    assert seen.handbook.sign_off(page).in_force


def test_the_text_that_was_signed_says_nothing_of_it(tmp_path: Path) -> None:
    seen = shown(handbook_of(tmp_path, _files(_ANOTHER)))
    digest = text_of(seen.handbook.by_src_uri["pay.md"], seen.handbook.registry)
    seen = shown(handbook_of(tmp_path, _files(digest)))
    page = seen.handbook.by_src_uri["pay.md"]

    line = view_of(seen, page).trust
    assert line is not None
    assert (line.state, line.begins) == ("signed", "Signed")
    assert "by Lena Brandt-Keller" in str(line.words)
