"""The report as annotations of a GitHub workflow, the gravest first as GitHub shows only a few."""

from __future__ import annotations

from dataclasses import replace

from handrail.report.plain import disarmed
from handrail.report.summary import Nouns, found_sentence, known_sentence, read_sentence
from handrail.rules.finding import Finding, Report, Severity
from handrail.text.visible import one_line, visible, visible_lines

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ORDER = list(Severity)


def render(report: Report, *, nouns: Nouns | None = None) -> str:
    """Return one line a finding, those that are known last, and after them one with the summary for the log."""
    findings = sorted(report.findings, key=lambda finding: (_ORDER.index(finding.severity), finding.order))
    known = sorted(report.known, key=lambda finding: (_ORDER.index(finding.severity), finding.order))
    summary = " ".join(filter(None, (read_sentence(report, nouns), found_sentence(report), known_sentence(report))))
    lines = (*map(_annotation, findings), *map(_known_annotation, known), disarmed(summary))
    return "".join(f"{line}\n" for line in lines)


def _known_annotation(finding: Finding) -> str:
    """Return a notice, whatever the finding weighs, for what is known is nothing to stop at."""
    return _annotation(replace(finding, severity=Severity.INFO, name=f"{finding.name} (known)"))


def _annotation(finding: Finding) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "endLine": str(finding.end_line),
        **_columns(finding),
        "title": f"{finding.rule} {finding.name}",
    }
    said = [one_line(finding.message), *visible_lines(finding.hint)]
    said += [one_line(f"See {place.path}:{place.line}:{place.column}: {place.message}") for place in finding.related]
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = _data("\n".join(said))
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}"


def _columns(finding: Finding) -> dict[str, str]:
    """Return the columns, which GitHub takes only where what it marks is on one line."""
    if finding.line != finding.end_line:
        return {}
    return {"col": str(finding.column), "endColumn": str(finding.end_column)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
