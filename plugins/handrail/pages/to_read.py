"""Who is to read a document: the line that says so on its page, a newcomer's list for each group, and what waits to be read.

Who has not confirmed is shown by an internal build alone, and only where the settings have it recorded: on a public site stand neither
names nor numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from handrail.forge.feedback_forms import READ
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.record_rows import READ as READ_FILE
from handrail.model.references import PLAN
from handrail.model.to_read import OFF, PRIVATE, ToRead, can_be_read, named_readers
from handrail.pages.audience import Link, Shown
from handrail.pages.named import link_to, place
from handrail.pages.phrases import commas, names_in_words
from handrail.pages.views import Button, Entry, Row, Section
from handrail.report.lists import by_title, table_of_contents
from handrail.words.language import in_words
from handrail.words.trust import unbroken

_PATIENCE = timedelta(days=30)
"""So long after they were asked to read a text nobody is reminded of it."""
_MANY = 12
"""So many entries, and no more, are seen at a glance."""
_FIRST = ("mission", "vision")
_CONFIRM = "I have read this text"
_ONLY_PRIVATE = "Confirmations are recorded only where the repository is private; none is recorded yet."


def reading_rows(shown: Shown, page: Page) -> tuple[Row, ...]:
    """Return the lines on who is to read a document, and who has not confirmed that they have, where that may be seen."""
    if not page.texts("readers") or page.is_retired:
        return ()
    rows = [Row("For", names_in_words(shown, page.texts("readers")), "Who has to have read it")]
    found = shown.to_read.of(page) if _is_seen(shown) else None
    if found is not None and found.people:
        lost = shown.handbook.project.records.lost(READ_FILE)
        missing = commas(link_to(shown, person) for person in found.missing)
        words = (lost.of_the_file,) if lost is not None else missing or ("Nobody; everyone who is asked has.",)
        rows.append(Row("Have not confirmed", words, "Who is asked to read the signed text", is_searched=False))
    return tuple(rows)


def confirm_button(shown: Shown, page: Page) -> Button | None:
    """Return what opens the form by which somebody confirms the text as it stands; None where nobody is asked to."""
    if shown.forge is None or not shown.forms.read or shown.handbook.settings.read_records == OFF:
        return None
    found = shown.to_read.of(page)
    if found is None or not found.is_as_it_stands:
        return None
    url = READ.url(shown.forge, shown.handbook.identity(page), str(found.text))
    return Button(_CONFIRM, url) if url else None


def confirm_row(shown: Shown, page: Page) -> Row | None:
    """Return the line that leads to the same form, for a page that has no buttons."""
    button = confirm_button(shown, page)
    return Row("Confirm", (Link(button.words, url=button.url),), is_searched=False) if button is not None else None


def newcomers(shown: Shown) -> Mapping[Group, Section]:
    """Return what somebody new in each group reads, in order, of the groups that some document names; a long list is folded away."""
    handbook, order = shown.handbook, _reading_order(shown)
    named: dict[Group, list[Page]] = defaultdict(list)
    for page in shown.pages(handbook.documents):
        if can_be_read(page) and _is_current(handbook, page):
            for who in named_readers(handbook, page):
                if isinstance(who, Group):
                    named[who].append(page)
    return {
        group: _newcomers(
            group, sorted(pages, key=lambda page: (_rank(page), order.get(page, len(order)), by_title(page)))
        )
        for group, pages in named.items()
    }


def _newcomers(group: Group, pages: list[Page]) -> Section:
    entries = tuple(Entry((Link(page.title, page),)) for page in pages)
    folded = f"{len(entries)} documents to read, in order" if len(entries) > _MANY else ""
    return Section(f"New in {group.name}", f"new-in-{place(group)}", entries, ordered=True, level=4, folded=folded)


def _reading_order(shown: Shown) -> Mapping[Page, int]:
    """Return the place of each procedure in the table of contents."""
    contents = table_of_contents(shown.handbook)
    entries = [one for department in contents.departments for line in department.lines for one in line.sops]
    return {entry.page: at for at, entry in enumerate((*entries, *contents.no_plan))}


def to_read(shown: Shown) -> Iterator[Section]:
    """Yield what people have been asked to read for thirty days and have not confirmed, by person; only in an internal build."""
    asked = shown.to_read.all if _is_seen(shown) else []
    if not asked:
        return
    lost = shown.handbook.project.records.lost(READ_FILE)
    if lost is not None:
        yield Section("To read", "to-read", words=(lost.of_the_file,))
        return
    waiting: dict[Person, list[ToRead]] = defaultdict(list)
    for one in asked:
        for person in one.missing:
            since = one.asked_since(person)
            if since is not None and since + _PATIENCE < shown.handbook.today:
                waiting[person].append(one)
    is_unrecorded = shown.handbook.settings.read_records == PRIVATE and not shown.handbook.project.records.read
    if waiting or is_unrecorded:
        yield Section("To read", "to-read", words=(_ONLY_PRIVATE,) if is_unrecorded else ())
    for person in sorted(waiting, key=lambda one: (one.name.casefold(), one.id)):
        entries = tuple(_entry(one, person) for one in sorted(waiting[person], key=lambda one: by_title(one.page)))
        yield Section(person.name, f"to-read-{place(person)}", entries, heading=link_to(shown, person), level=3)


def _entry(one: ToRead, person: Person) -> Entry:
    since = one.asked_since(person)
    state = f"asked since {unbroken(in_words(since))}" if since is not None else ""
    return Entry((Link(one.page.title, one.page),), state)


def _is_seen(shown: Shown) -> bool:
    """Say whether this build may show who has not confirmed."""
    settings = shown.handbook.settings
    return settings.audience == "internal" and settings.read_records != OFF


def _is_current(handbook: Handbook, page: Page) -> bool:
    """Say whether a document is no plan but the one in force of its line."""
    plan, line = handbook.plans.get(page), handbook.lines.get(page.id)
    return plan is None or (line is not None and line.in_force is plan)


def _rank(page: Page) -> int:
    """Return where a kind comes: mission and visions, plans, procedures, all else."""
    if page.counted_as in _FIRST:
        return _FIRST.index(page.counted_as)
    if page.counted_as == PLAN:
        return len(_FIRST)
    return len(_FIRST) + (1 if page.is_reviewed else 2)
