"""`handrail report rubber-stamps`, in a repository and without one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.history.repos import Repo, sop
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people: [{id: lbk, name: "Lena \\u202e ##[x] | Keller"}]
    ---
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a handbook whose one procedure was signed three times, each time in the place of the last."""
    repo = Repo(tmp_path / "repo")
    make_handbook(repo.root, {"content/people.md": PEOPLE})
    for day in ("2025-02-03", "2026-02-03", "2026-08-03"):
        repo.commit(day, {"a.md": sop("Pay it.\n", f"sign_offs: [{{role: D, by: lbk, date: {day}}}]")})
    return repo


def test_what_only_git_remembers_counts(repo: Repo) -> None:
    said = handrail(repo.root, "report", "rubber-stamps")
    assert (said.code, said.err) == (0, "")
    head, _, repeated, bulk, *rest = said.out.splitlines()
    assert head.split("  ")[0] == "sign-offs that"
    assert repeated.endswith("2 of 2 (100 %)  0 of 1 (0 %)  2 of 3 (67 %)")
    assert bulk.endswith("0 of 2 (0 %)    0 of 1 (0 %)  0 of 3 (0 %)")
    assert [line.split()[:2] for line in rest[-2:]] == [["2026-08-03", "pay"], ["2026-02-03", "pay"]]
    # What somebody typed does not reach the terminal as it is.
    assert "Lena U+202E ## [x] | Keller" in said.out


def test_for_programs(repo: Repo) -> None:
    data = json.loads(handrail(repo.root, "report", "rubber-stamps", "--format", "json").out)
    assert (data["version"], data["today"]) == (1, "2026-11-15")
    found = data["rubber-stamps"]
    assert found["git"] is None
    assert found["spans"][-1] == {"name": "in all", "signed": 3, "unknown": 0, "repeated": 2, "in_bulk": 0}
    assert [one["date"] for one in found["sign_offs"]] == ["2026-08-03", "2026-02-03"]
    rows = list(csv.reader(io.StringIO(handrail(repo.root, "report", "rubber-stamps", "--format", "csv").out)))
    assert [row[0] for row in rows] == ["date", "2026-08-03", "2026-02-03"]
    text = handrail(repo.root, "report", "rubber-stamps", "--format", "md").out
    assert "| repeat an earlier one of the same text, with no note | 2 of 2 (100 %) |" in text
    assert "\\| Keller" in text


def test_without_git_that_is_said_and_nothing_claimed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    said = handrail(repo.root, "report", "rubber-stamps").out
    assert "The program git is not installed here" in said
    assert "Only the sign-offs that still stand in the pages are counted." in said
    assert "unknown" in said.splitlines()[2]
    found = json.loads(handrail(repo.root, "report", "rubber-stamps", "--format", "json").out)["rubber-stamps"]
    assert found["git"].startswith("The program git is not installed here")
    assert found["spans"][-1] == {"name": "in all", "signed": 1, "unknown": 1, "repeated": 0, "in_bulk": 0}


def test_where_nobody_has_signed(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "# Welcome\n"})
    for format_ in ("text", "md"):
        out = handrail(folder, "report", "rubber-stamps", "--format", format_).out
        assert out.startswith("Nobody has signed anything yet.\n")
