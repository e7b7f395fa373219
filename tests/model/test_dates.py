"""Days and periods: the calendar's corners, and fiscal years that end on any day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.dates import FiscalYearEnd, Period, add_months, meant_day, next_day, parse_day, parse_period
from handrail.words.language import in_words
from tests.model.building import day

MONTHS: list[tuple[str, int, str]] = [
    ("2026-01-15", 1, "2026-02-15"),
    ("2026-01-31", 1, "2026-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2025-02-28", 12, "2026-02-28"),
    ("2026-12-31", 2, "2027-02-28"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2026-01-01", -1, "2025-12-01"),
    ("2026-05-31", 0, "2026-05-31"),
    ("0001-01-01", -6, "0001-01-01"),
    ("9999-12-31", 12, "9999-12-31"),
]


@pytest.mark.parametrize(("start", "months", "expected"), MONTHS)
def test_calendar_months(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_on_lie_in_the_month_that_was_meant(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("written", "is_day"),
    [
        ("2026-03-31", True),
        ("2024-02-29", True),
        ("2025-02-29", False),
        ("2026-13-01", False),
        ("2026-00-10", False),
        ("0000-01-01", False),
        ("2026-3-1", False),
        ("20260331", False),
        ("2026-W01-1", False),
        ("2026-03-31T10:00:00", False),
        ("2026-03-31\n", False),
        (" 2026-03-31", False),
        ("\uff12026-03-31", False),
        ("", False),
        (20260331, False),
        (None, False),
        (["2026-03-31"], False),
    ],
    ids=repr,
)
def test_a_day_is_written_in_one_way(written: Any, is_day: bool) -> None:  # noqa: FBT001 - the table's second column
    assert (parse_day(written) is not None) is is_day


def test_words() -> None:
    assert in_words(date(2026, 3, 1)) == "1 March 2026"


# end of the fiscal year, period, first and last day
PERIODS: list[tuple[str, str, str, str]] = [
    ("12-31", "FY27", "2027-01-01", "2027-12-31"),
    ("12-31", "FY27-H2", "2027-07-01", "2027-12-31"),
    ("12-31", "FY27-Q1", "2027-01-01", "2027-03-31"),
    ("01-31", "FY27", "2026-02-01", "2027-01-31"),
    ("01-31", "FY27-H1", "2026-02-01", "2026-07-31"),
    ("01-31", "FY27-Q3", "2026-08-01", "2026-10-31"),
    ("01-31", "FY27-Q4", "2026-11-01", "2027-01-31"),
    ("02-28", "FY27", "2026-03-01", "2027-02-28"),
    ("02-28", "FY28", "2027-03-01", "2028-02-28"),
    ("02-29", "FY27", "2026-03-01", "2027-02-28"),
    ("02-29", "FY28", "2027-03-01", "2028-02-29"),
    ("02-29", "FY28-Q4", "2027-12-01", "2028-02-29"),
    ("06-30", "FY27-H1", "2026-07-01", "2026-12-31"),
    ("04-05", "FY27", "2026-04-06", "2027-04-05"),
    ("04-05", "FY27-Q1", "2026-04-06", "2026-07-05"),
    ("12-31", "FY00", "2000-01-01", "2000-12-31"),
    ("12-31", "FY99", "2099-01-01", "2099-12-31"),
]


def year_end(written: str) -> FiscalYearEnd:
    month, last = written.split("-")
    return FiscalYearEnd(int(month), int(last))


@pytest.mark.parametrize(("end", "name", "first", "last"), PERIODS)
def test_periods_of_the_fiscal_year(end: str, name: str, first: str, last: str) -> None:
    assert parse_period(name, year_end(end)) == Period(name, day(first), day(last))


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.integers(1, 98), st.sampled_from(["H", "Q"]))
def test_parts_fill_a_year_without_gap_or_overlap(last: date, year: int, letter: str) -> None:
    end = FiscalYearEnd(last.month, last.day)
    whole = parse_period(f"FY{year:02}", end)
    parts = [parse_period(f"FY{year:02}-{letter}{part}", end) for part in range(1, 3 if letter == "H" else 5)]
    assert whole is not None
    days = [(part.start, part.end) for part in parts if part is not None]
    assert len(days) == len(parts)
    assert days[0][0] == whole.start
    assert days[-1][1] == whole.end
    assert all(first[1] + timedelta(days=1) == second[0] for first, second in pairwise(days))
    following = parse_period(f"FY{year + 1:02}", end)
    assert following is not None
    assert following.start == whole.end + timedelta(days=1)


@pytest.mark.parametrize(
    "value",
    [
        "FY27-H3",
        "FY27-Q5",
        "FY27-Q0",
        "FY2027",
        "fy27",
        "FY27 ",
        "FY27\n",
        "FY27-",
        "",
        27,
        None,
        ["FY27"],
        {},
        {"name": "a", "from": "2026-01-01"},
        {"name": "a", "from": "2026-01-02", "to": "2026-01-01"},
        {"from": "2026-01-01", "to": "2026-01-02"},
        {"name": 1, "from": "2026-01-01", "to": "2026-01-02"},
    ],
    ids=repr,
)
def test_what_is_no_period(value: Any) -> None:
    assert parse_period(value, FiscalYearEnd()) is None


def test_a_named_period_holds_both_its_days() -> None:
    period = parse_period({"name": "Launch", "from": "2026-03-01", "to": "2026-03-02"}, FiscalYearEnd())
    assert period is not None
    assert (period.start, period.end) == (date(2026, 3, 1), date(2026, 3, 2))


MEANT = [
    ("2025-3-1", "2025-03-01"), ("2025/03/01", "2025-03-01"), ("2025.3.1", "2025-03-01"), ("20250301", "2025-03-01"),
    ("2025-03-01T10:00:00Z", "2025-03-01"), ("1.3.2025", "2025-03-01"), ("1. 3. 2025", "2025-03-01"), ("13/4/2025", "2025-04-13"),
    ("4-13-2025", "2025-04-13"), ("5/5/2025", "2025-05-05"), ("1 March 2025", "2025-03-01"), ("Mar 1st, 2025", "2025-03-01"),
    ("3/4/2025", None), ("2025301", None), ("31.2.2025", None), ("Ma 1 2025", None), ("2025", None), ("soon", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), MEANT)
def test_a_day_in_another_form_is_known_where_no_other_can_be_meant(text: str, day: str | None) -> None:
    found = meant_day(text)
    assert (found.isoformat() if found else None) == day


def test_the_day_after_the_last_is_the_last() -> None:
    assert next_day(date(2028, 2, 28)) == date(2028, 2, 29)
    assert next_day(date.max) == date.max
