"""The numbers of the example's departments, as its pages show them, counted once more from its files alone."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.measures.test_recount import A_YEAR_AGO, TODAY, _signed_on

CONTENT = Path(__file__).resolve().parents[2] / "content"
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def _read() -> dict[Path, dict[str, Any]]:
    found = {}
    for path in sorted(CONTENT.rglob("*.md")):
        text = path.read_text("utf-8")
        if text.startswith("---\n"):
            found[path] = yaml.load(text[4 : text.index("\n---\n", 4)], yaml.CSafeLoader)
    return {path: data for path, data in found.items() if data.get("visibility", "public") == "public"}


PAGES = _read()
DEPARTMENTS = {path.parent: data["title"] for path, data in PAGES.items() if data.get("kind") == "department"}
TITLES = {data["id"]: data["title"] for data in PAGES.values() if data.get("kind") == "department"}
PLANS = {data["id"]: path for path, data in PAGES.items() if data.get("kind") == "vpmom" and data["state"] == "active"}
SOPS = {path: data for path, data in PAGES.items() if data.get("kind") == "sop"}


def _department(path: Path) -> str:
    """Return the title of the department that a page is of: by its own word, else its plan's, else its folder's."""
    data = PAGES[path]
    if data.get("department"):
        return str(TITLES[data["department"]])
    plan = PLANS.get(data.get("vpmom", ""))
    if plan is not None:
        return _department(plan)
    return str(next(DEPARTMENTS[folder] for folder in path.parents if folder in DEPARTMENTS))


def _shown(site: Path, measure: str) -> dict[str, str]:
    """Return the number of each department in the table of a measure's page."""
    article = (site / "handbook" / "measures" / measure / "index.html").read_text("utf-8")
    table = article[article.index('id="by-department"') :].partition("</table>")[0]
    rows = [[unescape(_TAG.sub("", cell)).strip() for cell in _CELL.findall(row)] for row in _ROW.findall(table)]
    return {row[0]: row[1] for row in rows if row}


def _counted(counting: set[Path], of: set[Path]) -> dict[str, str]:
    whole = Counter(map(_department, of))
    found = Counter(map(_department, counting))
    return {title: f"{found[title]} of {number}" for title, number in whole.items()}


@pytest.fixture(scope="module")
def active() -> set[Path]:
    return {path for path, data in SOPS.items() if data.get("state") == "active"}


def test_tied_to_a_plan(example_site: Path, active: set[Path]) -> None:
    tied = {path for path in active if SOPS[path].get("vpmom") in PLANS}
    assert _shown(example_site, "sops-tied") == _counted(tied, active)


def test_signed_within_twelve_months(example_site: Path, active: set[Path]) -> None:
    days = {path: _signed_on(SOPS[path]) for path in active}
    signed = {path for path, day in days.items() if day is not None and A_YEAR_AGO < day <= TODAY}
    assert 0 < len(signed) < len(active)
    assert _shown(example_site, "sops-signed") == _counted(signed, active)


def test_known_and_not_written(example_site: Path) -> None:
    stubs = Counter(_department(path) for path, data in SOPS.items() if data.get("state") == "stub")
    assert stubs
    assert _shown(example_site, "sops-undocumented") == {title: str(number) for title, number in stubs.items()}


def test_every_document_of_handbook_json_is_a_public_one_of_its_department(example_site: Path) -> None:
    data = json.loads((example_site / "handbook" / "handbook.json").read_text("utf-8"))
    known = {f"content/{path.relative_to(CONTENT).as_posix()}": path for path, one in PAGES.items() if one.get("kind")}
    assert {one["source"] for one in data["documents"]} == set(known)
    titles = {one["ref"]: one["title"] for one in data["documents"]}
    for one in data["documents"]:
        if one["kind"] == "sop":
            assert titles[one["department"]] == _department(known[one["source"]]), one["source"]
            assert one["state"] == SOPS[known[one["source"]]]["state"]


def _rows(site: Path, name: str) -> dict[Path, list[dict[str, str]]]:
    """Return the rows of twelve months about the texts as they stand, by page, less those of the public."""
    data = json.loads((site / "handbook" / "handbook.json").read_text("utf-8"))
    stands = {one["id"]: one["digest"].partition(":")[2][:8] for one in data["documents"] if one["kind"] == "sop"}
    paths = {data["id"]: path for path, data in SOPS.items()}
    found: dict[Path, list[dict[str, str]]] = {path: [] for path in SOPS}
    with (CONTENT.parent / "records" / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            is_new = A_YEAR_AGO < dt.date.fromisoformat(row["date"]) <= TODAY
            if is_new and row["from"] != "public" and row["text"] == stands.get(row["procedure"]):
                found[paths[row["procedure"]]].append(row)
    return found


def test_few_runs_go_wrong(example_site: Path, active: set[Path]) -> None:
    runs = {path: rows for path, rows in _rows(example_site, "runs.csv").items() if path in active}
    known = {path for path, rows in runs.items() if len(rows) >= 20}
    failed = {path: sum(row["result"] != "worked" for row in rows) for path, rows in runs.items()}
    well = {path for path in known if failed[path] * 100 < 5 * len(runs[path])}
    assert 0 < len(well) < len(known)
    assert _shown(example_site, "sop-errors") == _counted(well, known)


def test_would_be_recommended(example_site: Path, active: set[Path]) -> None:
    scores: dict[str, list[int]] = {}
    for path, rows in _rows(example_site, "survey.csv").items():
        if path in active and rows:
            scores.setdefault(_department(path), []).extend(int(row["score"]) for row in rows)
    expected = {}
    for title, given in scores.items():
        balance = sum(score >= 9 for score in given) - sum(score <= 6 for score in given)
        expected[title] = str(100 * balance // len(given)) if len(given) >= 20 else "not known"
    assert len(set(expected.values())) > 1
    assert _shown(example_site, "sop-nps") == expected
