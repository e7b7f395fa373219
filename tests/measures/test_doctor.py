"""The ten questions from goal to meeting, each in a handbook in which everything holds but one thing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handrail.measures.doctor import Answer, Finding, doctor
from handrail.measures.scope import Scope
from handrail.model.record_rows import RUNS
from handrail.model.records import Records, parse_records
from tests.model.building import document, handbook

DIGEST = "t2:" + "1" * 64
PROCESS = """process:
  roles: {accountable: Head, decides_exceptions: Head}
  states: [{name: a, owner: Clerk}, {name: b, final: true}]
  transitions: [{from: a, to: b, when: it fits}]
  exceptions: [{when: it is lost, route: Ask}]
  block_reasons: [no money]"""
SOP = (
    "state: active",
    "rapid: lbk(D)",
    f"sign_offs: [{{role: D, by: lbk, date: 2026-10-01, digest: '{DIGEST}'}}]",
    PROCESS,
)
MEETING = (
    "frequency: weekly",
    "participants: [lbk]",
    "reviews: [metric:days]",
    "decisions: [{date: 2026-11-10, text: Go, done: 2026-11-10}]",
)
METRIC = ("unit: days", "direction: down", "frequency: monthly", "indicator: leading", "data: days.csv")


def goal(number: int, *lines: str) -> str:
    return document("objective", f"goal-{number}", "state: open", "opened: 2026-09-01", "due: 2027-02-28", *lines)


WHOLE = {
    "people.md": document("people", "people", "people: [{id: lbk, name: Lena}]"),
    **{
        f"goal-{number}.md": goal(
            number, "owner: lbk", "sops: [pay]", "measures: [{text: a, metric: sops-tied}, {text: b, metric: days}]"
        )
        for number in range(3)
    },
    "pay.md": document("sop", "pay", *SOP),
    "days.md": document("metric", "days", *METRIC),
    "meeting.md": document("cadence", "weekly", *MEETING),
}
RUN = "2026-0{month}-0{day},pay,{text},worked,,,staff,issue-{number}"


def runs(count: int = 3, text: str = "22222222") -> Records:
    lines = [RUN.format(month=8, day=number + 1, text=text, number=number + 1) for number in range(count)]
    rows, unreadable = parse_records(RUNS, "\n".join((",".join(RUNS.columns), *lines)).encode())
    assert not unreadable
    return Records(runs=tuple(rows))


def asked(pages: Mapping[str, str], records: Records | None = None) -> tuple[Finding, ...]:
    book = handbook(pages)
    book.project.__dict__["records"] = runs() if records is None else records
    return doctor(Scope(book, frozenset(book.pages)))


def answers(pages: Mapping[str, str], records: Records | None = None) -> dict[int, Answer]:
    return {one.number: one.answer for one in asked(pages, records)}


def test_where_everything_holds_each_answer_is_yes() -> None:
    found = asked(WHOLE)
    assert [(one.number, one.answer, one.lacking, one.do) for one in found] == [
        (number, Answer.YES, (), "") for number in range(1, 11)
    ]


def without(old: str, new: str = "", page: str = "pay.md") -> dict[str, str]:
    assert old in WHOLE[page]
    return WHOLE | {page: WHOLE[page].replace(old, new)}


BUT_ONE = {
    "two objectives": ({name: text for name, text in WHOLE.items() if name != "goal-0.md"}, 1, Answer.PARTLY),
    "six objectives": (WHOLE | {f"more-{n}.md": WHOLE["goal-0.md"].replace("goal-0", f"more-{n}") for n in range(3)}, 1, Answer.PARTLY),
    "one objective without a procedure": (without("sops: [pay]", page="goal-1.md"), 2, Answer.PARTLY),
    "no ways": (without("  transitions: [{from: a, to: b, when: it fits}]"), 3, Answer.NO),
    "a state without an owner": (without(", owner: Clerk"), 4, Answer.NO),
    "nobody who answers for it": (without("accountable: Head, "), 4, Answer.NO),
    "a way without a rule": (without(", when: it fits"), 5, Answer.NO),
    "a dead end": (without("{name: b, final: true}", "{name: b, final: true}, {name: c, owner: x}"), 5, Answer.NO),
    "nobody who approves": (without(", decides_exceptions: Head"), 6, Answer.NO),
    "no reasons to wait": (without("  block_reasons: [no money]"), 6, Answer.NO),
    "a metric that looks back": (without("metric: sops-tied", "metric: sop-nps", page="goal-2.md"), 7, Answer.PARTLY),
    "a leading metric that nobody takes": (without("{text: a, metric: sops-tied}, ", page="goal-2.md"), 7, Answer.PARTLY),
    "a meeting that decides nothing": (without("2026-11-10, text", "2026-09-01, text", page="meeting.md"), 8, Answer.NO),
    "no meeting that looks at it": (without("reviews: [metric:days]", page="meeting.md"), 8, Answer.NO),
}  # fmt: skip


@pytest.mark.parametrize("name", BUT_ONE)
def test_what_does_not_hold_is_said_by_its_question(name: str) -> None:
    pages, number, answer = BUT_ONE[name]
    found = answers(pages)
    assert found[number] is answer
    assert next(one for one in asked(pages) if one.number == number).do


def test_it_was_tried_after_three_runs() -> None:
    assert answers(WHOLE, runs(2))[9] is Answer.NO
    assert answers(WHOLE, Records())[9] is Answer.NO


@pytest.mark.parametrize(("text", "answer"), [("22222222", Answer.YES), ("11111111", Answer.NO), ("", Answer.NO)])
def test_a_text_is_new_where_another_one_was_followed_before(text: str, answer: Answer) -> None:
    assert answers(WHOLE, runs(text=text))[10] is answer


def test_of_one_alone_it_is_said_in_words() -> None:
    one_goal = {name: text for name, text in WHOLE.items() if name not in ("goal-1.md", "goal-2.md")}
    said = {one.number: one.why for one in asked(one_goal)}
    assert said[2] == "For the only one there is."
    assert {one.number: one.why for one in asked(one_goal, Records())}[9] == "Not for the only one there is."


def test_where_too_few_are_open_the_next_one_is_opened_or_proposed() -> None:
    few = {name: text for name, text in WHOLE.items() if name != "goal-0.md"}
    assert asked(few)[0].do.startswith("Propose the next objective")
    idea = WHOLE["goal-0.md"].replace("state: open", "state: proposed")
    assert asked({**few, "goal-0.md": idea})[0].do == "Open the next objective that is proposed."


def test_without_goals_only_the_first_question_has_an_answer() -> None:
    found = answers({"pay.md": WHOLE["pay.md"]})
    assert found == {1: Answer.NO, **dict.fromkeys(range(2, 11), Answer.UNKNOWN)}
    assert asked({"pay.md": WHOLE["pay.md"]})[0].do.startswith("Propose the objective that matters most")


def test_nothing_is_counted_that_may_not_be_seen() -> None:
    book = handbook(WHOLE)
    seen = frozenset(page for page in book.pages if page.id in ("goal-0", "days"))
    found = doctor(Scope(book, seen))
    named = {page.id for one in found for page in (*one.shown_by, *one.lacking)}
    assert named == {"goal-0"}
    assert [one.answer for one in found][:2] == [Answer.PARTLY, Answer.NO]
