"""What rules name as data: findings are known again by it, whatever is said of them and wherever they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from handrail.report import sarif
from handrail.rules import check as checking
from handrail.rules.finding import Finding, Report, Severity
from handrail.rules.registry import Hit, Rule
from handrail.rules.subjects import cut, of_field
from tests.rules.cases import Case
from tests.rules.test_rules import CASES

NAMELESS = frozenset(
    {
        "HB008", "HB009", "HB014", "HB017", "HB018", "HB019", "HB021", "HB022", "HB027", "HB106", "HB109", "HB205", "HB209", "HB212", "HB301",
        "HB304", "HB306", "HB307", "HB308", "HB311", "HB312", "HB313", "HB314", "HB315", "HB316", "HB317", "HB318", "HB319", "HB321", "HB324", "HB401", "HB402", "HB404", "HB416", "HB418", "HB421", "HB423",
        "HB501", "HB502", "HB503", "HB504", "HB505", "HB507", "HB508", "HB601", "HB602", "HB603", "HB608", "HB609", "HB704", "HB707", "HB710", "HB801", "HB804", "HB810",
        "HB905",
    }
)  # fmt: skip
"""The rules that speak of a page, a file or the handbook as a whole."""
AT_TIMES = frozenset(
    {"HB001", "HB002", "HB003", "HB005", "HB006", "HB011", "HB012", "HB105", "HB207", "HB309", "HB610", "HB910"}
)
"""Those that name something only at times, because what is wrong may be the block of fields, or the number of things."""

FINDING = [
    pytest.param(case, id=f"{stem}: {case.title}")
    for stem, cases in CASES.items()
    for case in cases
    if case.expected.text
]


def fingerprints(report: Report) -> list[str]:
    results = json.loads(sarif.render(report))["runs"][0]["results"]
    return sorted(result["partialFingerprints"]["handrail/v1"] for result in results)


@pytest.mark.parametrize("case", FINDING)
def test_findings_are_told_apart_without_words(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[Finding, Finding]] = []
    make = checking._finding

    def reword(rule: Rule, severity: Severity, hit: Hit, *, exposes: bool) -> Finding:
        related = tuple((spot, "Elsewhere.") for spot, _ in hit.related)
        anew = replace(hit, message=f"Said anew: {hit.message}", hint="", related=related)
        found.append((make(rule, severity, hit, exposes=exposes), make(rule, severity, anew, exposes=exposes)))
        return found[-1][0]

    monkeypatch.setattr(checking, "_finding", reword)
    report = case.report(tmp_path)
    as_said = replace(report, findings=tuple(finding for finding, _ in found))
    said_anew = replace(report, findings=tuple(finding for _, finding in found))
    assert fingerprints(said_anew) == fingerprints(as_said)
    for finding, _ in found:
        assert finding.message not in finding.subject
        assert bool(finding.subject) is (finding.rule not in NAMELESS) or finding.rule in AT_TIMES


@pytest.mark.parametrize("path", [("people", 3, "id"), ("people", 12, "id")])
def test_the_place_in_a_list_does_not_count(path: tuple[str | int, ...]) -> None:
    assert of_field(path, "lbk") == "people.id: lbk"


def test_lists_and_groups_are_named_by_their_field() -> None:
    assert of_field(("outcome",), {"text": "x"}) == of_field(("outcome",), ["x"]) == of_field(("outcome",)) == "outcome"


def test_a_long_subject_is_cut_and_still_told_apart() -> None:
    one, other = "x" * 5000, "x" * 4999 + "\ud800"
    assert len(cut(one)) < 220
    assert cut(one) != cut(other)
    assert cut("x" * 200) == "x" * 200
