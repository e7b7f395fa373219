"""The report as SARIF 2.1.0, which code scanning and editors read, with each rule's own documentation."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from handrail import __version__
from handrail.model.config_names import USUAL, named
from handrail.report.plain import without_surrogates
from handrail.rules.finding import Finding, Related, Report, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
# Viewers make links of [text](target) in messages, and messages quote pages.
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class RuleInfo(Protocol):
    """What a report says of a rule."""

    @property
    def code(self) -> str:
        """The code, such as HB301."""

    @property
    def name(self) -> str:
        """The name, such as `orphan`."""

    @property
    def summary(self) -> str:
        """What the rule says, in one sentence."""

    @property
    def documentation(self) -> str:
        """What it says, why it matters and how to fix it, as Markdown."""

    @property
    def severity(self) -> Severity | None:
        """The severity where the settings name none; None is a rule that they have to switch on."""


def render(
    report: Report,
    *,
    rules: Iterable[RuleInfo] = (),
    rule_urls: Mapping[str, str] | None = None,
    config_name: str = USUAL,
) -> str:
    """Return the report as SARIF in ASCII; `rule_urls` says by its code where a rule's page is, `config_name` what the settings are called."""
    descriptors = {finding.rule: {"id": finding.rule, "name": finding.name} for finding, _ in report.everything}
    descriptors |= {
        rule.code: _descriptor(rule, (rule_urls or {}).get(rule.code, ""), named(rule.documentation, config_name))
        for rule in rules
    }
    codes = sorted(descriptors)
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {
                "name": "Handrail",
                "semanticVersion": __version__,
                "rules": [descriptors[code] for code in codes],
            }
        },
        "invocations": [{"executionSuccessful": report.read > 0}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the project."}}},
        "columnKind": "unicodeCodePoints",
        "properties": {
            "today": report.today,
            "documents": {"read": report.read, "by_kind": dict(sorted(report.by_kind.items()))},
            "ignored": report.ignored,
        },
        "results": [
            _result(finding, codes.index(finding.rule), seen) | (_state(is_known=is_known) if report.baseline else {})
            for finding, is_known in report.everything
        ],
    }
    return json.dumps(_clean({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}), indent=2) + "\n"


def _descriptor(rule: RuleInfo, url: str, text: str) -> dict[str, Any]:
    default = {"level": _LEVELS[rule.severity]} if rule.severity else {"enabled": False}
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": text},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": default,
    }


def _result(finding: Finding, rule: int, seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": _message("\n\n".join(filter(None, (finding.message, finding.hint)))),
        "locations": [_location(finding)],
        "partialFingerprints": {"handrail/v1": _fingerprint(finding, seen)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(related),
                "message": _message(related.message),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    return result


def _state(*, is_known: bool) -> dict[str, str]:
    return {"baselineState": "unchanged" if is_known else "new"}


def _message(text: str) -> dict[str, str]:
    return {"text": _LINK.sub(r"\\[", text)}


def _location(found: Finding | Related) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(without_surrogates(found.path)), "uriBaseId": _ROOT},
            "region": {
                "startLine": found.line,
                "startColumn": found.column,
                "endLine": found.end_line,
                "endColumn": found.end_column,
            },
        }
    }


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Return what stays when the finding moves to another line or is said in other words; equal ones of a page are numbered."""
    same = f"{finding.rule}\0{finding.home}\0{finding.subject}"
    seen[same] += 1
    return hashlib.sha256(f"{same}\0{seen[same]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {without_surrogates(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value
