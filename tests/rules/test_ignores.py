"""What pages and settings ask to ignore: left out with a reason, counted, and never for longer than was said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handrail.rules.finding import Report, Severity
from tests.rules.cases import report_of

ENTRY = "{rule: orphan, reason: It serves everyone.}"


def pay(ignore: str = "", body: str = "Pay it.", state: str = "active") -> dict[str, str]:
    line = f"ignore: [{ignore}]\n" if ignore else ""
    head = f"---\nkind: sop\nid: pay\ntitle: Pay an invoice\nvisibility: public\nstate: {state}\n{line}---\n"
    return {"content/pay.md": head + body + "\n"}


def severities_of(report: Report, rule: str) -> list[str]:
    return [finding.severity.value for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("ignore", "severities", "ignored"),
    [
        pytest.param("", ["warning"], 0, id="nothing asked"),
        pytest.param(ENTRY, [], 1, id="with a reason"),
        pytest.param("{rule: HB301, reason: It serves everyone.}", [], 1, id="by code"),
        pytest.param("{rule: hb301, reason: It serves everyone.}", [], 1, id="by code in small letters"),
        pytest.param("{rule: Orphan, reason: It serves everyone.}", [], 1, id="by name in capitals"),
        pytest.param("{rule: orphan}", ["warning"], 0, id="without a reason"),
        pytest.param("{rule: stale, reason: It never changes.}", ["warning"], 0, id="another rule"),
        pytest.param("{rule: HB3, reason: All of it.}", ["warning"], 0, id="a family is no rule"),
        pytest.param("{rule: orphan, reason: Soon., until: 2026-11-15}", [], 1, id="on its last day"),
        pytest.param("{rule: orphan, reason: Soon., until: 2026-11-14}", ["warning"], 0, id="past its day"),
        pytest.param(f"{{rule: orphan}}, {ENTRY}", [], 1, id="one of two has a reason"),
        pytest.param(
            f"{{rule: orphan, reason: Soon., until: 2026-11-14}}, {ENTRY}", [], 1, id="one of two has run out"
        ),
    ],
)
def test_in_a_page(ignore: str, severities: list[str], ignored: int, tmp_path: Path) -> None:
    report = report_of(tmp_path, pay(ignore))
    assert severities_of(report, "HB301") == severities
    assert report.ignored == ignored


def test_only_its_own_page(tmp_path: Path) -> None:
    other = {"content/buy.md": pay()["content/pay.md"].replace("id: pay", "id: buy").replace("Pay an", "Buy an")}
    report = report_of(tmp_path, pay(ENTRY) | other)
    assert [finding.path for finding in report.findings if finding.rule == "HB301"] == ["content/buy.md"]


def test_an_error_whose_ignore_has_run_out_is_a_warning_and_fails_nothing(tmp_path: Path) -> None:
    linked = pay("{rule: HB201, reason: The plan is to come., until: 2026-11-14}")
    linked["content/pay.md"] = linked["content/pay.md"].replace("state:", "vpmom: gone\nstate:")
    report = report_of(tmp_path, linked)
    assert severities_of(report, "HB201") == ["warning"]
    assert "HB201" not in {finding.rule for finding in report.failing(Severity.WARNING)}


def test_an_error_for_which_the_page_is_withheld_can_not_be_ignored(tmp_path: Path) -> None:
    linked = pay("{rule: HB102, reason: A tool needs it.}")
    linked["content/pay.md"] = linked["content/pay.md"].replace("state:", "tool: x\nstate:")
    report = report_of(tmp_path, linked, {"ignore": [{"path": ".", "rule": "HB102", "reason": "A tool needs it."}]})
    assert severities_of(report, "HB102") == ["error"]
    assert severities_of(report, "HB902") == ["info", "info"]
    assert report.ignored == 0


def test_an_info_whose_ignore_has_run_out_stays_an_info(tmp_path: Path) -> None:
    report = report_of(tmp_path, pay("{rule: HB502, reason: Soon., until: 2026-11-14}"))
    assert severities_of(report, "HB502") == ["info"]


def test_exposure_is_not_for_a_page_to_ignore(tmp_path: Path) -> None:
    report = report_of(tmp_path, pay("{rule: HB806, reason: It is an example.}", body="<iframe>"))
    assert severities_of(report, "HB806") == ["error"]
    assert report.ignored == 0


def test_exposure_is_not_for_the_settings_to_ignore_either_but_its_severity_is_theirs(tmp_path: Path) -> None:
    ignore = {"path": "pay.md", "rule": "HB806", "reason": "It is text on our site."}
    settings = {"ignore": [ignore], "severity": {"HB806": "warning"}}
    report = report_of(tmp_path, pay(body="<iframe>"), settings)
    assert severities_of(report, "HB806") == ["warning"]
    assert severities_of(report, "HB902") == ["info"]
    assert report.ignored == 0


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("finance", True),
        ("finance/", True),
        ("finance/pay.md", True),
        ("finance/*.md", True),
        ("**/pay.md", True),
        ("**", True),
        (".", True),
        ("fin", False),
        ("company", False),
        ("*.md", False),
        ("content/finance", False),
    ],
)
def test_settings_by_path(path: str, fits: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column of the table
    files = {"content/finance/pay.md": pay()["content/pay.md"]}
    ignore = {"path": path, "rule": "HB301", "reason": "We begin in spring."}
    report = report_of(tmp_path, files, {"ignore": [ignore]})
    assert severities_of(report, "HB301") == ([] if fits else ["warning"])
    assert report.ignored == int(fits)
    assert severities_of(report, "HB902") == ([] if fits else ["info"])


@pytest.mark.parametrize(
    ("entry", "severities"),
    [
        ({}, ["warning"]),
        ({"reason": "Soon."}, []),
        ({"reason": "Soon.", "until": "2026-11-15"}, []),
        ({"reason": "Soon.", "until": "2026-11-14"}, ["warning"]),
    ],
)
def test_settings_give_reasons_too(entry: dict[str, Any], severities: list[str], tmp_path: Path) -> None:
    report = report_of(tmp_path, pay(), {"ignore": [{"path": ".", "rule": "orphan", **entry}]})
    assert severities_of(report, "HB301") == severities
    assert severities_of(report, "HB901") == severities


def test_a_file_that_is_no_page_can_be_ignored_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/form.pdf").write_bytes(b"%PDF")
    ignore = {"path": "form.pdf", "rule": "unused-file", "reason": "It is kept for later."}
    report = report_of(tmp_path, {}, {"ignore": [ignore]})
    assert report.findings == ()
    assert report.ignored == 1


def test_what_was_read_is_counted(tmp_path: Path) -> None:
    report = report_of(tmp_path, pay(ENTRY) | {"content/note.md": "Pay it.\n"})
    assert report.by_kind == {"department": 2, "people": 1, "prose": 1, "sop": 1, "vpmom": 1}
    assert report.read == 6
