"""The page “What changed”, and the day on which a page says that its text last changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from handrail.history.material import Change, words_of
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.pages.audience import OTHER_PAGES, Link, Shown
from handrail.pages.views import Entry, Section, View, Words
from handrail.report.lists import by_title
from handrail.words.language import count_of, in_words

_ABOUT = (
    "What was written, changed, signed or retired in the last half year. A change counts on the day on which it was "
    "written; corrected links and another layout don't count, for the words are the same."
)
_NOTHING = "Nothing has changed yet."
_MANY = 20
"""So many pages on one day came in together: whoever looks for news is led past them."""
# What git says when it fails may hold paths of the machine that builds the site.
NO_HISTORY = "This site was built without the whole history of the handbook, so it can't tell what changed and when."


@dataclass(frozen=True, slots=True)
class Told:
    """A change of a page that the audience may see, and that page's department, if it may see that too."""

    change: Change
    page: Page
    department: Page | None


def told(shown: Shown) -> Iterator[Told]:
    """Yield what happened to the pages that may be seen, newest first."""
    pages = shown.handbook.by_src_uri
    for change in shown.material.changes:
        page = pages.get(change.src_uri)
        if page is not None and shown.shows(page):
            yield Told(change, page, shown.department_of(page))


def changed_on(shown: Shown, page: Page) -> date | None:
    """Return the day on which a page's text last changed; None where git does not hold the text as it stands."""
    material = shown.material
    day = material.changed_on.get(page.src_uri)
    if day is None or material.words.get(page.src_uri) != words_of(page, shown.handbook):
        return None
    return day


def dated(shown: Shown, page: Page, day: date) -> Words:
    """Return the sentence on when a page's text last changed."""
    return (
        f"This text last changed on {in_words(day)}. ",
        Link("What changed", url=shown.generated(Made.CHANGES, page.url)),
    )


def changes(shown: Shown) -> View:
    """Return what changed, by day and department."""
    if not shown.material.is_known:
        return View(lead=(NO_HISTORY,))
    found = sorted(told(shown), key=lambda one: one.change.day, reverse=True)
    sections = [
        section for day, ours in groupby(found, key=lambda one: one.change.day) for section in _on(day, list(ours))
    ]
    later = f" What git recorded after {in_words(shown.handbook.today)}, the day of this site, is left out."
    return View(
        lead=((_ABOUT if sections else _NOTHING) + (later if shown.material.left_out else ""),),
        sections=tuple(sections),
    )


def lately(shown: Shown, since: date) -> list[Told]:
    """Return what happened after a day, newest first, each page once."""
    found: dict[Page, Told] = {}
    for one in told(shown):
        if one.change.day > since:
            found.setdefault(one.page, one)
    return list(found.values())


def dated_entry(one: Told) -> Entry:
    """Return a change as it stands in a list of several days."""
    found = entry(one)
    return replace(found, note=f"{in_words(one.change.day)}: {found.note}")


def _on(day: date, found: list[Told]) -> Iterator[Section]:
    """Yield what happened on one day, by department; many pages at once are folded away."""
    found.sort(key=lambda one: (_department(one).casefold(), by_title(one.page)))
    title, anchor = in_words(day), f"day-{day}"
    if len(found) > _MANY:
        entries = tuple(replace(entry(one), team=_department(one)) for one in found)
        yield Section(title, anchor, entries, folded=_at_once(found))
        return
    yield Section(title, anchor)
    for number, (department, ours) in enumerate(groupby(found, key=_department)):
        yield Section(department, f"{anchor}-{number}", tuple(entry(one) for one in ours), level=3)


def _at_once(found: list[Told]) -> str:
    """Say how many pages came in, changed or were signed on one day."""
    numbers = Counter(state(one.change) for one in found)
    return f"{len(found)} pages: {', '.join(f'{number} {what}' for what, number in numbers.most_common())}"


def _department(one: Told) -> str:
    return one.department.title if one.department is not None else OTHER_PAGES


def entry(one: Told) -> Entry:
    """Return a change as it stands in lists."""
    return Entry(
        (Link(one.page.title, one.page),), note=": ".join(filter(None, (state(one.change), in_numbers(one.change))))
    )


def state(change: Change) -> str:
    """Say in a word or two what happened."""
    parts = (
        ("new", change.is_new),
        ("retired", change.is_retired),
        ("changed", change.text_changed),
        ("signed", change.is_signed),
    )
    return ", ".join(word for word, happened in parts if happened)


def in_numbers(change: Change) -> str:
    """Say how many words came and went; nothing where no text changed."""
    if not change.text_changed:
        return ""
    if not change.came and not change.went:
        return "no word, only where lines break or how far they are indented"
    came = f"{count_of(change.came, 'word')} came" if change.came else ""
    went = f"{count_of(change.went, 'word')} went" if change.went else ""
    return ", ".join(filter(None, (came, went)))
