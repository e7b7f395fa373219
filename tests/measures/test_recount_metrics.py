"""The example's metrics, read once more from its files and judged by scipy: the values, the targets and the trends agree."""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.measures import oracle

ROOT = Path(__file__).resolve().parents[2]


def _read() -> dict[str, tuple[dict[str, Any], list[tuple[str, float]]]]:
    found = {}
    for path in sorted((ROOT / "content").rglob("*.md")):
        text = path.read_text("utf-8")
        page = yaml.load(text[4 : text.index("\n---\n", 4)], yaml.CSafeLoader) if text.startswith("---\n") else {}
        if page.get("kind") == "metric":
            with (path.parent / page["data"]).open(encoding="utf-8", newline="") as file:
                rows = [(row["date"], float(row["value"])) for row in csv.DictReader(file)]
            found[page["id"]] = (page, rows)
    return found


METRICS = _read()


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {one["ref"].removeprefix("metric:"): one for one in json.loads(run.stdout)["metrics"]}


def test_every_metric_is_there(told: dict[str, dict[str, Any]]) -> None:
    assert set(told) == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_what_its_file_says(name: str, told: dict[str, dict[str, Any]]) -> None:
    page, rows = METRICS[name]
    found = told[name]
    assert [(one["date"], one["value"]) for one in found["series"]] == rows
    assert (found["unit"], found["direction"]) == (page["unit"], page["direction"])
    assert found["target"]["value"] == page["target"]


@pytest.mark.parametrize("name", METRICS)
def test_a_trend_is_what_the_rule_makes_of_the_last_twelve(name: str, told: dict[str, dict[str, Any]]) -> None:
    page, rows = METRICS[name]
    values = [value for _, value in rows][-12:]
    found = told[name]["trend"]
    assert found["points"] == len(values)
    if len(values) < 8:
        assert (found["slope"], found["p"], found["verdict"]) == (None, None, "too short")
        return
    slope = oracle.theil_slope(range(len(values)), values)
    p = oracle.kendall_p(range(len(values)), values)
    assert found["slope"] == pytest.approx(slope, rel=1e-3)
    assert found["p"] == pytest.approx(p, rel=1e-3)
    goes = p < 0.01 and abs(slope) * 11 >= abs(statistics.median(values)) / 10
    better = (slope > 0) is (page["direction"] == "up")
    assert found["verdict"] == ("none" if not goes else "rises" if better else "declines")


def test_the_example_shows_each_kind_of_trend(told: dict[str, dict[str, Any]]) -> None:
    assert {one["trend"]["verdict"] for one in told.values()} == {"declines", "rises", "none", "too short"}
