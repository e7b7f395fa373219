"""The view of the list of people: for each person and group where to reach them, what they answer for, and what waits for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import combining, normalize

from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.report.lists import by_title
from handrail.site.audience import Link, Shown
from handrail.site.named import HAVE_LEFT, link_to, place
from handrail.site.phrases import commas, in_a_row
from handrail.site.queue import entries_of
from handrail.site.views import Entry, Row, Section, Table, View, Words
from handrail.words.language import as_sentence, in_words, join_words

_MANY = 12
"""So many names, and no more, are seen at a glance."""
_WAYS = ((Role.DECIDE, "Decides"), (Role.AGREE, "Agrees to"), (Role.PERFORM, "Performs"))
_LEADS, _KEEPS = "Leads", "Keeps"
_ORDER = (_LEADS, *(name for _, name in _WAYS), _KEEPS)


def people(shown: Shown, page: Page) -> View:
    """Return the view of the registry: who is there, in which groups, and who has left."""
    registry, today = shown.handbook.registry, shown.handbook.today
    if shown.handbook.registry_page is not page:
        return View(lead=("Not in use: another page is the list of people.",))
    here = [person for person in registry.people.values() if person.is_here(today)]
    gone = [person for person in registry.people.values() if not person.is_here(today)]
    duties, owed = _duties(shown), _owed(shown)
    by_name = sorted(here, key=lambda one: (_without_marks(one.name), one.id))
    sections = [Section("People", "people", letters=_letters(page, by_name) if len(by_name) > _MANY else ())]
    sections += [_section(one, _about(shown, one), duties[one], owed.get(one, ())) for one in by_name]
    if registry.groups:
        sections.append(Section("Groups", "groups"))
        groups = registry.groups.values()
        sections += [_section(one, _about_group(shown, one), duties[one], owed.get(one, ())) for one in groups]
    if gone:
        rows = tuple(((p.name,), (p.job,), (in_words(p.until) if p.until else "",)) for p in gone)
        sections.append(Section("Have left", HAVE_LEFT, table=Table(("Name", "Job", "Until"), rows)))
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


def _section(who: Person | Group, said: Words, duties: dict[str, list[Page]], owed: tuple[Entry, ...]) -> Section:
    rows = tuple(
        Row(name, commas(Link(page.title, page) for page in sorted(duties[name], key=by_title)))
        for name in _ORDER
        if duties.get(name)
    )
    return Section(who.name, place(who), owed, words=said, rows=rows, level=3)


def _about(shown: Shown, person: Person) -> Words:
    """Say a person's job, where to reach them, who stands in, and to which groups they belong."""
    registry = shown.handbook.registry
    led = [page for page in shown.pages(shown.handbook.departments) if registry.find(page.text("lead")) == person]
    asked = [page.text("contact") for page in led if page.text("contact")][:1]
    asked += [f"@{person.handle.removeprefix('@')}"] if person.handle else []
    deputy = registry.deputy(person)
    groups = [group for group in registry.groups.values() if person in registry.members(group)]
    said: list[str | Link] = [f"{as_sentence(person.job)} "] if person.job else []
    said += [f"Reach them at {join_words(asked, 'or')}. "] if asked else []
    said += (
        [link_to(shown, deputy), " stands in. "] if deputy is not None and deputy.is_here(shown.handbook.today) else []
    )
    said += ["Member of ", *commas(link_to(shown, group) for group in groups), "."] if groups else []
    return tuple(said)


def _about_group(shown: Shown, group: Group) -> Words:
    here = [member for member in shown.handbook.registry.members(group) if member.is_here(shown.handbook.today)]
    members = [link_to(shown, member) for member in here]
    if not members:
        return ("Nobody is in this group.",)
    quorum = "Agrees when all have signed." if group.quorum == "all" else "Agrees when one of them has signed."
    contact = f" Reach them at {group.contact}." if group.contact else ""
    return (*in_a_row(members), f". {quorum}{contact}")


def _duties(shown: Shown) -> dict[Person | Group, dict[str, list[Page]]]:
    """Return the documents for which each person and group answers, by what they do about them."""
    registry = shown.handbook.registry
    found: dict[Person | Group, dict[str, list[Page]]] = defaultdict(lambda: defaultdict(list))

    def add(name: str, way: str, page: Page) -> None:
        who = registry.find(name) if name else None
        if who is not None and page not in found[who][way]:
            found[who][way].append(page)

    for page in shown.pages(shown.handbook.documents):
        if page.is_retired:
            continue
        for role, way in _WAYS:
            for named in page.rapid.names(role):
                add(named.name, way, page)
        add(page.text("owner"), _KEEPS, page)
        add(page.text("lead"), _LEADS, page)
    return found


def _owed(shown: Shown) -> dict[Person | Group, tuple[Entry, ...]]:
    """Return what each person and group is asked to sign."""
    found = shown.queue
    return {
        turn.who: entries
        for turn in found.turns
        if turn.who is not None and (entries := entries_of(shown, found, turn))
    }
