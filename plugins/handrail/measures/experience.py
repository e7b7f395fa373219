"""What people found who used a procedure: how many runs of its text as it stands went wrong, at which step, and what they reported.

Rows of twelve months count, those for the text as it stands; and unless the setting `feedback_counts` says `anyone`, only what
staff or another tool says. What the public says is shown beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from handrail.measures.intervals import wilson
from handrail.measures.recorded import Recorded
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.record_rows import Answer, Origin, Reported, ReportState, Result, Run
from handrail.model.standing_text import StandingText, standing_text

ENOUGH_RUNS = 20
"""From so many runs on an error rate is known."""
_OFTEN = 3
"""A step fails often where it failed so many times, and in one of so many of the failures."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some runs went wrong or were stopped."""

    failed: int = 0
    runs: int = 0

    @property
    def per_cent(self) -> int | None:
        """The share in per cent, rounded down; None of no run."""
        return self.failed * 100 // self.runs if self.runs else None

    @property
    def is_known(self) -> bool:
        """Whether there are runs enough to speak of an error rate."""
        return self.runs >= ENOUGH_RUNS

    @property
    def interval(self) -> tuple[int, int] | None:
        """Between which per cent it most likely lies, rounded outwards; None of no run."""
        low, high = wilson(self.failed, self.runs)
        return (floor(low), ceil(high)) if self.runs else None


@dataclass(frozen=True, slots=True)
class FailingStep:
    """A step that fails often, by its number through the page's text, and how many runs failed at it."""

    number: int
    failures: int


@dataclass(frozen=True, slots=True)
class Report:
    """One report that something was wrong: its last row, and whether somebody of the public sent it, None where nobody knows."""

    row: Reported
    is_public: bool | None

    @property
    def is_open(self) -> bool:
        return self.row.state is ReportState.OPEN


@dataclass(frozen=True, slots=True)
class Experience:
    """What people found with one procedure.

    `rate` is of the text as it stands, `earlier` of the last text before it that was run within the twelve months, None where none
    was. `public` is what the public said of the text as it stands where it doesn't count, and part of `rate` where it does. `steps`
    are those that fail often, the worst first, none where runs are untraced. `reports` are all that were not closed as not planned, the newest first. `scores`
    say how likely people would recommend the text as it stands, `public_scores` are like `public`. `untraced_runs` and
    `untraced_scores` are how many rows that would count say no text, and git can't tell whether they are of this one.
    """

    rate: Rate = Rate()
    earlier: Rate | None = None
    public: Rate = Rate()
    steps: tuple[FailingStep, ...] = ()
    reports: tuple[Report, ...] = ()
    scores: tuple[int, ...] = ()
    public_scores: tuple[int, ...] = ()
    untraced_runs: int = 0
    untraced_scores: int = 0

    @property
    def is_rate_known(self) -> bool:
        """Whether there are runs enough to speak of an error rate, and none is left out that may belong to them."""
        return self.rate.is_known and not self.untraced_runs

    @property
    def open_reports(self) -> int:
        return sum(report.is_open for report in self.reports)


_NOTHING = Experience()


class Experiences:
    """What people found with each procedure of a handbook; each is worked out once. Rows of `since` and before are too old."""

    def __init__(self, handbook: Handbook, records: Recorded, since: date) -> None:
        self._handbook = handbook
        self._records = records
        self._since = since
        self._found: dict[Page, Experience] = {}

    def of(self, page: Page) -> Experience:
        """Return what people found with a procedure."""
        if page not in self._found:
            records = self._records
            is_told_of = page in records.runs or page in records.survey or page in records.reports
            self._found[page] = self._experience(page) if is_told_of else _NOTHING
        return self._found[page]

    def _experience(self, page: Page) -> Experience:
        runs = [row for row in self._records.runs.get(page, ()) if row.date > self._since]
        answers = [row for row in self._records.survey.get(page, ()) if row.date > self._since]
        reports = self.reports(page)
        if not runs and not answers:
            return Experience(reports=reports)
        text = standing_text(self._handbook, page, {row.text for row in runs} | {row.text for row in answers})
        now = [row for row in runs if text.is_meant(row.text, row.date)]
        counted = [row for row in now if self._counts(row)]
        untraced = self._untraced(runs)
        return Experience(
            _rate(counted),
            self._earlier(runs, text),
            _rate(row for row in now if row.origin is Origin.PUBLIC),
            _failing_steps(counted) if not untraced else (),
            reports,
            *self._scores(answers, text),
            untraced,
            self._untraced(answers),
        )

    def _untraced(self, rows: Sequence[Run] | Sequence[Answer]) -> int:
        """Return how many rows would count if git told since when the text stands."""
        without_text = sum(not row.text and self._counts(row) for row in rows)
        return without_text if without_text and not self._handbook.past.facts.available else 0

    def _counts(self, row: Run | Answer) -> bool:
        return row.origin is not Origin.PUBLIC or self._handbook.settings.feedback_counts == "anyone"

    def _earlier(self, runs: Sequence[Run], text: StandingText) -> Rate | None:
        """Return the rate of that other text which was run last: what the digits of the rows tell, git need not know."""
        by_text: dict[str, list[Run]] = defaultdict(list)
        last = ""
        for row in runs:
            if row.text and row.text not in text.digits and self._counts(row):
                by_text[row.text].append(row)
                last = row.text
        return _rate(by_text[last]) if last else None

    def _scores(self, answers: Sequence[Answer], text: StandingText) -> tuple[tuple[int, ...], tuple[int, ...]]:
        now = [row for row in answers if text.is_meant(row.text, row.date)]
        counted = tuple(row.score for row in now if self._counts(row))
        return counted, tuple(row.score for row in now if row.origin is Origin.PUBLIC)

    def reports(self, page: Page) -> tuple[Report, ...]:
        """Return the reports on a procedure that were not closed as not planned, the newest first; this asks git for nothing."""
        by_key = {row.key: row for row in self._records.reports.get(page, ())}
        # A report is a run that went wrong too, which says from whom it came.
        origins = {row.key: row.origin for row in self._records.runs.get(page, ())} if by_key else {}
        kept = [row for row in by_key.values() if row.state is not ReportState.NOT_PLANNED]
        kept.sort(key=lambda row: (row.date, row.line), reverse=True)
        return tuple(Report(row, origins[row.key] is Origin.PUBLIC if row.key in origins else None) for row in kept)


def _rate(rows: Iterable[Run]) -> Rate:
    results = [row.result is not Result.WORKED for row in rows]
    return Rate(sum(results), len(results))


def _failing_steps(rows: Iterable[Run]) -> tuple[FailingStep, ...]:
    failures = [row.step for row in rows if row.result is not Result.WORKED]
    often = Counter(step for step in failures if step is not None)
    found = [
        FailingStep(step, count) for step, count in often.items() if count >= _OFTEN and count * _OFTEN >= len(failures)
    ]
    return tuple(sorted(found, key=lambda one: (-one.failures, one.number)))
