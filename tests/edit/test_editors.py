"""What editors are given: a schema, and for VS Code where it lies and a task that lists findings."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handrail.edit.editors import SCHEMA, SETTINGS, TASKS, files_for
from handrail.report import github
from tests.report.sample import REPORT
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


def matched(line: str) -> re.Match[str] | None:
    task = json.loads(files_for("content")[TASKS])["tasks"][0]
    assert task["command"] == "handrail check --format github"
    return re.search(task["problemMatcher"]["pattern"]["regexp"], line)


def test_the_task_reads_each_finding_of_a_check() -> None:
    *lines, _summary = github.render(REPORT).splitlines()
    found = [match for line in lines if (match := matched(line))]
    assert len(found) == len(lines) == len(REPORT.findings) + len(REPORT.known)
    # The format writes such signs of a path otherwise, which VS Code does not read back.
    assert {(match[2], int(match[3]), match[7]) for match in found} == {
        (finding.path.replace("%", "%25").replace(",", "%2C"), finding.line, finding.rule)
        for finding in (*REPORT.findings, *REPORT.known)
    }
    assert all(match[8] and "%0A" not in match[8] for match in found)
    assert matched("5 pages read: 5 procedures.") is None


@pytest.mark.parametrize(
    ("docs_dir", "pages"), [("content", "content/**/*.md"), ("a/b", "a/b/**/*.md"), (".", "**/*.md")]
)
def test_the_schema_is_for_the_pages_alone(docs_dir: str, pages: str) -> None:
    assert json.loads(files_for(docs_dir)[SETTINGS]) == {"yaml.schemas": {f"./{SCHEMA}": [pages]}}


def test_they_are_written_and_what_is_somebody_s_stays(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, {"content/index.md": "Hello\n"}, {"keep": ["x-*"]})
    assert handrail(root, "editors", "--check").code == 1
    outcome = handrail(root, "editors")
    assert (outcome.code, outcome.out) == (0, f"Wrote {SCHEMA}, {SETTINGS} and {TASKS}.\n")
    assert "x-[^/]*" in (root / SCHEMA).read_text("utf-8")
    assert handrail(root, "editors", "--check").out == f"{SCHEMA} is up to date.\n"
    (root / SETTINGS).write_text("// mine\n", "utf-8")
    (root / SCHEMA).write_text("{}", "utf-8")
    assert handrail(root, "editors", "--check").out == f"{SCHEMA} is out of date; run `handrail editors`.\n"
    outcome = handrail(root, "editors")
    assert outcome.out.startswith(f"Wrote {SCHEMA}.\n{SETTINGS} is there and is left as it is; ")
    assert '"yaml.schemas"' in outcome.out
    assert (root / SETTINGS).read_text("utf-8") == "// mine\n"
    assert handrail(root, "editors", "--check").code == 0
