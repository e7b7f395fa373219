"""Days of review become sign-offs only where a person is known and somebody says so; how many came in bulk is said first."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.edit.adopt.reviews import reviews
from handrail.edit.adopt.steps import reviews as review_step
from handrail.edit.adopt.steps.step import Declined, Fields
from handrail.history.texts import history_of
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.test_who import ADA, EVE, FILES, PEOPLE, SETTINGS, commit, read, sop, write

REVIEWED = "last_reviewed_on: {}\n"


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    settings = SETTINGS + "      keep: [last_reviewed_on]\n"
    folder = draw(tmp_path / "handbook", FILES | {"mkdocs.yml": settings, "docs/people.md": PEOPLE})
    day = "2026-03-01"
    many = {f"docs/many/{name}.md": sop(name, REVIEWED.format(day)) for name in "abcde"}
    commit(folder, "2026-03-02", ADA, {**many, "docs/money/pay.md": sop("pay", REVIEWED.format("2026-01-01"))})
    commit(folder, "2026-05-02", ADA, {"docs/money/pay.md": sop("pay", REVIEWED.format("2026-05-01"))})
    commit(
        folder, "2026-06-02", EVE, {"docs/money/pay.md": sop("pay", "contact: '#a'\n" + REVIEWED.format("2026-05-01"))}
    )
    commit(folder, "2026-06-03", EVE, {"docs/hr/leave.md": sop("leave", REVIEWED.format("2026-06-01T17:00:00Z"))})
    return folder


def test_who_brought_a_day_of_review_and_with_how_many_others(reviewed: Path) -> None:
    book = read(reviewed)
    found = {
        one.page.id: (one.author.name, one.day.isoformat(), one.together)
        for one in reviews(history_of(book), book.pages)
    }
    assert found["pay"] == ("Ada Roth", "2026-05-01", 1)
    assert found["leave"] == ("Eve", "2026-06-01", 1)
    assert found["a"] == ("Ada Roth", "2026-03-01", 5)
    assert len(found) == 7


def test_a_day_becomes_a_sign_off_only_where_a_person_is_known_and_it_is_confirmed(reviewed: Path) -> None:
    book = read(reviewed)
    plan = review_step.plan(book, "")
    assert plan.edits == ()
    share, strangers = plan.told
    assert share.startswith(
        "7 documents carry a day of review. 5 of 7 (71 %) came with those of other pages, 5 or more in one commit;"
    )
    assert (
        strangers == "1 day of review came from people who are not on the list of people; nothing is asked about these."
    )
    single, bulk = plan.questions
    assert (single.is_likely, bulk.is_likely) == (False, False)
    assert single.edits(answer=True) == (
        Fields(
            "money/pay.md",
            {
                "rapid": {"decide": "ada-roth"},
                "sign_offs": [
                    {"role": "D", "by": "ada-roth", "date": "2026-05-01", "note": "Taken over from last_reviewed_on."}
                ],
            },
        ),
    )
    (first, *_) = bulk.edits(answer=True)
    assert isinstance(first, Fields)
    assert first.put["sign_offs"][0]["note"] == "Taken over from last_reviewed_on, which moved on 5 pages at once."
    assert single.edits(answer=False) == (Declined("reviews by ada-roth"),)
    assert bulk.edits(answer=False) == (Declined("reviews in bulk by ada-roth"),)
    write(reviewed, book, single.edits(answer=True))
    after = read(reviewed)
    assert after.by_src_uri["money/pay.md"].is_valid
    assert len(review_step.plan(after, "").questions) == 1


def test_a_no_is_remembered_in_the_settings(reviewed: Path) -> None:
    book = read(reviewed)
    write(
        reviewed,
        book,
        [edit for question in review_step.plan(book, "").questions for edit in question.edits(answer=False)],
    )
    assert read(reviewed).settings.declined == ("reviews by ada-roth", "reviews in bulk by ada-roth")
    assert review_step.plan(read(reviewed), "").questions == ()


def test_another_decides_on_the_page(reviewed: Path) -> None:
    draw(reviewed, {"docs/money/pay.md": sop("pay", "rapid: EVE(D)\n" + REVIEWED.format("2026-05-01"))})
    assert len(review_step.plan(read(reviewed), "money").questions) == 0


def test_where_no_page_has_such_a_day_nothing_is_said(tmp_path: Path) -> None:
    commit(draw(tmp_path / "handbook", FILES), "2026-10-01", ADA)
    plan = review_step.plan(read(tmp_path / "handbook"), "")
    assert (plan.questions, plan.told) == ((), ())


def test_outside_of_git_nobody_knows_who_brought_a_day(tmp_path: Path) -> None:
    draw(tmp_path, FILES)
    assert review_step.plan(read(tmp_path), "").told == ()
    draw(tmp_path, {"docs/money/pay.md": sop("pay", REVIEWED.format("2026-05-01"))})
    plan = review_step.plan(read(tmp_path), "")
    assert plan.questions == ()
    (said,) = plan.told
    assert said.startswith("The folder of pages lies in no git repository")
