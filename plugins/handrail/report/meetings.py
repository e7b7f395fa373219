"""Meetings in words: how often and when one takes place, and why something is on its agenda."""

from __future__ import annotations

from datetime import datetime, timedelta

from handrail.measures.agenda import Item, Why
from handrail.model.dates import MONTHS as NAMES
from handrail.model.dates import parse_day
from handrail.model.frequencies import said
from handrail.model.meetings import Meeting
from handrail.model.page import Page
from handrail.model.turns import LAST, MONTHS, WEEKDAYS, Turns, Untold
from handrail.report.trends import metric_way
from handrail.words.language import in_words, join_words
from handrail.words.trust import unbroken

_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_SHORTEST_MONTH = 28
_ANY_DAY = "2000-01-01"


def often_words(meeting: Meeting) -> str:
    """Say how often a meeting takes place, and on which day: quarterly, on the first Tuesday of March, June, September and December."""
    often, turns = said(meeting.page.text("frequency")), meeting.turns
    if isinstance(turns, Untold) or (turns.day is None and turns.weekday is None):
        return often
    return f"{often}, on {_day(turns)}{_months(turns)}"


def _day(turns: Turns) -> str:
    if turns.day is not None:
        return f"day {turns.day}" + (", or the month's last" if turns.day > _SHORTEST_MONTH else "")
    name = WEEKDAYS[turns.weekday or 0]
    return f"the {_PLACES[turns.place]} {name}" if turns.place is not None else name


def _months(turns: Turns) -> str:
    """Name the months, where not every one has a turn."""
    step = MONTHS.get(turns.frequency, 1)
    if turns.anchor is None or step == 1:
        return ""
    months = sorted((turns.anchor.month - 1 + at) % len(NAMES) for at in range(0, len(NAMES), step))
    return f" of {join_words(NAMES[month] for month in months)}"


def next_words(meeting: Meeting) -> str:
    """Say on which day and at what time a meeting takes place next; nothing where nobody can say."""
    day = meeting.next_turn
    if day is None:
        return ""
    return ", ".join(filter(None, (WEEKDAYS[day.weekday()], unbroken(in_words(day)), time_words(meeting.page))))


def time_words(page: Page) -> str:
    """Say from when to when a meeting takes place; nothing where no time is known."""
    begins, minutes = begins_at(page), page.data.get("minutes")
    if begins is None:
        return ""
    if not isinstance(minutes, int) or page.doubts("minutes"):
        return f"{begins:%H:%M}"
    return f"{begins:%H:%M} to {begins + timedelta(minutes=minutes):%H:%M}"


def begins_at(page: Page) -> datetime | None:
    """Return the time at which a meeting begins, on some day; None where it names none that can be read."""
    if page.doubts("time") or not page.text("time"):
        return None
    return datetime.fromisoformat(f"{_ANY_DAY}T{page.text('time')}")


def lacking_words(meeting: Meeting) -> str:
    """Say what to add to a meeting's page so that its days are known; nothing where they are."""
    if isinstance(meeting.turns, Turns):
        return ""
    if meeting.turns.field == "from":
        return "Add “from” with a day on which it took place or will, such as 2026-03-10."
    weekly = meeting.page.text("frequency") in ("weekly", "fortnightly")
    return f"Add “on” with the day on which it takes place, such as {'Tuesday' if weekly else 'first Tuesday'}."


def why_words(item: Item) -> str:
    """Say why something is on an agenda."""
    return "; ".join(_why(item, why) for why in item.why)


def _why(item: Item, why: Why) -> str:
    match why:
        case Why.OVERDUE:
            return f"overdue since {_on(item)}"
        case Why.DAY_HAS_COME:
            has_come = item.goal is None or item.goal.has_come
            return f"its day {'has come: it was' if has_come else 'will have come: it is'} due on {_on(item)}"
        case Why.DUE_SOON | Why.DUE:
            return f"due on {_on(item)}"
        case Why.NOT_TOLD:
            return f"nobody has said how it is doing since {_told(item)}"
        case Why.PROPOSED:
            return "proposed: open it, or say why not"
    return _of_a_metric(item, why)


def _on(item: Item) -> str:
    due = item.decision.due if item.decision is not None else parse_day(item.page.data.get("due"))
    return unbroken(in_words(due)) if due is not None else ""


def _told(item: Item) -> str:
    told_on = item.goal.told_on if item.goal is not None else None
    since = told_on or parse_day(item.page.data.get("opened"))
    return unbroken(in_words(since)) if since is not None else ""


def _of_a_metric(item: Item, why: Why) -> str:
    found = item.metric
    if found is None or not found.values:
        return why.value
    last, unit = found.values[-1], item.page.text("unit")
    if why is Why.NO_NEW_VALUE:
        return (
            f"no new value since {unbroken(in_words(last.day))}, though it is taken {said(item.page.text('frequency'))}"
        )
    if why is Why.DECLINES:
        way = metric_way(found)
        return f"{way[:1].lower()}{way[1:]}{', and lower is better' if found.is_down else ''}"
    target = found.target.said if found.target is not None else ""
    met = "meets its target now" if found.meets else "no longer meets its target"
    return f"{met}: {last.said} {unit}, target {target}"
