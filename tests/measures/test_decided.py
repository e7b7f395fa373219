"""How many of the decisions that were due lately are done."""

from __future__ import annotations

from pathlib import Path

from handrail.measures.measure import Measure
from handrail.measures.scorecard import by_department, scorecard
from handrail.model.publication import publishable
from tests.engines.drawn import BASE
from tests.pages.views import handbook_of


def meeting(id_: str, *decisions: str, visibility: str = "public") -> str:
    said = "".join(f"\n  - {{date: 2026-08-01, text: A, {one}}}" for one in decisions)
    fields = (
        f"kind: cadence\nid: {id_}\ntitle: The {id_}\nvisibility: {visibility}\nfrequency: daily\nparticipants: [mok]"
    )
    return f"---\n{fields}\n" + (f"decisions:{said}\n" if said else "") + "---\n"


FILES = {
    **BASE,
    "content/finance/a.md": meeting(
        "week",
        "due: 2026-11-15",
        "due: 2026-08-17, done: 2026-11-01",
        "due: 2026-10-01, dropped: {date: 2026-09-01, why: The tool is gone}",
        "due: 2026-08-16",
        "due: 2026-11-16",
        "owner: mok",
    ),
    "content/company/b.md": meeting("month", "due: 2026-10-01, done: 2026-10-02", visibility="internal"),
}


def measured(folder: Path, files: dict[str, str], audience: str = "all") -> Measure | None:
    handbook = handbook_of(folder, files)
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    return next((one for one in scorecard(handbook, pages).measures if one.name == "decisions-done"), None)


def test_what_was_due_in_the_last_ninety_days_and_is_done_or_given_up(tmp_path: Path) -> None:
    found = measured(tmp_path, FILES)
    assert found is not None
    assert (found.numerator, found.denominator, found.value, found.target) == (3, 4, 75, None)
    assert {one.page.id: (one.why, one.counts) for one in found.documents} == {
        "month": ("1 of 1 done", True),
        "week": ("2 of 3 done", False),
    }


def test_a_meeting_that_may_not_be_seen_counts_nowhere(tmp_path: Path) -> None:
    found = measured(tmp_path, FILES, "public")
    assert found is not None
    assert (found.numerator, found.denominator, [one.page.id for one in found.documents]) == (2, 3, ["week"])


def test_where_none_was_due_nobody_knows(tmp_path: Path) -> None:
    found = measured(tmp_path, {**BASE, "content/a.md": meeting("week", "due: 2026-11-16")})
    assert found is not None
    assert found.value is None
    assert found.unknown is not None
    assert found.unknown.url == "a/"


def test_without_a_meeting_that_may_be_seen_there_is_no_such_measure(tmp_path: Path) -> None:
    assert measured(tmp_path, BASE) is None
    only = {**BASE, "content/b.md": FILES["content/company/b.md"]}
    assert measured(tmp_path, only) is not None
    assert measured(tmp_path, only, "public") is None


def test_every_department_has_the_measures_that_the_whole_has(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, FILES)
    card = scorecard(handbook, handbook.pages)
    parts = by_department(card, handbook.department_of)
    assert len(parts) > 1
    assert all(list(part.measures) == [one.name for one in card.measures] for part in parts)
