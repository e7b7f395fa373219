"""`handrail report signatures`: every signature ever given, for which text, how it stands, evidence and commit."""

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
    people: [{id: lbk, name: Lena Keller}, {id: oha, name: Omar Haddad}, {id: eva, name: "=1+Eva"}]
    ---
"""
OLD, NEW = "Pay it.\n", "Pay it twice.\n"


def entries(*listed: str) -> str:
    return "\n".join(("sign_offs:", *(f"  - {{{one}}}" for one in listed)))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a procedure that was signed, changed, signed again with one entry in the place of the old, and refused."""
    repo = Repo(tmp_path / "repo")
    make_handbook(repo.root, {"content/people.md": PEOPLE})
    repo.commit("2025-01-01", {"a.md": sop(OLD)})
    for role, by in (("A", "oha"), ("D", "lbk")):
        done = handrail(
            repo.root,
            "sign",
            "pay",
            "--as",
            role,
            "--by",
            by,
            "--date",
            "2025-02-03",
            "--evidence",
            "https://forge.example/7",
        )
        assert done.code == 0, done.err
    repo.commit("2025-02-03")
    changed = (repo.docs / "a.md").read_text("utf-8").replace(OLD, NEW)
    kept = [line for line in changed.splitlines(keepends=True) if "by: lbk" not in line]
    repo.commit("2026-02-03", {"a.md": "".join(kept)})
    done = handrail(repo.root, "sign", "pay", "--as", "D", "--by", "lbk", "--date", "2026-02-04", "--note", "Read it")
    assert done.code == 0, done.err
    repo.commit("2026-02-04")
    done = handrail(
        repo.root,
        "sign",
        "pay",
        "--withdraw",
        "--as",
        "A",
        "--by",
        "oha",
        "--date",
        "2026-02-05",
        "--reason",
        "Too dear",
    )
    assert done.code == 0, done.err
    repo.commit("2026-02-05")
    return repo


def rows(repo: Repo) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(handrail(repo.root, "report", "signatures", "--format", "csv").out)))


def test_every_signature_is_listed_newest_first_with_how_it_stands(repo: Repo) -> None:
    found = rows(repo)
    assert [(one["date"], one["person"], one["role"], one["stands"]) for one in found] == [
        ("2026-02-04", "Lena Keller", "D", "counts"),
        ("2025-02-03", "Omar Haddad", "A", "withdrawn"),
        ("2025-02-03", "Lena Keller", "D", "no longer in the page"),
    ]
    new, withdrawn, old = found
    assert (new["text_state"], old["text_state"], withdrawn["text_state"]) == ("as signed", "changed", "changed")
    assert new["text"].startswith("t2:")
    assert new["text"] != old["text"] == withdrawn["text"]
    assert (new["note"], old["evidence"]) == ("Read it", "https://forge.example/7")
    assert (withdrawn["withdrawn"], withdrawn["reason"]) == ("2026-02-05", "Too dear")
    assert (new["came"], old["came"]) == ("2026-02-04", "2025-02-03")
    assert repo.git("show", "--no-patch", "--format=%as", old["commit"]) == "2025-02-03"


def test_for_programs_it_says_the_same(repo: Repo) -> None:
    data = json.loads(handrail(repo.root, "report", "signatures", "--format", "json").out)
    assert (data["version"], data["today"]) == (1, "2026-11-15")
    listed = data["signatures"]
    assert [(one["date"], one["by"], one["stands"], one["commit"]) for one in listed] == [
        (one["date"], one["person"], one["stands"], one["commit"]) for one in rows(repo)
    ]
    assert listed[0]["withdrawn"] is None


def test_in_a_terminal_there_is_a_line_for_each(repo: Repo) -> None:
    said = handrail(repo.root, "report", "signatures")
    assert said.code == 0
    assert [line.split("  ")[0] for line in said.out.splitlines()[2:]] == ["2026-02-04", "2025-02-03", "2025-02-03"]


def test_without_git_it_lists_what_stands_in_the_pages(tmp_path: Path) -> None:
    page = sop(OLD, entries("role: D, by: eva, date: 2025-02-03"))
    make_handbook(tmp_path, {"content/people.md": PEOPLE, "content/a.md": page})
    [one] = csv.DictReader(io.StringIO(handrail(tmp_path, "report", "signatures", "--format", "csv").out))
    assert (one["stands"], one["commit"], one["text"]) == ("not by whom the page names", "", "")
    assert not one["person"].startswith("="), "a spreadsheet would run it"


def test_where_nothing_was_signed_it_says_so(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/people.md": PEOPLE})
    assert handrail(tmp_path, "report", "signatures").out == "Nobody has signed anything yet.\n"
