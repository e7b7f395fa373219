"""Makes rows of what one issue says, as far as the handbook bears it out: its page, its text, the day, and who it comes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handrail.edit.record.answers import Answers, minutes_meant, step_meant
from handrail.edit.record.forge_issues import GHOST, Issue
from handrail.forge.feedback_forms import IT_WORKED, RUN, SCORES
from handrail.model.gitfacts import handle_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.record_rows import Answer, Origin, Reported, ReportState, Result, Run
from handrail.model.recorded_pages import recorded_procedures
from handrail.model.records import MOST_MINUTES
from handrail.model.references import parse_reference
from handrail.model.steps import Step, Steps
from handrail.text.digest import DIGITS, parse_digest

OF_ANOTHER_TEXT = "names a text that its page is not known to have had"


class NotCountedError(ValueError):
    """Why an issue is left out."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What an issue says, as rows of the files."""

    run: Run
    answer: Answer | None = None
    report: Reported | None = None


def state_of(issue: Issue) -> ReportState:
    """Return how a report stands."""
    if issue.came_to_nothing:
        return ReportState.NOT_PLANNED
    return ReportState.CLOSED if issue.is_closed else ReportState.OPEN


class IssueRows:
    """Makes the rows of a handbook's issues; what they ask of its past is asked once."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._zone = ZoneInfo(handbook.settings.timezone)
        self._procedures = recorded_procedures(handbook)
        self._steps = Steps(handbook)
        self._texts: dict[tuple[Page, str], Page | None] = {}
        self._by_account: dict[str, list[Person]] = defaultdict(list)
        for person in handbook.registry.people.values():
            self._by_account[handle_of(person)].append(person)

    def rows(self, issue: Issue, answers: Answers) -> Rows:
        """Return the rows of an issue; raises NotCountedError where the handbook knows no such page or text."""
        page = self._page(answers.fields["page"])
        digest = parse_digest(answers.fields["digest"])
        then = self._text(page, digest.text) if digest is not None else None
        if digest is None or then is None:
            raise NotCountedError(OF_ANOTHER_TEXT)
        text = digest.text.rpartition(":")[2][:DIGITS]
        day = self.state_since(issue) if answers.form is RUN else self._day(issue.opened)
        origin = self._origin(issue, day)
        if answers.form is RUN:
            result, step = self._end(issue, answers, then)
            return Rows(Run(day, page.id, text, result, step, None, origin, issue.key))
        if answers.form is IT_WORKED:
            minutes = minutes_meant(answers.fields["minutes"], MOST_MINUTES)
            score = answers.fields["score"]
            answer = Answer(day, page.id, text, int(score), origin, issue.key) if score in SCORES else None
            return Rows(Run(day, page.id, text, Result.WORKED, None, minutes, origin, issue.key), answer)
        said = answers.fields["step"]
        step = step_meant(said, self._steps.of(then)) if said else None
        report = Reported(self.state_since(issue), page.id, text, step, state_of(issue), issue.key)
        return Rows(Run(day, page.id, text, Result.WRONG, step, None, origin, issue.key), report=report)

    def state_since(self, issue: Issue, last: ReportState | None = None) -> date:
        """Return the day on which an issue came to stand as it does; `last` is how it stood when it was read before."""
        if issue.is_closed:
            return self._day(issue.closed or issue.updated or issue.opened)
        was_closed = last is not None and last is not ReportState.OPEN
        return self._day((issue.updated if was_closed else None) or issue.opened)

    def _page(self, reference: str) -> Page:
        parts = parse_reference(reference)
        page = self._procedures.get(parts.id) if parts is not None and not parts.period else None
        if parts is None or page is None or parts.kind not in ("", page.counted_as):
            raise NotCountedError("names no procedure of this handbook")
        return page

    def _text(self, page: Page, text: str) -> Page | None:
        """Return a page as it was when it had a text; None where it is not known to have had it."""
        if text == self._handbook.texts.digest(page).text:
            return page
        if (page, text) not in self._texts:
            former = self._handbook.past.text(page, text)
            self._texts[page, text] = former.page if former is not None else None
        return self._texts[page, text]

    def _day(self, moment: datetime) -> date:
        try:
            return moment.astimezone(self._zone).date()
        except OverflowError:  # at either end of the calendar
            return moment.date()

    def _origin(self, issue: Issue, day: date) -> Origin:
        is_known = any(person.is_here(day) for person in self._by_account.get(issue.account, ()))
        return Origin.STAFF if issue.account != GHOST and (issue.is_staff or is_known) else Origin.PUBLIC

    def _end(self, issue: Issue, answers: Answers, then: Page) -> tuple[Result, int | None]:
        """Return how a closed checklist ended, and the first step that is not ticked where it stopped."""
        ticks = answers.ticks
        # Where a forge knows no reasons, only the ticks tell.
        if not issue.came_to_nothing and (issue.reason == "completed" or all(ticks)):
            return Result.WORKED, None
        first = ticks.index(False) + 1 if False in ticks else None
        known: tuple[Step, ...] = self._steps.of(then) if first is not None else ()
        return Result.STOPPED, first if first is not None and (not known or first <= len(known)) else None
