"""What a meeting speaks of at its next turn, and what is only read before."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.agenda import Agenda, agenda
from handrail.measures.scope import Scope
from handrail.model.meetings import meeting
from handrail.model.publication import publishable
from handrail.report.meetings import lacking_words, next_words, often_words, why_words
from tests.engines.drawn import BASE
from tests.pages.views import handbook_of

# On 15 November 2026 the last turn was on Tuesday, 3 November, the next are on 1 December and 5 January.
MONTHLY = ("frequency: monthly", "on: first Tuesday", "time: 22:30", "minutes: 120")
DAYS = [f"2026-{month:02}-28" for month in range(1, 11)]


def page(kind: str, id_: str, *lines: str, visibility: str = "public") -> str:
    head = [f"kind: {kind}", f"id: {id_}", f"title: {id_.capitalize()}", f"visibility: {visibility}", *lines]
    return "\n".join(["---", *head, "---", ""])


def goal(id_: str, *lines: str, state: str = "open", visibility: str = "public") -> str:
    known = (f"state: {state}", "opened: 2026-06-01", *lines)
    return page("objective", id_, *known, visibility=visibility)


def told(day: str) -> str:
    return f"updates: [{{date: {day}, progress: 10}}]"


def metric(id_: str, *lines: str, direction: str = "up", visibility: str = "public") -> str:
    known = ("unit: days", f"direction: {direction}", "frequency: monthly", f"data: {id_}.csv", *lines)
    return page("metric", id_, *known, visibility=visibility)


def values(*numbers: str, days: list[str] | None = None) -> str:
    known = (days or DAYS)[-len(numbers) :]
    return "\n".join(["date,value", *(f"{day},{number}" for day, number in zip(known, numbers, strict=True)), ""])


def made(
    folder: Path, files: dict[str, str], *lines: str, audience: str = "public", rhythm: tuple[str, ...] = MONTHLY
) -> Agenda:
    held = page("cadence", "review", *rhythm, "participants: [mok]", *lines)
    every = {**BASE, "content/m.md": held, **{f"content/{name}": text for name, text in files.items()}}
    (folder / "content").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "content" / name).write_text(text, "utf-8")
    handbook = handbook_of(folder, every)
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    return agenda(Scope(handbook, frozenset(pages)), audience, meeting(handbook, handbook.of_kind("cadence")[0]))


def said(found: Agenda) -> list[tuple[str, str]]:
    return [
        (item.decision.text if item.decision else item.page.id, why_words(item).replace("\u00a0", " "))
        for item in found.items
    ]


def test_everything_in_its_order_with_its_reason(tmp_path: Path) -> None:
    files = {
        "calm.md": goal("calm", "due: 2027-02-01", told("2026-11-10")),
        "quiet.md": goal("quiet", "due: 2027-02-01", told("2026-10-14")),
        "soon.md": goal("soon", "due: 2026-12-15", told("2026-11-10")),
        "past.md": goal("past", "due: 2026-11-14", told("2026-11-10")),
        "idea.md": goal("idea", "due: 2027-06-01", state="proposed"),
        "steady.md": metric("steady"),
        "steady.csv": values("5", "5", "5"),
        "falls.md": metric("falls"),
        "falls.csv": values(*"9876543210"),
        "crosses.md": metric("crosses", "target: 10", direction="down"),
        "crosses.csv": values("12", "9", days=["2026-10-28", "2026-11-12"]),
        "late.md": metric("late"),
        "late.csv": values("1", days=["2026-09-14"]),
    }
    reviews = "metric:late, calm, metric:steady, quiet, metric:crosses, soon, metric:falls, past"
    decisions = """
  - {date: 2026-11-03, text: Before the next, due: 2026-12-01}
  - {date: 2026-11-03, text: After it, due: 2027-01-04}
  - {date: 2026-11-03, text: On the one after, due: 2027-01-05}
  - {date: 2026-10-06, text: Waits, due: 2026-11-14}
  - {date: 2026-10-06, text: Waits longest, due: 2026-11-01}
  - {date: 2026-10-06, text: Is done, due: 2026-11-01, done: 2026-11-02}
  - {date: 2026-10-06, text: Has no day}"""
    found = made(tmp_path, files, f"reviews: [{reviews}]", f"decisions:{decisions}")
    assert said(found) == [
        ("Waits longest", "overdue since 1 November 2026"),
        ("Waits", "overdue since 14 November 2026"),
        ("past", "its day has come: it was due on 14 November 2026"),
        ("soon", "due on 15 December 2026"),
        ("quiet", "nobody has said how it is doing since 14 October 2026"),
        ("falls", "falling since 28 January 2026"),
        ("crosses", "meets its target now: 9 days, target 10"),
        ("late", "no new value since 14 September 2026, though it is taken monthly"),
        ("Before the next", "due on 1 December 2026"),
        ("After it", "due on 4 January 2027"),
        ("idea", "proposed: open it, or say why not"),
    ]
    assert [one.id for one in found.read] == ["calm", "steady"]


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        # What counts is the day of the meeting, 1 December.
        (("due: 2026-12-31", told("2026-10-15")), "due on 31 December 2026"),
        (("due: 2027-01-01", told("2026-10-15")), None),
        (
            ("due: 2026-12-01", told("2026-10-14")),
            "due on 1 December 2026; nobody has said how it is doing since 14 October 2026",
        ),
        (("due: 2026-11-30", told("2026-10-15")), "its day will have come: it is due on 30 November 2026"),
        (("due: 2026-11-15", told("2026-10-15")), "its day will have come: it is due on 15 November 2026"),
        (("due: 2026-11-14", told("2026-10-15")), "its day has come: it was due on 14 November 2026"),
        (("due: 2027-06-01",), "nobody has said how it is doing since 1 June 2026"),
    ],
)
def test_an_objective_is_spoken_of_when_its_day_is_near_or_nobody_tells(
    lines: tuple[str, ...], reasons: str | None, tmp_path: Path
) -> None:
    found = made(tmp_path, {"a.md": goal("a", *lines)}, "reviews: [a]")
    assert said(found) == ([("a", reasons)] if reasons else [])
    assert [one.id for one in found.read] == ([] if reasons else ["a"])


@pytest.mark.parametrize(
    ("numbers", "days", "crossed"),
    [
        (("12", "9"), ("2026-11-03", "2026-11-04"), "meets its target now: 9 days, target 10"),
        (("9", "10.5"), ("2026-11-03", "2026-11-04"), "no longer meets its target: 10.5 days, target 10"),
        (("12", "9"), ("2026-11-02", "2026-11-03"), None),
        (("9", "10"), ("2026-11-03", "2026-11-04"), None),
        (("9", "12", "8"), ("2026-11-02", "2026-11-10", "2026-11-12"), None),
        (("12",), ("2026-11-04",), None),
        (("12", "9"), ("2026-11-03", "2026-11-16"), None),
    ],
)
def test_a_metric_crossed_its_target_since_the_last_turn(
    numbers: tuple[str, ...], days: tuple[str, ...], crossed: str | None, tmp_path: Path
) -> None:
    files = {"a.md": metric("a", "target: 10", direction="down"), "a.csv": values(*numbers, days=list(days))}
    assert said(made(tmp_path, files, "reviews: [metric:a]")) == ([("a", crossed)] if crossed else [])


def test_proposed_objectives_matter_only_where_objectives_are_looked_at(tmp_path: Path) -> None:
    files = {
        "idea.md": goal("idea", "due: 2027-06-01", state="proposed"),
        "a.md": metric("a"),
        "a.csv": values("1", "2"),
    }
    assert said(made(tmp_path, files, "reviews: [metric:a]")) == []
    closed = goal("over", "due: 2026-10-01", "closed: 2026-10-01", "outcome: {text: Done}", state="attained")
    assert [name for name, _ in said(made(tmp_path, {**files, "over.md": closed}, "reviews: [over]"))] == ["idea"]


def test_what_may_not_be_seen_is_on_no_agenda(tmp_path: Path) -> None:
    files = {
        "past.md": goal("past", "due: 2026-11-01", visibility="internal"),
        "idea.md": goal("idea", "due: 2027-06-01", state="proposed", visibility="internal"),
        "late.md": metric("late", visibility="internal"),
        "late.csv": values("1", days=["2026-01-14"]),
        "open.md": goal("open", "due: 2027-03-01", told("2026-11-10")),
    }
    lines = "reviews: [past, metric:late, open]"
    assert {name for name, _ in said(made(tmp_path, files, lines, audience="all"))} == {"past", "idea", "late"}
    found = made(tmp_path, files, lines)
    assert (said(found), [one.id for one in found.read]) == ([], ["open"])


def test_where_no_turn_is_known_only_what_needs_none_is_on_it(tmp_path: Path) -> None:
    decisions = (
        "decisions: [{date: 2026-10-06, text: Late, due: 2026-11-14}, {date: 2026-10-06, text: Soon, due: 2026-11-20}]"
    )
    found = made(tmp_path, {}, decisions, rhythm=("frequency: monthly",))
    assert said(found) == [("Late", "overdue since 14 November 2026")]


@pytest.mark.parametrize(
    ("rhythm", "often", "then", "lacking"),
    [
        (MONTHLY, "monthly, on the first Tuesday", "Tuesday, 1 December 2026, 22:30 to 00:30", ""),
        (("frequency: daily", "time: 09:00"), "daily", "Sunday, 15 November 2026, 09:00", ""),
        (("frequency: weekly", "on: Monday"), "weekly, on Monday", "Monday, 16 November 2026", ""),
        (
            ("frequency: quarterly", "on: day 31", "from: 2026-02-28"),
            "quarterly, on day 31, or the month's last of February, May, August and November",
            "Monday, 30 November 2026",
            "",
        ),
        (
            ("frequency: three-times-a-year", "on: last Friday", "from: 2026-11-27"),
            "three times a year, on the last Friday of March, July and November",
            "Friday, 27 November 2026",
            "",
        ),
        (("frequency: weekly",), "weekly", "", "Add “on” with the day on which it takes place, such as Tuesday."),
        (("frequency: yearly",), "yearly", "", "Add “on” with the day on which it takes place, such as first Tuesday."),
        (
            ("frequency: yearly", "on: day 3"),
            "yearly",
            "",
            "Add “from” with a day on which it took place or will, such as 2026-03-10.",
        ),
    ],
)
def test_when_a_meeting_takes_place_in_words(
    rhythm: tuple[str, ...], often: str, then: str, lacking: str, tmp_path: Path
) -> None:
    found = made(tmp_path, {}, rhythm=rhythm).meeting
    said = (often_words(found), next_words(found).replace("\u00a0", " "), lacking_words(found))
    assert said == (often, then, lacking)
