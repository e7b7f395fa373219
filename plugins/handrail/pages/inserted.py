"""The views that a page asks for by a line of its own, such as `[[view:departments]]`, and puts where its authors like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

from handrail.model.generated import Made
from handrail.model.goals import board
from handrail.model.page import Page
from handrail.model.trust import Trust, trust
from handrail.model.view_lines import ViewName
from handrail.pages.audience import Link, Shown
from handrail.pages.generated import changes
from handrail.pages.goals import goal_entry
from handrail.pages.views import Card, Entry, Inserted
from handrail.report.lists import DepartmentEntry, called, called_in, called_one, table_of_contents
from handrail.words.trust import counted

_LATELY = timedelta(days=28)
_MOST_CHANGES = 8


def inserted(shown: Shown, name: ViewName, url: str) -> Inserted:
    """Return a view of the handbook, as seen from the address of a page."""
    return _VIEWS[name](shown, url)


def _search(shown: Shown, url: str) -> Inserted:
    return Inserted(finder=shown.generated(Made.FINDER, url))


def _state(shown: Shown, url: str) -> Inserted:
    """Say how the procedures stand that are in force."""
    every = shown.pages(shown.handbook.reviewed)
    in_force = [page for page in every if page.is_in_force]
    if not in_force:
        return Inserted(words=(f"No {called_one(shown.handbook)} is in force yet.",))
    number = f"{len(in_force)} {_named(shown, in_force)} in force:"
    return Inserted(
        words=(number,),
        states=tuple(_counted(shown, in_force)),
        more=Link("How the handbook is doing", url=shown.generated(Made.SCORECARD, url)),
    )


def _counted(shown: Shown, pages: Iterable[Page], *, but: Iterable[Trust] = ()) -> Iterator[Entry]:
    """Yield how many of some pages are in each state; what runs out soon is signed until then."""
    states = (next(iter(trust(shown.handbook, page)), None) for page in pages)
    numbers: Counter[Trust | None] = Counter(Trust.SIGNED if state is Trust.DUE else state for state in states)
    # What is well comes first, then what matters most.
    for state in (Trust.SIGNED, *(state for state in Trust if state is not Trust.SIGNED)):
        if numbers[state] and state not in but:
            yield Entry((), state=counted(numbers[state], state), trust=state.value)


def _departments(shown: Shown, _url: str) -> Inserted:
    """Return a card for each department that lies under no other; it counts what those below it do, too."""
    cards: list[tuple[Page, list[Page]]] = []
    for department in table_of_contents(shown.handbook).departments:
        page = department.page
        if page is None or not shown.shows(page):
            continue
        if not department.depth or not cards:
            cards.append((page, []))
        cards[-1][1].extend(one for one in _procedures(shown, department) if one not in cards[-1][1])
    if not cards:
        return Inserted(words=("No department is described yet.",))
    return Inserted(cards=tuple(_card(shown, page, procedures) for page, procedures in cards))


def _procedures(shown: Shown, department: DepartmentEntry) -> list[Page]:
    """Return what a department's own page lists: its procedures, and those under its plans, which may be another's."""
    own = shown.handbook.procedures_of(department.page) if department.page is not None else ()
    tied = [sop.page for line in department.lines for sop in line.sops]
    return [page for page in shown.pages(dict.fromkeys((*own, *tied))) if not page.is_retired]


def _card(shown: Shown, page: Page, procedures: list[Page]) -> Card:
    written = [one for one in procedures if not one.is_to_come]
    if not procedures:
        count = "Nothing written yet"
    elif len(written) == len(procedures):
        count = f"{len(written)} {_named(shown, procedures)}"
    else:
        count = f"{len(written)} of {len(procedures)} {_named(shown, procedures)} written"
    # All that a reader has to mind; that a procedure is signed is as it should be.
    states = tuple(_counted(shown, written, but=(Trust.SIGNED,)))
    return Card(Link(page.title, page), page.text("description"), count, states)


def _named(shown: Shown, pages: list[Page]) -> str:
    """Return what these pages are called after their number."""
    if len(pages) == 1 and (kind := pages[0].kind) is not None:
        return kind.noun
    return called(pages) or called_in(shown.handbook)


def _changed(shown: Shown, url: str) -> Inserted:
    """Return what has changed lately, each page once."""
    more = Link("Everything that changed", url=shown.generated(Made.CHANGES, url))
    if not shown.material.is_known:
        return Inserted(words=(changes.NO_HISTORY,))
    since = shown.handbook.today - _LATELY
    entries = tuple(map(changes.dated_entry, changes.lately(shown, since)[:_MOST_CHANGES]))
    return Inserted(
        words=() if entries else ("Nothing has changed in the last four weeks.",), entries=entries, more=more
    )


def _objectives(shown: Shown, url: str) -> Inserted:
    """Return the open objectives, the next that is due first."""
    goals = [goal for goal in board(shown.handbook).open if shown.shows(goal.page)]
    if not goals:
        return Inserted(words=("No objective is open.",))
    more = Link("Strategy", url=shown.generated(Made.STRATEGY, url))
    return Inserted(entries=tuple(map(goal_entry, goals)), more=more)


_VIEWS: Mapping[ViewName, Callable[[Shown, str], Inserted]] = {
    ViewName.SEARCH: _search,
    ViewName.STATE: _state,
    ViewName.DEPARTMENTS: _departments,
    ViewName.CHANGED: _changed,
    ViewName.OBJECTIVES: _objectives,
}
