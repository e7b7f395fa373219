"""What has a day in a calendar, whom it concerns, and where the calendars lie: one of everything, one of each person's.

A person has one who is asked to sign, has something to do by a day, or takes part in a meeting; nobody where the list of people
may not be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from handrail.model.dates import parse_day
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.made_pages import EVERYONE, calendar_name
from handrail.model.meetings import Meeting, meetings
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.model.signoff import is_asked_to_be_signed
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Words

_SIGNERS = (Role.DECIDE, Role.AGREE)
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a day: a day of its own, or the turns of a meeting.

    `what` tells it from other days of the same page for good; `part` is that of the page where it is said.
    """

    page: Page
    what: str
    summary: str
    people: frozenset[Person]
    day: date | None = None
    meeting: Meeting | None = None
    part: str = ""


def dated(shown: Shown) -> list[Dated]:
    """Return everything with a day that may be seen, by page."""
    found = (*_sign_offs(shown), *_plans(shown), *_objectives(shown), *_meetings(shown))
    once = {(one.page.path, one.what): one for one in found}  # what a meeting wrote down twice is one thing to do
    return [once[key] for key in sorted(once)]


def by_person(shown: Shown, found: Iterable[Dated]) -> dict[Person, list[Dated]]:
    """Return what concerns each person, by their ids; nothing where the list of people may not be seen."""
    page = shown.handbook.registry_page
    if page is None or not shown.shows(page) or shown.handbook.registry_is_in_doubt:
        return {}
    each: dict[Person, list[Dated]] = {}
    for one in found:
        for who in one.people:
            each.setdefault(who, []).append(one)
    return dict(sorted(each.items(), key=lambda ours: ours[0].id))


def whose(shown: Shown) -> frozenset[Person]:
    """Return the people who have a calendar."""
    return frozenset(by_person(shown, dated(shown)))


def follow(shown: Shown) -> Words:
    """Say which calendars a program can follow; nothing where nothing has a day."""
    found = dated(shown)
    if not found:
        return ()
    people = shown.handbook.registry_page if by_person(shown, found) else None
    more: Words = (", and each person's at their name in ", Link(people.title, people)) if people is not None else ()
    return ("As calendars, for programs that follow an address: ", link(shown, "everything"), *more, ".")


def link(shown: Shown, text: str, person: Person | None = None) -> Link:
    """Return a link to a person's calendar, without one to that of everything."""
    name = calendar_name(person) if person is not None else EVERYONE
    return Link(text, place=shown.handbook.settings.generated.calendar(name))


def _here(shown: Shown, names: Iterable[str]) -> frozenset[Person]:
    """Return the people whom names mean, those in groups too, who have not left."""
    registry, found = shown.handbook.registry, set[Person]()
    for name in filter(None, names):
        who = registry.find(name)
        members = registry.members(who) if isinstance(who, Group) else [who] if who is not None else []
        found.update(person for person in members if person.is_here(shown.handbook.today))
    return frozenset(found)


def _signers(shown: Shown, page: Page) -> frozenset[Person]:
    return _here(shown, (named.name for role in _SIGNERS for named in page.rapid.names(role)))


def _sign_offs(shown: Shown) -> Iterator[Dated]:
    for page in shown.pages(shown.handbook.documents):
        until = shown.handbook.sign_off(page).until if is_asked_to_be_signed(page) else None
        if until is not None:
            yield Dated(page, "sign-off", f"Sign-off runs out: {page.title}", _signers(shown, page), until)


def _plans(shown: Shown) -> Iterator[Dated]:
    for line in shown.handbook.lines.values():
        plan = line.in_force
        if plan is not None and plan.period is not None and shown.shows(plan.page):
            yield Dated(plan.page, "end", f"Plan ends: {plan.page.title}", _signers(shown, plan.page), plan.period.end)


def _objectives(shown: Shown) -> Iterator[Dated]:
    for page in shown.pages(shown.handbook.of_kind(OBJECTIVE)):
        due = parse_day(page.data.get("due")) if page.is_in_force else None
        if due is not None:
            yield Dated(page, "due", f"Objective due: {page.title}", _here(shown, [page.text("owner")]), due)


def _meetings(shown: Shown) -> Iterator[Dated]:
    for meeting in meetings(shown.handbook):
        page = meeting.page
        if not shown.shows(page):
            continue
        if meeting.next_turn is not None:
            yield Dated(page, "turn", page.title, _here(shown, page.texts("participants")), meeting=meeting)
        for decision in meeting.decisions:
            if decision.is_open and decision.due is not None:
                # By its place it would be another one as soon as something is written above it.
                mark = sha256(f"{decision.day} {decision.text}".encode(errors="replace")).hexdigest()[:_DIGITS]
                what, summary = f"decision-{decision.day}-{mark}", f"Decision due: {decision.text}"
                yield Dated(page, what, summary, _here(shown, [decision.owner]), decision.due, part="decisions")
