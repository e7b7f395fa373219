"""Calendars (RFC 5545) of what has a day: meetings, sign-offs that run out, decisions and objectives that are due, plans that end.

Whoever subscribes to one gets each day once, whatever is built: an entry's id outlives builds, and all that says when it was made is the day of
the build. So two builds of one day are equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from handrail.model.made_pages import EVERYONE, calendar_name
from handrail.model.meetings import Meeting
from handrail.model.turns import DAILY, LAST, MONTHS, WEEKS, Turns
from handrail.pages.audience import Shown
from handrail.pages.calendars import Dated, by_person, dated
from handrail.report.meetings import begins_at, often_words
from handrail.report.plain import without_surrogates
from handrail.text.visible import one_line
from handrail.web.metadata import Site

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_YEARS_AHEAD = 10
"""So many years of a zone's changes of time are told; what is built anew tells later ones."""
_NOWHERE = "handbook.invalid"
_END = b"END:VCALENDAR\r\n"


def files(shown: Shown, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the calendars, each with its place on the site: that of everything, then each person's; none where nothing has a day."""
    found, folder = dated(shown), shown.handbook.settings.generated
    if not found:
        return
    # Most days stand in several calendars, and writing them is most of the work.
    entries = {(one.page.path, one.what): _entry(shown, site, one) for one in found}
    yield folder.calendar(EVERYONE), _written(shown, site.name, entries.values())
    for person, ours in by_person(shown, found).items():
        own = [entries[one.page.path, one.what] for one in ours]
        yield folder.calendar(calendar_name(person)), _written(shown, f"{site.name}: {person.name}", own)


def places(shown: Shown) -> Iterator[str]:
    """Yield where the calendars lie on the site, that of everything first; none where nothing has a day."""
    found, folder = dated(shown), shown.handbook.settings.generated
    if found:
        yield folder.calendar(EVERYONE)
    yield from (folder.calendar(calendar_name(person)) for person in by_person(shown, found))


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as it is written; where it has a time of day, its calendar tells the zone."""

    written: bytes
    has_time: bool = False


def _entry(shown: Shown, site: Site, one: Dated) -> _Entry:
    address = site.address(one.page.url)
    address = f"{address}#{one.part}" if address and one.part else address
    begun = _uid(shown, site, one), shown.handbook.today, _text(one.summary)
    if one.meeting is None:
        return _of_a_day(*begun, one.day, address)
    event = _begun(*begun)
    _add_turns(shown, event, one.meeting)
    return _Entry(_ended(event, address), begins_at(one.meeting.page) is not None)


@lru_cache(maxsize=4_096)
def _of_a_day(uid: str, today: date, summary: str, day: date | None, address: str) -> _Entry:
    """Return the entry of a whole day; a preview asks for most of them again and again."""
    event = _begun(uid, today, summary)
    if day is not None:
        event.add("dtstart", day)
        event.add("transp", "TRANSPARENT")  # nobody is taken up for a whole day
    return _Entry(_ended(event, address))


def _begun(uid: str, today: date, summary: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", summary)
    return event


def _ended(event: Event, address: str) -> bytes:
    if address:
        event.add("url", address)
    return bytes(event.to_ical())


def _written(shown: Shown, name: str, entries: Collection[_Entry]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Handrail//Handbook as code//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _text(name))
    has_times = any(entry.has_time for entry in entries)
    zone = _zone(shown.handbook.settings.timezone, shown.handbook.today.year) if has_times else b""
    begun = bytes(calendar.to_ical()).removesuffix(_END)
    return b"".join((begun, zone, *(entry.written for entry in entries), _END))


@lru_cache(maxsize=8)
def _zone(name: str, year: int) -> bytes:
    """Return what a calendar tells of a zone from a year on: when its clocks are changed; nothing of one that every program knows."""
    calendar, event = Calendar(), Event()
    event.add("dtstart", datetime(year, 1, 1, tzinfo=ZoneInfo(name)))
    calendar.add_component(event)
    first, last = date(year, 1, 1), date(min(year + _YEARS_AHEAD, date.max.year - 1), 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=max(first, last))
    return b"".join(bytes(zone.to_ical()) for zone in calendar.timezones)


def _uid(shown: Shown, site: Site, one: Dated) -> str:
    """Return an id of kind, id, what it is and the site's host; of several sites at one host the path tells which."""
    parts = urlsplit(site.url)
    host = f"{parts.hostname or _NOWHERE}{parts.path.rstrip('/')}"
    identity = shown.handbook.identity(one.page).replace(":", "-").replace("@", "-")
    return _text(f"{identity}-{one.what}@{host}")


def _text(text: str) -> str:
    return without_surrogates(one_line(text))


def _add_turns(shown: Shown, event: Event, meeting: Meeting) -> None:
    """Add the days of a meeting, from the first one of this year on, or from when it begins; without a time it is on the whole day."""
    page, today = meeting.page, shown.handbook.today
    if not isinstance(meeting.turns, Turns):
        return
    first = next(meeting.turns_since(today.replace(month=1, day=1)))
    begins, minutes = begins_at(page), page.data.get("minutes")
    if begins is None:
        event.add("dtstart", first)
        event.add("transp", "TRANSPARENT")
    else:
        zone = shown.handbook.settings.timezone
        event.add("dtstart", datetime.combine(first, begins.time(), ZoneInfo(zone)))
        if isinstance(minutes, int) and not page.doubts("minutes"):
            event.add("duration", timedelta(minutes=minutes))
    event.add("rrule", recurrence(meeting.turns))
    event.add("description", _text(often_words(meeting)))
    if page.text("place"):
        event.add("location", _text(page.text("place")))


def recurrence(turns: Turns) -> dict[str, Any]:
    """Return the rule by which a calendar finds the days of a meeting, given one of them to begin with."""
    if turns.frequency == DAILY:
        return {"freq": "daily"}
    if turns.frequency in WEEKS:
        return {"freq": "weekly", "interval": WEEKS[turns.frequency], "byday": _WEEKDAYS[turns.weekday or 0]}
    rule: dict[str, Any] = {"freq": "monthly", "interval": MONTHS[turns.frequency]}
    if turns.day is None:
        place = turns.place if turns.place is not None else 1
        return {**rule, "byday": f"{-1 if place == LAST else place}{_WEEKDAYS[turns.weekday or 0]}"}
    if turns.day <= _SHORTEST_MONTH or turns.day == _LONGEST_MONTH:
        return {**rule, "bymonthday": turns.day if turns.day <= _SHORTEST_MONTH else LAST}
    # A month that has no such day takes its last.
    return {**rule, "bymonthday": list(range(_SHORTEST_MONTH, turns.day + 1)), "bysetpos": -1}
