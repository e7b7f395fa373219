"""Whether a company's operating model holds: ten questions from goal to meeting, each with its answer, what shows it, and one next thing.

*The goals' processes* are the procedures in use that open objectives name. Only what may be seen is counted and named; where a
part of the model is not there, the answer is no and says where to begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from handrail.measures.scope import Scope
from handrail.measures.unreadable import unreadable
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.goals import Goal, Need, open_goals
from handrail.model.meetings import Meeting, meetings
from handrail.model.metric_series import is_late, series_of
from handrail.model.page import Page
from handrail.model.processes import Process, process_of
from handrail.model.record_rows import RUNS, Run
from handrail.text.digest import digits

_FEWEST, _MOST = 3, 5
"""So many objectives are open at once."""
_RUNS = 3
"""After so many runs a process has been tried."""
_FIRST = "Open the objective that matters most."
_BEGIN = "Propose the objective that matters most: “handrail new objective” begins its page."
_OPEN = "Open the next objective that is proposed."
_PROPOSE = "Propose the next objective: “handrail new objective” begins its page."
_NO_PROCESS = "No open objective names a procedure that is in use."
_Holds = Callable[[Page, Process | None], bool]


class Answer(StrEnum):
    """How a question is answered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One question with its answer.

    `why` says in a sentence what was found, `shown_by` are the documents for which it holds, `lacking` those for which it does not.
    `do` is the next thing to do, empty where there is none.
    """

    number: int
    asks: str
    answer: Answer
    why: str
    shown_by: tuple[Page, ...] = ()
    lacking: tuple[Page, ...] = ()
    do: str = ""


def doctor(scope: Scope) -> tuple[Finding, ...]:
    """Answer the ten questions about what may be seen of a handbook."""
    return tuple(_Patient(scope).findings())


@dataclass(frozen=True)
class _Patient:
    """What the questions are asked about; each part is looked for once."""

    scope: Scope

    @cached_property
    def goals(self) -> list[Goal]:
        return [goal for goal in open_goals(self.scope.handbook) if goal.page in self.scope.pages]

    @cached_property
    def processes(self) -> list[tuple[Page, Process | None]]:
        """The procedures in use that open objectives name, each with its process."""
        pages = dict.fromkeys(page for goal in self.goals for page in self._work(goal) if page in self.scope.pages)
        return [(page, process_of(page)) for page in pages]

    @cached_property
    def meetings(self) -> list[Meeting]:
        return [one for one in meetings(self.scope.handbook) if one.page in self.scope.pages]

    @staticmethod
    def _work(goal: Goal) -> Iterable[Page]:
        cells = (cell for cell in goal.gate.cells if cell.need is Need.WORK)
        return (page for cell in cells for page in cell.documents if page.is_in_force)

    def findings(self) -> Iterable[Finding]:
        yield self._few()
        yield self._of_goals(
            2,
            "Does each objective have a procedure in use?",
            lambda goal: any(page in self.scope.pages for page in self._work(goal)),
            "Name under “sops” of the objective the procedure that carries it, or write that first.",
        )
        yield self._of_processes(
            3,
            "Are states and ways between them described in the goals' processes?",
            _of(_is_described),
            "Write under “process” of the procedure which states its work goes through, and what leads from one to the next.",
        )
        yield self._of_processes(
            4,
            "Has each state an owner, and each process somebody who answers for it?",
            _of(_is_owned),
            "Add “owner” to the states, and “accountable” to the roles of the process.",
        )
        yield self._of_processes(
            5,
            "Is it said when work goes from state to state, and does every way lead to an end?",
            _of(_leads_to_an_end),
            "Add “when” to each transition, and mend what “handrail check --select HB7” finds.",
        )
        yield self._of_processes(
            6,
            "Is it said what happens with exceptions, who approves them, and what may hold the work up?",
            _of(_provides_for_exceptions),
            "Add “exceptions”, each with its “approver”, and “block_reasons” to the process.",
        )
        yield self._of_goals(
            7,
            "Has each objective a metric that moves before the result does, and that is taken?",
            self._has_fresh_metric,
            "Name a metric with “indicator: leading” under “measures” of the objective, and go on with its series.",
        )
        yield self._of_goals(
            8,
            "Does a meeting that decides look at each objective?",
            self._is_decided_on,
            "Name the objective under “reviews” of a meeting, and write down what that decides.",
        )
        yield self._tried()
        yield self._learnt()

    def _few(self) -> Finding:
        count = len(self.goals)
        asks = "Are three to five objectives open?"
        pages = tuple(goal.page for goal in self.goals)
        if not count:
            return Finding(1, asks, Answer.NO, "No objective is open.", do=_FIRST if self._is_any_proposed else _BEGIN)
        why = "One objective is open." if count == 1 else f"{count} objectives are open."
        if count < _FEWEST:
            return Finding(1, asks, Answer.PARTLY, why, pages, do=_OPEN if self._is_any_proposed else _PROPOSE)
        if count > _MOST:
            return Finding(1, asks, Answer.PARTLY, why, pages, do="Close one: nobody keeps more than five in mind.")
        return Finding(1, asks, Answer.YES, why, pages)

    @property
    def _is_any_proposed(self) -> bool:
        return any(page in self.scope.pages and page.is_to_come for page in self.scope.handbook.of_kind(OBJECTIVE))

    def _of_goals(self, number: int, asks: str, holds: Callable[[Goal], bool], do: str) -> Finding:
        if not self.goals:
            return Finding(number, asks, Answer.UNKNOWN, "No objective is open.", do="Begin with the first question.")
        return _judged(number, asks, [(goal.page, holds(goal)) for goal in self.goals], "objectives", do)

    def _of_processes(self, number: int, asks: str, holds: _Holds, do: str) -> Finding:
        if not self.processes:
            return Finding(number, asks, Answer.UNKNOWN, _NO_PROCESS, do="Begin with the second question.")
        judged = [(page, holds(page, process)) for page, process in self.processes]
        return _judged(number, asks, judged, "procedures", do)

    def _has_fresh_metric(self, goal: Goal) -> bool:
        book = self.scope.handbook
        cells = [cell for cell in goal.gate.cells if cell.need is Need.METRIC]
        if any(cell.names for cell in cells):
            return True  # a measure of ours is worked out anew each day
        for page in (page for cell in cells for page in cell.documents if page in self.scope.pages):
            series = series_of(book, page)
            values = series.until(book.today) if series is not None else ()
            if (
                page.text("indicator") == "leading"
                and values
                and not is_late(values, page.text("frequency"), book.today)
            ):
                return True
        return False

    def _is_decided_on(self, goal: Goal) -> bool:
        pages = {page for cell in goal.gate.cells if cell.need is Need.MEETING for page in cell.documents}
        return any(one.page in pages and one.decisions and not one.is_quiet for one in self.meetings)

    def _runs(self, page: Page) -> Sequence[Run]:
        return self.scope.records.runs.get(page, ())

    def _tried(self) -> Finding:
        asks = "Were the goals' processes tried?"
        do = "Ask those who follow them how it went: the setting “feedback”, or “handrail record runs” for what another tool knows."
        found = self._of_processes(9, asks, lambda page, _: len(self._runs(page)) >= _RUNS, do)
        return self._as_recorded(found)

    def _as_recorded(self, found: Finding) -> Finding:
        """Return what was found of runs as unknown where those on record can't be read."""
        lost = unreadable(self.scope, RUNS) if self.processes else None
        return Finding(found.number, found.asks, Answer.UNKNOWN, lost.why, do=lost.do) if lost is not None else found

    def _learnt(self) -> Finding:
        return self._as_recorded(self._signed_anew())

    def _signed_anew(self) -> Finding:
        asks = "Was one of the goals' processes changed after it was first tried, and signed anew?"
        if not self.processes:
            return Finding(10, asks, Answer.UNKNOWN, _NO_PROCESS, do="Begin with the second question.")
        tried = [page for page, _ in self.processes if self._runs(page)]
        changed = tuple(page for page in tried if self._was_signed_anew(page))
        if changed:
            return Finding(10, asks, Answer.YES, _some(len(changed), "procedures"), changed)
        why = "None of them was." if tried else "None of them was tried, as far as is recorded."
        do = (
            "Mend in the text what those who followed it found, and have it signed."
            if tried
            else "Begin with the ninth question."
        )
        return Finding(10, asks, Answer.NO, why, lacking=tuple(page for page, _ in self.processes), do=do)

    def _was_signed_anew(self, page: Page) -> bool:
        """Say whether another text than that of the first run was signed after it; where that text is unknown, nothing is proved."""
        first = min(self._runs(page), key=lambda run: (run.date, run.line))
        entries = [one for one in self.scope.handbook.sign_off(page).entries if one.digest]
        earlier = [one for one in entries if one.signed_on <= first.date]
        text = first.text or (digits(max(earlier, key=lambda one: one.signed_on).digest) if earlier else "")
        return bool(text) and any(one.signed_on > first.date and digits(one.digest) != text for one in entries)


def _of(holds: Callable[[Process], bool]) -> _Holds:
    """Return what asks something of a process; of a procedure without one it does not hold."""
    return lambda _, process: process is not None and holds(process)


def _is_described(process: Process) -> bool:
    return bool(process.states and process.transitions)


def _is_owned(process: Process) -> bool:
    acting = [state for state in process.states if not state.is_final]
    return bool(acting) and bool(process.role("accountable")) and all(state.owner for state in acting)


def _leads_to_an_end(process: Process) -> bool:
    says_when = bool(process.transitions) and all(one.when for one in process.transitions)
    return says_when and process.is_sound and not process.dead_ends and not process.unreachable


def _provides_for_exceptions(process: Process) -> bool:
    approved = any(one.approver or process.role("decides_exceptions") for one in process.exceptions)
    return approved and bool(process.block_reasons)


def _judged(number: int, asks: str, judged: Sequence[tuple[Page, bool]], noun: str, do: str) -> Finding:
    """Return yes where something holds for all, partly where for some, no where for none."""
    shown_by = tuple(page for page, holds in judged if holds)
    lacking = tuple(page for page, holds in judged if not holds)
    if not lacking:
        return Finding(number, asks, Answer.YES, _all(len(shown_by), noun), shown_by)
    answer = Answer.PARTLY if shown_by else Answer.NO
    why = f"{len(shown_by)} of {len(judged)} {noun}." if len(judged) > 1 else "Not for the only one there is."
    return Finding(number, asks, answer, why, shown_by, lacking, do)


def _all(count: int, noun: str) -> str:
    return f"All {count} {noun}." if count > 1 else "For the only one there is."


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}." if count > 1 else f"One of the {noun}."
