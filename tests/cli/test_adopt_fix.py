"""`handrail adopt --fix` shows the edits of a kind, makes them where that is wanted, and a second time has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.drawing import SIGNED, sop
from tests.edit.adopt.drawing import draw
from tests.history.repos import Repo
from tests.support.commands import handrail

PAGES = {
    "mkdocs.yml": "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n",
    "docs/index.md": "\ufeff# Home\r\n\r\n[Pay](pay.html#when) and `[Pay](pay.html)`\r\n",
    "docs/pay.md": sop("pay", "Pay", f"state: active\n{SIGNED}") + "\n[Home](index.html)\n",
    "docs/other.md": "# Other\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return draw(Repo(tmp_path / "book").root, PAGES)


def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "docs").iterdir()}


def test_the_kinds_are_listed_with_counts(root: Path) -> None:
    outcome = handrail(root, "adopt", "--fix")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert (
        lines[0]
        == "html-links      2 edits in 2 pages        Links to `x.html`, where the handbook has `x.md`, lead there."
    )
    assert lines[1].startswith("folder-links    nothing ")
    assert lines[-1] == "handrail adopt --fix NAME shows them, and asks before it writes."


def test_shown_and_not_written_unasked(root: Path) -> None:
    before = pages(root)
    outcome = handrail(root, "adopt", "--fix", "html-links")
    assert (outcome.code, outcome.err) == (2, "Nothing is written: add --yes to make these edits.\n")
    assert outcome.out == (
        "--- a/docs/index.md\n+++ b/docs/index.md\n@@ -3 +3 @@\n"
        "-[Pay](pay.html#when) and `[Pay](pay.html)`\n+[Pay](pay.md#when) and `[Pay](pay.html)`\n"
        "--- a/docs/pay.md\n+++ b/docs/pay.md\n@@ -12 +12 @@\n-[Home](index.html)\n+[Home](index.md)\n"
        "\nLinks to `x.html`, where the handbook has `x.md`, lead there. 2 edits in 2 pages of docs; nothing else changes.\n"
        "1 page of them is signed, and will say that the text has changed since, unless it reads the same: docs/pay.md\n"
    )
    assert pages(root) == before


def test_written_byte_for_byte_and_once(root: Path) -> None:
    before = pages(root)
    outcome = handrail(root, "adopt", "--fix", "html-links", "--yes")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith(
        "Written. Commit it by itself, so that git blame can step over it:\n"
        '    git commit -m "Let a program edit: html-links" -- \\\n        docs/index.md \\\n        docs/pay.md\n'
        "    git rev-parse HEAD >> .git-blame-ignore-revs\n"
        "    git config blame.ignoreRevsFile .git-blame-ignore-revs\n"
    )
    after = pages(root)
    assert after == {
        **before,
        "index.md": before["index.md"].replace(b"pay.html#when", b"pay.md#when"),
        "pay.md": before["pay.md"].replace(b"index.html", b"index.md"),
    }
    again = handrail(root, "adopt", "--fix", "html-links", "--yes")
    assert (again.code, again.out) == (0, "html-links: there is nothing left to edit.\n")
    assert pages(root) == after


def test_what_is_left_for_a_person_is_counted(root: Path) -> None:
    (root / "docs/other.md").write_text("[a](gone.html) [b](Pay.md) [c](../x.md)\n", "utf-8")
    said = handrail(root, "adopt", "--fix", "letter-case", "--yes").out
    assert said.splitlines()[-3] == '    git commit -m "Let a program edit: letter-case" -- docs/other.md'
    again = handrail(root, "adopt", "--fix", "backslashes")
    left = "there is nothing that a program can be sure of; 2 findings of HB207 are left for a person"
    assert (again.code, again.out) == (0, f"backslashes: {left}.\n")


def test_an_unknown_kind(root: Path) -> None:
    outcome = handrail(root, "adopt", "--fix", "html-link")
    assert (outcome.code, outcome.err) == (2, "There is no kind of edit `html-link`; did you mean `html-links`?\n")
