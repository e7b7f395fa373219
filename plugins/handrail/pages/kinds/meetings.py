"""The page of a meeting, with its next turn, agenda and register of decisions, and the page with all meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from handrail.measures.agenda import Agenda, Item, Why, agenda
from handrail.model.meetings import Meeting, meeting, meetings, overload, takes_part
from handrail.model.page import Page
from handrail.model.trust import Trust
from handrail.pages import calendars
from handrail.pages.audience import Link, Shown
from handrail.pages.decisions import ANCHOR, overdue, register, state_words, who_words
from handrail.pages.phrases import name_words, names_in_words
from handrail.pages.views import Entry, Row, Section, View, Words
from handrail.report.meetings import lacking_words, next_words, often_words, why_words
from handrail.words.language import capital, count_of, in_words
from handrail.words.trust import unbroken

_NOTHING = "Nothing asks to be spoken of."
_LOOKS_AT_NOTHING = "The meeting looks at no metric and no objective."
_LEVELS = {
    "team": "Team: what is stuck, and who moves it",
    "direction": "Direction: how the work flows, and why it does not",
    "company": "Company: which rules, plans and objectives change",
}


def meeting_view(shown: Shown, page: Page) -> View:
    """Return the view of a meeting."""
    found = meeting(shown.handbook, page)
    title = "How it works" if page.source.body.strip() else ""
    rows, sections = tuple(_rows(shown, found)), tuple(_agenda(shown, found))
    return View(rows=rows, sections=sections, text_title=title, after=(register(shown, page),))


def _rows(shown: Shown, found: Meeting) -> Iterator[Row]:
    page = found.page
    then, lacking = next_words(found), lacking_words(found)
    if then:
        zone = f" ({shown.handbook.settings.timezone})" if page.text("time") else ""
        yield Row("Next", (f"{then}{zone}",))
    elif lacking:
        forge = shown.forge
        add = Link("Add it", url=forge.edit(forge.page(page.src_uri))) if forge is not None else None
        yield Row("Next", ("Nobody can say. ", lacking, *((" ", add) if add is not None else ())))
    yield Row("Held", (capital(often_words(found)),))
    if page.text("place"):
        yield Row("Place", (page.text("place"),))
    if page.texts("participants"):
        yield Row("Who comes", names_in_words(shown, page.texts("participants")))
    if page.text("level") in _LEVELS:
        yield Row("Level", (_LEVELS[page.text("level")],))
    owner = shown.owner_of(page)
    if owner:
        yield Row("Owner", name_words(shown, owner))


def _agenda(shown: Shown, found: Meeting) -> Iterator[Section]:
    """Yield what is spoken of at the next turn, and what is only read before."""
    made = _made(shown, found)
    entries = tuple(_entry(shown, item) for item in made.items)
    words = () if entries else (_NOTHING if found.page.data.get("reviews") else f"{_NOTHING} {_LOOKS_AT_NOTHING}",)
    yield Section("Agenda of the next turn", "agenda", entries, words=words, ordered=True, is_in_lines=True)
    if made.read:
        read = tuple(Entry((Link(page.title, page),)) for page in made.read)
        yield Section("Read, not discussed", "read", read, folded=f"Show {count_of(len(read), 'document')}", level=3)


def _made(shown: Shown, found: Meeting) -> Agenda:
    return agenda(shown.scorecard.scope, shown.handbook.settings.audience, found)


def _entry(shown: Shown, item: Item) -> Entry:
    why = why_words(item)
    if item.decision is not None:
        link = Link(item.decision.text, item.page, part=ANCHOR)
        return _spoken_of(
            (link, ", ", *who_words(shown, item.decision)), why, Trust.LATE.value if Why.OVERDUE in item.why else ""
        )
    declines = item.metric is not None and Why.DECLINES in item.why
    trust = ("rising" if item.metric is not None and item.metric.is_down else "falling") if declines else ""
    return _spoken_of((Link(item.page.title, item.page),), why, trust)


def _spoken_of(words: Words, why: str, trust: str) -> Entry:
    """Return a line with why it is there: marked where something is wrong."""
    return Entry(words, why, trust=trust) if trust else Entry(words, note=why)


def all_meetings(shown: Shown) -> View:
    """Return the meetings by their next turn, overdue decisions by person, and the meetings that look at more than they decide."""
    found = [one for one in meetings(shown.handbook) if shown.shows(one.page)]
    found.sort(key=lambda one: (one.next_turn or date.max, one.page.title.casefold(), one.page.path))
    entries = tuple(map(partial(_next_turn, shown), found))
    decisions = [decision for one in found for decision in one.decisions]
    sections = (
        Section("By their next turn", "next-turns", entries, is_in_lines=True),
        *overdue(shown, decisions),
        *_decided_last(shown, found),
        *_overload(shown, found),
        *_calendars(shown),
    )
    return View(sections=sections)


def _decided_last(shown: Shown, found: list[Meeting]) -> Iterator[Section]:
    """Yield what each meeting decided on the last day on which it decided anything, the newest first; none where none ever did."""
    newest = [
        decision
        for one in found
        for decision in one.decisions
        if decision.day <= one.today
        and decision.day == max(other.day for other in one.decisions if other.day <= one.today)
    ]
    newest.sort(key=lambda one: one.day, reverse=True)
    entries = tuple(
        Entry(
            (Link(one.text, one.meeting, part=ANCHOR), ", ", *who_words(shown, one)),
            f"on {unbroken(in_words(one.day))}",
            note=f"{one.meeting.title}; {state_words(one, is_late=one.is_overdue(shown.handbook.today))}",
        )
        for one in newest
    )
    if entries:
        yield Section("Decided last", "decided-last", entries, is_in_lines=True)


def next_turns(shown: Shown, department: Page) -> Words:
    """Return when the meetings of a department take place next: those that are its own, and those to which its lead comes."""
    handbook = shown.handbook
    lead = handbook.registry.person(department.text("lead")) if department.text("lead") else None
    found = [
        (one.next_turn, one.page)
        for one in meetings(handbook)
        if one.next_turn is not None
        and shown.shows(one.page)
        and (
            handbook.department_of(one.page) is department
            or (lead is not None and takes_part(handbook, one.page, lead))
        )
    ]
    found.sort(key=lambda one: (one[0], one[1].title.casefold(), one[1].path))
    words: list[str | Link] = []
    for day, page in found:
        words += [", ", Link(page.title, page), f" on {unbroken(in_words(day))}"]
    return tuple(words[1:])


def _next_turn(shown: Shown, found: Meeting) -> Entry:
    items = _made(shown, found).items
    said = [
        capital(often_words(found)),
        f"{count_of(len(items), 'thing')} to speak of" if items else "nothing asks to be spoken of",
    ]
    if found.is_quiet and found.newest is not None:
        said.append(f"has decided nothing since {unbroken(in_words(found.newest))}")
    return Entry(
        (Link(found.page.title, found.page),),
        next_words(found) or "no day is known",
        note=lacking_words(found) or "; ".join(said),
    )


def _calendars(shown: Shown) -> Iterator[Section]:
    """Yield where the days stand for programs; none where no day is known."""
    words = calendars.follow(shown)
    if words:
        yield Section("In your calendar", "calendars", words=words)


def _overload(shown: Shown, found: list[Meeting]) -> Iterator[Section]:
    """Yield the meetings that look at more metrics than they took decisions in twelve months; none where no meeting does."""
    entries = []
    seen = frozenset(shown.pages(shown.handbook.of_kind("metric")))
    for one in found:
        too_much = overload(one, seen)
        if too_much is not None:
            took = f"took {count_of(too_much.decisions, 'decision')}" if too_much.decisions else "took none"
            looks_at = count_of(too_much.metrics, "metric")
            entries.append(
                Entry((Link(one.page.title, one.page),), note=f"looks at {looks_at} and {took} in twelve months")
            )
    if entries:
        words = (
            "A meeting that looks at more metrics than it decides is overloaded: look at fewer of them, or decide more."
        )
        yield Section("More metrics than decisions", "overload", tuple(entries), words=(words,), is_in_lines=True)
