"""How much of what the example asks people to read was read, counted once more from its files and the records alone."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 15)
EVERY = 3
"""So many confirmations are left out between two that are recorded."""


def _pages(root: Path) -> list[dict[str, Any]]:
    texts = [path.read_text("utf-8") for path in sorted((root / "content").rglob("*.md"))]
    return [yaml.safe_load(text[4 : text.index("\n---\n", 4)]) for text in texts if text.startswith("---\n")]


def _asked(pages: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return who is asked to read which procedure, and the digest of the text that its decider signed last."""
    [registry] = [page for page in pages if page.get("kind") == "people"]
    members = {one["id"]: one.get("members", []) for one in registry["groups"]}
    left = {one["id"] for one in registry["people"] if one.get("until", TODAY) < TODAY}
    found = []
    for page in pages:
        entries = [one for one in page.get("sign_offs") or [] if one["role"] == "D" and not one.get("withdrawn")]
        if page.get("kind") == "sop" and page["state"] == "active" and page.get("readers") and entries:
            text = max(entries, key=lambda one: one["date"])["digest"]
            people = {who for name in page["readers"] for who in members.get(name, [name])}
            signed = {one["by"] for one in page["sign_offs"] if one.get("digest") == text}
            found += [(who, f"sop:{page['id']}", text) for who in sorted(people - left - signed)]
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the example with the setting on and some confirmations; return its folder."""
    root = tmp_path_factory.mktemp("reading")
    for name in ("content", "schemas", "records"):
        shutil.copytree(ROOT / name, root / name)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        settings.replace("  - handrail:\n", "  - handrail:\n      read_records: public\n"), "utf-8", newline="\n"
    )
    shutil.copy(ROOT / "synonyms.yml", root)
    rows = [
        f"2026-11-01,{who},{document},{text},issue-{number}\n"
        for number, (who, document, text) in enumerate(_asked(_pages(ROOT)), 1)
        if not number % EVERY
    ]
    (root / "records/read.csv").write_text(f"date,person,document,text,key\n{''.join(rows)}", "utf-8", newline="\n")
    return root


def _measured(root: Path, *options: str) -> dict[str, Any] | None:
    run = subprocess.run(
        [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json", *options],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return next((one for one in json.loads(run.stdout)["measures"] if one["name"] == "texts-read"), None)


def test_what_was_read(book: Path) -> None:
    asked = _asked(_pages(book))
    found = _measured(book)
    assert found is not None
    assert len(asked) >= 2 * EVERY
    assert (found["numerator"], found["denominator"]) == (len(asked) // EVERY, len(asked))
    assert {one["ref"] for one in found["documents"]} == {document for _, document, _ in asked}


def test_it_is_not_there_for_everybody(book: Path) -> None:
    assert _measured(book, "--audience", "public") is None
