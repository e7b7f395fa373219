"""What is known of meetings: their next turn, and how their decisions stand."""

from __future__ import annotations

import pytest

from handrail.model.meetings import Meeting, due_within, meeting
from tests.model.building import day, document, handbook

TUESDAYS = ("frequency: weekly", "on: Tuesday")


def met(*lines: str, today: str = "2026-11-15") -> Meeting:
    book = handbook({"m.md": document("cadence", "m", "participants: [a]", *lines)}, today)
    return meeting(book, book.of_kind("cadence")[0])


def decided(*entries: str) -> str:
    return f"decisions: [{', '.join(f'{{{entry}}}' for entry in entries)}]"


def test_the_turns_around_a_day() -> None:
    found = met(*TUESDAYS, today="2026-11-17")
    assert (found.last_turn, found.next_turn, found.turn_after) == (
        day("2026-11-10"),
        day("2026-11-17"),
        day("2026-11-24"),
    )
    unknown = met("frequency: weekly")
    assert (unknown.last_turn, unknown.next_turn, unknown.turn_after) == (None, None, None)


def test_the_first_decision_says_which_weeks() -> None:
    lines = ("frequency: fortnightly", "on: Thursday")
    said = decided("date: 2026-11-12, text: B", "date: 2026-10-01, text: A")
    assert met(*lines, said).next_turn == day("2026-11-26")
    assert met(*lines, said, "from: 2026-11-05").next_turn == day("2026-11-19")


@pytest.mark.parametrize(
    ("lines", "turns"),
    [
        (("from: 2027-03-03",), (None, "2027-03-09", "2027-03-16")),
        (("from: 2027-03-03", decided("date: 2026-11-10, text: a")), ("2026-11-10", "2026-11-17", "2026-11-24")),
        (("from: 2027-03-03", decided("date: 2027-03-03, text: a")), (None, "2027-03-09", "2027-03-16")),
        (("from: 2026-11-15",), ("2026-11-10", "2026-11-17", "2026-11-24")),
    ],
)
def test_a_meeting_that_is_still_to_begin_has_no_turn_before(
    lines: tuple[str, ...], turns: tuple[str | None, str, str]
) -> None:
    found = met(*TUESDAYS, *lines)
    wanted = tuple(day(one) if one is not None else None for one in turns)
    assert (found.last_turn, found.next_turn, found.turn_after) == wanted
    assert next(found.turns_since(day("2026-01-01"))) == (day("2027-03-09") if found.begins else day("2026-01-06"))


def test_how_decisions_stand() -> None:
    found = met(
        *TUESDAYS,
        decided(
            "date: 2026-09-01, text: done, due: 2026-09-10, done: 2026-09-12",
            "date: 2026-09-01, text: late, due: 2026-10-10",
            "date: 2026-09-08, text: later, due: 2026-10-01",
            "date: 2026-09-08, text: today, due: 2026-11-15",
            "date: 2026-09-08, text: given up, due: 2026-10-01, dropped: {date: 2026-09-30, why: The tool is gone}",
            "date: 2026-09-15, text: no day",
        ),
    )
    assert [one.text for one in found.decisions] == ["no day", "later", "today", "given up", "done", "late"]
    assert [one.text for one in found.overdue] == ["later", "late"]
    assert [one.text for one in found.decisions if one.is_open] == ["no day", "later", "today", "late"]
    assert [one.why_dropped for one in found.decisions if one.dropped] == ["The tool is gone"]
    assert found.decided_since(day("2026-09-01")) == 4


@pytest.mark.parametrize(
    ("lines", "today", "is_quiet"),
    [
        ((*TUESDAYS, "from: 2026-10-06"), "2026-10-27", False),
        ((*TUESDAYS, "from: 2026-10-06"), "2026-10-28", True),
        ((*TUESDAYS, "from: 2026-10-06", decided("date: 2026-10-20, text: a")), "2026-10-28", False),
        ((*TUESDAYS, decided("date: 2026-12-01, text: to come")), "2026-10-28", False),
        (("frequency: quarterly", "from: 2026-01-31"), "2026-10-31", False),
        (("frequency: quarterly", "from: 2026-01-31"), "2026-11-01", True),
        (("frequency: daily", "from: 2020-01-01"), "2026-11-01", False),
        (TUESDAYS, "2026-10-28", False),
    ],
)
def test_a_meeting_is_quiet_after_three_turns_without_a_decision(
    lines: tuple[str, ...],
    today: str,
    is_quiet: bool,  # noqa: FBT001 - a parameter
) -> None:
    assert met(*lines, today=today).is_quiet is is_quiet


def test_an_entry_that_can_t_be_read_is_left_out_and_the_others_keep_their_places() -> None:
    found = met(*TUESDAYS, "decisions: [nothing, {date: soon, text: a}, {date: 2026-03-01, text: b}]")
    assert [(one.index, one.text) for one in found.decisions] == [(2, "b")]


def test_decisions_that_were_due_lately() -> None:
    said = decided(
        *(
            f"date: 2026-01-01, text: {due}, due: {due}"
            for due in ("2026-08-16", "2026-08-17", "2026-11-15", "2026-11-16")
        )
    )
    book = handbook({"m.md": document("cadence", "m", "participants: [a]", *TUESDAYS, said)})
    assert [one.text for one in due_within(book, 90)] == ["2026-08-17", "2026-11-15"]
