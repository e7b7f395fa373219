"""The view of the review queue: for each person and group the pages that they are asked to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.model.people import Group
from handrail.model.unidentified import as_id
from handrail.pages import calendars
from handrail.pages.audience import Link, Shown
from handrail.pages.experience import issue_links
from handrail.pages.named import link_to
from handrail.pages.signatures import SIGN_ANCHOR
from handrail.pages.to_read import to_read
from handrail.pages.views import Entry, Section, View, Words
from handrail.report.experience import open_words
from handrail.report.queue import Queue, Turn
from handrail.report.queue_formats import reports_title
from handrail.words.assignments import by_when, in_sentences
from handrail.words.language import capital

_ABOUT = "These pages are in use and ask for a signature. Whoever decides signs last; who is not named here, alone or in a group, has nothing to sign on this site."


def queue(shown: Shown) -> View:
    """Return what is waiting to be signed, by who is asked."""
    found = shown.queue
    if found.trouble:
        return View(lead=(found.trouble,))
    listed = [(turn, entries_of(shown, found, turn), _reports(shown, turn)) for turn in found.turns]
    sections = [
        section
        for number, (turn, entries, reports) in enumerate(listed)
        if entries or reports
        for section in _sections(shown, turn, entries, reports, number)
    ]
    is_asked = any(entries for _, entries, _ in listed)
    lead = (_ABOUT, *_calendars(shown)) if is_asked else ("Nothing is waiting to be signed.",)
    return View(lead=lead, sections=(*sections, *to_read(shown)))


def _calendars(shown: Shown) -> Words:
    """Say where the days stand in a calendar; nothing where none is known."""
    sentence = calendars.follow(shown)
    return (" ", *sentence) if sentence else ()


def _reports(shown: Shown, turn: Turn) -> tuple[Entry, ...]:
    """Return the open reports on pages that someone looks after, as far as these may be seen."""
    return tuple(
        Entry((Link(page.title, page), *_behind(issue_links(shown, reports))), note=capital(f"{open_words(reports)}."))
        for page, reports in turn.reports
        if shown.shows(page)
    )


def _behind(links: Words) -> Words:
    return (" (", *links, ")") if links else ()


def _sections(
    shown: Shown, turn: Turn, entries: tuple[Entry, ...], reports: tuple[Entry, ...], number: int
) -> Iterator[Section]:
    """Yield who is asked with what they are asked to sign, and below it the reports on their pages."""
    section = _section(shown, turn, entries, number)
    yield section
    if reports:
        yield Section(reports_title(turn), f"reports-{section.anchor}", reports, level=3)


def _section(shown: Shown, turn: Turn, entries: tuple[Entry, ...], number: int) -> Section:
    asked = turn.asked
    title = ", ".join(filter(None, (asked.name, asked.job)))
    if turn.who is None:
        return Section(title, "nobody", entries)
    # Without a list of people an id is a name as someone wrote it, in any script.
    anchor = as_id(turn.who.id) or str(number)
    contact = turn.who.contact if isinstance(turn.who, Group) else ""
    words = (f"Reach them at {contact}.",) if contact else ()
    heading = replace(link_to(shown, turn.who), text=title)
    return Section(title, f"for-{anchor}", entries, words=words, heading=heading)


def entries_of(shown: Shown, found: Queue, turn: Turn) -> tuple[Entry, ...]:
    """Return what one of those who are asked is to sign, as far as it may be seen; each leads to where that is done."""
    # Where nobody can sign, the page has no place for it.
    part = SIGN_ANCHOR if turn.who is not None else ""
    today = found.handbook.today
    return tuple(
        Entry(
            (Link(one.page.title, one.page, part=part),),
            state=by_when(one, today),
            note=in_sentences(one, today),
        )
        for one in turn.assignments
        if shown.shows(one.page)
    )
