"""The part of a page on how the work moves: a drawing where one can be made, and the same in a table; exceptions; what holds it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.model.items import fold_label
from handrail.model.page import Page
from handrail.model.processes import Process, State, Transition, process_of
from handrail.pages.process_drawing import draw, exception_number
from handrail.pages.views import Entry, Row, Section, Table, Words
from handrail.words.language import capital

_ROLES: Mapping[str, str] = {
    "performs": "Does the work",
    "accountable": "Answers for it",
    "decides_exceptions": "Decides exceptions",
    "notified": "Is told",
    "steps_in": "Steps in",
}


def process_sections(page: Page) -> tuple[Section, ...]:
    """Return what a page says of how its work moves; nothing where it says nothing."""
    process = process_of(page)
    return tuple(_sections(process)) if process is not None else ()


def _sections(process: Process) -> Iterator[Section]:
    rows = tuple(_rows(process))
    table = _states(process) if process.states else None
    if rows or table is not None:
        yield Section("How it moves", "how-it-moves", rows=rows, table=table, drawing=draw(process))
    if process.exceptions:
        columns = ("", "When", "What is done then", "Who approves it")
        yield Section("Exceptions", "exceptions", table=Table(columns, tuple(_exceptions(process))), level=3)
    if process.block_reasons:
        entries = tuple(Entry((capital(reason),)) for reason in process.block_reasons)
        yield Section("What may hold it up", "what-may-hold-it-up", entries, level=3)


def _rows(process: Process) -> Iterator[Row]:
    for name, said in (("Goes in", process.inputs), ("Comes out", process.outputs)):
        if said:
            yield Row(name, ("; ".join(said),))
    for role, name in _ROLES.items():
        if process.role(role):
            yield Row(name, (process.role(role),))


def _states(process: Process) -> Table:
    return Table(("State", "Who acts", "What comes next"), tuple(_state(process, state) for state in process.states))


def _state(process: Process, state: State) -> tuple[Words, ...]:
    # A promise may be a time, or a sentence on what is done meanwhile.
    promise = f"within {state.within}" if state.within[:1].isdigit() else state.within
    acts = ", ".join(filter(None, (state.owner, promise)))
    ways = [_way(process, one) for one in process.leaving.get(state.key, ())]
    goes_on = "; ".join(filter(None, (state.next_action, *ways)))
    return (state.name,), (acts,), (goes_on or ("The end" if state.is_final else ""),)


def _way(process: Process, one: Transition) -> str:
    """Return where a transition leads, when, and who takes it, behind the number that it has in the drawing."""
    end = process.by_key.get(fold_label(one.end))
    said = f"{one.number}. {end.name if end is not None else one.end}"
    said += f" when {one.when}" if one.when else ""
    return said + (f" ({one.by})" if one.by else "")


def _exceptions(process: Process) -> Iterator[tuple[Words, ...]]:
    for one in process.exceptions:
        approver = one.approver or process.role("decides_exceptions")
        yield (exception_number(one.index),), (capital(one.when),), (capital(one.route),), (approver,)
