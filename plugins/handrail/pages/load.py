"""What a person or a group carries, as the lines of their place on the list of people: only of what the audience may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from handrail.model.dates import MONTHS
from handrail.model.load import MANY_A_MONTH, MANY_A_YEAR, Load
from handrail.model.meetings import Decision
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.roles import Role
from handrail.pages.audience import Link, Shown
from handrail.pages.decisions import ANCHOR
from handrail.pages.named import link_to
from handrail.pages.phrases import commas
from handrail.pages.views import Row, Words
from handrail.report.lists import by_title
from handrail.words.language import capital, count_of, in_words, join_words
from handrail.words.trust import unbroken

_ROLES = (Role.DECIDE, Role.AGREE, Role.RECOMMEND, Role.PERFORM, Role.INPUT)
"""The order in which they are listed: who answers for a text first."""


def load_rows(shown: Shown, load: Load) -> tuple[Row, ...]:
    """Return the lines on what somebody carries; lines with nothing on them are left out."""
    rows = [
        Row("Leads", _titles(load.leads)),
        *(Row(capital(role.acts_on), _titles(load.roles.get(role, ()))) for role in _ROLES),
        Row("Through groups", _through(shown, load)),
        Row("Keeps", _titles(load.owns)),
        Row("Is to do", _decisions(shown, load.decisions)),
        Row("Asked to sign", _asked(load), "Signatures of the next twelve months: each text again before its sign-off runs out"),
        Row("Alone", _alone(load), "Nobody else signs or looks after these pages, and nobody stands in"),
    ]  # fmt: skip
    return tuple(row for row in rows if row.words)


def load_words(load: Load) -> str:
    """Say in a line what somebody carries: Decides 3, agrees to 12, keeps 4; 9 signatures in twelve months, which are many."""
    counts = [(f"{role.acts_on} {len(load.roles[role])}") for role in _ROLES if role in load.roles]
    counts += [f"keeps {len(load.owns)}"] if load.owns else []
    counts += [f"leads {len(load.leads)}"] if load.leads else []
    counts += [f"{count_of(len(load.decisions), 'decision')} to carry out"] if load.decisions else []
    counts += ["in groups"] if load.through and not counts else []
    said = [", ".join(counts)] if counts else []
    if load.asked:
        many = ", which are many" if load.is_many else ""
        said.append(f"{count_of(len(load.asked), 'signature')} in twelve months{many}")
    said += [f"alone with {count_of(len(load.alone), 'page')}"] if load.alone else []
    return capital("; ".join(said))


def still_named(load: Load) -> Words:
    """Return what somebody who has left still keeps, or could alone sign."""
    words: list[str | Link] = []
    for what, pages in (("keeps ", load.orphaned), ("alone could sign ", load.unsignable)):
        if pages:
            words += ["; " if words else "", what, *_titles(pages)]
    return tuple(words)


def _titles(pages: Iterable[Page]) -> Words:
    return commas(Link(page.title, page) for page in sorted(pages, key=by_title))


def _through(shown: Shown, load: Load) -> Words:
    """Return how many documents somebody has a role in by each of their groups, whose place lists them."""
    counts: dict[Group, dict[Role, int]] = defaultdict(lambda: defaultdict(int))
    for role in _ROLES:
        for one in load.through.get(role, ()):
            counts[one.group][role] += 1
    words: list[str | Link] = []
    for group, by_role in counts.items():
        said = join_words(f"{role.acts_on} {number}" for role, number in by_role.items())
        words += ["; " if words else "", f"{said} with ", link_to(shown, group)]
    return tuple(words)


def _decisions(shown: Shown, decisions: Iterable[Decision]) -> Words:
    words: list[str | Link] = []
    for one in decisions:
        late = one.is_overdue(shown.handbook.today)
        due = f", {'overdue since' if late else 'due on'} {unbroken(in_words(one.due))}" if one.due is not None else ""
        words += ["; " if words else "", Link(one.text, one.meeting, part=ANCHOR), due]
    return tuple(words)


def _asked(load: Load) -> Words:
    if not load.asked:
        return ()
    said = f"{len(load.asked)} in twelve months: {', '.join(_months(load.by_month))}"
    if not load.is_many:
        return (said,)
    fullest = max(load.by_month.values())
    why = f"over {MANY_A_YEAR} a year" if len(load.asked) > MANY_A_YEAR else ""
    month = f"over {MANY_A_MONTH} in one month" if fullest > MANY_A_MONTH else ""
    return (f"{said}. That is many: {join_words(filter(None, (why, month)))}",)


def _months(by_month: dict[date, int]) -> Iterator[str]:
    """Say how many each month has; the year is said where it begins."""
    year = None
    for month, count in by_month.items():
        yield f"{count} in {MONTHS[month.month - 1]}{'' if year == month.year else f' {month.year}'}"
        year = month.year


def _alone(load: Load) -> Words:
    return ("Nobody else signs or looks after ", *_titles(load.alone)) if load.alone else ()


def leaves(person: Person, today: date) -> str:
    """Say on which day somebody leaves who is still there; nothing where nobody knows of any."""
    return f"Leaves on {in_words(person.until)}. " if person.until is not None and person.until >= today else ""
