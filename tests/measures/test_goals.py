"""How many of the open objectives have what gets a goal done."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.measure import Measure
from handrail.measures.scorecard import by_department, scorecard
from handrail.model.publication import publishable
from tests.engines.drawn import BASE
from tests.pages.views import handbook_of

METRIC = "---\nkind: metric\nid: early\ntitle: Early\nvisibility: public\nunit: days\ndirection: down\nfrequency: monthly\nindicator: leading\n---\n"
MEETING = "---\nkind: cadence\nid: month\ntitle: Month\nvisibility: public\nfrequency: monthly\nparticipants: [mok]\nreviews: [whole, part, hidden]\n---\n"
WHOLE = ("owner: mok", "sops: [expense-claims]", "measures: [{text: Days, metric: early}]")


def goal(id_: str, *lines: str, state: str = "open", visibility: str = "public") -> str:
    fields = ("kind: objective", f"id: {id_}", f"title: {id_}", f"visibility: {visibility}", f"state: {state}")
    return "\n".join(["---", *fields, "opened: 2026-08-01", "due: 2026-12-31", *lines, "---", ""])


FILES = {
    **BASE,
    "content/early.md": METRIC,
    "content/month.md": MEETING,
    "content/a.md": goal("whole", *WHOLE),
    "content/b.md": goal("part", "owner: mok", "sops: [nobody-knows]"),
    "content/c.md": goal("later", state="proposed"),
    "content/d.md": goal("hidden", *WHOLE, visibility="internal"),
}


def measured(folder: Path, files: dict[str, str], audience: str = "all") -> Measure | None:
    handbook = handbook_of(folder, files)
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    return next((one for one in scorecard(handbook, pages).measures if one.name == "goals-complete"), None)


@pytest.mark.parametrize(("audience", "numbers"), [("all", (2, 3, 66)), ("public", (1, 2, 50))])
def test_open_objectives_with_all_four_that_may_be_seen(
    tmp_path: Path, audience: str, numbers: tuple[int, int, int]
) -> None:
    found = measured(tmp_path, FILES, audience)
    assert found is not None
    assert (found.numerator, found.denominator, found.value) == numbers
    assert (found.target and found.target.said, found.meets) == ("100 %", False)
    why = {one.page.id: (one.counts, one.why) for one in found.documents}
    assert why["whole"] == (True, "has all four")
    assert why["part"] == (False, "lacks a leading metric; names what nobody knows for a procedure in use")
    assert ("hidden" in why) is (audience == "all")


def test_with_none_open_nobody_knows(tmp_path: Path) -> None:
    found = measured(tmp_path, {**BASE, "content/c.md": FILES["content/c.md"]})
    assert found is not None
    assert found.value is None
    assert found.unknown is not None
    assert found.unknown.url == "handbook/strategy/"


def test_without_an_objective_that_may_be_seen_there_is_no_such_measure(tmp_path: Path) -> None:
    assert measured(tmp_path, BASE) is None
    assert measured(tmp_path, {**BASE, "content/d.md": FILES["content/d.md"]}, "public") is None


def test_every_department_has_the_measure_that_the_whole_has(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, FILES)
    parts = by_department(scorecard(handbook, handbook.pages), handbook.department_of)
    assert len(parts) > 1
    assert all("goals-complete" in part.measures for part in parts)
