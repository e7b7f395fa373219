"""Drawings of processes: every state and way stands there, no box over another, and no letter smaller than it is read."""

from __future__ import annotations

import re
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.processes import Process, State, Transition
from handrail.pages.process_drawing import Box, Drawing, draw
from handrail.pages.processes import process_sections
from handrail.pages.render import Links, sections
from tests.model.building import document, handbook, only

NAMES = ("sent", "returned", "waiting for the customer", "being mended", "paid", "Zurückgewiesen und abgelegt")
PAGE = only(handbook({"a.md": document("sop", "a")}), "a.md")


def process(count: int, ways: list[tuple[int, int]]) -> Process:
    states = tuple(
        State(index, name, "Line manager", within="3 working days") for index, name in enumerate(NAMES[:count])
    )
    moves = tuple(
        Transition(index, index + 1, NAMES[start % count], NAMES[end % count])
        for index, (start, end) in enumerate(ways)
    )
    return Process(PAGE, states, moves)


def drawn(found: Process) -> Drawing:
    drawing = draw(found)
    assert drawing is not None
    return drawing


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


PLACES = st.integers(0, 5)


@given(st.integers(1, 6), st.lists(st.tuples(PLACES, PLACES), max_size=9))
def test_every_state_and_way_has_its_place(count: int, ways: list[tuple[int, int]]) -> None:
    found = process(count, ways)
    drawing = drawn(found)
    assert [" ".join(box.words[: box.name_lines]) for box in drawing.boxes] == list(NAMES[:count])
    assert {box.words[box.name_lines :] for box in drawing.boxes} == {("Line manager", "3 working days")}
    assert [arrow.number for arrow in drawing.arrows] == [str(number + 1) for number in range(len(ways))]
    assert not any(overlap(*pair) for pair in combinations(drawing.boxes, 2))
    for box in drawing.boxes:
        assert 0 <= box.left <= box.left + box.width <= drawing.width + 1
        assert 0 <= box.top <= box.top + box.height <= drawing.height + 1
    assert drawing == drawn(found)


def test_a_process_whose_names_are_in_doubt_is_not_drawn() -> None:
    assert draw(Process(PAGE)) is None
    assert draw(Process(PAGE, (State(0, "a"),), (Transition(0, 1, "a", "b"),))) is None
    assert draw(Process(PAGE, (State(0, "a"), State(1, "A")))) is None


MOVES = (
    "process:",
    "  inputs: [A receipt]",
    "  roles: {performs: Clerk, accountable: Head of finance, decides_exceptions: Head <b>of</b> finance,",
    "    notified: Whoever claims, steps_in: The deputy}",
    "  states: [{name: sent, owner: Clerk, sla: 3 days}, {name: paid & gone, final: true}]",
    "  transitions: [{from: SENT, to: Paid & gone, when: it fits, by: Clerk}]",
    "  exceptions: [{when: the receipt is lost, route: Ask}]",
    "  block_reasons: [no money]",
)


def shown() -> str:
    page = only(handbook({"a.md": document("sop", "a", "state: active", *MOVES)}), "a.md")
    return sections(process_sections(page), Links(""))


def text_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_page_says_in_words_what_its_drawing_shows() -> None:
    markup = shown()
    text = text_of(markup)
    assert markup.count("<svg") == 1
    assert "Exception E1: Head &lt;b&gt;of&lt;/b&gt; finance" in text
    assert "sent Clerk, within 3 days 1. paid &amp; gone when it fits (Clerk)" in text
    assert "E1 The receipt is lost Ask Head &lt;b&gt;of&lt;/b&gt; finance" in text
    for role in (
        "Does the work Clerk",
        "Answers for it Head of finance",
        "Is told Whoever claims",
        "Steps in The deputy",
    ):
        assert role in text
    assert "Decides exceptions Head &lt;b&gt;of&lt;/b&gt; finance" in text
    assert "What may hold it up No money" in text
    assert "<b>of" not in markup


def test_without_the_library_the_table_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = text_of(shown())
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    markup = shown()
    assert "<svg" not in markup
    assert with_it.endswith(text_of(markup).partition("State Who acts")[2])
