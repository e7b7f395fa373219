"""The workflows give nobody a way in, as a linter made for that sees it; and it sees one that does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LINTER = Path(sys.executable).with_name("zizmor")
_ROOT = Path(__file__).resolve().parents[2]
_PLANTED = """
name: Planted
on:
  pull_request_target:
permissions: write-all
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
"""
_FAULTS = ("artipacked", "dangerous-triggers", "excessive-permissions", "template-injection", "unpinned-uses")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter at its strictest, without asking anybody."""
    command = [
        str(_LINTER),
        "--offline",
        "--persona=pedantic",
        "--no-progress",
        "--format=plain",
        "--quiet",
        "--",
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_nothing_is_found_in_our_workflows() -> None:
    run = lint(_ROOT / ".github")
    assert (run.returncode, run.stderr) == (0, "")
    assert "No findings to report" in run.stdout


def test_a_planted_workflow_is_found_with_each_of_its_faults(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "planted.yml").write_text(_PLANTED, "utf-8")
    run = lint(tmp_path / ".github")
    assert run.returncode != 0
    assert [fault for fault in _FAULTS if f"[{fault}]" not in run.stdout] == []
