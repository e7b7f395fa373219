"""What readers tell is closed and collected by workflows that give a stranger's text no hold, and write records only."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.forge.feedback_forms import FORMS, IT_WORKED, READ
from tests.conftest import ROOT
from tests.edit.record import listing as forms
from tests.edit.record.listing import CLAIM_TEXT, book, worked, wrong
from tests.history.repos import bare_environment
from tests.support.commands import handrail

FOLDER = ROOT / ".github/workflows"
CLOSING: dict[Any, Any] = yaml.safe_load((FOLDER / "feedback.yml").read_text("utf-8"))
RECORDING: dict[Any, Any] = yaml.safe_load((FOLDER / "record-feedback.yml").read_text("utf-8"))
STEPS = [
    (name, step)
    for workflow in (CLOSING, RECORDING)
    for name, job in workflow["jobs"].items()
    for step in job.get("steps", ())
]


def script(job: str, step: str) -> str:
    return str(next(found["run"] for found in RECORDING["jobs"][job]["steps"] if found.get("name") == step))


FETCH = script("read", "Ask the forge for issues")
WRITE = script("write", "Commit, or propose")
# Stands for GitHub's program: notes each argument, lists issues page by page, and knows of open pull requests.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$LOG/calls"
case "$1 $2" in
  'api repos/'*) if [[ $2 != *issues* ]]; then cat "$LOG/private" 2>/dev/null; else cat "$LOG/page-${2##*&page=}.json" 2>/dev/null || echo '[]'; fi ;;
  'api '*) cat "$LOG/page-${2##*&page=}.json" 2>/dev/null || echo '[]' ;;
  'pr list') cat "$LOG/open" 2>/dev/null ;;
  'pr create') echo https://github.com/o/r/pull/1 ;;
esac
exit 0
"""
ANSWER = {
    "commit": "Record $(touch owned) 'x'",
    "title": 'Record `touch owned` "x"',
    "comment": "Rows; touch owned",
    "publish": "pull-request",
}
HEAD = "date,procedure,text,result,step,minutes,from,key\n"
ROW = "2026-11-13,pay,0f0f0f0f,worked,,,staff,issue-12\n"
BRANCH = "records/feedback"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")


# What holds of both


def test_no_expression_stands_in_a_script() -> None:
    assert not [step["run"] for _, step in STEPS if "${{" in step.get("run", "")]


def test_nothing_of_an_issue_but_its_number_is_an_input() -> None:
    given = json.dumps([[step.get("env"), step.get("with")] for _, step in STEPS])
    assert {part.split()[0] for part in given.split("github.event.")[1:]} == {"issue.number"}


def test_what_closes_installs_nothing_and_checks_nothing_out() -> None:
    (job,) = CLOSING["jobs"].values()
    assert job["permissions"] == {"issues": "write"}
    assert [sorted(step) for step in job["steps"]] == [["env", "run"]]
    assert job["steps"][0]["run"] == 'gh issue close "$ISSUE" --reason completed'
    assert job["concurrency"] == {"group": "feedback", "queue": "max", "cancel-in-progress": False}


def test_it_closes_what_begins_and_is_named_as_those_forms_and_no_other() -> None:
    condition = " ".join(CLOSING["jobs"]["close"]["if"].split())
    closed = (IT_WORKED, READ)
    assert condition == " || ".join(
        f"(startsWith(github.event.issue.body, '### {form.fields[0].heading}')"
        f" && (contains(github.event.issue.labels.*.name, '{form.label}')"
        f" || startsWith(github.event.issue.title, '{form.title}')))"
        for form in closed
    )
    headings = [form.fields[0].heading.lower() for form in FORMS]
    assert all(sum(one.startswith(form.fields[0].heading.lower()) for one in headings) == 1 for form in closed)


def test_the_job_that_reads_may_write_nothing_and_the_one_that_writes_runs_nothing_of_ours() -> None:
    jobs = RECORDING["jobs"]
    assert (CLOSING["permissions"], RECORDING["permissions"]) == ({}, {})
    assert jobs["read"]["permissions"] == {"contents": "read", "issues": "read"}
    asking = [step.get("name") for step in jobs["read"]["steps"] if "GH_TOKEN" in step.get("env", {})]
    assert asking == ["Ask the forge for issues"]
    assert jobs["write"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    runs = [step["run"] for step in jobs["write"]["steps"] if "run" in step]
    assert not any(word in run for run in runs for word in ("make", "python", ".venv", "handrail "))
    assert not [step for _, step in STEPS if step.get("with", {}).get("persist-credentials")]


def test_it_is_published_once_and_only_after_a_push() -> None:
    publish = RECORDING["jobs"]["publish"]
    assert (publish["needs"], publish["if"]) == ("write", "needs.write.outputs.pushed == 'true'")
    assert RECORDING["jobs"]["write"]["if"] == "needs.read.outputs.rows == 'true'"


# What is asked for


class Runner:
    """A checkout with a remote, and the program of the forge."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.work, self.log, self.temp = folder, folder / "work", folder / "log", folder / "temp"
        for name in ("bin", "log", "temp/rows", "work"):
            (folder / name).mkdir(parents=True)
        (folder / "bin/gh").write_text(GH, "utf-8")
        (folder / "bin/gh").chmod(0o755)
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(folder / "remote"))
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", str(folder / "remote"))
        self.write({"Makefile": "all:\n"})
        self.commit()

    def git(self, *arguments: str) -> str:
        who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = bare_environment(self.folder, **who)
        run = subprocess.run(["git", *arguments], cwd=self.work, env=environment, check=True, capture_output=True)
        return run.stdout.decode().strip()

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.work / path).parent.mkdir(parents=True, exist_ok=True)
            (self.work / path).write_text(text, "utf-8")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Something")
        self.git("push", "--quiet", "origin", "main")

    def bash(self, text: str, **environment: str) -> subprocess.CompletedProcess[str]:
        output = self.temp / "output"
        output.unlink(missing_ok=True)
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
            cwd=self.work, check=False, capture_output=True, text=True,
            env={
                **bare_environment(self.folder), "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "LOG": str(self.log), "RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(output),
                "GH_TOKEN": "x", "GH_REPO": "o/r", **environment,
            },
        )  # fmt: skip
        assert not list(self.folder.rglob("owned"))
        return run

    def fetch(self, since: str = "") -> str:
        """Ask for issues, and return the day since which."""
        run = self.bash(FETCH, SINCE=since, LC_ALL="C")
        assert run.returncode == 0, run.stderr
        (said,) = re.findall(r"since (\d{4}-\d\d-\d\d)\.", run.stdout)
        assert f"&since={said}T00:00:00Z&" in [call for call in self.calls if "since=" in call][-1]
        return str(said)

    def take(self, files: dict[str, str], answer: dict[str, str] = ANSWER, patch: str = "") -> int:
        """Write what another job made of the files."""
        (self.temp / "rows/answer.json").write_text(json.dumps(answer), "utf-8")
        self.write(files)
        self.git("add", "--all")
        made = patch or self.git("diff", "--cached", "--binary") + "\n"
        (self.temp / "rows/rows.patch").write_text(made, "utf-8")
        self.git("reset", "--quiet", "--hard")
        return self.bash(WRITE, MAIN="main").returncode

    @property
    def issues(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.temp / "issues.json").read_text("utf-8").splitlines()]

    @property
    def output(self) -> str:
        file = self.temp / "output"
        return file.read_text("utf-8") if file.exists() else ""

    @property
    def calls(self) -> list[str]:
        return (self.log / "calls").read_text("utf-8").splitlines() if (self.log / "calls").exists() else []

    def remote(self, *arguments: str) -> str:
        return self.git("--git-dir", str(self.folder / "remote"), *arguments)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def ago(days: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days)).isoformat()


def recorded(*rows: tuple[int, str]) -> str:
    return HEAD + "".join(f"[{days} days ago],pay,,worked,,,staff,{key}\n" for days, key in rows)


@pytest.mark.parametrize(
    ("records", "since"),
    [
        ({}, 60),
        ({"records/runs.csv": HEAD}, 60),
        ({"records/runs.csv": recorded((9, "issue-7"))}, 12),
        # What somebody imported says nothing of issues.
        ({"records/runs.csv": recorded((9, "issue-7"), (2, "0f0f0f0f0f0f0f0f"))}, 12),
        (
            {
                "records/runs.csv": recorded((9, "issue-7")),
                "records/reports.csv": "h\n[4 days ago],pay,,,open,issue-9\r\n",
            },
            7,
        ),
        ({"records/runs.csv": recorded((200, "issue-7"))}, 60),
        ({"records/runs.csv": recorded((9, "issue-7"), (-400, "issue-8"))}, 12),
        ({"records/runs.csv": "2026-99-99,pay,,worked,,,staff,issue-7\n$(touch owned),issue-1\n"}, 60),
    ],
)
def test_it_asks_for_what_has_changed_since_the_last_recorded_day(
    runner: Runner, records: dict[str, str], since: int
) -> None:
    expected = {ago(since)}
    runner.write(
        {path: re.sub(r"\[(-?\d+) days ago\]", lambda days: ago(int(days[1])), text) for path, text in records.items()}
    )
    found = runner.fetch()
    assert found in expected | {ago(since)}  # a day may end while it is asked for


def test_somebody_may_say_since_when(runner: Runner) -> None:
    assert runner.fetch("2020-02-29") == "2020-02-29"


@pytest.mark.parametrize(
    "since", ["yesterday", "2026-02-30", "2026-1-1", "$(touch owned)", "2026-01-01&page=1", "2026-01-01\n"]
)
def test_a_day_that_is_none_is_refused(runner: Runner, since: str) -> None:
    run = runner.bash(FETCH, SINCE=since, LC_ALL="C")
    assert run.returncode == 1
    assert "Write the day like 2026-03-31" in run.stdout
    assert runner.calls == []


def issue(number: int, body: str | None) -> dict[str, Any]:
    return {
        "number": number, "html_url": f"https://github.com/o/r/issues/{number}", "created_at": "2026-11-13T10:00:00Z",
        "updated_at": "2026-11-13T10:00:00Z", "closed_at": None, "state": "open", "state_reason": None,
        "author_association": "NONE", "user": {"login": "ada", "type": "User", "avatar_url": "x"}, "body": body,
        "title": "A name", "comments": 3,
    }  # fmt: skip


def listed(runner: Runner, *pages: list[dict[str, Any]]) -> None:
    for number, page in enumerate(pages, 1):
        (runner.log / f"page-{number}.json").write_text(json.dumps(page), "utf-8")


def test_all_pages_are_asked_for_and_of_other_issues_no_text_is_kept(runner: Runner) -> None:
    first = [issue(number, "Private words") for number in range(1, 101)]
    listed(runner, first, [issue(101, "### The page that worked\n\nsop:pay"), issue(102, None)])
    runner.fetch()
    assert len(runner.calls) == 2
    assert [one["number"] for one in runner.issues] == list(range(1, 103))
    assert {one["body"] for one in runner.issues} == {"", "### The page that worked\n\nsop:pay"}
    assert "title" not in runner.issues[0]
    assert runner.output == "found=true\n"


@pytest.mark.parametrize(("private", "expected"), [("true", "private=true\n"), ("false", ""), ("", "")])
def test_whether_the_repository_is_private_is_asked_where_somebody_confirms(
    runner: Runner, private: str, expected: str
) -> None:
    listed(runner, [issue(1, f"### {READ.fields[0].heading}\n\nsop:pay")])
    (runner.log / "private").write_text(private, "utf-8")
    runner.fetch()
    assert runner.output == f"found=true\n{expected}"
    assert RECORDING["jobs"]["read"]["steps"][-2]["env"] == {"PRIVATE": "${{ steps.fetch.outputs.private }}"}
    assert 'record issues "$RUNNER_TEMP/issues.json" ${PRIVATE:+--private} --answer' in ROWS


def test_of_a_long_text_the_beginning_is_kept(runner: Runner) -> None:
    listed(runner, [issue(1, "### The page that worked\n\n" + "長" * 60_000)])
    runner.fetch()
    assert len(runner.issues[0]["body"]) == 8_000


@pytest.mark.parametrize("body", [None, "", "Hello", 'I wrote "body":"### here', " ### no"])
def test_without_a_form_nothing_is_installed(runner: Runner, body: str | None) -> None:
    listed(runner, [issue(1, body)])
    runner.fetch()
    assert runner.output == ""
    later = [step for step in RECORDING["jobs"]["read"]["steps"][2:] if "steps.fetch" not in step["if"]]
    assert [step["if"] for step in later] == ["steps.record.outputs.rows == 'true'"]


def test_a_report_that_was_recorded_is_read_on_whatever_its_text_is_now(runner: Runner) -> None:
    runner.write({"records/reports.csv": f"h\r\n{ago(9)},pay,,,open,issue-12\r\n"})
    listed(runner, [issue(2, "Hello")])
    runner.fetch()
    assert runner.output == ""
    listed(runner, [issue(12, "Never mind")])
    runner.fetch()
    assert runner.output == "found=true\n"


def test_ten_thousand_issues_are_read_and_it_says_that_there_are_more(runner: Runner) -> None:
    for page in range(1, 102):
        listed_on = [issue(100 * page + number, None) for number in range(100)]
        (runner.log / f"page-{page}.json").write_text(json.dumps(listed_on), "utf-8")
    run = runner.bash(FETCH, SINCE="", LC_ALL="C")
    assert (run.returncode, len(runner.calls), len(runner.issues)) == (0, 100, 10_000)
    assert "direction=desc" in runner.calls[0]
    assert "::warning::More than 10,000 issues" in run.stdout


# What is written


def test_rows_become_one_pull_request(runner: Runner) -> None:
    assert runner.take({"records/runs.csv": HEAD + ROW, "Makefile": "all:\n\ttouch owned\n", "records/x.md": "x"}) == 0
    assert runner.remote("log", "-1", "--format=%an %s", BRANCH) == f"github-actions[bot] {ANSWER['commit']}"
    # Only records are taken over, whatever else the patch holds.
    assert runner.remote("diff", "--name-only", "main", BRANCH) == "records/runs.csv"
    assert runner.remote("rev-list", "--count", "main") == "1"
    assert runner.calls == [
        "auth setup-git",
        f"pr list --head {BRANCH} --state open --json url --jq .[].url",
        f"pr create --base main --head {BRANCH} --title {ANSWER['title']} --body {ANSWER['comment']}",
    ]
    assert runner.output == ""


def test_the_next_day_it_is_made_anew_with_all_rows_and_not_twice_with_the_same(runner: Runner) -> None:
    assert runner.take({"records/runs.csv": HEAD + ROW}) == 0
    (runner.log / "open").write_text("https://github.com/o/r/pull/1\n", "utf-8")
    first = runner.remote("rev-parse", BRANCH)
    runner.git("reset", "--quiet", "--hard", "origin/main")
    assert runner.take({"records/runs.csv": HEAD + ROW}) == 0
    assert runner.remote("rev-parse", BRANCH) == first
    runner.git("reset", "--quiet", "--hard", "origin/main")
    assert runner.take({"records/runs.csv": HEAD + ROW + ROW.replace("12", "13")}) == 0
    assert runner.remote("rev-list", "--count", BRANCH) == "2"
    assert "issue-13" in runner.remote("show", f"{BRANCH}:records/runs.csv")
    assert sum(call.startswith("pr create") for call in runner.calls) == 1


PUSH = {**ANSWER, "publish": "push"}


def test_or_one_commit_that_is_published_from_here(runner: Runner) -> None:
    assert runner.take({"records/runs.csv": HEAD + ROW}, PUSH) == 0
    assert runner.remote("show", "main:records/runs.csv") == (HEAD + ROW).strip()
    assert (runner.output, runner.calls) == ("pushed=true\n", ["auth setup-git"])


def test_where_the_main_branch_has_moved_on_the_next_day_brings_them(runner: Runner) -> None:
    clone = runner.folder / "clone"
    runner.git("clone", "--quiet", str(runner.folder / "remote"), str(clone))
    (clone / "other.md").write_text("other", "utf-8")
    runner.git("-C", str(clone), "add", "--all")
    runner.git("-C", str(clone), "commit", "--quiet", "--message", "Meanwhile")
    runner.git("-C", str(clone), "push", "--quiet", "origin", "main")
    assert runner.take({"records/runs.csv": HEAD + ROW}, PUSH) == 0
    assert runner.output == ""
    assert runner.remote("log", "-1", "--format=%s", "main") == "Meanwhile"


def test_a_push_that_is_refused_fails(runner: Runner) -> None:
    hook = runner.folder / "remote/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    assert runner.take({"records/runs.csv": HEAD + ROW}, PUSH) != 0
    assert runner.output == ""


def test_what_is_no_file_of_records_is_not_committed(runner: Runner) -> None:
    assert runner.take({"content/pay.md": "x", "recordsx/runs.csv": HEAD, "main.py": "x"}, PUSH) == 0
    assert runner.remote("rev-list", "--count", "main") == "1"
    assert runner.calls == []


LINK = """diff --git a/records/runs.csv b/records/runs.csv
new file mode {mode}
index 0000000..2e65efe
--- /dev/null
+++ b/records/runs.csv
@@ -0,0 +1 @@
+a
\\ No newline at end of file
"""


@pytest.mark.parametrize("mode", ["120000", "100755"])
def test_neither_a_link_nor_a_program_is_taken(runner: Runner, mode: str) -> None:
    assert runner.take({}, PUSH, LINK.format(mode=mode)) != 0
    assert runner.remote("rev-list", "--count", "main") == "1"


def test_no_file_of_records_is_deleted(runner: Runner) -> None:
    runner.write({"records/runs.csv": HEAD + ROW})
    runner.commit()
    (runner.work / "records/runs.csv").unlink()
    assert runner.take({}, PUSH) != 0
    assert runner.remote("show", "main:records/runs.csv") == (HEAD + ROW).strip()


def test_a_patch_that_leads_out_of_the_folder_is_refused(runner: Runner) -> None:
    patch = LINK.format(mode="100644").replace("records/runs.csv", "records/../Makefile.csv")
    assert runner.take({}, PUSH, patch) != 0
    assert not (runner.work / "Makefile.csv").exists()
    assert shutil.which("jq")


# From a reader's form to a row


ROWS = script("read", "Make rows of them").replace(".venv/bin/handrail", f"{sys.executable} -m handrail")


def test_what_readers_sent_is_on_the_main_branch_the_next_day_and_only_once(runner: Runner) -> None:
    book(runner.work, record_sign_offs="push")
    runner.commit()
    day = f"{ago(1)}T10:00:00Z"
    sent = [
        forms.issue(1, worked(), created_at=day, updated_at=day),
        forms.issue(2, wrong(step="Pay, step 1", happened="@everyone $(touch owned)"), created_at=day, updated_at=day),
        forms.issue(3, "Something else", created_at=day, updated_at=day),
    ]
    for expected in ("rows=true", "commit="):
        listed(runner, sent)
        (runner.temp / "issues.json").unlink(missing_ok=True)
        shutil.rmtree(runner.temp / "rows", ignore_errors=True)
        runner.fetch()
        environment = {
            "GITHUB_STEP_SUMMARY": str(runner.temp / "summary"),
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }
        run = runner.bash(ROWS, **environment)
        assert run.returncode == 0, run.stderr
        assert runner.output.startswith(expected)
        if expected == "rows=true":
            runner.git("reset", "--quiet", "--hard")
            shutil.rmtree(runner.work / "records", ignore_errors=True)
            assert runner.bash(WRITE, MAIN="main").returncode == 0
            assert runner.output == "pushed=true\n"
    lines = runner.remote("show", "main:records/runs.csv").splitlines()[1:]
    assert [line.split(",")[1:] for line in lines] == [
        ["claim", CLAIM_TEXT, "worked", "", "", "public", "issue-1"],
        ["claim", CLAIM_TEXT, "wrong", "3", "", "public", "issue-2"],
    ]
    assert runner.remote("diff", "--name-only", "main^", "main").split() == ["records/reports.csv", "records/runs.csv"]
    assert runner.remote("log", "-1", "--format=%s", "main") == "Record what readers told: 3 new rows"


def test_what_a_workflow_says_of_the_rows_names_no_issue(tmp_path: Path) -> None:
    (tmp_path / "issues.json").write_text(json.dumps([forms.issue(7, worked())]), "utf-8")
    arguments = ("record", "issues", str(tmp_path / "issues.json"), "--answer", str(tmp_path / "answer.json"))
    assert handrail(book(tmp_path / "book"), *arguments).code == 0
    answer = json.loads((tmp_path / "answer.json").read_text("utf-8"))
    assert answer["publish"] == "pull-request"
    assert answer["commit"] == answer["title"] == "Record what readers told: one new row"
    assert "- records/runs.csv: one new row\n" in answer["comment"]
    assert "#" not in str(answer)
