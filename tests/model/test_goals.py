"""The objectives of a handbook: how far each is, and which of the four things that get a goal done it has."""

from __future__ import annotations

import pytest

from handrail.model.goals import CellState, GoalGate, board, goal_gate, open_goals
from handrail.model.handbook import Handbook
from tests.model.building import document, handbook

PEOPLE = document(
    "people", "people",
    "people: [{id: lbk, name: Lena}, {id: gone, name: Gil, until: 2026-01-31}]",
    "groups: [{id: lt, name: Team, members: [lbk]}, {id: past, name: Past, members: [gone]}, {id: all, name: Everyone}]",
)  # fmt: skip
METRIC = ("unit: days", "direction: down", "frequency: monthly")
OPEN = ("state: open", "opened: 2026-06-01", "due: 2026-12-31")
PAGES = {
    "people.md": PEOPLE,
    "used.md": document("sop", "used", "state: active"),
    "draft.md": document("sop", "begun", "state: draft"),
    "stub.md": document("sop", "known", "state: stub"),
    "old.md": document("sop", "old", "state: retired"),
    "early.md": document("metric", "early", *METRIC, "indicator: leading"),
    "late.md": document("metric", "late", *METRIC, "indicator: lagging"),
    "seen.md": document("metric", "seen", *METRIC),
    "meeting.md": document(
        "cadence", "monday", "frequency: weekly", "participants: [lt]", "reviews: [metric:seen, goal]"
    ),
}


def book(*lines: str, reviews: str = "metric:seen", today: str = "2026-11-15") -> Handbook:
    meeting = document("cadence", "monday", "frequency: weekly", "participants: [lt]", f"reviews: [{reviews}]")
    return handbook(PAGES | {"goal.md": document("objective", "goal", *OPEN, *lines), "meeting.md": meeting}, today)


def gate(*lines: str, reviews: str = "metric:seen") -> GoalGate:
    found = book(*lines, reviews=reviews)
    return goal_gate(found, found.by_src_uri["goal.md"])


@pytest.mark.parametrize(
    ("lines", "work"),
    [
        ((), CellState.MISSING),
        (("sops: [used]",), CellState.THERE),
        (("sops: [known, used, old]",), CellState.THERE),
        (("sops: [begun]",), CellState.BEING_WRITTEN),
        (("sops: [known]",), CellState.BEING_WRITTEN),
        (("sops: [old]",), CellState.MISSING),
        (("sops: [nobody-knows]",), CellState.IN_DOUBT),
        (("sops: {a: b}",), CellState.IN_DOUBT),
    ],
)
def test_work_is_a_procedure_in_use(lines: tuple[str, ...], work: CellState) -> None:
    assert gate(*lines).cells[0].state is work


@pytest.mark.parametrize(
    ("lines", "owner"),
    [
        ((), CellState.MISSING),
        (("owner: lbk",), CellState.THERE),
        (("owner: Lena",), CellState.THERE),
        (("owner: lt",), CellState.THERE),
        (("owner: all",), CellState.THERE),
        (("owner: gone",), CellState.MISSING),
        (("owner: past",), CellState.MISSING),
        (("owner: nobody",), CellState.IN_DOUBT),
        (("owner: [lbk]",), CellState.IN_DOUBT),
    ],
)
def test_an_owner_is_named_and_here(lines: tuple[str, ...], owner: CellState) -> None:
    assert gate(*lines).cells[1].state is owner


@pytest.mark.parametrize(
    ("measures", "metric"),
    [
        ("[]", CellState.MISSING),
        ("[Fewer calls]", CellState.MISSING),
        ("[{text: a, metric: late}]", CellState.MISSING),
        ("[{text: a, metric: late}, {text: b, metric: early}]", CellState.THERE),
        ("[{text: a, metric: sops-tied}]", CellState.THERE),
        ("[{text: a, metric: goals-complete}]", CellState.THERE),
        ("[{text: a, metric: sop-nps}]", CellState.MISSING),
        ("[{text: a, metric: nobody-knows}]", CellState.IN_DOUBT),
        ("[{text: a, metric: 3}]", CellState.IN_DOUBT),
    ],
)
def test_a_metric_moves_before_the_result_does(measures: str, metric: CellState) -> None:
    assert gate(f"measures: {measures}").cells[2].state is metric


def test_a_meeting_looks_at_the_objective_or_at_one_of_its_metrics() -> None:
    assert gate().cells[3].state is CellState.MISSING
    direct = gate(reviews="goal").cells[3]
    assert (direct.state, direct.through) == (CellState.THERE, None)
    through = gate("measures: [{text: a, metric: seen}]").cells[3]
    assert through.state is CellState.THERE
    assert through.through is not None
    assert (through.through.id, [page.id for page in through.documents]) == ("seen", ["monday"])


def test_a_gate_is_complete_with_all_four() -> None:
    whole = ("sops: [used]", "owner: lbk", "measures: [{text: a, metric: early}]")
    assert gate(*whole, reviews="goal").is_complete
    assert gate(*whole).missing == ("meeting",)
    # What is in doubt is neither missing nor there.
    doubtful = gate("sops: [nobody-knows]", *whole[1:], reviews="goal")
    assert (doubtful.missing, doubtful.is_complete) == ((), False)


@pytest.mark.parametrize(
    ("updates", "today", "progress", "is_late"),
    [
        ("[{date: 2026-10-01, progress: 20}, {date: 2027-10-01, progress: 90}]", "2026-11-15", 20, True),
        ("[{date: 2026-10-01, progress: 20}, {date: 2026-11-16, progress: 90}]", "2026-11-15", 90, False),
        ("[{date: 2027-10-01, progress: 90}]", "2026-11-15", None, True),
        ("[]", "2026-07-02", None, False),
        ("[]", "2026-07-03", None, True),
        ("[{date: 2026-10-01, progress: 40}, {date: 2026-10-15, note: Busy}]", "2026-11-15", 40, False),
        ("[{date: 2026-10-15, note: Busy}, {date: 2026-10-01, progress: 40.6}]", "2026-11-16", 41, True),
    ],
)
def test_progress_is_what_was_told_last(updates: str, today: str, progress: int | None, is_late: bool) -> None:  # noqa: FBT001 - a parameter
    (goal,) = open_goals(book(f"updates: {updates}", today=today))
    assert (goal.progress, goal.is_late) == (progress, is_late)


def test_the_day_of_an_open_objective_comes() -> None:
    assert [(goal.days_left, goal.has_come) for goal in open_goals(book(today="2026-12-31"))] == [(0, False)]
    assert [(goal.days_left, goal.has_come) for goal in open_goals(book(today="2027-01-01"))] == [(-1, True)]


def test_the_board_has_every_objective_once() -> None:
    def goal(id_: str, state: str, due: str, closed: str = "") -> str:
        over = [f"closed: {closed}", "outcome: {text: Over}"] if closed else []
        return document("objective", id_, f"state: {state}", "opened: 2026-01-01", f"due: {due}", *over)

    found = board(
        handbook(
            {
                "a.md": goal("later", "open", "2026-12-31"),
                "b.md": goal("sooner", "open", "2026-11-30"),
                "c.md": goal("thought-of", "proposed", "2027-06-30"),
                "d.md": goal("long-ago", "attained", "2025-12-31", "2025-11-30"),
                "e.md": goal("lately", "missed", "2026-10-31", "2026-10-31"),
                "f.md": goal("unknown", "paused", "2026-10-31"),
                "g.md": document("improvement", "better", "state: doing"),
                "h.md": document("improvement", "dropped", "state: dropped"),
            }
        )
    )
    assert [[goal.page.id for goal in goals] for goals in (found.open, found.proposed, found.closed)] == [
        ["sooner", "later"],
        ["thought-of"],
        ["lately", "long-ago"],
    ]
    assert [goal.is_missed for goal in found.closed] == [True, False]
    assert [page.id for page in found.improvements] == ["better"]
