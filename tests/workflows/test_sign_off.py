"""The workflow of sign-offs gives a stranger's text to no shell, and its script writes, answers and closes as it should."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.history.repos import bare_environment

FOLDER = ROOT / ".github/workflows"
WORKFLOW: dict[str, Any] = yaml.safe_load((FOLDER / "sign-off.yml").read_text("utf-8"))
RECORDING: dict[Any, Any] = yaml.safe_load((FOLDER / "record-sign-off.yml").read_text("utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"] | RECORDING["jobs"]
STEPS = [(name, step) for name, job in JOBS.items() for step in job.get("steps", ())]
TRIES = ("first", "second", "third")


def script(job: str, step: str) -> str:
    return str(next(found["run"] for found in JOBS[job]["steps"] if found.get("name") == step))


GATE = script("gate", "Compare the account with the handles")
SCRIPT = script("record", "Write, answer and close")
COMMENT = "Thank you. $(touch owned) `touch owned` \"'; touch owned\n\nMore."
RECORDED = {
    "outcome": "recorded",
    "comment": COMMENT,
    "close": True,
    "paths": ["content/pay.md"],
    "branch": "sign-off/issue-12",
    "title": 'Sign-off: $(touch owned) "x"',
    "commit": "Record $(touch owned) 'x'",
    "publish": "pull-request",
}
OTHERS = {"paths": [], "branch": "", "title": "", "commit": "", "publish": ""}
# Stands for GitHub's program: notes each argument, and keeps a comment's text.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$LOG/calls"
case "$1 $2" in
  'issue comment') [ "$4" = --body-file ] && cp "$5" "$LOG/comment" ;;
  'pr list') cat "$LOG/open" 2>/dev/null ;;
  'pr create') echo https://github.com/o/r/pull/1 ;;
esac
exit 0
"""
# Lets something happen just before the first push.
GIT = """#!/usr/bin/env bash
if [ "$1" = push ] && [ -e "$LOG/race" ]; then mv "$LOG/race" "$LOG/raced"; bash "$LOG/raced"; fi
exec {git} "$@"
"""

# It runs on GitHub's Ubuntu, which has all the programs that it takes.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


def test_no_expression_stands_in_a_script() -> None:
    assert not [step["run"] for _, step in STEPS if "${{" in step.get("run", "")]


def test_nothing_of_an_issue_but_its_number_and_account_is_an_input() -> None:
    given = json.dumps([[step.get("env"), step.get("with")] for _, step in STEPS])
    assert given.count("github.event.issue.user.login") == 1
    assert JOBS["gate"]["steps"][-1]["env"]["LOGIN"] == "${{ github.event.issue.user.login }}"
    assert {part.split()[0] for part in given.split("github.event.issue.")[1:]} == {"number", "user.login"}
    assert not [job for job in JOBS.values() if "github.event.issue." in json.dumps([job.get("with"), job.get("env")])]


def test_the_jobs_that_read_what_a_stranger_sent_may_write_nothing() -> None:
    for workflow in (WORKFLOW, RECORDING):
        assert workflow["permissions"] == {}
    for job in ("gate", "judge"):
        assert JOBS[job]["permissions"] == {"contents": "read"}
        assert not any("GH_TOKEN" in step.get("env", {}) for name, step in STEPS if name == job)
    checkouts = [step["with"] for _, step in STEPS if "checkout" in step.get("uses", "")]
    assert not [given for given in checkouts if given["persist-credentials"]]


def test_the_jobs_that_write_run_nothing_of_the_repository() -> None:
    for name in ("record", "stranger", "stopped"):
        runs = [step["run"] for step in JOBS[name]["steps"] if "run" in step]
        assert not any(word in run for run in runs for word in ("make", "python", ".venv", "handrail "))


def test_only_whom_the_list_knows_stands_in_the_line() -> None:
    for job in TRIES:
        assert JOBS[job]["concurrency"] == {"group": "sign-off", "queue": "max", "cancel-in-progress": False}
    assert [name for name, job in JOBS.items() if job.get("concurrency", {}).get("group") == "sign-off"] == list(TRIES)
    # Of strangers, one is answered and one waits.
    assert JOBS["stranger"]["concurrency"] == {"group": "sign-off-strangers", "cancel-in-progress": False}
    # Each form has a line of its own besides.
    assert WORKFLOW["concurrency"]["group"] == "sign-off-${{ github.event.issue.number }}"
    assert "concurrency" not in RECORDING


def test_a_stranger_costs_no_installation() -> None:
    for job in ("gate", "stranger"):
        steps = JOBS[job]["steps"]
        runs = [step["run"] for step in steps if "run" in step]
        assert not [run for run in runs if re.search(r"\b(?:make|pip|uv|python3?|npm)\b", run)]
        assert not [step for step in steps if "setup-" in step.get("uses", "")]
    assert JOBS["gate"]["steps"][0]["with"]["sparse-checkout"] == "content"


class Runner:
    """A checkout with a remote, a patch of one page, and the program of the forge."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.work, self.log = folder, folder / "work", folder / "log"
        for name in ("bin", "log", "temp/answer", "work/content"):
            (folder / name).mkdir(parents=True)
        for name, text in (("gh", GH), ("git", GIT.format(git=shutil.which("git")))):
            (folder / "bin" / name).write_text(text, "utf-8")
            (folder / "bin" / name).chmod(0o755)
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(folder / "remote"))
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", str(folder / "remote"))
        (self.work / "content/pay.md").write_bytes(b"one\r\ntwo\r\n")
        (self.work / "Makefile").write_text("all:\n", "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Begin")
        self.git("push", "--quiet", "origin", "main")

    def git(self, *arguments: str) -> str:
        run = subprocess.run(["git", *arguments], cwd=self.work, env=self.environment, check=True, capture_output=True)
        return run.stdout.decode().strip()

    @property
    def environment(self) -> dict[str, str]:
        who = {f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return bare_environment(self.folder, **who)

    def run(self, answer: dict[str, Any], *, last: bool = False) -> int:
        temp = self.folder / "temp"
        (temp / "answer/answer.json").write_text(json.dumps(answer), "utf-8")
        if answer["paths"]:
            (self.work / "content/pay.md").write_bytes(b"one\r\nand\r\ntwo\r\n")
            (self.work / "Makefile").write_text("all:\n\ttouch owned\n", "utf-8")
        patch = temp / "answer/page.patch"
        self.git("diff", "--binary", "--no-ext-diff", "--no-textconv", f"--output={patch}")
        self.git("checkout", "--quiet", "--", ".")
        environment = {
            **bare_environment(self.folder),
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "LOG": str(self.log),
            "RUNNER_TEMP": str(temp),
            "GITHUB_OUTPUT": str(temp / "output"),
            "GH_TOKEN": "x",
            "GH_REPO": "o/r",
            "ISSUE": "12",
            "MAIN": "main",
            "LAST": str(last).lower(),
        }
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPT],
            cwd=self.work, env=environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert not list(self.folder.rglob("owned"))
        return run.returncode

    @property
    def output(self) -> str:
        file = self.folder / "temp/output"
        return file.read_text("utf-8") if file.exists() else ""

    def meanwhile(self, text: str = "other\n") -> str:
        """Return a script by which somebody else puts something on the main branch."""
        clone = self.folder / "clone"
        who = "-c user.name=x -c user.email=x@example.org"
        return (
            f"git clone --quiet {self.folder}/remote {clone} && cd {clone} && printf {text!r} > content/other.md"
            f" && git add --all && git {who} commit --quiet --message Meanwhile && git push --quiet origin main"
        )

    @property
    def calls(self) -> list[str]:
        return (self.log / "calls").read_text("utf-8").splitlines() if (self.log / "calls").exists() else []

    @property
    def comment(self) -> str:
        return (self.log / "comment").read_text("utf-8")

    def remote(self, *arguments: str) -> str:
        return self.git("--git-dir", str(self.folder / "remote"), *arguments)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_a_pull_request(runner: Runner) -> None:
    assert runner.run(RECORDED) == 0
    branch = "sign-off/issue-12"
    assert runner.remote("log", "-1", "--format=%an %s", branch) == f"github-actions[bot] {RECORDED['commit']}"
    # Only pages are taken over, whatever else the patch holds.
    assert runner.remote("diff", "--name-only", "main", branch) == "content/pay.md"
    assert runner.remote("rev-list", "--count", "main") == "1"
    assert runner.comment == f"{COMMENT}\n\nhttps://github.com/o/r/pull/1\n"
    assert [call.split(" --title")[0] for call in runner.calls] == [
        "auth setup-git",
        f"pr list --head {branch} --state open --json url --jq .[].url",
        f"pr create --base main --head {branch}",
        f"issue comment 12 --body-file {runner.folder / 'temp/comment.md'}",
        "issue close 12 --reason completed",
    ]
    assert f"--title {RECORDED['title']} --body Issue #12" in runner.calls[2]


def test_run_again_it_makes_the_branch_anew(runner: Runner) -> None:
    assert runner.run(RECORDED) == 0
    runner.git("reset", "--quiet", "--hard", "origin/main")
    (runner.log / "open").write_text("https://github.com/o/r/pull/7\n", "utf-8")
    assert runner.run(RECORDED) == 0
    assert runner.remote("rev-list", "--count", "sign-off/issue-12") == "2"
    assert sum(call.startswith("pr create") for call in runner.calls) == 1
    assert runner.comment.endswith("\nhttps://github.com/o/r/pull/7\n")


def test_a_push(runner: Runner) -> None:
    assert runner.run({**RECORDED, "publish": "push"}) == 0
    assert runner.remote("show", "main:content/pay.md") == "one\r\nand\r\ntwo"
    assert not any(call.startswith("pr ") for call in runner.calls)
    assert runner.comment == f"{COMMENT}\n"
    # Pushed by a workflow, it starts no other one, so this one publishes what is on the main branch now.
    assert runner.output == "pushed=true\n"
    assert JOBS["publish"]["if"] == "${{ !cancelled() && contains(needs.*.outputs.pushed, 'true') }}"
    assert JOBS["publish"]["needs"] == list(TRIES)
    assert JOBS["publish"]["with"] == {"ref": "${{ github.event.repository.default_branch }}"}


@pytest.mark.parametrize("publish", ["push", "pull-request"])
def test_what_was_judged_on_another_commit_is_judged_again(runner: Runner, publish: str) -> None:
    subprocess.run(["bash", "-c", runner.meanwhile()], env=runner.environment, check=True)
    assert runner.run({**RECORDED, "publish": publish}) == 0
    assert runner.output == "moved=true\n"
    assert runner.calls == ["auth setup-git"]
    assert runner.remote("branch", "--format=%(refname:short) %(subject)") == "main Meanwhile"


def test_a_push_that_comes_too_late_is_judged_again(runner: Runner) -> None:
    (runner.log / "race").write_text(runner.meanwhile(), "utf-8")
    assert runner.run({**RECORDED, "publish": "push"}) == 0
    assert runner.output == "moved=true\n"
    assert runner.calls == ["auth setup-git"]
    assert runner.remote("log", "-1", "--format=%s", "main") == "Meanwhile"


def test_after_the_last_try_somebody_is_told(runner: Runner) -> None:
    (runner.log / "race").write_text(runner.meanwhile(), "utf-8")
    assert runner.run({**RECORDED, "publish": "push"}, last=True) != 0
    assert (runner.output, runner.calls) == ("", ["auth setup-git"])
    assert JOBS["stopped"]["needs"] == ["gate", *TRIES]


def test_a_push_that_is_refused_is_no_reason_to_judge_again(runner: Runner) -> None:
    hook = runner.folder / "remote/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    assert runner.run({**RECORDED, "publish": "push"}) != 0
    assert (runner.output, runner.calls) == ("", ["auth setup-git"])


def test_a_pull_request_on_the_last_try_may_be_of_an_older_commit(runner: Runner) -> None:
    subprocess.run(["bash", "-c", runner.meanwhile()], env=runner.environment, check=True)
    assert runner.run(RECORDED, last=True) == 0
    assert runner.remote("rev-list", "--count", "sign-off/issue-12") == "2"


def test_each_try_follows_the_one_before() -> None:
    assert [JOBS[job]["needs"] for job in TRIES] == ["gate", "first", "second"]
    assert [JOBS[job]["with"]["last"] for job in TRIES] == [False, False, True]
    assert [JOBS[job]["if"] for job in TRIES] == [
        "needs.gate.outputs.known == 'true'",
        "needs.first.outputs.moved == 'true'",
        "needs.second.outputs.moved == 'true'",
    ]
    outputs = RECORDING[True]["workflow_call"]["outputs"]  # YAML 1.1 reads `on` as true
    for name in ("moved", "pushed"):
        assert outputs[name]["value"] == f"${{{{ jobs.record.outputs.{name} }}}}"
        assert JOBS["record"]["outputs"][name] == f"${{{{ steps.write.outputs.{name} }}}}"


@pytest.mark.parametrize(("outcome", "reason"), [("refused", "not planned"), ("already", "completed")])
def test_an_answer_with_nothing_to_write(runner: Runner, outcome: str, reason: str) -> None:
    assert runner.run({"outcome": outcome, "comment": COMMENT, "close": True, **OTHERS}) == 0
    assert runner.calls[-1] == f"issue close 12 --reason {reason}"
    assert len(runner.calls) == 2
    assert runner.comment == f"{COMMENT}\n"
    assert runner.remote("branch", "--format=%(refname:short)") == "main"


def test_what_is_no_request_is_left_alone(runner: Runner) -> None:
    assert runner.run({"outcome": "ignored", "comment": "", "close": False, **OTHERS}) == 0
    assert runner.calls == []
