"""Writes the baseline: what is found now is known from then on, and what could get out is not."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.edit.files import put
from handrail.errors import UsageError
from handrail.history.moves import moved
from handrail.model.project import Project
from handrail.rules.baseline import Judges, changes, read_baseline, renewed
from handrail.rules.baseline_file import text_of
from handrail.rules.finding import Entry, Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a baseline lists now, what it has gained and lost by that, and what can't be in it and goes on failing."""

    file: str
    entries: tuple[Entry, ...]
    gained: list[Entry]
    lost: list[Entry]
    exposing: list[Finding]


def record(project: Project, report: Report, judges: Judges) -> Recorded:
    """Write into a project's baseline what a report of the whole handbook has found; where it found nothing, none is begun.

    Raises UsageError where not everything was checked: what was known of the rest would be taken out.
    """
    if report.failures:
        raise UsageError(
            f"{project.settings.baseline} is left as it is, for not everything was checked. {report.failures[0]}"
        )
    before = read_baseline(project, may_be_missing=True)
    known = before.after(project.root, moved).entries if before is not None else ()
    entries = renewed(report, known, judges)
    if entries or before is not None:
        put(project.root / project.settings.baseline, text_of(entries))
    failing = report.failing(Severity(project.settings.fail_on))
    exposing = [finding for finding in failing if finding.never_known]
    return Recorded(project.settings.baseline, entries, *changes(known, entries), exposing)
