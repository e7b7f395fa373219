"""The page “What changed”, seen by an audience."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.history.material import Change, Material, words_of
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.pages.generated.changes import changed_on, changes, in_numbers, state
from tests.engines.drawn import BASE, COMPANY, sop
from tests.pages.views import handbook_of, plain

DAY = date(2026, 11, 3)


def shown(book: Handbook, *told: Change, words: dict[str, str] | None = None) -> Shown:
    days = {one.src_uri: one.day for one in told}
    material = Material(is_known=True, changes=told, changed_on=days, words=words or {})
    return Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material)


def outline(seen: Shown) -> list[tuple[str, list[str]]]:
    return [
        (section.title, [f"{plain(one.words)}: {one.note}" for one in section.entries])
        for section in changes(seen).sections
    ]


def test_changes_stand_under_their_day_and_department(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    found = outline(
        shown(
            book,
            Change("finance/expense-claims.md", "c1", date(2026, 11, 9), text_changed=True, came=1, went=3),
            Change("finance/index.md", "c2", date(2026, 11, 8), is_new=True),
            Change("company/plan.md", "c3", date(2026, 11, 2), is_signed=True),
            Change("index.md", "c3", date(2026, 11, 2), is_retired=True, is_signed=True),
        )
    )
    assert found == [
        ("9 November 2026", []),
        ("Finance & Books", ["Expense claims: changed: one word came, 3 words went"]),
        ("8 November 2026", []),
        ("Finance & Books", ["Finance & Books: new"]),
        ("2 November 2026", []),
        ("Company", ["Company plan FY27: signed"]),
        ("Other pages", ["Welcome: retired, signed"]),
    ]


def test_many_pages_of_one_day_are_folded(tmp_path: Path) -> None:
    files = {**BASE, **{f"content/finance/{n}.md": sop(f"p{n}", department="finance") for n in range(20)}}
    book = handbook_of(tmp_path, files)
    told = [Change(f"finance/{n}.md", "c", DAY, is_new=True) for n in range(20)]
    [_, section] = changes(shown(book, *told)).sections
    assert section.folded == ""
    more = [
        *told,
        Change("company/plan.md", "c", DAY, is_signed=True),
        Change("index.md", "d", date(2026, 11, 2), is_new=True),
    ]
    folded, *others = changes(shown(book, *more)).sections
    assert (folded.title, folded.folded) == ("3 November 2026", "21 pages: 20 new, 1 signed")
    assert [(entry.team, plain(entry.words)) for entry in folded.entries][:2] == [
        ("Company", "Company plan FY27"),
        ("Finance & Books", "P0"),
    ]
    assert [section.title for section in others] == ["2 November 2026", "Other pages"]


def test_what_is_left_out_is_said_once(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    material = Material(is_known=True, left_out=True)
    seen = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material)
    said = plain(changes(seen).lead)
    assert (
        said == "Nothing has changed yet. What git recorded after 15 November 2026, the day of this site, is left out."
    )


def test_what_may_not_be_seen_is_not_told_of(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/company/index.md": COMPANY.replace("visibility: public", "visibility: internal"),
        "content/secret.md": sop("secret", visibility="internal"),
    }
    told = [Change(path, "c", DAY, is_new=True) for path in ("secret.md", "gone.md", "company/plan.md")]
    assert outline(shown(handbook_of(tmp_path, files), *told)) == [
        ("3 November 2026", []),
        ("Other pages", ["Company plan FY27: new"]),
    ]


def test_the_page_says_why_it_is_empty(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    assert plain(changes(shown(book)).lead) == "Nothing has changed yet."
    blind = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"))
    assert "without the whole history" in plain(changes(blind).lead)


def test_anchors_are_unique(tmp_path: Path) -> None:
    paths = list(BASE)
    told = [
        Change(path.removeprefix("content/"), "c", date(2026, 11, 1 + n * 2), is_new=True)
        for n, path in enumerate(paths)
    ]
    anchors = [section.anchor for section in changes(shown(handbook_of(tmp_path, BASE), *told)).sections]
    assert len(anchors) > len(paths)
    assert len(set(anchors)) == len(anchors)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("a", "c", DAY, is_new=True), ("new", "")),
        (Change("a", "c", DAY, text_changed=True, is_signed=True, came=2), ("changed, signed", "2 words came")),
        (
            Change("a", "c", DAY, text_changed=True),
            ("changed", "no word, only where lines break or how far they are indented"),
        ),
    ],
)
def test_a_change_is_said_in_words(change: Change, words: tuple[str, str]) -> None:
    assert (state(change), in_numbers(change)) == words


def test_a_day_is_claimed_only_for_the_text_that_was_committed(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    page = book.by_src_uri["index.md"]
    change = Change("index.md", "c", DAY, is_new=True)
    assert changed_on(shown(book, change, words={"index.md": words_of(page, book)}), page) == DAY
    assert changed_on(shown(book, change, words={"index.md": "other"}), page) is None
