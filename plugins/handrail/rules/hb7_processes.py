"""HB7: every way of a process leads to an end, and in every state somebody acts.

Only documents in use are judged, and only where there are states or ways between them. Where a name is that of no state or of
two, the ways can't be followed: that is the finding, and the rules on the graph are silent. Where no end can be reached, that is
the finding, and what comes of it (work that stands still, an end that is not reached) is shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from handrail.model.goals import LEADING
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.processes import FIELD, Process, State, process_of
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule

_known: WeakKeyDictionary[Handbook, tuple[Process, ...]] = WeakKeyDictionary()
"""The processes of each handbook, read once for all of these rules."""


def _processes(handbook: Handbook) -> tuple[Process, ...]:
    """Return the processes that are judged."""
    if handbook not in _known:
        _known[handbook] = tuple(
            found
            for page in handbook.documents
            if page.is_in_force and page.data.get(FIELD) and (found := process_of(page)) is not None and found.moves
        )
    return _known[handbook]


def _sound(handbook: Handbook) -> Iterator[Process]:
    """Yield those whose ways can be followed."""
    return (found for found in _processes(handbook) if found.is_sound and not found.page.doubts(FIELD))


@rule("HB701", "unknown-state", Severity.ERROR)
def unknown_state(handbook: Handbook) -> Iterator[Hit]:
    """A transition of a process names a state that is not listed, or two states have one name.

    Then nobody can say where the work goes, and the process can't be drawn.

    **What to do.** Write the state's name as it stands under `states`, or add the state there. Give two states of one name
    two names.
    """
    for process in _processes(handbook):
        known = [state.name for state in process.states]
        for transition, field, name in process.unknown:
            close = nearest(name, known)
            yield Hit(
                at(process.page, (*transition.path, field)),
                f"Transition {transition.number} of “{process.page.title}” names the state `{name}`, which is not listed.",
                f"Did you mean `{close}`?" if close else "Add it under `states`, or name one that is there.",
                subject=name,
            )
        for state in process.namesakes:
            first = process.by_key[state.key]
            yield Hit(
                at(process.page, (*state.path, "name")),
                f"Two states of “{process.page.title}” are called `{state.name}`.",
                "Give them two names, or make one of them.",
                ((at(process.page, (*first.path, "name")), "This is the other one."),),
                subject=state.name,
            )


@rule("HB702", "dead-end", Severity.WARNING)
def dead_end(handbook: Handbook) -> Iterator[Hit]:
    """A state of a process is not the end, and nothing leaves it.

    Work that comes there stays there, and nobody is told.

    **What to do.** Add the transition that leaves it, or say `final: true` if the work is over there.
    """
    for process in _sound(handbook):
        for state in _standing_still(process) if process.has_end and not process.lacks_ways else ():
            yield Hit(
                at(process.page, (*state.path, "name")),
                f"In “{process.page.title}” nothing leaves the state `{state.name}`, and it is not the end.",
                "Add a transition from it, or say `final: true`.",
                subject=state.name,
            )


def _standing_still(process: Process) -> list[State]:
    """Return the dead ends that work comes to: of the others, the finding is that nothing leads there."""
    return [state for state in process.dead_ends if state.key in process.reached]


@rule("HB703", "unreachable-state", Severity.WARNING)
def unreachable_state(handbook: Handbook) -> Iterator[Hit]:
    """No way from the first state of a process reaches a state.

    Nobody's work ever comes there: it is left over, or the way to it was forgotten. States that are reached once this one is are
    not named.

    **What to do.** Add the transition that leads to it, or delete the state. The first state of the list is the start.
    """
    for process in _sound(handbook):
        for state in process.left_over:
            if process.lacks_ways or (not process.has_end and process.leads_to_an_end(state)):
                continue
            yield Hit(
                at(process.page, (*state.path, "name")),
                f"In “{process.page.title}” no way from `{process.states[0].name}` leads to the state `{state.name}`.",
                "Add a transition to it, or delete it.",
                subject=state.name,
            )


@rule("HB704", "no-end", Severity.WARNING)
def no_end(handbook: Handbook) -> Iterator[Hit]:
    """No state of a process is its end, or none that is can be reached.

    Then nobody can say when the work is done.

    **What to do.** Say `final: true` in each state in which the work is over, and add the way that leads there. Where several
    states have no transitions at all, add those.
    """
    for process in _sound(handbook):
        if process.has_end and not process.lacks_ways:
            continue
        ends = [state for state in process.states if state.is_final]
        still = [] if process.lacks_ways else _standing_still(process)
        if process.lacks_ways:
            said, hint = "nothing says how work goes from one state to the next", "Add `transitions`."
        elif ends:
            said, hint = "no way leads to its end", "Add the transition that leads to it."
        else:
            said, hint = "no state is the end", f"Say `final: true` in {_the_end(still)}."
        place = (*ends[0].path, "name") if ends and not process.lacks_ways else (FIELD, "states")
        related = tuple((at(process.page, (*state.path, "name")), "Nothing leaves this state.") for state in still)
        yield Hit(at(process.page, place), f"In “{process.page.title}” {said}.", hint, related)


def _the_end(still: list[State]) -> str:
    """Return the state that is likely to be the end: the only one that nothing leaves."""
    return f"`{still[0].name}`, if the work is over there" if len(still) == 1 else "the state in which the work is over"


@rule("HB705", "leaves-the-end", Severity.INFO)
def leaves_the_end(handbook: Handbook) -> Iterator[Hit]:
    """Something leaves a state that is said to be the end.

    Readers take the work for done, and it goes on.

    **What to do.** Take `final` out of the state if the work goes on there. If it only may be taken up again, say under `when`
    what has to happen for that.
    """
    for process in _sound(handbook):
        for state, _ in process.left_ends:
            silent = [one for one in process.leaving[state.key] if not one.when]
            if silent:
                yield Hit(
                    at(process.page, silent[0].path),
                    f"In “{process.page.title}” something leaves `{state.name}`, which is said to be the end.",
                    "Take `final` out of that state, or say `when` the work is taken up again.",
                    subject=state.name,
                )


@rule("HB706", "idle-state", Severity.INFO)
def idle_state(handbook: Handbook) -> Iterator[Hit]:
    """A state of a process says neither who acts, nor what comes next, nor by when; or nothing changes by coming there.

    Work waits where nobody has anything to do.

    **What to do.** Add `owner`, `next_action` or `sla`. Where all three are those of the states before it, it may be no state
    of its own.
    """
    for process in _sound(handbook):
        for state in process.idle:
            if state.key not in process.reached or state in process.dead_ends or process.lacks_ways:
                continue  # what is missing there may be a way, or the word that it is the end
            if state.owner or state.next_action or state.within:
                said = "says the same as every state that leads to it: who acts, what comes next and by when"
                hint = "Say what is different there, or take it out."
            else:
                said, hint = (
                    "says neither who acts, nor what comes next, nor by when",
                    "Add `owner`, `next_action` or `sla`.",
                )
            yield Hit(
                at(process.page, (*state.path, "name")),
                f"The state `{state.name}` of “{process.page.title}” {said}.",
                hint,
                subject=state.name,
            )


@rule("HB707", "no-exception-route", Severity.WARNING, neglect="no exceptions")
def no_exception_route(handbook: Handbook) -> Iterator[Hit]:
    """A process says nothing about what is done where the ordinary way doesn't fit.

    Then whoever meets such a case finds a way of their own, and the next one finds another.

    **What to do.** Add `exceptions`, each with `when`, `route` and `approver`.
    """
    for process in _processes(handbook):
        if not process.exceptions and not process.page.doubts(FIELD, "exceptions"):
            yield Hit(
                at(process.page, (FIELD,), key=True),
                f"The process of “{process.page.title}” names no exceptions.",
                "Add under `exceptions` what is done where the ordinary way doesn't fit, and who approves it.",
            )


@rule("HB708", "exception-without-approver", Severity.INFO)
def exception_without_approver(handbook: Handbook) -> Iterator[Hit]:
    """Nobody approves an exception of a process, and no role decides exceptions.

    Everybody may then grant it to themselves.

    **What to do.** Add `approver` to the exception, or `decides_exceptions` to the roles of the process.
    """
    for process in _processes(handbook):
        if process.role("decides_exceptions") or process.page.doubts(FIELD, "roles"):
            continue
        for exception in process.exceptions:
            if not exception.approver and not process.page.doubts(*exception.path):
                yield Hit(
                    at(process.page, exception.path),
                    f"Nobody approves an exception of “{process.page.title}”: {exception.when}.",
                    "Add `approver`, or `decides_exceptions` under `roles`.",
                    subject=exception.when,
                )


@rule("HB709", "transition-without-rule", Severity.INFO)
def transition_without_rule(handbook: Handbook) -> Iterator[Hit]:
    """A transition of a process does not say when it is taken.

    Where more than one way leads on, whoever does the work has to guess.

    **What to do.** Add `when`.
    """
    for process in _processes(handbook):
        for transition in process.transitions:
            if not transition.when and not process.page.doubts(*transition.path):
                yield Hit(
                    at(process.page, transition.path),
                    f"In “{process.page.title}” nothing says when work goes from `{transition.start}` to `{transition.end}`.",
                    "Add `when`.",
                    subject=f"{transition.start} to {transition.end}",
                )


@rule("HB710", "no-leading-measure", Severity.INFO, neglect="no leading measure")
def no_leading_measure(handbook: Handbook) -> Iterator[Hit]:
    """A process has no measure that moves before the result does.

    A result shows too late whether the work is on its way.

    **What to do.** Name under `measures` of the process a metric with `indicator: leading`.
    """
    for process in _processes(handbook):
        if not process.page.doubts(FIELD, "measures") and not _has_leading(handbook, process.page, process.measures):
            yield Hit(
                at(process.page, (FIELD, "measures") if process.measures else (FIELD,), key=True),
                f"The process of “{process.page.title}” has no leading measure.",
                "Name under `measures` a metric with `indicator: leading`.",
            )


def _has_leading(handbook: Handbook, page: Page, names: tuple[str, ...]) -> bool:
    """Say whether one of the measures is leading, or names a metric that nobody knows, which another finding says."""
    metrics = [one.target for one in handbook.references.get(page, ()) if one.path[:2] == (FIELD, "measures")]
    return any(name in LEADING for name in names) or any(
        metric is None or metric.text("indicator") == "leading" for metric in metrics
    )
