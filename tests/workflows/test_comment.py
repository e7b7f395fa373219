"""The comment under a pull request: who may write runs nothing of a stranger's, and writes one comment where it belongs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.changing import changing
from tests.conftest import ROOT
from tests.history.repos import bare_environment
from tests.support.commands import handrail

FOLDER = ROOT / ".github/workflows"
COMPARING: dict[Any, Any] = yaml.safe_load((FOLDER / "compare.yml").read_text("utf-8"))
COMMENTING: dict[Any, Any] = yaml.safe_load((FOLDER / "comment.yml").read_text("utf-8"))
JOBS: dict[str, Any] = COMPARING["jobs"] | COMMENTING["jobs"]
POST = JOBS["post"]["steps"][-1]
MARKER = POST["env"]["MARKER"]
SHA = "c" * 40
BOT = "github-actions[bot]"
# Stands for GitHub's program: notes what is asked, answers from files, and filters as it would.
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$LOG/calls"
method=GET; fields=(); filter=
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method=$2; shift ;;
    --raw-field) fields+=("$2"); shift ;;
    --jq) filter=$2; shift ;;
    --input) cat > "$LOG/body.json"; shift ;;
    repos/*) path=$1 ;;
  esac
  shift
done
case "$method ${path#repos/o/r/}" in
  'GET pulls') printf '%s\\n' "${fields[@]}" > "$LOG/fields"; jq --raw-output "$filter" "$LOG/pulls.json" ;;
  'GET issues/'*) jq --raw-output "$filter" "$LOG/comments.json" ;;
  'PATCH '*|'POST '*) echo "$method $path" >> "$LOG/written" ;;
esac
"""

# It runs on GitHub's Ubuntu, which has all the programs that it takes.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


def pull(number: int, sha: str = SHA) -> dict[str, Any]:
    return {"number": number, "head": {"sha": sha}}


def comment(id_: int, body: str | None, login: str | None = BOT) -> dict[str, Any]:
    return {"id": id_, "body": body, "user": {"login": login} if login else None}


class Forge:
    """What GitHub would answer, and what was written there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"
        for name in ("bin", "log", "temp/comment"):
            (folder / name).mkdir(parents=True)
        (folder / "bin/gh").write_text(GH, "utf-8")
        (folder / "bin/gh").chmod(0o755)
        self.pulls: list[Any] = [pull(7)]
        self.comments: list[Any] = []
        self.went_well = True

    def post(self, text: str = "### Title\n\nMore.\n", branch: str = "topic", owner: str = "lena") -> list[str]:
        """Run the step that writes; return what was written, such as `POST repos/…`."""
        if not (self.folder / "temp/comment/comment.md").is_symlink():
            (self.folder / "temp/comment/comment.md").write_text(text, "utf-8")
        for name in ("pulls", "comments"):
            (self.log / f"{name}.json").write_text(json.dumps(getattr(self, name)), "utf-8")
        environment = bare_environment(
            self.folder, LOG=str(self.log), RUNNER_TEMP=str(self.folder / "temp"), GITHUB_REPOSITORY="o/r",
            OWNER=owner, BRANCH=branch, SHA=SHA, MARKER=MARKER,
        )  # fmt: skip
        environment["PATH"] = f"{self.folder / 'bin'}:{environment['PATH']}"
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", POST["run"]],
            cwd=self.folder, env=environment, check=False, capture_output=True,
        )  # fmt: skip
        self.went_well = run.returncode == 0
        written = self.log / "written"
        return written.read_text("utf-8").splitlines() if written.exists() else []

    @property
    def body(self) -> str:
        return str(json.loads((self.log / "body.json").read_text("utf-8"))["body"])

    @property
    def fields(self) -> list[str]:
        return (self.log / "fields").read_text("utf-8").splitlines()


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def test_a_first_comment(forge: Forge) -> None:
    text = "### Title\n\n\"'`$(touch owned)` \\n %s é\n"
    assert forge.post(text) == ["POST repos/o/r/issues/7/comments"]
    assert forge.went_well
    assert forge.body == f"{MARKER}\n{text}"
    assert forge.fields == ["state=open", "head=lena:topic", "per_page=100"]
    assert not list(forge.folder.rglob("owned"))


def test_a_link_in_place_of_the_comment_is_not_followed(forge: Forge) -> None:
    (forge.folder / "temp/comment/comment.md").symlink_to("/proc/self/environ")
    assert forge.post() == []
    assert not forge.went_well


def test_its_own_comment_is_brought_up_to_date(forge: Forge) -> None:
    forge.comments = [
        comment(1, f"{MARKER}\nForged.", "mallory"),
        comment(2, f"Quoted:\n{MARKER}", BOT),
        comment(3, None, BOT),
        comment(4, f"{MARKER}\nGhost.", None),
        comment(5, f"{MARKER}\nOld.", BOT),
        comment(6, f"{MARKER}\nA second.", BOT),
    ]
    assert forge.post() == ["PATCH repos/o/r/issues/comments/5"]


def test_only_the_pull_request_as_it_was_compared_gets_one(forge: Forge) -> None:
    for pulls in ([], [pull(7, "d" * 40)], [pull(7), pull(8)]):
        forge.pulls = pulls
        assert forge.post() == []
        assert forge.went_well
    forge.pulls = [pull(6, "d" * 40), pull(8)]
    assert forge.post() == ["POST repos/o/r/issues/8/comments"]


def test_where_nothing_changes_nothing_is_begun(forge: Forge) -> None:
    assert forge.post("This change does nothing.\n") == []
    assert forge.went_well
    forge.comments = [comment(5, f"{MARKER}\nOld.")]
    assert forge.post("This change does nothing.\n") == ["PATCH repos/o/r/issues/comments/5"]


@pytest.mark.parametrize(
    "branch", ["$(touch owned)", "a;touch owned", "--input=/etc/passwd", "@/etc/passwd", "x'y\"z", "é/日本", "a b"]
)
def test_a_branch_with_any_name_is_only_asked_for(forge: Forge, branch: str) -> None:
    assert forge.post(branch=branch) == ["POST repos/o/r/issues/7/comments"]
    assert forge.fields[1] == f"head=lena:{branch}"
    assert not list(forge.folder.rglob("owned"))


def test_who_runs_what_a_stranger_wrote_may_write_nothing() -> None:
    assert COMPARING["permissions"] == COMMENTING["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "compare": {"contents": "read"},
        "write": {"contents": "read", "actions": "read"},
        "post": {"pull-requests": "write"},
    }
    assert COMPARING[True] == {"pull_request": None}  # YAML 1.1 reads `on` as true
    assert COMMENTING[True] == {"workflow_run": {"workflows": [COMPARING["name"]], "types": ["completed"]}}


def test_who_may_write_runs_nothing_of_a_repository() -> None:
    steps = JOBS["post"]["steps"]
    assert not [step for step in steps if "checkout" in step.get("uses", "")]
    assert not [word for word in ("make", "python", "pip", ".venv", "handrail ") if word in POST["run"]]
    with_a_token = [name for name, job in JOBS.items() for step in job["steps"] if "GH_TOKEN" in step.get("env", {})]
    assert with_a_token == ["post"]


def test_only_the_main_branch_reads_what_was_found() -> None:
    fetched, checkout, *_ = JOBS["write"]["steps"]
    assert "download-artifact" in fetched["uses"]
    assert checkout["with"] == {"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}
    given = json.dumps(COMMENTING["jobs"])
    asked = {part.split()[0] for part in given.split("github.event.workflow_run.")[1:]}
    assert asked == {"event", "conclusion", "id", "head_repository.owner.login", "head_branch", "head_sha"}


def test_no_expression_stands_in_a_script() -> None:
    assert not [step["run"] for job in JOBS.values() for step in job["steps"] if "${{" in step.get("run", "")]


def command(job: str, folder: Path) -> list[str]:
    """Return the arguments with which a job calls our program, with its files in a folder."""
    (run,) = (step["run"] for step in JOBS[job]["steps"] if "handrail diff" in step.get("run", ""))
    words, _, file = run.replace("$RUNNER_TEMP", str(folder)).partition(" > ")
    return [*shlex.split(words)[1:], file.strip('"')]


def test_the_commands_say_what_a_merge_would_do(tmp_path: Path) -> None:
    repo = changing(tmp_path / "handbook")
    repo.git("checkout", "--quiet", "base")
    base = repo.commit("2026-10-03", {"meanwhile.md": "# Meanwhile\n"})
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "main")
    (tmp_path / "diff").mkdir()
    *compare, file = command("compare", tmp_path)
    run = handrail(repo.root, *compare)
    assert (run.code, run.err) == (0, "")
    data = json.loads(run.out)
    assert (data["base"], data["settings"]) == (base, "base")
    assert "content/meanwhile.md" not in {one["path"] for one in data["documents"]}
    (tmp_path / "diff" / Path(file).name).write_text(run.out, "utf-8")
    repo.git("checkout", "--quiet", "base")
    *write, _ = command("write", tmp_path)
    run = handrail(repo.root, *write)
    assert (run.code, run.err) == (0, "")
    assert "**Pay**" in run.out
