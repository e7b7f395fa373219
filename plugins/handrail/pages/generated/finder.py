"""What the finder knows of the pages that may be seen, and the page on which people look for a procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.trust import Trust, trust
from handrail.model.urls import relative
from handrail.pages import render
from handrail.pages.audience import Shown
from handrail.pages.named import place
from handrail.pages.text_since import may_be_seen
from handrail.pages.views import View
from handrail.search.entries import entry, of_made, of_person, people_in, searchable
from handrail.search.index import Entry, build
from handrail.text.digest import digits
from handrail.words.language import in_words
from handrail.words.trust import briefly

FOLDER = "assets/handrail"
INDEX = f"{FOLDER}/finder.json"
SCRIPTS = ("finder.js", "finder-page.js")
WORKER = "finder-worker.js"
HEADER = "finder-header.js"
_NOT_FOUND = "No page has this address"
_NOT_FOUND_LEAD = "It may have moved, or a letter of the address is wrong."
_LEAD = (
    "Say in your own words what you want to do. Slips of the keyboard do no harm. "
    "The eight digits at the foot of a printed page say whether that text is in force."
)


def finder_view(_shown: Shown) -> View:
    """Return what stands at the top of the finder's page."""
    return View(lead=(_LEAD,))


def form(shown: Shown, url: str) -> str:
    """Return what the finder's page asks and shows its answers in; `url` is the page's."""
    return _form(shown, url, "")


def not_found(shown: Shown, base: str) -> str:
    """Return what is shown at an address that no page has; `base` is the site's, for the address may lie anywhere below."""
    return f"<h1>{_NOT_FOUND}</h1>\n<p>{_NOT_FOUND_LEAD}</p>\n{_form(shown, '', base)}"


def _form(shown: Shown, url: str, base: str) -> str:
    return render.finder(
        site=base or relative("", url),
        scripts=[base + relative(f"{FOLDER}/{name}", url) for name in SCRIPTS],
        contents=base + shown.generated(Made.CONTENTS, url),
        missing=bool(base),
    )


def finder_index(shown: Shown, synonyms: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the index of what may be seen, with the finder's page and where a new procedure is begun, as data for JSON."""
    page = shown.generated(Made.FINDER, "")
    return {**build(entries(shown), synonyms), "page": page, "new": shown.new_page("sop", "")}


def entries(shown: Shown) -> list[Entry]:
    """Return what the finder knows of each page that may be seen, and of those that Handrail makes."""
    pages = shown.pages(shown.handbook.documents)
    people = (of_person(person, f"{url}#{place(person)}") for url, person in people_in(shown.handbook, pages))
    return [*(_entry(shown, page) for page in searchable(pages)), *people, *of_made(shown.handbook, shown.made)]


def _entry(shown: Shown, page: Page) -> Entry:
    department = shown.department_of(page)
    found = entry(
        page,
        shown.handbook.registry,
        department=department.title if department is not None else "",
        owner=_name(shown, shown.owner_of(page)),
        ask=shown.contact_of(page),
        texts=_texts(shown, page),
    )
    return replace(found, state=_state(shown, page, found))


def _state(shown: Shown, page: Page, found: Entry) -> str:
    """Return how a page stands, as lists say it; nothing of one that nobody signs and that is in force."""
    state = next(iter(trust(shown.handbook, page)), None)
    if state is None or state in (Trust.UNWRITTEN, Trust.RETIRED):
        return found.state if found.standing else ""
    return briefly(Trust.SIGNED if state is Trust.DUE else state)


def _texts(shown: Shown, page: Page) -> Iterator[str]:
    """Yield the digits by which a printed copy of a page is known: those of its text, and of earlier ones that may be seen."""
    if page.kind is None or not page.kind.signed:
        return
    now = shown.handbook.texts.digest(page).text
    yield digits(now)
    for former, day in shown.handbook.past.replaced_texts(page):
        if former.text != now and may_be_seen(shown, former):
            # Where the day is pinned, git may know of later ones; no page speaks of them as past.
            yield f"{digits(former.text)} {in_words(day)}" if day <= shown.handbook.today else digits(former.text)


def _name(shown: Shown, name: str) -> str:
    found = shown.handbook.registry.find(name)
    return found.name if found is not None else name
