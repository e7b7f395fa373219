"""What the page of a metric says of its values, and what it keeps to itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.model.settings import Visibility
from handrail.pages.frame import view_of
from handrail.pages.views import Section, View
from tests.engines.drawn import BASE
from tests.pages.views import handbook_of, html, plain, shown

FIELDS = {
    "kind": "metric",
    "id": "claim-days",
    "title": "Days from claim to payment",
    "visibility": "public",
    "unit": "days",
    "direction": "down",
    "target": "10",
    "frequency": "monthly",
    "data": "claim-days.csv",
}
MONTHS = (
    "2026-03-31",
    "2026-04-30",
    "2026-05-31",
    "2026-06-30",
    "2026-07-31",
    "2026-08-31",
    "2026-09-30",
    "2026-10-31",
)


def series(*numbers: str, days: tuple[str, ...] = MONTHS) -> str:
    pairs = zip(days[-len(numbers) :], numbers, strict=True)
    return "".join(f"{line}\n" for line in ("date,value", *map(",".join, pairs)))


PLAN = "content/company/plan.md"
RISING = series("10", "11", "12", "13", "14", "15", "16", "17")


def view(
    folder: Path,
    values: str | None,
    fields: dict[str, str] | None = None,
    settings: dict[str, Any] | None = None,
    audience: Visibility = "public",
    more: dict[str, str] | None = None,
) -> View:
    lines = "".join(f"{name}: {value}\n" for name, value in {**FIELDS, **(fields or {})}.items() if value)
    files = {**BASE, "content/finance/claims.md": f"---\n{lines}---\nMedian of the month.\n", **(more or {})}
    if values is not None:
        files["content/finance/claim-days.csv"] = values
        (folder / "content/finance").mkdir(parents=True, exist_ok=True)
        (folder / "content/finance/claim-days.csv").write_text(values, "utf-8", newline="\n")
    handbook = handbook_of(folder, files, settings)
    return view_of(shown(handbook, audience), handbook.by_src_uri["finance/claims.md"])


def rows(found: View) -> dict[str, str]:
    return {row.name: plain(row.words).replace("\u00a0", " ") for row in found.rows}


def values_of(found: View) -> Section:
    [section] = found.sections
    assert section.anchor == "values"
    return section


def test_the_last_value_the_target_and_the_trend_come_first(tmp_path: Path) -> None:
    found = view(tmp_path, RISING)
    assert rows(found) == {
        "Latest": "17 days, on 31 October 2026",
        "Target": "10 days (not met)",
        "Trend": "Rising since 31 March 2026, and lower is better (8 values)",
    }
    chart = values_of(found).chart
    assert chart is not None
    assert chart.state == "rising"
    assert chart.said == (
        "Days from claim to payment: 8 values, 31 March 2026 to 31 October 2026, from 10 to 17 days. The target is 10."
    )
    assert chart.rows[0] == ("31 October 2026", "17")
    assert chart.ends == ("17", "10")
    assert {row.name for row in found.after[0].rows} >= {"Unit", "Direction", "Taken"}


def test_a_value_that_is_late_says_so(tmp_path: Path) -> None:
    found = view(tmp_path, series("10", "11", days=("2026-07-31", "2026-08-31")))
    assert rows(found)["Latest"] == "11 days, on 31 August 2026 (late: it is taken monthly)"


def test_more_can_be_better(tmp_path: Path) -> None:
    found = view(tmp_path, RISING, {"direction": "up", "target": "over 16"})
    assert rows(found)["Target"] == "over 16 days (met)"
    assert rows(found)["Trend"] == "Rising since 31 March 2026 (8 values)"
    chart = values_of(found).chart
    assert chart is not None
    assert chart.state == "signed"


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        (series("10", "12", "11"), "Too short to tell: 3 values"),
        (series("10", "12", "11", "10", "12", "11", "10", "12"), "No clear trend in 8 values"),
    ],
)
def test_what_is_not_known_of_a_trend_is_said(values: str, trend: str, tmp_path: Path) -> None:
    assert rows(view(tmp_path, values))["Trend"] == trend


def test_a_target_in_words_is_said_and_not_drawn(tmp_path: Path) -> None:
    found = view(tmp_path, RISING, {"target": "as few as can be"})
    assert rows(found)["Target"] == "as few as can be"
    chart = values_of(found).chart
    assert chart is not None
    assert (chart.target, chart.ends) == ("", ("17", "10"))


def test_without_a_target_nothing_is_said_of_one(tmp_path: Path) -> None:
    found = view(tmp_path, RISING, {"target": ""})
    assert "Target" not in rows(found)
    chart = values_of(found).chart
    assert chart is not None
    assert (chart.target, chart.state) == ("", "rising")


def test_a_month_that_is_missing_leaves_a_gap(tmp_path: Path) -> None:
    days = ("2026-03-31", "2026-04-30", "2026-06-30", "2026-07-31")
    chart = values_of(view(tmp_path, series("1", "2", "3", "4", days=days))).chart
    assert chart is not None
    assert [run.count(",") for run in chart.runs] == [2, 2]
    assert len(chart.rows) == 4


@pytest.mark.parametrize(("frequency", "gaps"), [("daily", 0), ("weekly", 0), ("monthly", 0)])
def test_a_long_weekend_is_no_gap(frequency: str, gaps: int, tmp_path: Path) -> None:
    days = ("2026-11-05", "2026-11-06", "2026-11-10", "2026-11-11")
    chart = values_of(view(tmp_path, series("1", "2", "3", "4", days=days), {"frequency": frequency})).chart
    assert chart is not None
    assert len(chart.runs) == gaps + 1


def test_of_many_values_the_newest_are_shown(tmp_path: Path) -> None:
    days = tuple(f"{year}-{month:02}-28" for year in range(2019, 2027) for month in range(1, 11))
    found = values_of(view(tmp_path, series(*map(str, range(80)), days=days)))
    assert plain(found.words) == "The last 60 of 80 values."
    assert found.chart is not None
    assert (found.chart.rows[0], found.chart.rows[-1]) == (("28 October 2026", "79"), ("28 January 2021", "20"))


def test_a_line_that_can_not_be_read_is_left_out_and_said(tmp_path: Path) -> None:
    found = view(tmp_path, f"{RISING}2026-11-10;18\n")
    assert plain(values_of(found).words).startswith("A line of the file that holds them can't be read")
    assert "late" not in rows(view(tmp_path, "date,value\n2026-03-31,4\n2026-10-31;5\n"))["Latest"]
    chart = values_of(found).chart
    assert chart is not None
    assert len(chart.rows) == 8


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (None, "the file that holds them is not there"),
        ("date,value\n", "No value is known yet."),
        ("day,number\n2026-10-31,4\n", "Its values can't be shown: the file that holds them can't be read."),
        ("date,value\n2027-10-31,4\n", "No value is known yet."),
    ],
)
def test_where_there_is_nothing_to_show_that_is_said(values: str | None, words: str, tmp_path: Path) -> None:
    found = view(tmp_path, values)
    assert words in plain(values_of(found).words)
    assert values_of(found).chart is None
    assert set(rows(found)) == {"Target"}


def test_a_metric_without_values_says_what_it_would_count(tmp_path: Path) -> None:
    found = view(tmp_path, None, {"data": ""})
    assert (found.sections, found.text_title) == ((), "")
    assert {row.name for row in found.after[0].rows} >= {"Unit", "Direction", "Taken"}


@pytest.mark.parametrize(("audience", "is_seen"), [("public", False), ("internal", True)])
def test_values_in_a_file_that_may_not_be_seen_are_not_shown(
    audience: Visibility,
    is_seen: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    found = view(
        tmp_path,
        RISING,
        settings={"audience": audience, "visibility": {".": "public", "finance/claim-days.csv": "internal"}},
        audience=audience,
    )
    assert ("Latest" in rows(found)) is is_seen
    assert ("16" in html(found)) is is_seen


def test_a_plan_s_own_target_counts_and_is_named(tmp_path: Path) -> None:
    measure = "measures: [{text: Claims, metric: claim-days, target: 12}, "
    plan = BASE[PLAN].replace("measures: [", measure, 1)
    found = view(tmp_path, RISING, more={PLAN: plan})
    assert rows(found)["Target"].startswith("12 days (not met), as ")


@pytest.mark.parametrize("field", ["unit", "title", "target"])
def test_what_a_metric_says_of_itself_is_escaped(field: str, tmp_path: Path) -> None:
    found = view(tmp_path, RISING, {field: "'<script>x</script> 5'"})
    assert "<script" not in html(found)


_LINES = st.one_of(
    st.text(max_size=20),
    st.builds("{},{}".format, st.dates(), st.one_of(st.integers(), st.floats(), st.text(max_size=8))),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(_LINES, max_size=12),
    fields=st.fixed_dictionaries(
        {},
        optional={
            "target": st.one_of(st.integers(), st.floats(), st.text(max_size=12), st.lists(st.integers(), max_size=2)),
            "unit": st.text(max_size=12),
            "frequency": st.sampled_from(["daily", "yearly", "now and then", ""]),
            "direction": st.sampled_from(["up", "down", "sideways"]),
        },
    ),
)
def test_any_series_of_any_metric_has_a_page(lines: list[str], fields: dict[str, Any], tmp_path: Path) -> None:
    text = "\n".join(["date,value", *lines]).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    found = view(tmp_path, text, {name: json.dumps(value) for name, value in fields.items()})
    markup = html(found)
    assert markup.count("<svg") == markup.count("<figure") <= 1
    assert "nan" not in "".join(run for section in found.sections if section.chart for run in section.chart.runs)
