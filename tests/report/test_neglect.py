"""What many pages of a folder lack is told in a line, to people; each finding is told to programs, and to who asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from handrail.report.neglect import by_folder
from handrail.rules.finding import Finding, Severity
from tests.report.sample import NOUNS
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


def lacking(
    what: str,
    numbers: Iterable[int],
    folder: str = "content/finance",
    kind: str = "sop",
    severity: Severity = Severity.INFO,
) -> list[Finding]:
    rule, name = {"plan": ("HB301", "orphan"), "trigger": ("HB502", "no-trigger")}.get(what, ("HB404", "no-decider"))
    return [
        Finding(
            rule, name, severity, f"{folder}/p{number}.md", 1, 1, 1, 1, "It lacks it.", kind=kind, neglect=f"no {what}"
        )
        for number in numbers
    ]


def told(findings: list[Finding]) -> list[str]:
    return [f"{one.severity} {one.folder}: {one.sentence(NOUNS)}" for one in by_folder(findings)[0]]


def test_lacks_of_the_same_number_of_pages_are_told_together() -> None:
    findings = lacking("plan", range(21)) + lacking("trigger", range(21)) + lacking("decider", range(19))
    assert told(findings) == ["info content/finance: 21 procedures with no plan and no trigger, 19 with no decider."]


def test_each_lack_has_its_own_number() -> None:
    findings = lacking("plan", range(3)) + lacking("trigger", range(5, 9))
    assert told(findings) == ["info content/finance: 4 procedures with no trigger, 3 with no plan."]


def test_a_page_that_lacks_the_same_twice_counts_once() -> None:
    assert told(lacking("plan", [1, 1, 2, 3])) == ["info content/finance: 3 procedures with no plan."]


def test_folders_and_kinds_are_told_apart() -> None:
    findings = lacking("plan", range(3)) + lacking("plan", range(3), "content/sales")
    findings += lacking("plan", range(3), kind="vpmom") + lacking("kind", range(3), kind="prose")
    assert told(findings) == [
        "info content/finance: 3 pages with no kind.",
        "info content/finance: 3 procedures with no plan.",
        "info content/finance: 3 plans with no plan.",
        "info content/sales: 3 procedures with no plan.",
    ]


def test_pages_that_stand_for_their_folders_are_several_of_the_folder_above() -> None:
    found = [
        replace(one, path=f"content/{name}/index.md", kind="department", neglect="no lead")
        for one, name in zip(lacking("plan", range(3)), ("finance", "hr", "sales"), strict=True)
    ]
    assert told(found) == ["info content: 3 pages with no lead."]


def test_the_gravest_counts() -> None:
    findings = lacking("plan", range(3), severity=Severity.WARNING) + lacking("trigger", range(3))
    assert told(findings) == ["warning content/finance: 3 procedures with no plan and no trigger."]


@pytest.mark.parametrize(
    "findings",
    [
        pytest.param(lacking("plan", range(2)) + lacking("trigger", range(2)), id="few pages"),
        pytest.param(lacking("plan", range(9), severity=Severity.ERROR), id="errors"),
        pytest.param([Finding("HB207", "dead-link", Severity.WARNING, f"a/{n}.md", 1, 1, 1, 1, "Dead.", kind="sop") for n in range(9)], id="no neglect"),
    ],
)  # fmt: skip
def test_what_is_told_one_by_one(findings: list[Finding]) -> None:
    assert by_folder(findings) == ([], findings)


def test_files_that_no_page_uses_are_told_once_for_the_handbook() -> None:
    files = lacking("page that uses them", range(2), "content/a/x", "") + lacking(
        "page that uses them", range(2, 4), "content/b", ""
    )
    assert told(files) == ["info content: 4 files with no page that uses them."]
    assert told(lacking("page", range(3), "", ""))[0].startswith("info ")


SOP = "---\nkind: sop\nid: {0}\ntitle: Do {0}\nvisibility: public\nstate: active\n---\nDo {0} with care.\n"


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {f"content/ops/p{number}.md": SOP.format(f"p{number}") for number in range(6)}
    files |= {f"content/img/{number}.png": b"\x89PNG" for number in range(4)}
    return make_handbook(tmp_path, files)


def test_a_check_tells_the_folder_and_not_each_page(handbook: Path) -> None:
    out = " ".join(handrail(handbook, "check").out.split())
    assert "content/ops warning | 6 procedures with" in out
    assert "content/ops/p1.md" not in out
    assert "4 files with no page that uses them." in out
    assert "To see each finding of a folder: handrail check content/ops" in out


def test_whoever_names_a_folder_sees_each(handbook: Path) -> None:
    out = handrail(handbook, "check", "content/ops").out
    assert all(f"content/ops/p{number}.md" in out for number in range(6))
    assert "procedures with" not in out


def test_programs_are_told_each_finding(handbook: Path) -> None:
    findings = json.loads(handrail(handbook, "check", "--format", "json").out)["findings"]
    assert len([one for one in findings if one["rule"] == "HB301"]) == 6
    assert len([one for one in findings if one["rule"] == "HB212"]) == 4
