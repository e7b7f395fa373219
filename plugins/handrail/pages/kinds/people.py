"""The view of the list of people: for each person and group where to reach them, what they carry, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining, normalize

from handrail.model.load import Load, Loads
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import SIGNING
from handrail.pages import calendars
from handrail.pages.audience import Link, Shown
from handrail.pages.generated.queue import entries_of
from handrail.pages.load import leaves, load_rows, load_words, still_named
from handrail.pages.named import HAVE_LEFT, link_to, place
from handrail.pages.phrases import commas, in_a_row
from handrail.pages.to_read import newcomers
from handrail.pages.views import Entry, Section, Table, View, Words
from handrail.words.language import as_sentence, in_words, join_words

_MANY = 12
"""So many names, and no more, are seen at a glance."""


def people(shown: Shown, page: Page) -> View:
    """Return the view of the registry: who is there, in which groups, and who has left."""
    registry, today = shown.handbook.registry, shown.handbook.today
    if shown.handbook.registry_page is not page:
        return View(lead=("Not in use: another page is the list of people.",))
    here = [person for person in registry.people.values() if person.is_here(today)]
    gone = [person for person in registry.people.values() if not person.is_here(today)]
    loads, owed = Loads(shown.handbook, frozenset(shown.pages(shown.handbook.documents))), _owed(shown)
    is_long = len(here) > _MANY
    by_name = sorted(here, key=lambda one: (_without_marks(one.name), one.id))
    with_calendar = calendars.whose(shown)
    sections = [Section("People", "people", letters=_letters(page, by_name) if is_long else ())]
    sections += [
        _section(
            shown,
            loads.of(one),
            _about(shown, one, has_calendar=one in with_calendar),
            owed.get(one, ()),
            is_long=is_long,
        )
        for one in by_name
    ]
    if registry.groups:
        sections.append(Section("Groups", "groups"))
        to_read = newcomers(shown)
        for one in registry.groups.values():
            sections.append(
                _section(shown, loads.of(one), _about_group(shown, one), owed.get(one, ()), is_long=is_long)
            )
            sections += [to_read[one]] if one in to_read else []
    if gone:
        sections.append(_gone(gone, loads))
    return View(sections=tuple(sections))


def _letters(page: Page, by_name: Iterable[Person]) -> tuple[Link, ...]:
    """Return a link to the first person of each letter with which a name begins."""
    first: dict[str, Person] = {}
    for person in by_name:
        letter = next((sign for sign in _without_marks(person.name) if sign.isalnum()), "").upper()
        first.setdefault(letter, person)
    return tuple(Link(letter, page, part=place(person)) for letter, person in first.items() if letter)


def _without_marks(name: str) -> str:
    """Return a name by which it is sorted: Étienne stands among those with an E."""
    return "".join(sign for sign in normalize("NFKD", name) if not combining(sign)).casefold()


def _section(shown: Shown, load: Load, said: Words, owed: tuple[Entry, ...], *, is_long: bool) -> Section:
    """Return the place of somebody; among many people what they carry is folded away behind how much it is."""
    rows, who = load_rows(shown, load), load.who
    folded = load_words(load) if is_long and rows else ""
    signs = {*load.roles, *load.through} & set(SIGNING)
    if signs and not owed:
        said = (*said, " Nothing on this site waits for their signature.")
    return Section(
        who.name,
        place(who),
        owed,
        words=said,
        rows=rows,
        rows_folded=folded,
        level=3,
        is_one_of_many=is_long,
    )


def _gone(gone: Iterable[Person], loads: Loads) -> Section:
    """Return those who have left; where somebody still keeps or could alone sign a page, also which."""
    known = [(person, still_named(loads.of(person))) for person in gone]
    rows = [((p.name,), (p.job,), (in_words(p.until) if p.until else "",), still) for p, still in known]
    if any(still for _, still in known):
        return Section("Have left", HAVE_LEFT, table=Table(("Name", "Job", "Until", "To hand over"), tuple(rows)))
    return Section("Have left", HAVE_LEFT, table=Table(("Name", "Job", "Until"), tuple(row[:3] for row in rows)))


def _about(shown: Shown, person: Person, *, has_calendar: bool) -> Words:
    """Say a person's job, where to reach them, who stands in, and to which groups they belong."""
    registry = shown.handbook.registry
    led = [page for page in shown.pages(shown.handbook.departments) if registry.find(page.text("lead")) == person]
    asked = [page.text("contact") for page in led if page.text("contact")][:1]
    asked += [f"@{person.handle.removeprefix('@')}"] if person.handle else []
    deputy = registry.deputy(person)
    groups = [group for group in registry.groups.values() if person in registry.members(group)]
    said: list[str | Link] = [f"{as_sentence(person.job)} "] if person.job else []
    said += [leaves(person, shown.handbook.today)]
    said += [f"Reach them at {join_words(asked, 'or')}. "] if asked else []
    said += (
        [link_to(shown, deputy), " stands in. "] if deputy is not None and deputy.is_here(shown.handbook.today) else []
    )
    if has_calendar:
        said += ["Their days stand in ", calendars.link(shown, "a calendar", person), ". "]
    said += ["Member of ", *commas(link_to(shown, group) for group in groups), "."] if groups else []
    return tuple(part for part in said if part)


def _about_group(shown: Shown, group: Group) -> Words:
    here = [member for member in shown.handbook.registry.members(group) if member.is_here(shown.handbook.today)]
    members = [link_to(shown, member) for member in here]
    if not members:
        return ("Nobody is in this group.",)
    quorum = "Agrees when all have signed." if group.quorum == "all" else "Agrees when one of them has signed."
    contact = f" Reach them at {group.contact}." if group.contact else ""
    return (*in_a_row(members), f". {quorum}{contact}")


def _owed(shown: Shown) -> dict[Person | Group, tuple[Entry, ...]]:
    """Return what each person and group is asked to sign."""
    found = shown.queue
    return {
        turn.who: entries
        for turn in found.turns
        if turn.who is not None and (entries := entries_of(shown, found, turn))
    }
