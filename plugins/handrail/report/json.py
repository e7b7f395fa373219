"""The report for programs; `report.schema.json` beside this module describes it."""

from __future__ import annotations

import json
from typing import Any

from handrail.report.plain import without_surrogates
from handrail.rules.finding import Finding, Related, Report

VERSION = 1


def render(report: Report) -> str:
    """Return the report as JSON in ASCII, which every console and every program can pass on."""
    data = {
        "version": VERSION,
        "today": report.today,
        "documents": {
            "read": report.read,
            "by_kind": {without_surrogates(kind): report.by_kind[kind] for kind in sorted(report.by_kind)},
        },
        "findings": [_finding(finding, is_known=is_known) for finding, is_known in report.everything],
        "baseline": _baseline(report) if report.baseline else None,
        "ignored": report.ignored,
        "remark": without_surrogates(report.remark),
    }
    return json.dumps(data, indent=2) + "\n"


def _baseline(report: Report) -> dict[str, Any]:
    return {
        "file": without_surrogates(report.baseline),
        "known": len(report.known),
        "fixed": [
            {
                "path": without_surrogates(entry.path),
                "rule": entry.rule,
                "subject": without_surrogates(entry.subject),
                "count": entry.count,
            }
            for entry in report.fixed
        ],
    }


def _finding(finding: Finding, *, is_known: bool) -> dict[str, Any]:
    return {
        "rule": without_surrogates(finding.rule),
        "name": without_surrogates(finding.name),
        "severity": finding.severity.value,
        "subject": without_surrogates(finding.subject),
        "known": is_known,
        **_place(finding),
        "message": without_surrogates(finding.message),
        "hint": without_surrogates(finding.hint),
        "related": [{**_place(related), "message": without_surrogates(related.message)} for related in finding.related],
    }


def _place(found: Finding | Related) -> dict[str, Any]:
    return {
        "path": without_surrogates(found.path),
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
    }
