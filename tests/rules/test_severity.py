"""Severities: each rule has one, and the settings may raise, lower or switch off any of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from handrail.errors import SettingsError, UsageError
from handrail.rules.check import select
from handrail.rules.finding import Report, Severity
from handrail.rules.registry import all_rules, find_rule, matching
from tests.rules.cases import report_of

PAY = {"content/pay.md": "---\nkind: sop\nid: pay\ntitle: Pay\nvisibility: public\nstate: active\n---\nPay it.\n"}


def severities_of(report: Report, rule: str) -> list[str]:
    return [finding.severity.value for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize("key", ["HB301", "hb301", "orphan", "Orphan"])
@pytest.mark.parametrize(("level", "severities"), [("error", ["error"]), ("info", ["info"]), ("off", [])])
def test_set_by_code_or_name(key: str, level: str, severities: list[str], tmp_path: Path) -> None:
    report = report_of(tmp_path, PAY, {"severity": {key: level}})
    assert severities_of(report, "HB301") == severities
    assert severities_of(report, "HB502") == ["info"], "other rules stay as they are"


def test_off_without_quotes(tmp_path: Path) -> None:
    # What reads mkdocs.yml takes `off` for false.
    assert severities_of(report_of(tmp_path, PAY, {"severity": {"HB301": False}}), "HB301") == []


def test_off_by_default_until_switched_on(tmp_path: Path) -> None:
    off = [rule.code for rule in all_rules() if rule.severity is None]
    assert off == ["HB310", "HB316", "HB412"]
    assert severities_of(report_of(tmp_path, PAY), "HB310") == []
    assert set(severities_of(report_of(tmp_path, PAY, {"severity": {"HB310": "warning"}}), "HB310")) == {"warning"}


@pytest.mark.parametrize("setting", [{"severity": {"orfan": "off"}}, {"ignore": [{"path": ".", "rule": "orfan"}]}])
def test_a_setting_for_no_rule(setting: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no rule `orfan`; did you mean `orphan`"):
        report_of(tmp_path, PAY, setting)


def test_a_family_is_no_rule(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="`HB3` is a family of rules; name one of them, such as HB301"):
        report_of(tmp_path, PAY, {"severity": {"HB3": "off"}})


def test_time_never_makes_an_error() -> None:
    of_time = {
        "HB303",
        "HB306",
        "HB403",
        "HB408",
        "HB409",
        "HB411",
        "HB412",
        "HB314",
        "HB317",
        "HB318",
        "HB319",
        "HB322",
        "HB901",
    }
    assert all(rule.severity is not Severity.ERROR for rule in all_rules() if rule.code in of_time)


def test_what_fails_a_check(tmp_path: Path) -> None:
    report = report_of(tmp_path, PAY, {"severity": {"HB404": "error"}})
    assert [finding.rule for finding in report.failing(Severity.ERROR)] == ["HB404"]
    assert {finding.rule for finding in report.failing(Severity.WARNING)} == {"HB301", "HB404"}
    counts = Counter(finding.severity for finding in report.findings)
    assert counts == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.INFO: 3}


def test_findings_stand_in_the_order_of_the_pages(tmp_path: Path) -> None:
    other = {"content/a.md": PAY["content/pay.md"].replace("id: pay", "id: a"), **PAY}
    findings = report_of(tmp_path, other).findings
    assert [finding.order for finding in findings] == sorted(finding.order for finding in findings)


def test_select(tmp_path: Path) -> None:
    report = report_of(tmp_path, {**PAY, "content/finance/a.md": PAY["content/pay.md"].replace("id: pay", "id: a")})
    assert {found.path for found in select(report, paths=["content/finance"]).findings} == {"content/finance/a.md"}
    assert {found.rule for found in select(report, codes=["HB301"]).findings} == {"HB301"}
    assert "HB301" not in {found.rule for found in select(report, without=["HB301"]).findings}
    assert select(report, paths=["content/company"]).read == report.read


@pytest.mark.parametrize(
    ("selector", "codes"),
    [("HB301", ["HB301"]), ("orphan", ["HB301"]), ("hb41", [f"HB41{digit}" for digit in range(10)])],
)
def test_matching(selector: str, codes: list[str]) -> None:
    assert [rule.code for rule in matching(selector)] == codes


@pytest.mark.parametrize("selector", ["", "h", "HB", "HB999", "orphans-of-war"])
def test_matching_nothing(selector: str) -> None:
    with pytest.raises(UsageError, match="There is no rule"):
        matching(selector)


def test_find_rule() -> None:
    found = find_rule(" hb301 ")
    assert found is not None
    assert (found.name, found.family) == ("orphan", "HB3")
    assert found.summary == "An active procedure names no plan that it serves."
    assert find_rule("HB3") is None
