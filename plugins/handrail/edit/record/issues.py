"""Turns issues by which readers tell how a procedure went into rows: ids that exist, digits and days, and nothing that they typed.

The first reading of an issue stays, whatever its author makes of its text later; only the state of a report goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from handrail.edit.record.answers import NoAnswerError, form_of, read_answers
from handrail.edit.record.forge_issues import Issue, home_of, read_issues
from handrail.edit.record.issue_rows import OF_ANOTHER_TEXT, IssueRows, NotCountedError, Rows, state_of
from handrail.edit.record.limits import Limits
from handrail.edit.record.readings import ReadingRows
from handrail.edit.record.store import open_store
from handrail.edit.record.told import LeftOut, Told
from handrail.forge.feedback_forms import READ, RUN
from handrail.model.handbook import Handbook
from handrail.model.record_rows import READ as READ_FILE
from handrail.model.record_rows import REPORTS, RUNS, SURVEY, Answer, Origin, Reported, Run
from handrail.words.language import count_of


def record_issues(handbook: Handbook, path: Path, *, is_private: bool = False) -> Told:
    """Record the issues that a forge lists in a file; raises UsageError or OSError where it can't, and then writes nothing.

    `is_private` says that not everybody can see the repository: where the settings ask for that, who has read what is recorded only then.
    """
    listed = read_issues(path)
    with open_store(handbook.project.root) as store:
        readings = ReadingRows(handbook, store.rows(READ_FILE), is_private=is_private)
        recording = _Recording(IssueRows(handbook), readings, {row.key: row for row in store.rows(RUNS)})
        recording.reported = {row.key: row for row in store.rows(REPORTS)}
        store.rows(SURVEY)  # told before anything is written, if it can't be read
        home = home_of(listed.issues, handbook.project.repo_url)
        recording.take([issue for issue in listed.issues if issue.repository == home])
        added = {
            SURVEY: store.add(SURVEY, recording.survey),
            REPORTS: store.add(REPORTS, recording.reports),
            READ_FILE: store.add(READ_FILE, readings.rows),
            # They come last: an issue whose run is there is not read again, and by then all else of it has to be there.
            RUNS: store.add(RUNS, recording.runs),
        }
    foreign = [
        LeftOut(f"#{issue.number}", "of another repository")
        for issue in listed.issues
        if issue.repository != home and form_of(issue.body)
    ]
    told = Told(
        f"{count_of(len(listed.issues), 'issue')}, {count_of(recording.answered, 'answer')} to our forms among them",
        added,
        [*recording.left_out, *foreign, *listed.unreadable],
    )
    if recording.still_open:
        told.notes.append(f"Not counted before it is closed: {count_of(recording.still_open, 'checklist')}.")
    facts = handbook.past.facts if any(one.why == OF_ANOTHER_TEXT for one in recording.left_out) else None
    if facts is not None and facts.shallow:
        told.notes.append("This clone holds only a part of the history; in a full one more texts are known.")
    return told


@dataclass
class _Recording:
    """Takes issues, beside what the files hold already: the runs by key, and the last row of each report."""

    reader: IssueRows
    readings: ReadingRows
    recorded: dict[str, Run]
    reported: dict[str, Reported] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    survey: list[Answer] = field(default_factory=list)
    reports: list[Reported] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    answered: int = 0
    still_open: int = 0

    def take(self, issues: Sequence[Issue]) -> None:
        """Take the issues of one repository, by number: of two on one day the one that was opened first counts."""
        limits = Limits(run.date for run in self.recorded.values() if run.origin is not Origin.IMPORT)
        for issue in issues:
            if (run := self.recorded.get(issue.key)) is not None:
                self.answered += 1
                limits.note(run.date, issue.account, run.procedure)
            if (last := self.reported.get(issue.key)) is not None:
                since = self.reader.state_since(issue, last.state)
                self.reports.append(replace(last, state=state_of(issue), date=since))
        new = [(issue, rows) for issue in issues if issue.key not in self.recorded and (rows := self._told(issue))]
        # Of a day on which more came than count, a flood of strangers must not keep out those who work here.
        for issue, rows in sorted(new, key=lambda one: one[1].run.origin is Origin.PUBLIC):
            if why := limits.refusal(rows.run.date, issue.account, rows.run.procedure):
                self.left_out.append(LeftOut(f"#{issue.number}", why))
            else:
                self.runs.append(rows.run)
                self.survey += [rows.answer] if rows.answer is not None else []
                self.reports += [rows.report] if rows.report is not None and issue.key not in self.reported else []

    def _told(self, issue: Issue) -> Rows | None:
        """Return the rows of an issue, None where there are none; why not is told where it is an answer to a form."""
        try:
            return self._rows(issue)
        except (NotCountedError, NoAnswerError) as error:
            self.left_out.append(LeftOut(f"#{issue.number}", str(error)))
            return None

    def _rows(self, issue: Issue) -> Rows | None:
        """Return the rows of an issue, None where it tells nothing, or nothing yet."""
        form = form_of(issue.body)
        if form is None:
            return None
        self.answered += 1
        if not issue.is_person:
            raise NotCountedError("sent by the account of a program")
        if issue.was_moved:
            raise NotCountedError("opened elsewhere, so nobody can tell whose words it holds")
        if form is RUN and not issue.is_closed:
            self.still_open += 1
            return None
        if form is READ:
            if not self.readings.has(issue):
                self.readings.take(issue, read_answers(form, issue.body))
            return None
        return self.reader.rows(issue, read_answers(form, issue.body))
