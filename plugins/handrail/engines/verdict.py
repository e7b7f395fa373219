"""Gives MkDocs the verdict of `handrail check`: all of it at once, however loud or quiet MkDocs is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

from handrail.build.build import Build
from handrail.engines import brought_back
from handrail.engines.failures import as_plugin_error
from handrail.engines.logs import OF_THE_ENGINE
from handrail.engines.moved import moved as moved_pages
from handrail.engines.moved import refuse
from handrail.engines.rewrites import Rewrites
from handrail.errors import HandrailError
from handrail.history.moves import moved
from handrail.model.handbook import Handbook
from handrail.report.neglect import Neglect, by_folder
from handrail.report.since import Since, Told
from handrail.report.summary import Nouns, counted, known_sentence
from handrail.rules.baseline import subtract
from handrail.rules.check import check, of_a_check
from handrail.rules.finding import Finding, Report, Severity


def check_or_fail(handbook: Handbook, told: Told | None = None) -> Report:
    """Check the handbook and say what was found; raise where that has to stop the build.

    `told` is what a preview has told by now: nothing stops one, and it says only what is new since.
    """
    with as_plugin_error():
        report = subtract(check(handbook), handbook.project, moved, of_a_check)
    if report.failures:
        _tell_failures(report.failures, fail=told is None)
    failing = report.failing(Severity(handbook.settings.fail_on))
    if failing and told is None:
        lines = "\n".join(_lines(finding) for finding in failing)
        count = "One finding stops" if len(failing) == 1 else f"{len(failing)} findings stop"
        message = f"{count} the build; the site is left as it was.\n\n{lines}\n"
        raise PluginError(message)
    shown = [finding for finding in report.findings if finding.severity is not Severity.INFO]
    since = told.since(shown, _may_find(handbook, report)) if told is not None else None
    if OF_THE_ENGINE.getEffectiveLevel() <= logging.WARNING:
        # Printed, not logged: MkDocs counts what is logged and stops a strict build for it.
        for line in _said(handbook, shown if since is None else since.new):
            click.echo(line, err=True)
        counts = _summary(report, len(shown)) if since is None else _summary_since(report, len(shown), since)
        click.echo(counts, err=True)
    return report


def require_as_settled(
    files: Files, build: Build, config: MkDocsConfig, rewrites: Rewrites, *, is_preview: bool
) -> None:
    """Stop before anything is written where another plugin would publish what is withheld, or change what somebody signed or what links lead to."""
    try:
        brought_back.refuse(brought_back.brought_back(files, build, config))
        refuse(moved_pages(files, build.pages))
        for said in rewrites.doubts():
            click.echo(said, err=True)
        rewrites.settle()
    except HandrailError as error:
        if not is_preview:
            raise PluginError(str(error)) from error
        click.echo(str(error), err=True)


def _may_find(handbook: Handbook, report: Report) -> Callable[[Finding], bool]:
    """Return what says whether a finding that was told would have been found again, had nobody fixed it."""
    unread = {page.path for page in handbook.pages if not page.source.readable}
    return lambda finding: not report.failures and finding.path not in unread


def _said(handbook: Handbook, findings: Iterable[Finding]) -> Iterator[str]:
    nouns = {kind.name: (kind.noun, kind.plural) for kind in handbook.kinds.values()}
    neglects, single = by_folder(findings)
    yield from (_of_folder(neglect, nouns) for neglect in neglects)
    yield from map(_lines, single)


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


def _summary(report: Report, shown: int) -> str:
    nothing = "nothing new to fix" if report.known else "nothing to fix"
    notes = f", {notes} (`handrail check` lists them)" if (notes := _notes(report, shown)) else ""
    found = f"{_to_look_at(shown) or nothing}{notes}"
    return " ".join(filter(None, (f"Handrail read {report.read} pages: {found}.", known_sentence(report))))


def _summary_since(report: Report, shown: int, since: Since) -> str:
    """Return the counts of a check after which only what is new was said."""
    news = [counted(len(since.new), "new finding")] if since.new else []
    news += [f"{since.fixed} fixed"] if since.fixed else []
    left = ", ".join(filter(None, (_to_look_at(shown), _notes(report, shown))))
    found = f"in all {left} (`handrail check` lists them)" if left else "nothing is left to fix"
    return f"Handrail read {report.read} pages: {', '.join(news) or 'nothing new'}; {found}."


def _to_look_at(shown: int) -> str:
    return f"{counted(shown, 'finding')} to look at" if shown else ""


def _notes(report: Report, shown: int) -> str:
    notes = len(report.findings) - shown
    return counted(notes, "note") if notes else ""
