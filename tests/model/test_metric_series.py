"""Series give the values that were written into them, say of the first line that is none why, and never raise."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.frequencies import FREQUENCIES, later, said
from handrail.model.kinds import shipped_schemas
from handrail.model.metric_series import parse_series

_DAYS = st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), unique=True, max_size=20).map(sorted)
_NUMBERS = st.decimals(-(10**6), 10**6, places=2).map(str)
_LINE_ENDS = st.sampled_from(("\n", "\r\n"))


def text_of(days: list[date], numbers: list[str], end: str = "\n") -> str:
    lines = ["date,value", *(f"{day},{number}" for day, number in zip(days, numbers, strict=True))]
    return "".join(f"{line}{end}" for line in lines)


@given(data=st.data(), days=_DAYS, end=_LINE_ENDS, mark=st.sampled_from(("", "\ufeff")))
def test_values_come_back_as_they_were_written(data: st.DataObject, days: list[date], end: str, mark: str) -> None:
    numbers = [data.draw(_NUMBERS) for _ in days]
    found = parse_series("a.csv", (mark + text_of(days, numbers, end)).encode())
    assert found.fault is None
    assert [(value.day, value.said, value.number) for value in found.values] == [
        (day, number, float(number)) for day, number in zip(days, numbers, strict=True)
    ]


@given(
    raw=st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda text: f"date,value\n{text}".encode()))
)
def test_any_bytes_give_days_in_order_and_a_fault_where_a_line_is_lost(raw: bytes) -> None:
    found = parse_series("a.csv", raw)
    days = [value.day for value in found.values]
    assert days == sorted(set(days))
    lines = raw.rstrip(b"\r\n").count(b"\n")
    assert found.fault is not None or len(days) == lines


@given(data=st.data(), days=st.lists(st.dates(), unique=True, min_size=2, max_size=9).map(sorted))
def test_what_can_be_read_is_there_whatever_stands_between(data: st.DataObject, days: list[date]) -> None:
    numbers = [data.draw(_NUMBERS) for _ in days]
    lines = text_of(days, numbers).splitlines()
    at = data.draw(st.integers(1, len(lines)))
    lines.insert(
        at, data.draw(st.sampled_from(("", "x", "2026-01-32,4", "2026-01-31;4", "2026-01-31,1,5", "2026-01-31,")))
    )
    lines.append("")
    found = parse_series("a.csv", "\n".join(lines).encode())
    assert [value.said for value in found.values] == numbers
    assert (found.fault.line if found.fault is not None else 0) == (
        0 if at == len(days) + 1 and not lines[at] else at + 1
    )


def test_of_a_day_that_stands_twice_the_first_value_counts_and_days_out_of_order_are_put_in_order() -> None:
    found = parse_series("a.csv", b"date,value\n2026-02-28,2\n2026-02-28,3\n2026-01-31,1\n2026-03-31,4\n")
    assert [value.said for value in found.values] == ["1", "2", "4"]
    assert found.fault is not None
    assert found.fault.line == 3


def test_what_is_dated_later_is_not_there_yet() -> None:
    found = parse_series("a.csv", b"date,value\n2026-01-31,1\n2026-02-28,2\n")
    assert [value.said for value in found.until(date(2026, 2, 27))] == ["1"]
    assert [value.said for value in found.until(date(2026, 2, 28))] == ["1", "2"]


@pytest.mark.parametrize(
    ("frequency", "day", "times", "expected"),
    [
        ("daily", "2028-02-28", 1, "2028-02-29"),
        ("weekly", "2026-12-28", 2, "2027-01-11"),
        ("fortnightly", "2026-11-15", 2, "2026-12-13"),
        ("monthly", "2027-12-31", 2, "2028-02-29"),
        ("quarterly", "2026-11-30", 1, "2027-02-28"),
        ("three-times-a-year", "2026-10-31", 1, "2027-02-28"),
        ("yearly", "2028-02-29", 1, "2029-02-28"),
    ],
)
def test_the_day_on_which_something_is_due_again(frequency: str, day: str, times: int, expected: str) -> None:
    assert later(date.fromisoformat(day), frequency, times) == date.fromisoformat(expected)


def test_at_the_end_of_the_calendar_nothing_is_due_again() -> None:
    assert [later(date.max, frequency, 2) for frequency in FREQUENCIES] == [None] * len(FREQUENCIES)
    assert later(date(2026, 11, 15), "now and then") is None


def test_the_schema_of_metrics_knows_the_same_words() -> None:
    schema = json.loads((shipped_schemas() / "metric.schema.json").read_text("utf-8"))
    assert tuple(schema["properties"]["frequency"]["enum"]) == FREQUENCIES
    assert said("three-times-a-year") == "three times a year"
