"""The three jobs of the comment under a pull request, run step by step as they are written, with a change that means no good.

The job that may write runs nothing of a change and believes nothing of it; the one that reads what was found believes no more than
the schema allows. `ran` in a machine's home stands for anything that a stranger's code could do there.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handrail.edit.workflows import workflows
from handrail.report.diff.data import MOST, as_json
from handrail.report.diff.markdown import MOST as MOST_OF_A_COMMENT
from tests.cli.changing import changing
from tests.conftest import ROOT
from tests.history.repos import Repo
from tests.report.test_diff_from_json import diff
from tests.workflows.forge import BOT, REPOSITORY, Forge, zipped
from tests.workflows.runner import Runner
from tests.workflows.test_comment import MARKER

MERGE, COMPARED, COMMENTED = "refs/pull/7/merge", 11, 12
HOSTILE = "@everyone closes #1 <img src=x> [here](https://evil.example) ``` GH-1 www.evil.example"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")


class Change:
    """A repository on the forge with a pull request, and what its workflows did."""

    def __init__(self, folder: Path, repo: Repo) -> None:
        self.repo, self.forge = repo, Forge()
        self.runner = Runner(folder / "machines", repo.root, self.forge)
        (folder / "machines").mkdir()
        head = repo.git("rev-parse", "change")
        self.forge.pulls = [
            self.pull(1, "mallory:other", "d" * 40), self.pull(7, "mallory:change", head), self.pull(8, "ada:change", head),
        ]  # fmt: skip
        self.of_run = {
            "id": COMPARED, "event": "pull_request", "conclusion": "success", "head_branch": "change", "head_sha": head,
            "head_repository": {"owner": {"login": "mallory"}, "full_name": "mallory/handbook"},
        }  # fmt: skip

    @staticmethod
    def pull(number: int, label: str, sha: str) -> dict[str, Any]:
        return {"number": number, "head": {"label": label, "sha": sha}}

    def compare(self) -> bool:
        return self.runner.run(MERGE, "compare.yml", {"pull_request": {"number": 7}}, COMPARED)

    def comment(self, **otherwise: str) -> bool:
        event = {"repository": {"default_branch": "main"}, "workflow_run": {**self.of_run, **otherwise}}
        return self.runner.run("main", "comment.yml", event, COMMENTED)

    def leaves(self, files: dict[str, bytes | str], links: dict[str, str] | None = None) -> None:
        self.forge.artifacts[COMPARED, "diff"] = zipped(files, links)

    def ran(self) -> list[str]:
        return [name for name, machine in self.runner.machines.items() if (machine.home / "ran").exists()]

    @property
    def body(self) -> str:
        ((number, [comment]),) = self.forge.comments.items()
        assert (number, comment["user"]["login"]) == (7, BOT)
        assert self.forge.written == ["POST issues/7/comments"]
        return str(comment["body"])

    @property
    def said(self) -> str:
        return "".join(machine.said for machine in self.runner.machines.values())


def merged(repo: Repo) -> None:
    """Merge the branch `change` into what the forge would test."""
    repo.git("checkout", "--quiet", "-B", "merge", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")
    repo.git("update-ref", MERGE, "merge")
    repo.git("checkout", "--quiet", "main")


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a company's handbook with the workflows that it got, and a change of its pages."""
    root = tmp_path_factory.mktemp("handbook") / "origin"
    for path, text in workflows(publishes=False, has_owners=False, asks=False).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / "requirements.txt").write_text("handrail\n", "utf-8")
    repo = changing(root)
    repo.git("checkout", "--quiet", "-B", "change", "main")
    repo.git("branch", "--force", "main", "base")
    merged(repo)
    return repo


@pytest.fixture
def change(tmp_path: Path, handbook: Repo) -> Iterator[Change]:
    made = Change(tmp_path, handbook)
    with made.forge.served():
        yield made


def test_a_comment_says_what_a_change_does(change: Change) -> None:
    assert change.compare()
    assert change.comment(), change.said
    assert change.body.startswith(f"{MARKER}\n### What this change does")
    assert "**Pay**" in change.body
    assert change.ran() == change.forge.refused == []
    assert [path.name for path in change.runner.machines["post"].work.iterdir()] == []


def is_harmless(body: str) -> bool:
    """Say whether a comment notifies nobody, leads nowhere and brings no element."""
    outside = re.sub(r"^(`{3,})text\n.*?^\1$", "", body.removeprefix(MARKER), flags=re.DOTALL | re.MULTILINE)
    plain = re.sub(r"\\.", "", outside)
    return not re.search(r"[<>\[\]`]|@(?!&#8203;)|\w#\d|://|www\.(?!&#8203;)|GH-\d", plain)


FORGED = as_json(diff(HOSTILE))


def test_what_is_forged_is_only_words_under_its_own_pull_request(change: Change) -> None:
    forged = FORGED.replace('"version"', '"number": 1, "version"', 1)
    change.leaves({"diff.json": forged, "comment.md": "Forged.", "number": "1", "pr.txt": "1"})
    assert change.comment(), change.said
    assert is_harmless(change.body)
    assert "everyone" in change.body
    assert "Forged" not in change.body
    assert len(change.body) <= MOST_OF_A_COMMENT + len(MARKER) + 1


@pytest.mark.parametrize(
    "files",
    [
        {"diff.json": " " * (MOST + 1)},
        {"diff.json": "[" * 100_000},
        {"diff.json": f"{MARKER}\n@everyone"},
        {"diff.json": FORGED.encode("utf-16")},
        {"diff.json": FORGED.replace('"settings": "base"', '"settings": "@everyone"', 1)},
        {"other.json": FORGED},
    ],
    ids=["huge", "deep", "words", "coding", "schema", "name"],
)
def test_what_is_no_difference_is_refused_in_a_sentence_and_nobody_is_told(
    change: Change, files: dict[str, bytes | str]
) -> None:
    change.leaves(files)
    assert not change.comment()
    assert list(change.runner.machines) == ["write"]
    assert "diff.json" in change.said
    assert "Traceback" not in change.said
    assert "everyone" not in change.said
    assert change.forge.written == []


def test_a_link_leads_to_nothing_that_is_shown(change: Change) -> None:
    secret = change.runner.folder / "secret"
    secret.write_text("swordfish", "utf-8")
    for target in (str(secret), "/proc/self/environ", "/dev/zero", "."):
        change.leaves({}, {"diff.json": target})
        assert not change.comment()
        assert "swordfish" not in change.said
        assert "token-of" not in change.said
    assert change.forge.written == []


EVIL = "#!/bin/sh\necho unpacked >> $HOME/ran\n"
UNPACKED = {
    f"../../work/{path}": EVIL for path in (".venv/bin/handrail", ".venv/.site", ".venv/pyvenv.cfg", "Makefile", "evil/setup.sh")
} | {"../../work/requirements.txt": "./evil\n", "../comment.md": "Forged.", "../script.sh": EVIL}  # fmt: skip


def test_what_is_unpacked_out_of_its_folder_takes_the_place_of_nothing(change: Change) -> None:
    change.leaves({"diff.json": FORGED, **UNPACKED})
    assert change.comment(), change.said
    assert change.ran() == []
    assert "Forged" not in change.body


@pytest.mark.parametrize(
    "otherwise",
    [{"event": "push"}, {"event": "workflow_dispatch"}, {"conclusion": "failure"}, {"conclusion": "cancelled"}],
)
def test_no_other_run_is_commented(change: Change, otherwise: dict[str, str]) -> None:
    change.leaves({"diff.json": FORGED})
    assert not change.comment(**otherwise)
    assert change.runner.machines == {}


def test_a_branch_that_has_moved_on_gets_no_comment(change: Change) -> None:
    change.leaves({"diff.json": FORGED})
    assert change.comment(head_sha="e" * 40)
    assert change.forge.written == []
    assert "nothing to say" in change.runner.machines["post"].said


# A change of the program, its workflows and what a build would run, against this repository's own workflows

TAKEN = ("Makefile", "pyproject.toml", "requirements", "schemas", ".github/workflows", "plugins/handrail")


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return this repository with a small handbook, and a change that puts its own code wherever something is run."""
    root = tmp_path_factory.mktemp("own") / "origin"
    for path in TAKEN:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, root / path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / path, root / path)
    repo = changing(root)
    repo.git("checkout", "--quiet", "-B", "change", "main")
    repo.git("branch", "--force", "main", "base")
    for name in ("compare", "comment"):
        file = root / f".github/workflows/{name}.yml"
        text = file.read_text("utf-8").replace("contents: read", "contents: write\n      pull-requests: write")
        text = text.replace("steps:\n", "steps:\n      - run: echo workflow >> $HOME/ran\n")
        file.write_text(text, "utf-8")
    with (root / "Makefile").open("a", encoding="utf-8") as makefile:
        makefile.write(
            "\n.venv/.site: taken\ntaken:\n\t@echo make >> $$HOME/ran\n\t@env >> $$HOME/ran\n\t@cat .git/config >> $$HOME/ran\n"
        )
    code = "import os\nopen(os.path.expanduser('~/ran'), 'a').write('{}\\n')\n"
    (root / "plugins/handrail/__init__.py").write_text(code.format("package"), "utf-8")
    (root / "plugins/handrail/__main__.py").write_text("print(open('forged.json').read())\n", "utf-8")
    (root / "hook.py").write_text(code.format("hook"), "utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("hooks: [hook.py]\n")
    (root / "forged.json").write_text(FORGED, "utf-8")
    repo.commit("2026-10-03")
    merged(repo)
    return repo


def test_a_change_that_takes_over_the_first_job_gets_into_no_other(tmp_path: Path, taken_over: Repo) -> None:
    change = Change(tmp_path, taken_over)
    with change.forge.served():
        assert change.compare(), change.said
        first = (change.runner.machines["compare"].home / "ran").read_text("utf-8")
        assert {"workflow", "make", "package"} <= set(first.split())
        assert "token-of" not in first
        assert set(change.forge.tokens["token-of-compare"].values()) == {"read"}
        change.leaves({"diff.json": FORGED, **UNPACKED})  # its own workflow may leave anything
        assert change.comment(), change.said
    assert change.ran() == ["compare"]
    assert change.forge.tokens["token-of-write"] == {"contents": "read", "actions": "read"}
    assert change.forge.tokens["token-of-post"] == {"pull-requests": "write"}
    assert is_harmless(change.body)
    assert REPOSITORY not in change.body
