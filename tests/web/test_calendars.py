"""The calendars, read back by the library that writes them, and their rules counted out by one that does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from handrail.model.handbook import Handbook
from handrail.model.settings import Visibility
from handrail.model.turns import Turns
from handrail.pages.frame import view_of
from handrail.text.visible import one_line
from handrail.web.calendars import files, places, recurrence
from handrail.web.metadata import Site
from tests.engines.drawn import BASE, PEOPLE, sop
from tests.model.test_turns import DAYS, MONTHLY, WEEKLY, is_turn
from tests.model.test_turns import meeting as turns
from tests.pages.views import handbook_of, html, shown

rrulestr: Any = import_module("dateutil.rrule").rrulestr
SITE = Site("Our, handbook; the best", "https://hb.example/", "", "en")
MEETING = """---
kind: cadence
id: review
title: Monthly review
visibility: public
frequency: monthly
on: first Tuesday
time: "10:00"
minutes: 90
place: "Room 1, first floor; or a call"
participants: [books]
decisions:
  - {date: 2026-11-03, text: Write it down, owner: mok, due: 2026-11-10}
  - {date: 2026-11-03, text: Is done, owner: mok, due: 2026-11-10, done: 2026-11-05}
  - {date: 2026-11-03, text: Was dropped, owner: mok, due: 2026-11-10, dropped: {date: 2026-11-05, why: No need}}
---
"""
GOAL = "---\nkind: objective\nid: calls\ntitle: Fewer calls\nvisibility: public\nstate: open\nopened: 2026-06-01\ndue: 2026-12-01\nowner: aro\n---\n"
FILES = {
    **BASE,
    "content/company/review.md": MEETING,
    "content/calls.md": GOAL,
    "content/over.md": GOAL.replace("id: calls", "id: over").replace(
        "state: open", "state: attained\nclosed: 2026-11-01\noutcome: {text: Done}"
    ),
    "content/hush.md": sop("hush", visibility="internal", rapid="MOK(D)"),
}


def calendars(handbook: Handbook, audience: Visibility = "public", site: Site = SITE) -> dict[str, bytes]:
    return dict(files(shown(handbook, audience), site))


def read(raw: bytes) -> list[Any]:
    return list(parsed(raw).events)


def parsed(raw: bytes) -> Any:
    """Read a calendar; of what stands in it, the library's types say that it may be anything."""
    return Calendar.from_ical(raw)


def of(folder: Path, name: str = "all", files_: Mapping[str, str] = FILES, **options: Any) -> list[Any]:
    return read(calendars(handbook_of(folder, files_, options))[f"handbook/calendars/{name}.ics"])


def said(events: list[Any]) -> set[tuple[str, object]]:
    return {(str(one["summary"]), one["dtstart"].dt) for one in events}


def test_everything_with_a_day_stands_in_one_calendar(tmp_path: Path) -> None:
    events = of(tmp_path, timezone="Europe/Lisbon")
    assert said(events) == {
        ("Sign-off runs out: Expense claims", date(2027, 3, 3)),
        ("Plan ends: Company plan FY27", date(2027, 1, 31)),
        ("Objective due: Fewer calls", date(2026, 12, 1)),
        ("Decision due: Write it down", date(2026, 11, 10)),
        ("Monthly review", datetime(2026, 1, 6, 10, tzinfo=ZoneInfo("Europe/Lisbon"))),
    }
    [held] = [one for one in events if "rrule" in one]
    assert (str(held["location"]), held["duration"].dt) == ("Room 1, first floor; or a call", timedelta(minutes=90))
    assert str(held["url"]) == "https://hb.example/company/review/"
    assert str(held["uid"]) == "cadence-review-turn@hb.example"
    assert all(one["dtstamp"].dt == datetime(2026, 11, 15, tzinfo=UTC) for one in events)


def test_each_person_has_what_concerns_them(tmp_path: Path) -> None:
    found = calendars(handbook_of(tmp_path, FILES))
    names = {path.rpartition("/")[2]: {name for name, _ in said(read(raw))} for path, raw in found.items()}
    assert list(names) == ["all.ics", "aro.ics", "mok.ics", "tli.ics"]
    assert names["aro.ics"] == {"Objective due: Fewer calls", "Monthly review"}
    assert names["mok.ics"] == {"Plan ends: Company plan FY27", "Decision due: Write it down"}
    assert names["tli.ics"] == {"Sign-off runs out: Expense claims", "Plan ends: Company plan FY27", "Monthly review"}
    assert set(places(shown(handbook_of(tmp_path, FILES)))) == set(found)


def test_who_has_left_and_who_is_asked_nothing_has_none(tmp_path: Path) -> None:
    people = PEOPLE.replace(
        "job: Bookkeeper}", "job: Bookkeeper, until: 2026-11-14}\n      - {id: new, name: New Here}"
    )
    names = [
        path.rpartition("/")[2] for path in calendars(handbook_of(tmp_path, {**FILES, "content/people.md": people}))
    ]
    assert names == ["all.ics", "mok.ics", "tli.ics"]


def test_nothing_private_stands_in_a_public_calendar(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, FILES)
    assert any(b"Hush" in raw for raw in calendars(handbook, "internal").values())
    assert not any(b"ush" in raw for raw in calendars(handbook).values())
    closed = {**FILES, "content/people.md": PEOPLE.replace("visibility: public", "visibility: internal")}
    assert list(calendars(handbook_of(tmp_path, closed))) == ["handbook/calendars/all.ics"]
    nothing = {"content/index.md": "# Welcome\n"}
    assert calendars(handbook_of(tmp_path, nothing)) == {}


def test_the_folder_and_the_ids_follow_the_settings(tmp_path: Path) -> None:
    files_ = {**FILES, "content/people.md": PEOPLE.replace("id: mok", "id: all")}
    files_["content/company/review.md"] = MEETING.replace("owner: mok", "owner: all")
    found = calendars(
        handbook_of(tmp_path, files_, {"generated": "made"}), site=Site("H", "https://x.example/hb/", "", "en")
    )
    assert {"made/calendars/all.ics", "made/calendars/all-all.ics"} <= set(found)
    assert b"UID:cadence-review-turn@x.example/hb\r\n" in found["made/calendars/all.ics"]
    nowhere = calendars(handbook_of(tmp_path, FILES), site=Site("H", "", "", "en"))["handbook/calendars/all.ics"]
    assert b"URL" not in nowhere
    assert b"UID:cadence-review-turn@handbook.invalid\r\n" in nowhere


def test_two_builds_of_a_day_are_equal_and_an_id_outlives_what_is_written_above_it(tmp_path: Path) -> None:
    first, again = (calendars(handbook_of(tmp_path, FILES)) for _ in range(2))
    assert first == again
    more = "decisions:\n  - {date: 2026-11-10, text: Newer, owner: mok, due: 2026-11-30}"
    later = of(tmp_path, files_={**FILES, "content/company/review.md": MEETING.replace("decisions:", more)})
    before = {str(one["uid"]) for one in of(tmp_path)}
    assert len(before) == len(of(tmp_path))
    assert before < {str(one["uid"]) for one in later}


def test_what_a_meeting_wrote_down_twice_is_one_entry(tmp_path: Path) -> None:
    twice = MEETING.replace(
        "decisions:", "decisions:\n  - {date: 2026-11-03, text: Write it down, owner: mok, due: 2026-11-10}"
    )
    events = of(tmp_path, files_={**FILES, "content/company/review.md": twice})
    assert [str(one["summary"]) for one in events].count("Decision due: Write it down") == 1


VALUES = st.recursive(
    st.text(max_size=90)
    | st.sampled_from(["BEGIN:VEVENT", "a\r\nEND:VCALENDAR", "2026-12-01", "10:00", "25:61", "day 31", "Tuesday", "first Tuesday", "mok", "x" * 200, "日本" * 60, "\u202e"])
    | st.integers()
    | st.booleans()
    | st.none(),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.sampled_from(["date", "why"]), below, max_size=2),
    max_leaves=3,
)  # fmt: skip
DECISION = st.fixed_dictionaries(
    {"date": st.just("2026-11-03"), "text": VALUES}, optional={"owner": VALUES, "due": VALUES | st.just("2026-12-01"), "dropped": VALUES}
)  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {"frequency": st.sampled_from(["daily", "weekly", "monthly", "yearly"]) | VALUES},
    optional=dict.fromkeys(
        ("title", "on", "from", "time", "minutes", "place", "participants", "level", "reviews"), VALUES
    )
    | {"decisions": st.lists(DECISION, max_size=3) | VALUES},
)


@given(fields=FIELDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_meeting_each_entry_is_read_back(fields: dict[str, Any], tmp_path: Path) -> None:
    known = {"kind": "cadence", "id": "review", "title": "A", "visibility": "public", "participants": ["mok"]}
    page = f"---\n{json.dumps({**known, **fields}, ensure_ascii=False)}\n---\n"
    seen = shown(handbook_of(tmp_path, {**BASE, "content/review.md": page}), leniently=True)
    for raw in dict(files(seen, SITE)).values():
        events = read(raw)
        assert raw.count(b"\r\nBEGIN:VEVENT\r\n") == len(events) == len({str(one["uid"]) for one in events})
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        assert all(str(one["summary"]) for one in events)
    assert said(read(dict(files(seen, SITE))["handbook/calendars/all.ics"])) >= {
        ("Sign-off runs out: Expense claims", date(2027, 3, 3))
    }
    html(view_of(seen, seen.handbook.by_src_uri["review.md"]))


@given(title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_title_is_read_back_as_it_was_typed(title: str, tmp_path: Path) -> None:
    text = GOAL.replace("title: Fewer calls", f"title: {json.dumps(f'BEGIN, {title}', ensure_ascii=False)}")
    found = shown(handbook_of(tmp_path, {**BASE, "content/calls.md": text}), leniently=True)
    events = read(dict(files(found, SITE))["handbook/calendars/all.ics"])
    [due] = [str(one["summary"]) for one in events if str(one["uid"]).startswith("objective")]
    assert due == f"Objective due: {one_line(found.handbook.by_src_uri['calls.md'].title)}"


ZONES = [
    "UTC",
    "Europe/Lisbon",
    "America/New_York",
    "Pacific/Auckland",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Asia/Kolkata",
]


@given(st.one_of(st.just(("daily", "")), WEEKLY, MONTHLY), DAYS)
def test_a_rule_finds_the_days_that_a_page_tells_and_no_other(rhythm: tuple[str, str], anchor: date) -> None:
    frequency, on = rhythm
    found = turns(f"frequency: {frequency}", *([f"on: {on}"] if on else []), f"from: {anchor}")
    assert isinstance(found, Turns)
    start = date(2026, 1, 1)
    first = next(found.since(start))
    event: Any = Event()
    event.add("rrule", recurrence(found))
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=datetime.combine(first, datetime.min.time()))
    end = datetime(2029, 12, 31)  # noqa: DTZ001 - a local day
    counted = [one.date() for one in rule.between(datetime(2025, 12, 31), end, inc=False)]  # noqa: DTZ001 - the same
    every = (start + timedelta(days=number) for number in range(365 * 4))
    assert counted == [one for one in every if is_turn(one, frequency, on, anchor)]


@pytest.mark.parametrize("zone", ZONES)
def test_a_meeting_begins_at_the_same_hour_the_whole_year(zone: str, tmp_path: Path) -> None:
    weekly = MEETING.replace("frequency: monthly\non: first Tuesday", "frequency: weekly\non: Sunday")
    raw = calendars(handbook_of(tmp_path, {**FILES, "content/company/review.md": weekly}, {"timezone": zone}))
    found = parsed(raw["handbook/calendars/all.ics"])
    [held] = [one for one in found.events if "rrule" in one]
    first = held["dtstart"].dt
    assert (first.hour, str(first.tzinfo)) == (10, zone)
    [*told] = found.timezones
    assert len(told) == (zone != "UTC")
    for day in _sundays(first):
        # What the calendar itself says of the zone, and what the system does.
        offset = told[0].to_tz(lookup_tzid=False).utcoffset(day) if told else timedelta(0)
        assert offset == day.replace(tzinfo=ZoneInfo(zone)).utcoffset(), day


def _sundays(first: datetime) -> Iterator[datetime]:
    for week in range(52 * 9):
        yield first.replace(tzinfo=None) + timedelta(weeks=week)


@pytest.mark.parametrize("today", ["1000-01-01", "1600-02-29", "9900-12-31"])
def test_a_day_at_either_end_of_the_calendar_stops_nothing(today: str, tmp_path: Path) -> None:
    files_ = {
        **FILES,
        "content/company/review.md": MEETING.replace("monthly", "daily").replace("on: first Tuesday\n", ""),
    }
    events = of(tmp_path, files_=files_, today=today, timezone="Pacific/Auckland")
    assert "Monthly review" in {name for name, _ in said(events)}


def test_a_meeting_with_no_time_is_on_the_whole_day_and_one_with_no_day_nowhere(tmp_path: Path) -> None:
    plain = MEETING.replace('time: "10:00"\n', "")
    raw = calendars(handbook_of(tmp_path, {**FILES, "content/company/review.md": plain}))["handbook/calendars/all.ics"]
    assert b"VTIMEZONE" not in raw
    assert ("Monthly review", date(2026, 1, 6)) in said(read(raw))
    loose = MEETING.replace("on: first Tuesday\n", "")
    assert "Monthly review" not in {
        name for name, _ in said(of(tmp_path, files_={**FILES, "content/company/review.md": loose}))
    }
