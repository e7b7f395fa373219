"""How the work of a procedure moves: its states, the ways between them, and where they lead nowhere.

The first state is the start. Names are compared without case and extra white space, as labels are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handrail.model.items import fold_label
from handrail.model.page import Page
from handrail.text.problems import DataPath

FIELD = "process"


@dataclass(frozen=True, slots=True)
class State:
    """A state of the work; `index` is its place in the front matter, from 0."""

    index: int
    name: str
    owner: str = ""
    next_action: str = ""
    within: str = ""
    is_final: bool = False

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return fold_label(self.name)

    @property
    def path(self) -> DataPath:
        return (FIELD, "states", self.index)


@dataclass(frozen=True, slots=True)
class Transition:
    """A way from one state to another; `number` counts from 1, as drawings and tables name it."""

    index: int
    number: int
    start: str
    end: str
    when: str = ""
    by: str = ""

    @property
    def path(self) -> DataPath:
        return (FIELD, "transitions", self.index)


@dataclass(frozen=True, slots=True)
class Exceptional:
    """What is done where the ordinary way doesn't fit, and who approves it."""

    index: int
    when: str
    route: str
    approver: str = ""

    @property
    def path(self) -> DataPath:
        return (FIELD, "exceptions", self.index)


@dataclass(frozen=True)
class Process:
    """The process of a page; what is no state, transition or exception is left out, and its schema says why."""

    page: Page
    states: tuple[State, ...] = ()
    transitions: tuple[Transition, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    roles: dict[str, str] | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    block_reasons: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it has states, or ways between them."""
        return bool(self.states or self.transitions)

    def role(self, name: str) -> str:
        """Return who has a role, such as `accountable`; empty where nobody is named."""
        return (self.roles or {}).get(name, "")

    # The graph

    @cached_property
    def by_key(self) -> dict[str, State]:
        """The states by name; of two that have one name, the first."""
        found: dict[str, State] = {}
        for state in self.states:
            found.setdefault(state.key, state)
        return found

    @cached_property
    def namesakes(self) -> tuple[State, ...]:
        """The states whose name another state before them has."""
        return tuple(state for state in self.states if self.by_key[state.key] is not state)

    @cached_property
    def unknown(self) -> tuple[tuple[Transition, str, str], ...]:
        """The transitions that name a state which is not listed, each with the field and what stands in it."""
        return tuple(
            (one, field, name)
            for one in self.transitions
            for field, name in (("from", one.start), ("to", one.end))
            if fold_label(name) not in self.by_key
        )

    @property
    def is_sound(self) -> bool:
        """Whether every name is that of just one state, so that the graph can be judged."""
        return bool(self.states) and not self.unknown and not self.namesakes

    @cached_property
    def leaving(self) -> dict[str, list[Transition]]:
        """The transitions that leave each state, by its name as it is compared."""
        found: dict[str, list[Transition]] = defaultdict(list)
        for one in self.transitions:
            found[fold_label(one.start)].append(one)
        return dict(found)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The names of the states that some way from the first one reaches, itself among them."""
        return self._from(self.states[0]) if self.states else frozenset()

    def _from(self, start: State) -> frozenset[str]:
        """Return the names of the states that some way from one reaches, itself among them."""
        found, waiting = {start.key}, [start.key]
        while waiting:
            for one in self.leaving.get(waiting.pop(), ()):
                end = fold_label(one.end)
                if end not in found:
                    found.add(end)
                    waiting.append(end)
        return frozenset(found)

    @property
    def dead_ends(self) -> tuple[State, ...]:
        """The states that are not final and that nothing leaves; a way back to itself leads nowhere either."""
        return tuple(
            state
            for state in self.states
            if not state.is_final and all(fold_label(one.end) == state.key for one in self.leaving.get(state.key, ()))
        )

    @property
    def unreachable(self) -> tuple[State, ...]:
        """The states that no way from the first one reaches."""
        return tuple(state for state in self.states if state.key not in self.reached)

    @property
    def left_over(self) -> tuple[State, ...]:
        """Of the states that are not reached, those to which no other of them leads; of a circle of such states, the first.

        Whatever else is not reached is reached once these are.
        """
        ways = {state.key: self._from(state) for state in self.unreachable}
        behind = {key: {other for other in ways if key in ways[other]} for key in ways}
        firsts = [key for key in ways if all(other in ways[key] for other in behind[key])]
        return tuple(self.by_key[key] for at, key in enumerate(firsts) if behind[key].isdisjoint(firsts[:at]))

    def leads_to_an_end(self, state: State) -> bool:
        """Say whether some way from a state reaches a final one, itself included."""
        return any(self.by_key[key].is_final for key in self._from(state) if key in self.by_key)

    @property
    def has_end(self) -> bool:
        """Whether a final state can be reached."""
        return bool(self.states) and self.leads_to_an_end(self.states[0])

    @property
    def lacks_ways(self) -> bool:
        """Whether there are several states, and nothing says how work goes from one to another."""
        return len(self.states) > 1 and not self.transitions

    @property
    def left_ends(self) -> tuple[tuple[State, Transition], ...]:
        """The final states that something leaves, each with the first way that does."""
        return tuple(
            (state, self.leaving[state.key][0]) for state in self.states if state.is_final and state.key in self.leaving
        )

    @property
    def idle(self) -> tuple[State, ...]:
        """The states, not final, in which nobody knows who acts, what comes next and by when; or it is all as in each state before.

        Owner, next action and time that are those of every state that leads here say that nothing has changed by coming here.
        """
        return tuple(state for state in self.states if not state.is_final and self._is_idle(state))

    def _is_idle(self, state: State) -> bool:
        said = _said(state)
        if not any(said):
            return True
        before = [
            self.by_key[key]
            for one in self.transitions
            if fold_label(one.end) == state.key and (key := fold_label(one.start)) in self.by_key and key != state.key
        ]
        return bool(before) and all(_said(other) == said for other in before)


def process_of(page: Page) -> Process | None:
    """Return the process of a page; None where it has none, or what stands there is no group of fields."""
    written = page.data.get(FIELD)
    if not isinstance(written, dict):
        return None
    states = [_state(index, entry) for index, entry in _entries(written.get("states"), "name")]
    transitions = [
        Transition(index, number, *(_text(entry.get(name)) for name in ("from", "to", "when", "by")))
        for number, (index, entry) in enumerate(_entries(written.get("transitions"), "from", "to"), 1)
    ]
    roles = written.get("roles")
    return Process(
        page,
        tuple(states),
        tuple(transitions),
        exceptions_of(page),
        {str(name): _text(value) for name, value in roles.items()} if isinstance(roles, dict) else {},
        *(_texts(written.get(name)) for name in ("inputs", "outputs", "block_reasons", "measures")),
    )


def exceptions_of(page: Page) -> tuple[Exceptional, ...]:
    """Return the exceptions of a page's process, which many ask for that need nothing else of it."""
    written = page.data.get(FIELD)
    entries = _entries(written.get("exceptions"), "when", "route") if isinstance(written, dict) else ()
    return tuple(
        Exceptional(index, *(_text(entry.get(name)) for name in ("when", "route", "approver")))
        for index, entry in entries
    )


def _state(index: int, entry: dict[str, Any]) -> State:
    name, owner, next_action, within = (_text(entry.get(field)) for field in ("name", "owner", "next_action", "sla"))
    return State(index, name, owner, next_action, within, entry.get("final") is True)


def _said(state: State) -> tuple[str, str, str]:
    return fold_label(state.owner), fold_label(state.next_action), fold_label(state.within)


def _entries(values: Any, *needed: str) -> Iterable[tuple[int, dict[str, Any]]]:
    """Yield the groups of fields of a list that have what they need, each with its place."""
    for index, entry in enumerate(values if isinstance(values, list) else ()):
        if isinstance(entry, dict) and all(_text(entry.get(name)) for name in needed):
            yield index, entry


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, values))) if isinstance(values, list) else ()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
