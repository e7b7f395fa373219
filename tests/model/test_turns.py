"""On which days meetings take place: told day by day by another program, over years with leap days and short months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.turns import Turns, Untold, turns_of
from tests.model.building import day, document, handbook

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY = {"monthly": 1, "quarterly": 3, "three-times-a-year": 4, "yearly": 12}


def meeting(*lines: str) -> Turns | Untold:
    page = handbook({"m.md": document("cadence", "m", "participants: [a]", *lines)}).of_kind("cadence")[0]
    assert page.is_valid, page.violations
    return turns_of(page, None)


def is_turn(one: date, frequency: str, on: str, anchor: date) -> bool:
    """Say of one day alone whether a meeting takes place on it."""
    if frequency == "daily":
        return True
    if frequency in ("weekly", "fortnightly"):
        mondays = [moment - timedelta(days=moment.isoweekday() - 1) for moment in (one, anchor)]
        weeks = abs((mondays[0] - mondays[1]).days) // 7
        return NAMES[one.isoweekday() - 1] == on and (frequency == "weekly" or weeks % 2 == 0)
    if (one.month - anchor.month) % EVERY[frequency] or (frequency == "yearly" and one.month != anchor.month):
        return False
    last = calendar.monthrange(one.year, one.month)[1]
    which, _, name = on.partition(" ")
    if which == "day":
        return one.day == min(int(name), last)
    same = [
        number for number in range(1, last + 1) if NAMES[date(one.year, one.month, number).isoweekday() - 1] == name
    ]
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}[which]
    return one.day == same[place]


WEEKLY = st.tuples(st.sampled_from(["weekly", "fortnightly"]), st.sampled_from(NAMES))
PLACES = st.sampled_from(["first", "second", "third", "fourth", "last"])
MONTHLY = st.tuples(
    st.sampled_from(list(EVERY)),
    st.one_of(
        st.builds("{} {}".format, PLACES, st.sampled_from(NAMES)), st.builds("day {}".format, st.integers(1, 31))
    ),
)
DAYS = st.dates(date(2023, 1, 1), date(2029, 1, 1))


@given(st.one_of(st.just(("daily", "")), WEEKLY, MONTHLY), DAYS, DAYS)
def test_every_turn_is_found_and_no_other(rhythm: tuple[str, str], anchor: date, start: date) -> None:
    frequency, on = rhythm
    found = meeting(f"frequency: {frequency}", *([f"on: {on}"] if on else []), f"from: {anchor}")
    assert isinstance(found, Turns)
    end = start + timedelta(days=800)
    wanted = [one for number in range(800) if is_turn(one := start + timedelta(days=number), frequency, on, anchor)]
    assert list(takewhile(lambda one: one < end, found.since(start))) == wanted
    assert found.before(end) == wanted[-1]


def test_turns_end_with_the_calendar() -> None:
    for lines in (["frequency: daily"], ["frequency: weekly", "on: Friday"], ["frequency: monthly", "on: day 31"]):
        found = meeting(*lines)
        assert isinstance(found, Turns)
        assert list(found.since(day("9999-12-30")))[-1] >= day("9999-12-31")


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (["frequency: weekly"], "on"),
        (["frequency: monthly"], "on"),
        (["frequency: fortnightly", "on: Tuesday"], "from"),
        (["frequency: quarterly", "on: first Tuesday"], "from"),
        (["frequency: yearly", "on: day 3"], "from"),
    ],
)
def test_the_field_is_named_that_is_missing(lines: list[str], field: str) -> None:
    assert meeting(*lines) == Untold(field)


@pytest.mark.parametrize(
    "lines",
    [
        ["frequency: weekly", "on: first Tuesday"],
        ["frequency: monthly", "on: Tuesday"],
        ["frequency: monthly", "on: day 32"],
        ["frequency: weekly", "on: tuesday"],
        ["frequency: monthly", "on: fifth Friday"],
    ],
)
def test_a_day_that_does_not_fit_is_refused_and_gives_no_turn(lines: list[str]) -> None:
    page = handbook({"m.md": document("cadence", "m", "participants: [a]", *lines)}).of_kind("cadence")[0]
    assert [violation.path for violation in page.violations] == [("on",)]
    assert turns_of(page, None) == Untold("on")
