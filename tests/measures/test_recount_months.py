"""What measures were at the ends of months, counted once more by git's own command line and a reader of YAML."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.support.long_history import TODAY, make_history

ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago")
MEASURES = ("sops-tied", "sops-signed", "sops-unlisted", "sops-undocumented", "sign-offs-repeated")
PLAN_BEGINS = {"FY25": dt.date(2024, 2, 1), "FY26": dt.date(2025, 2, 1), "FY27": dt.date(2026, 2, 1)}


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True).stdout


@cache
def _files(root: Path, commit: str) -> dict[str, str]:
    """Return the text of every file of a commit."""
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", commit))) as archive:
        return {member.name: content.read().decode() for member in archive if (content := archive.extractfile(member))}


@cache
def _data(head: str) -> dict[str, Any]:
    """Read fields as often as they differ; most stand in many months."""
    found: dict[str, Any] = yaml.safe_load(head)
    return found


@cache
def _first_parents(root: Path) -> str:
    return _git(root, "log", "--first-parent", "--format=%H %ct").decode()


def _month_ends() -> list[dt.date]:
    firsts = [dt.date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]
    return [first - dt.timedelta(days=1) for first in firsts if first <= TODAY][-24:]


def _commit_of(root: Path, day: dt.date, zone: str) -> str | None:
    """Return the last commit of the first parents that was made before a day was over, where the clock shows this zone."""
    over = dt.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + dt.timedelta(days=1)
    for line in _first_parents(root).splitlines():
        commit, seconds = line.split()
        if dt.datetime.fromtimestamp(int(seconds), dt.UTC) < over:
            return commit
    return None


class Month:
    """A handbook at a commit, on a day."""

    def __init__(self, root: Path, commit: str, day: dt.date) -> None:
        self.day = day
        texts = _files(root, commit)
        docs = f"{_data(texts['mkdocs.yml'])['docs_dir']}/"
        self.pages = [
            self._page(name.removeprefix(docs), text) for name, text in texts.items() if name.startswith(docs)
        ]
        self.sops = [page for page in self.pages if page.get("kind") == "sop"]

    @staticmethod
    def _page(path: str, text: str) -> dict[str, Any]:
        if not text.startswith("---\n"):
            return {"path": path, "body": text}
        head, body = text[4:].split("\n---\n", 1)
        return {"path": path, "body": body, **_data(head)}

    def entries(self, page: dict[str, Any]) -> list[dict[str, Any]]:
        return [one for one in page.get("sign_offs", []) if one["date"] <= self.day]

    def seen(self, page: dict[str, Any], audience: str) -> bool:
        return audience == "all" or page.get("visibility", "public") == "public"

    def signed_on(self, page: dict[str, Any]) -> dt.date | None:
        """Return the day of whoever decides, where all have signed one text."""
        given = [one for one in self.entries(page) if one.get("withdrawn", {}).get("date", dt.date.max) > self.day]
        decided = [one["date"] for one in given if one["role"] == "D" and one["by"] == "ana"]
        agreed = [one for one in given if one["role"] == "A" and one["by"] in ("ben", "cem")]
        return max(decided) if decided and agreed else None

    def is_led_to(self, page: dict[str, Any]) -> bool:
        return any(page["path"] in other["body"] or f"sop:{page['id']}]" in other["body"] for other in self.pages)

    def count(self, audience: str, hidden: set[str]) -> dict[str, tuple[int, int | None]]:
        """Count each measure over what an audience may see; `hidden` are ids of what is kept from it today."""
        sops = [page for page in self.sops if self.seen(page, audience) and page["id"] not in hidden]
        active = [page for page in sops if page["state"] == "active"]
        lines = {page["id"] for page in self.pages if page.get("kind") == "vpmom" and page["state"] == "active"}
        known = {page["id"] for page in self.pages if page.get("kind") == "vpmom"}
        a_year_ago = self.day.replace(
            year=self.day.year - 1, day=28 if self.day == dt.date(2028, 2, 29) else self.day.day
        )
        signed = [page for page in active if (day := self.signed_on(page)) and a_year_ago < day <= self.day]
        tied = [page for page in active if page.get("vpmom") in lines]
        lost = [page for page in sops if page["state"] != "retired" and page.get("vpmom") not in known]
        lost = [page for page in lost if not self.is_led_to(page)]
        stray = [page for page in self.pages if "kind" not in page and page["path"].startswith("finance/")]
        repeated = whole = 0
        for page in active:
            seen: Counter[tuple[str, str, str]] = Counter()
            for one in sorted(self.entries(page), key=lambda one: one["date"]):
                key = one["role"], one["by"], one["digest"]
                if one["date"] > a_year_ago:
                    whole += 1
                    repeated += seen[key] > 0
                seen[key] += 1
        return {
            "sops-tied": (len(tied), len(active)),
            "sops-signed": (len(signed), len(active)),
            "sops-unlisted": (len(lost) + len(stray), None),
            "sops-undocumented": (len([page for page in sops if page["state"] == "stub"]), None),
            "sign-offs-repeated": (repeated, whole),
        }


def _series(root: Path, *options: str) -> dict[str, list[dict[str, Any]]]:
    command = [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json", *options]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return {one["name"]: one["series"] for one in json.loads(run.stdout)["measures"]}


@pytest.mark.parametrize("zone", ZONES)
def test_each_month_equals_a_recount(tmp_path: Path, zone: str) -> None:
    root = make_history(tmp_path / "book", zone)
    for audience in ("all", "public"):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        series = _series(root, *([] if audience == "all" else ["--audience", audience]))
        today = Month(root, "HEAD", TODAY)
        hidden = {page["id"] for page in today.sops if not today.seen(page, audience)}
        days = _month_ends()
        assert {name: [point["date"] for point in series[name]] for name in MEASURES} == {
            name: [day.isoformat() for day in days] for name in MEASURES
        }
        for at, day in enumerate(days):
            commit = _commit_of(root, day, zone)
            assert commit is not None
            counted = Month(root, commit, day).count(audience, hidden)
            found = {name: (series[name][at]["numerator"], series[name][at]["denominator"]) for name in MEASURES}
            assert (audience, day, found) == (audience, day, counted)
            values = [counted[name][0] * 100 // whole for name in MEASURES if (whole := counted[name][1])]
            assert values == [series[name][at]["value"] for name in MEASURES if counted[name][1]]


def test_a_time_zone_decides_what_the_end_of_a_month_holds(tmp_path: Path) -> None:
    last = {zone: _series(make_history(tmp_path / re.sub(r"\W", "", zone), zone))["sops-tied"][-1] for zone in ZONES}
    assert len({(point["numerator"], point["denominator"]) for point in last.values()}) == len(ZONES) - 1
    assert {point["date"] for point in last.values()} == {"2026-10-31"}


def test_kept_numbers_are_the_same_numbers(tmp_path: Path) -> None:
    root = make_history(tmp_path / "book")
    first = _series(root)
    assert list((root / ".cache" / "handrail").glob("months-*.json"))
    assert _series(root) == first


def test_records_of_today_count_up_to_each_month(tmp_path: Path) -> None:
    root = make_history(tmp_path / "book")
    days = [dt.date(year, month, 10) for year in (2025, 2026) for month in range(1, 13) if (year, month) < (2026, 12)]
    rows = [(day, 9 if day < dt.date(2026, 3, 1) else 3) for day in days for _ in range(3)]
    lines = [f"{day},task-05,,{score},staff,{number:016x}" for number, (day, score) in enumerate(rows)]
    (root / "records").mkdir()
    (root / "records/survey.csv").write_text("\n".join(["date,procedure,text,score,from,key", *lines, ""]), "utf-8")
    series = _series(root)["sop-nps"]
    written = dt.date(2025, 2, 5)  # in the commit that made the stub a draft
    for point, day in zip(series, _month_ends(), strict=True):
        commit = _commit_of(root, day, "UTC")
        assert commit is not None
        [page] = [page for page in Month(root, commit, day).sops if page["id"] == "task-05"] or [{"state": "none"}]
        a_year_ago = day.replace(year=day.year - 1)
        scores = [score for date, score in rows if max(a_year_ago + dt.timedelta(days=1), written) <= date <= day]
        scores = scores if page["state"] == "active" else []
        lead = sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)
        assert (point["date"], point["numerator"], point["denominator"]) == (day.isoformat(), lead, len(scores))
        assert point["value"] == (lead * 100 // len(scores) if len(scores) >= 20 else None)
