"""Gives MkDocs the verdict of `handrail check`: all of it at once, however loud or quiet MkDocs is."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import click
from mkdocs.exceptions import PluginError

from handrail.errors import SettingsError
from handrail.history.moves import moved
from handrail.model.handbook import Handbook
from handrail.report.neglect import Neglect, by_folder
from handrail.report.plain import without_surrogates
from handrail.report.summary import Nouns, known_sentence
from handrail.rules.baseline import subtract
from handrail.rules.check import check, of_a_check
from handrail.rules.finding import Finding, Report, Severity

_MOST_NAMED = 3


def check_or_fail(handbook: Handbook, *, fail: bool) -> Report:
    """Check the handbook and say what was found; raise where that has to stop the build."""
    try:
        report = subtract(check(handbook), handbook.project, moved, of_a_check)
    except SettingsError as error:
        raise PluginError(str(error)) from error
    if report.failures:
        _tell_failures(report.failures, fail=fail)
    failing = report.failing(Severity(handbook.settings.fail_on))
    if failing and fail:
        lines = "\n".join(_lines(finding) for finding in failing)
        count = "One finding stops" if len(failing) == 1 else f"{len(failing)} findings stop"
        message = f"{count} the build; the site is left as it was.\n\n{lines}\n"
        raise PluginError(message)
    quiet = logging.getLogger("mkdocs").getEffectiveLevel() > logging.WARNING
    shown = [finding for finding in report.findings if finding.severity is not Severity.INFO]
    if shown and not quiet:
        # Printed, not logged: MkDocs counts what is logged and stops a strict build for it.
        nouns = {kind.name: (kind.noun, kind.plural) for kind in handbook.kinds.values()}
        neglects, single = by_folder(shown)
        click.echo("\n".join((*(_of_folder(one, nouns) for one in neglects), *map(_lines, single))), err=True)
    notes = len(report.findings) - len(shown)
    if not quiet:
        click.echo(_summary(report, len(shown), notes), err=True)
    return report


def _tell_failures(failures: Iterable[str], *, fail: bool) -> None:
    words = "\n".join(failures)
    if fail:
        raise PluginError(words)
    click.echo(words, err=True)


def _lines(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    hint = f"\n    {finding.hint}" if finding.hint else ""
    return f"{finding.severity.value} {place} {finding.message} ({finding.rule} {finding.name}){hint}"


def _of_folder(neglect: Neglect, nouns: Nouns) -> str:
    return f"{neglect.severity.value} {neglect.folder} {neglect.sentence(nouns)} ({', '.join(neglect.rules)})"


def _summary(report: Report, shown: int, notes: int) -> str:
    nothing = "nothing new to fix" if report.known else "nothing to fix"
    words = f"Handrail read {report.read} pages"
    found = f"{shown} {'finding' if shown == 1 else 'findings'} to look at" if shown else nothing
    more = f", {notes} {'note' if notes == 1 else 'notes'} (`handrail check` lists them)" if notes else ""
    return " ".join(filter(None, (f"{words}: {found}{more}.", known_sentence(report))))


def in_short(report: Report) -> str:
    """Return the errors of a preview in a few words, or nothing where there are none."""
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    if not errors:
        return ""
    named = "; ".join(f"{finding.path}, line {finding.line}: {finding.message}" for finding in errors[:_MOST_NAMED])
    more = f" And {len(errors) - _MOST_NAMED} more." if len(errors) > _MOST_NAMED else ""
    return without_surrogates(
        f"This preview has {len(errors)} {'error' if len(errors) == 1 else 'errors'}. {named}{more}"
    )
