"""How the work of a procedure moves, as a graph: held to a search that walks every way by brute force."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.processes import Process, process_of
from tests.model.building import document, handbook


def process(written: object) -> Process:
    page = handbook({"a.md": document("sop", "a", "state: active", f"process: {json.dumps(written)}")}).by_src_uri[
        "a.md"
    ]
    found = process_of(page)
    assert found is not None
    return found


def graph(states: str, ways: str, final: str = "") -> Process:
    """Write a process of states with names of one letter, and ways such as `ab`."""
    return process(
        {
            "states": [{"name": name, "owner": "x", "final": name in final} for name in states],
            "transitions": [{"from": way[0], "to": way[1]} for way in ways.split()],
        }
    )


def names(states: object) -> str:
    return "".join(state.name for state in states)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("states", "ways", "final", "dead", "unreached", "has_end"),
    [
        ("ab", "ab", "b", "", "", True),
        ("ab", "ab", "", "b", "", False),
        ("abc", "ab", "b", "c", "c", True),
        ("abc", "ab bb", "c", "b", "c", False),
        ("abc", "ab ba", "c", "", "c", False),
        ("a", "", "a", "", "", True),
        ("a", "", "", "a", "", False),
        ("abcd", "ab bc ca bd", "d", "", "", True),
    ],
)
def test_where_ways_lead(states: str, ways: str, final: str, dead: str, unreached: str, has_end: bool) -> None:  # noqa: FBT001 - a case
    found = graph(states, ways, final)
    assert found.is_sound
    assert (names(found.dead_ends), names(found.unreachable), found.has_end) == (dead, unreached, has_end)


STATES = "abcdef"
WAYS = st.lists(st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)).map("".join), max_size=14)


@given(st.integers(1, 6), WAYS, st.sets(st.sampled_from(STATES)))
def test_every_state_that_some_way_reaches_is_reached(count: int, ways: list[str], final: set[str]) -> None:
    states = STATES[:count]
    known = [way for way in ways if set(way) <= set(states)]
    found = graph(states, " ".join(known), "".join(final))
    reached = {"a"}
    for _ in range(count):
        reached |= {way[1] for way in known if way[0] in reached}
    assert found.reached == reached
    assert found.has_end == bool(reached & final)
    assert {state.name for state in found.dead_ends} == {
        name for name in states if name not in final and not any(way[0] == name and way[1] != name for way in known)
    }
    assert {state.name for state, _ in found.left_ends} == {way[0] for way in known if way[0] in final}
    _assert_left_over(states, known, {state.name for state in found.left_over}, reached)


def _assert_left_over(states: str, ways: list[str], left_over: set[str], reached: set[str]) -> None:
    """Once something leads to these states every state is reached, and none of them is too many."""

    def behind(starts: set[str]) -> set[str]:
        found = set(starts)
        for _ in states:
            found |= {way[1] for way in ways if way[0] in found}
        return found

    assert behind(reached | left_over) == set(states)
    assert all(one not in behind(reached | left_over - {one}) for one in left_over)


def test_names_differ_by_more_than_case_and_blanks() -> None:
    found = process(
        {
            "states": [{"name": "In  review"}, {"name": "done", "final": True}, {"name": "Done"}],
            "transitions": [{"from": "in review", "to": "DONE"}, {"from": "in review", "to": "gone"}],
        }
    )
    assert [state.index for state in found.namesakes] == [2]
    assert [(one.number, field, name) for one, field, name in found.unknown] == [(2, "to", "gone")]
    assert not found.is_sound


def test_a_state_in_which_nothing_is_said_or_nothing_changes_is_idle() -> None:
    said = {"owner": "Clerk", "next_action": "Read it", "sla": "2 days"}
    found = process(
        {
            "states": [
                {"name": "new", **said},
                {"name": "waiting"},
                {"name": "same", **{key: value.upper() for key, value in said.items()}},
                {"name": "other", **said, "owner": "Head"},
                {"name": "end", "final": True},
            ],
            "transitions": [
                {"from": start, "to": end}
                for start, end in (
                    ("new", "waiting"),
                    ("new", "same"),
                    ("same", "same"),
                    ("same", "other"),
                    ("other", "end"),
                )
            ],
        }
    )
    assert names(found.idle) == "waitingsame"


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"states": "none", "transitions": {"from": "a"}},
        {
            "states": [3, {"owner": "x"}, {"name": ""}],
            "transitions": [{"from": "a"}, None],
            "exceptions": [{"when": "b"}],
        },
        {"roles": ["clerk"], "inputs": "a claim", "measures": [3]},
    ],
)
def test_what_can_t_be_read_is_left_out(written: object) -> None:
    found = process(written)
    assert (found.states, found.transitions, found.exceptions, found.moves) == ((), (), (), False)
    assert found.role("accountable") == ""
    assert found.reached == frozenset()


def test_a_page_without_a_process_has_none() -> None:
    pages = handbook({"a.md": document("sop", "a"), "b.md": document("sop", "b", "process: [a]")}).pages
    assert [process_of(page) for page in pages] == [None, None]
