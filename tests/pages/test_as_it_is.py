"""A procedure as it is, beside the one that is written to take its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.model.record_rows import Origin, Result, Run
from handrail.model.records import Records
from handrail.model.settings import Visibility
from handrail.pages.frame import view_of
from tests.engines.drawn import BASE, sop
from tests.model.building import day
from tests.pages.views import handbook_of, plain, shown

TO_BE = {"replaces": "pay", "state": "draft", "sign_offs": ""}
NAMES = ("As it is", "As it is to be", "Tried")


def rows(folder: Path, page: str, files: Mapping[str, str], audience: Visibility = "public") -> dict[str, str]:
    book = handbook_of(folder, {**BASE, "content/pay.md": sop("pay"), **files})
    view = view_of(shown(book, audience), book.by_src_uri[page])
    assert view.about is not None
    return {row.name: plain(row.words) for row in view.about.rows if row.name in NAMES}


def test_both_pages_say_the_other_until_the_new_one_holds(tmp_path: Path) -> None:
    draft = {"content/better.md": sop("better", **TO_BE)}
    assert rows(tmp_path, "better.md", draft) == {"As it is": "Pay, which holds until this page does"}
    assert rows(tmp_path, "pay.md", draft) == {"As it is to be": "Better, which does not hold yet"}
    unsigned = {"content/better.md": sop("better", replaces="pay", sign_offs="")}
    assert rows(tmp_path, "pay.md", unsigned) == {"As it is to be": "Better, which does not hold yet"}


@pytest.mark.parametrize(
    ("better", "pay"),
    [
        (sop("better", replaces="pay"), sop("pay")),
        (sop("better", replaces="pay", state="retired"), sop("pay")),
        (sop("better", **TO_BE), sop("pay", state="retired")),
        (sop("better", **TO_BE), sop("pay", state="draft", sign_offs="")),
    ],
    ids=["it holds", "it was given up", "nothing holds any more", "nothing held yet"],
)
def test_nothing_is_said_where_there_is_no_such_pair(tmp_path: Path, better: str, pay: str) -> None:
    files = {"content/better.md": better, "content/pay.md": pay}
    assert (rows(tmp_path, "better.md", files), rows(tmp_path, "pay.md", files)) == ({}, {})


def test_a_draft_that_not_everyone_may_see_is_named_to_nobody_else(tmp_path: Path) -> None:
    files = {"content/better.md": sop("better", visibility="internal", **TO_BE)}
    assert rows(tmp_path, "pay.md", files) == {}
    assert rows(tmp_path, "pay.md", files, "internal") == {"As it is to be": "Better, which does not hold yet"}


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ("", None),
        ("worked", "once, and it worked"),
        ("wrong", "once, and it went wrong"),
        ("worked worked", "2 times, none of which went wrong"),
        ("worked stopped worked", "3 times, 1 of which went wrong"),
    ],
)
def test_a_draft_says_with_how_many_cases_it_was_tried(tmp_path: Path, results: str, said: str | None) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/pay.md": sop("pay"), "content/better.md": sop("better", **TO_BE)})
    page = book.by_src_uri["better.md"]
    text = book.texts.digest(page).text[3:11]
    runs = tuple(
        Run(day("2026-11-01"), "better", text, Result(one), None, None, Origin.STAFF, f"k{at}")
        for at, one in enumerate(results.split())
    )
    vars(book.project)["records"] = Records(runs=runs)
    view = view_of(shown(book), page)
    assert view.about is not None
    assert next((plain(row.words) for row in view.about.rows if row.name == "Tried"), None) == said
