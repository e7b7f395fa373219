"""The weekly issue: the workflow's own script, run with a `gh` that only writes down what it is asked."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.words.language import in_words

WORKFLOW = Path(__file__).resolve().parents[2] / ".github" / "workflows" / "review-queue.yml"
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$RUNNER_TEMP/asked"
[ "$1 $2" != "issue list" ] || printf '%s' "$OPEN"
"""
QUEUE = "About.\n\n### Lena (@lenabk)\n\n- [ ] [Pay](https://handbook.example/pay/), **now**: Decides on it.\n"
RUN = "https://forge.example/run/1"

# It runs on GitHub's Ubuntu, whose `date` others lack.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


@pytest.fixture(scope="module")
def job() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["issue"]
    return found


def posted(job: dict[str, Any], folder: Path, queue: str, opened: str = "") -> list[str]:
    """Run the step that posts, and return what it asked of `gh`."""
    (folder / "gh").write_text(GH, "utf-8")
    (folder / "gh").chmod(0o755)
    (folder / "queue.md").write_text(queue, "utf-8")
    environment = {
        **os.environ,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(folder),
        "GITHUB_REPOSITORY": "o/r",
        "RUN": RUN,
        "OPEN": opened,
    }
    subprocess.run(["bash", "-e", "-c", job["steps"][-1]["run"]], env=environment, check=True, cwd=folder)
    return (folder / "asked").read_text("utf-8").splitlines()


def the_title() -> str:
    today = datetime.now(UTC).date()
    return f"To sign: week of {in_words(today - timedelta(days=today.weekday()))}"


def test_a_queue_opens_an_issue_of_this_week(job: dict[str, Any], tmp_path: Path) -> None:
    titles = {the_title()}
    listing, label, create = posted(job, tmp_path, QUEUE)
    titles |= {the_title()}  # a week may begin meanwhile
    assert listing.startswith("issue list --repo o/r --app github-actions --label review-queue --state open")
    assert label.startswith("label create review-queue --repo o/r --force")
    assert create in {
        f"issue create --repo o/r --title {title} --label review-queue --body-file body.md" for title in titles
    }
    assert (tmp_path / "body.md").read_text("utf-8") == QUEUE


def test_an_open_issue_is_brought_up_to_date_and_no_other_opened(job: dict[str, Any], tmp_path: Path) -> None:
    titles = {the_title()}
    _, edit, comment = posted(job, tmp_path, QUEUE, opened="7")
    titles |= {the_title()}
    assert edit in {f"issue edit 7 --repo o/r --title {title} --body-file body.md" for title in titles}
    assert comment.startswith("issue comment 7 ")


def test_an_empty_queue_opens_nothing_and_closes_what_is_open(job: dict[str, Any], tmp_path: Path) -> None:
    empty = "Nothing is waiting to be signed.\n"
    assert len(posted(job, tmp_path, empty)) == 1
    (tmp_path / "asked").unlink()
    _, close = posted(job, tmp_path, empty, opened="7")
    assert close == "issue close 7 --repo o/r --comment Nothing is waiting to be signed any more."


def test_a_list_too_long_for_an_issue_is_cut_at_a_line_and_says_where_the_rest_is(
    job: dict[str, Any], tmp_path: Path
) -> None:
    line = "- [ ] [Señal](https://handbook.example/p/), **now**: Decides on it.\n"
    posted(job, tmp_path, QUEUE + line * 2000)
    *body, gap, last = (tmp_path / "body.md").read_text("utf-8").splitlines(keepends=True)
    assert set(body[5:]) == {line}
    assert (gap, last.count(RUN)) == ("\n", 1)
    assert 60000 < len("".join([*body, gap, last])) <= 65536


def test_no_words_of_a_page_are_code_and_only_the_last_step_may_write(job: dict[str, Any]) -> None:
    steps = job["steps"]
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    assert not any("${{" in step.get("run", "") for step in steps)
    assert [index for index, step in enumerate(steps) if "GH_TOKEN" in step.get("env", {})] == [len(steps) - 1]
    asking = [words for words in map(shlex.split, steps[-2]["run"].splitlines()) if "report" in words]
    assert [words[words.index("report") :][:4] for words in asking] == [["report", "queue", "--format", "md"]]
