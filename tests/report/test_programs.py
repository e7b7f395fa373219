"""The formats that programs read: JSON, SARIF, GitHub annotations and JUnit."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from handrail.report import github, junit, sarif
from handrail.report import json as json_report
from handrail.rules.finding import Finding, Report, Severity
from tests.report.sample import CLEAN, FINDINGS, HELD, NOTHING_READ, NOUNS, PAGE, REPORT, RULES, parsed

SCHEMA = json.loads(files("handrail.report").joinpath("report.schema.json").read_text("utf-8"))


def valid(data: Any) -> bool:
    return Draft202012Validator(SCHEMA).is_valid(data)


def run_of(report: Report) -> Any:
    return json.loads(sarif.render(report, rules=RULES))["runs"][0]


@pytest.mark.parametrize("report", [REPORT, HELD, CLEAN, NOTHING_READ])
def test_json_keeps_to_its_schema(report: Report) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    written = json_report.render(report)
    assert written.endswith("}\n")
    assert valid(json.loads(written))


def test_schema_is_closed() -> None:
    data = json.loads(json_report.render(HELD))
    finding = next(finding for finding in data["findings"] if finding["related"])
    baseline = data["baseline"]
    for place in (data, data["documents"], finding, finding["related"][0], baseline, baseline["fixed"][0]):
        place["more"] = 1
        assert not valid(data)
        del place["more"]
        for key, value in list(place.items()):
            del place[key]
            assert not valid(data), key
            place[key] = value
    assert valid(data)


def test_json_is_in_the_same_order_whatever_came_first() -> None:
    turned = replace(REPORT, findings=FINDINGS[::-1], by_kind=dict(reversed(REPORT.by_kind.items())))
    assert json_report.render(turned) == json_report.render(REPORT)


def test_json_passes_on_what_was_said() -> None:
    said = {finding["message"] for finding in json.loads(json_report.render(REPORT))["findings"]}
    assert FINDINGS[0].message in said


def test_sarif_names_every_rule_once_and_points_at_it() -> None:
    run = run_of(REPORT)
    rules = run["tool"]["driver"]["rules"]
    codes = [rule["id"] for rule in rules]
    assert codes == sorted({finding.rule for finding in FINDINGS} | {rule.code for rule in RULES})
    assert all(codes[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    by_code = {rule["id"]: rule for rule in rules}
    assert by_code["HB301"]["help"]["markdown"] == RULES[0].documentation
    assert by_code["HB301"]["defaultConfiguration"] == {"level": "warning"}
    assert by_code["HB309"]["defaultConfiguration"] == {"enabled": False}


def test_sarif_places() -> None:
    run = run_of(REPORT)
    result = next(result for result in run["results"] if result["ruleId"] == "HB201")
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == PAGE
    assert place["artifactLocation"]["uri"].isascii()
    assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
    assert place["region"] == {"startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 19}
    assert result["relatedLocations"][1]["physicalLocation"]["region"]["endLine"] == 4
    assert run["columnKind"] == "unicodeCodePoints"
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2]


def test_sarif_leads_to_the_page_of_a_rule() -> None:
    url = "https://example.org/handbook/rules/hb301/"
    written = json.loads(sarif.render(REPORT, rules=RULES, rule_urls={"HB301": url}))
    uris = {rule["id"]: rule.get("helpUri") for rule in written["runs"][0]["tool"]["driver"]["rules"]}
    assert uris == dict.fromkeys(uris) | {"HB301": url}


def test_sarif_levels() -> None:
    assert {result["level"] for result in run_of(REPORT)["results"]} == {"error", "warning", "note"}


def test_sarif_makes_no_link_of_what_a_page_says() -> None:
    texts = [result["message"]["text"] for result in run_of(REPORT)["results"]]
    assert not any(re.search(r"(?<!\\)\[[^\]]*\]\(", text) for text in texts)


def test_sarif_fingerprints_stay_when_lines_move_and_words_change() -> None:
    def prints(report: Report) -> list[str]:
        return [result["partialFingerprints"]["handrail/v1"] for result in run_of(report)["results"]]

    moved = replace(
        REPORT,
        findings=tuple(
            replace(finding, line=finding.line + 7, message=f"{index}", hint="")
            for index, finding in enumerate(FINDINGS)
        ),
    )
    assert prints(moved) == prints(REPORT)
    assert len(set(prints(REPORT))) == len(FINDINGS)
    renamed = replace(REPORT, findings=tuple(replace(finding, subject="another") for finding in FINDINGS))
    assert not set(prints(renamed)) & set(prints(REPORT))


def test_sarif_of_nothing_read_did_not_succeed() -> None:
    assert run_of(CLEAN)["invocations"] == [{"executionSuccessful": True}]
    assert run_of(NOTHING_READ)["invocations"] == [{"executionSuccessful": False}]


def test_github_has_one_command_a_finding() -> None:
    *commands, summary = github.render(REPORT, nouns=NOUNS).splitlines()
    assert len(commands) == len(FINDINGS)
    assert all(re.match(r"::(error|warning|notice) file=", command) for command in commands)
    levels = [command.split()[0] for command in commands]
    assert levels == ["::error", *["::warning"] * 4, *["::notice"] * 13]
    assert summary.startswith("14 pages read: 8 procedures, 1 plan, 5 other pages. 1 error, 4 warnings, 13 notes.")


def test_github_command_can_be_read_back() -> None:
    finding = Finding(
        "HB301", "orphan", Severity.ERROR, "a,b:c %3A.md", 2, 3, 2, 9, "50 % of, it: bad", "Do\nthis: 1%2C"
    )
    command = github.render(replace(CLEAN, findings=(finding,))).splitlines()[0]
    assert command == (
        "::error file=a%2Cb%3Ac %253A.md,line=2,endLine=2,col=3,endColumn=9,title=HB301 orphan::50 %25 of, it: bad%0ADo%0Athis: 1%252C"
    )


def test_github_takes_columns_only_of_one_line() -> None:
    finding = replace(FINDINGS[0], path="a.md", line=2, column=9, end_line=4, end_column=3)
    command = github.render(replace(CLEAN, findings=(finding,))).splitlines()[0]
    assert command.startswith("::error file=a.md,line=2,endLine=4,title=")


def test_junit_has_one_test_a_page_and_one_for_what_was_read() -> None:
    root = parsed(junit.render(REPORT))
    cases = root.findall("testsuite/testcase")
    assert [case.get("name") for case in cases] == [
        "14 pages read",
        *sorted({found.path for found in FINDINGS}),
    ]
    assert root.get("tests") == str(len(cases))
    assert root.get("failures") == str(len(root.findall("testsuite/testcase/failure"))) == "2"


def test_junit_fails_pages_with_errors_and_warnings_only() -> None:
    cases = {case.get("name"): case for case in parsed(junit.render(REPORT)).iter("testcase")}
    page = cases[PAGE]
    failure = page.find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "1 error, 3 warnings", "type": "error"}
    assert "]]> <b>&amp;</b>" in str(failure.text)
    assert "HB105 title-differs" in str(page.findtext("system-out"))
    assert cases["content/p01.md"].find("failure") is None


def test_junit_of_a_clean_run_is_not_empty() -> None:
    root = parsed(junit.render(CLEAN))
    assert root.attrib == {"name": "handrail", "tests": "1", "failures": "0", "errors": "0"}
    assert root.find("testsuite/testcase/system-out") is not None


def test_junit_of_nothing_read_fails() -> None:
    assert parsed(junit.render(NOTHING_READ)).get("failures") == "1"


# What Jenkins' plugin xunit lets pass (junit-10.xsd): each element's attributes, those that it needs, and what it may hold.
JENKINS: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file"},
        {"name", "tests", "failures", "errors"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name", "time", "classname", "group"}, {"name"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "failure": ({"type", "message"}, set(), set()),
    "system-out": (set(), set(), set()),
}  # fmt: skip


@pytest.mark.parametrize("report", [REPORT, CLEAN, NOTHING_READ])
def test_jenkins_accepts_the_junit_report(report: Report) -> None:
    for element in parsed(junit.render(report, nouns=NOUNS)).iter():
        attributes, needed, children = JENKINS[element.tag]
        assert needed <= set(element.attrib) <= attributes, element.tag
        assert {child.tag for child in element} <= children, element.tag
        assert not (children and (element.text or "").strip()), element.tag


def test_every_format_tells_which_findings_are_known() -> None:
    told = json.loads(json_report.render(HELD))
    assert [one["rule"] for one in told["findings"] if one["known"]] == ["HB105", "HB601", "HB601"]
    assert (told["baseline"]["file"], told["baseline"]["known"]) == ("known.txt", 3)
    assert told["baseline"]["fixed"] == [{"path": PAGE, "rule": "HB207", "subject": "gone.md\n\ufffd", "count": 2}]
    states = [result["baselineState"] for result in run_of(HELD)["results"]]
    assert sorted(states) == ["new", "new", "unchanged", "unchanged", "unchanged"]
    assert not any("baselineState" in result for result in run_of(REPORT)["results"])
    lines = github.render(HELD).splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["::error", "::warning", "::notice", "::notice", "::notice"]
    assert ["(known)" in line for line in lines[:-1]] == [False, False, True, True, True]
    assert "known.txt: 3 known, 2 new, 2 fixed: take out their lines." in lines[-1]


def test_junit_passes_pages_on_which_everything_is_known() -> None:
    root = parsed(junit.render(replace(HELD, findings=())))
    assert root.get("failures") == "0"
    assert "Known, and listed in the baseline:" in str(root.findall("testsuite/testcase")[1].findtext("system-out"))


def test_fingerprints_are_the_same_for_what_is_known() -> None:
    def prints(report: Report) -> list[str]:
        return [result["partialFingerprints"]["handrail/v1"] for result in run_of(report)["results"]]

    whole = replace(HELD, findings=tuple(finding for finding, _ in HELD.everything), known=())
    assert prints(HELD) == prints(whole)
