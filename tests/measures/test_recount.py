"""The numbers of the example, counted once more by a program that knows nothing of Handrail but its files."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 15)
A_YEAR_AGO = dt.date(2025, 11, 15)
_NAMED = re.compile(r"\s*([^(),]+?)\s*\(([^()]*)\)")


def _read(root: Path = ROOT) -> list[dict[str, Any]]:
    found = []
    for path in sorted((root / "content").rglob("*.md")):
        text = path.read_text("utf-8")
        if text.startswith("---\n"):
            end = text.index("\n---\n", 4)
            found.append({**yaml.load(text[4:end], yaml.CSafeLoader), "body": text[end + 5 :]})
    return found


PAGES = _read()
[REGISTRY] = [page for page in PAGES if page.get("kind") == "people"]
IDS = {one["id"]: one for one in [*REGISTRY["people"], *REGISTRY["groups"]]}
IDS |= {one["name"].casefold(): one for one in IDS.values()}
SOPS = [page for page in PAGES if page.get("kind") == "sop"]
ACTIVE = [page for page in SOPS if page.get("state") == "active"]


def _who(name: str) -> dict[str, Any]:
    found: dict[str, Any] = IDS[name.casefold()]
    return found


def _may_sign(name: str) -> set[str]:
    """Return the ids of those who may sign for a name: the person and the deputy, or the members of a group."""
    who = _who(name)
    if "members" in who:
        return {_who(member)["id"] for member in who["members"]}
    return {who["id"], *([_who(who["deputy"])["id"]] if who.get("deputy") else [])}


def _roles(page: dict[str, Any]) -> dict[str, list[str]]:
    said = page.get("rapid") or ""
    if isinstance(said, dict):
        return {"D": [said["decide"]] if said.get("decide") else [], "A": list(said.get("agree", []))}
    found: dict[str, list[str]] = {"D": [], "A": []}
    for name, letters in _NAMED.findall(said):
        for letter in re.split(r"[,&\s]+", letters):
            if letter in found:
                found[letter].append(name)
    return found


def _signed_on(page: dict[str, Any]) -> dt.date | None:
    """Return the day on which the D signed, where all of those who agree have signed too."""
    roles = _roles(page)
    entries = [one for one in page.get("sign_offs") or [] if not one.get("withdrawn")]

    def days(role: str, name: str) -> list[dt.date]:
        return [one["date"] for one in entries if one["role"] == role and _who(one["by"])["id"] in _may_sign(name)]

    if not roles["D"] or not all(days("A", name) for name in roles["A"]):
        return None
    return max(days("D", roles["D"][0]), default=None)


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, Any]]:
    return _measured(ROOT)


def _measured(root: Path) -> dict[str, dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return {one["name"]: one for one in json.loads(run.stdout)["measures"]}


def _counted(measure: dict[str, Any]) -> set[str]:
    return {one["ref"].partition(":")[2] for one in measure["documents"] if one["counts"]}


def test_tied_to_a_plan(measured: dict[str, dict[str, Any]]) -> None:
    lines = {page["id"] for page in PAGES if page.get("kind") == "vpmom" and page.get("state") == "active"}
    tied = {page["id"] for page in ACTIVE if page.get("vpmom") in lines}
    found = measured["sops-tied"]
    assert (found["numerator"], found["denominator"]) == (len(tied), len(ACTIVE))
    assert _counted(found) == tied
    assert found["value"] == len(tied) * 100 // len(ACTIVE)


def test_signed_within_twelve_months(measured: dict[str, dict[str, Any]]) -> None:
    signed = {page["id"] for page in ACTIVE if (day := _signed_on(page)) is not None and A_YEAR_AGO < day <= TODAY}
    found = measured["sops-signed"]
    assert (found["numerator"], found["denominator"]) == (len(signed), len(ACTIVE))
    assert _counted(found) == signed
    assert found["meets"] is (len(signed) * 100 >= 80 * len(ACTIVE))


def test_known_and_not_written(measured: dict[str, dict[str, Any]]) -> None:
    stubs = {page["id"] for page in SOPS if page.get("state") == "stub"}
    found = measured["sops-undocumented"]
    assert (found["numerator"], found["value"], _counted(found)) == (len(stubs), len(stubs), stubs)


def test_decisions_that_are_done(measured: dict[str, dict[str, Any]]) -> None:
    due = [
        (page["id"], bool(one.get("done") or one.get("dropped")))
        for page in PAGES
        if page.get("kind") == "cadence"
        for one in page.get("decisions") or []
        if one.get("due") and dt.date(2026, 8, 17) <= one["due"] <= TODAY
    ]
    found = measured["decisions-done"]
    assert (found["numerator"], found["denominator"]) == (sum(is_done for _, is_done in due), len(due))
    assert found["denominator"] > 0
    assert _counted(found) == {id_ for id_, _ in due} - {id_ for id_, is_done in due if not is_done}


def _named(page: dict[str, Any], field: str) -> set[str]:
    return {str(one).partition(":")[2] or str(one) for one in page.get(field) or []}


def test_goals_with_all_four(measured: dict[str, dict[str, Any]]) -> None:
    leading = {page["id"] for page in PAGES if page.get("kind") == "metric" and page.get("indicator") == "leading"}
    ours = {"sops-tied", "sops-unlisted", "sops-undocumented", "goals-complete"}
    reviewed = {one for page in PAGES if page.get("kind") == "cadence" for one in _named(page, "reviews")}
    opened = [page for page in PAGES if page.get("kind") == "objective" and page["state"] == "open"]
    whole = set()
    for page in opened:
        metrics = {one["metric"] for one in page.get("measures") or [] if isinstance(one, dict) and one.get("metric")}
        work = _named(page, "sops") & {sop["id"] for sop in ACTIVE}
        looks = reviewed & {page["id"], *metrics}
        if work and page.get("owner") and metrics & (leading | ours) and looks:
            whole.add(page["id"])
    found = measured["goals-complete"]
    assert (found["numerator"], found["denominator"], _counted(found)) == (len(whole), len(opened), whole)
    assert found["denominator"] > 0
    assert found["meets"] is (len(whole) == len(opened))


def _shown_words(body: str) -> list[str]:
    """Return the words of a body, folded: the example's texts have no code, and links with targets in brackets only."""
    text = re.sub(r"`[^`\n]*`", " ", re.sub(r"\]\([^()\n]*\)", "]", re.sub(r"\[\[[^\]|\n]*(?=[\]|])", "[[", body)))
    plain = unicodedata.normalize("NFKD", re.sub("[\u0300-\u036f'\u2019]", "", unicodedata.normalize("NFKD", text)))
    return re.findall(r"[^\W_]+", plain.casefold())


def _in_order(one: list[str], other: list[str]) -> int:
    """Return how many words stand in both texts in the same order, by the table that every textbook has."""
    row = [0] * (len(other) + 1)
    for word in one:
        last = row
        row = [0]
        for at, there in enumerate(other):
            row.append(last[at] + 1 if word == there else max(row[at], last[at + 1]))
    return row[-1]


def _pairs(pages: list[dict[str, Any]]) -> set[tuple[str, str]]:
    written = {
        page["id"]: _shown_words(page["body"])
        for page in pages
        if page.get("kind") == "sop" and page.get("state") in ("active", "draft")
    }
    found = set()
    for one, other in itertools.combinations(sorted(written), 2):
        shorter, longer = sorted((written[one], written[other]), key=len)
        # Nothing is as alike as that without most of its words, whatever their order.
        is_likely = len(shorter) >= 40 and (Counter(shorter) & Counter(longer)).total() * 5 >= len(shorter) * 4
        if is_likely and _in_order(shorter, longer) * 5 >= len(shorter) * 4:
            found.add((one, other))
    return found


def test_written_twice(measured: dict[str, dict[str, Any]]) -> None:
    found = measured["sops-duplicate"]
    assert (found["numerator"], found["denominator"]) == (len(_pairs(PAGES)), None)


def test_written_twice_where_copies_were_planted(tmp_path: Path) -> None:
    for name in ("mkdocs.yml", "synonyms.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "content", tmp_path / "content")
    copied: list[Path] = []
    for page in sorted((tmp_path / "content").rglob("*.md")):
        text = page.read_text("utf-8")
        if "\nkind: sop\n" in text and "\nstate: active\n" in text and len(copied) < 12:
            # From copy to copy more of the steps are gone, until little is left of what it was a copy of.
            front, body = text[4:].split("\n---\n", 1)
            lines = [line for at, line in enumerate(body.split("\n")) if at % 12 >= len(copied)]
            again = re.sub(r"(?m)^id: .*$", f"id: copy-{len(copied)}", front)
            page.with_name(f"copy-{len(copied)}.md").write_text(
                "\n---\n".join([f"---\n{again}", "\n".join(lines)]), "utf-8"
            )
            copied.append(page)
    pairs = _pairs(_read(tmp_path))
    found = _measured(tmp_path)["sops-duplicate"]
    assert 3 <= len(pairs) < len(copied)
    assert (found["numerator"], found["meets"]) == (len(pairs), False)
    assert _counted(found) <= {id_ for pair in pairs for id_ in pair}
