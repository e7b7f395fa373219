"""What the finder reads of a page, whoever sees it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator

from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.kinds import Phase
from handrail.model.page import Page
from handrail.model.people import Group, Person, Registry
from handrail.model.processes import process_of
from handrail.model.roles import Role
from handrail.search.index import OTHERS, Entry
from handrail.words.made import ASKED, TITLES

_STANDING = {Phase.IN_FORCE: 0, Phase.OTHER: 1, Phase.UNWRITTEN: 2, Phase.RETIRED: 3}
_REVIEWED_WEIGHT, _OTHER_WEIGHT, _PERSON_WEIGHT, _MADE_WEIGHT = 100, 80, 70, 70
_WEIGHTS = {"page": 95}


def searchable(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield the pages of some that the finder may know."""
    return (page for page in pages if not page.is_kept_out_of_search)


def people_in(handbook: Handbook, pages: Collection[Page]) -> Iterator[tuple[str, Person]]:
    """Yield everybody who is here today, with the address of the list of people, where the finder may know that list."""
    page = handbook.registry_page
    if page is not None and page in pages and not page.is_kept_out_of_search:
        yield from (
            (page.url, person) for person in handbook.registry.people.values() if person.is_here(handbook.today)
        )


def entry(
    page: Page,
    registry: Registry,
    *,
    department: str = "",
    owner: str = "",
    ask: str = "",
    texts: Iterable[str] = (),
) -> Entry:
    """Return what the finder knows of a page; `ask` is said only of one that is not in force."""
    standing = _STANDING[page.phase]
    return Entry(
        id=page.id,
        title=page.title,
        url=page.url,
        kind=page.kind.noun if page.kind is not None else "",
        state=page.state_inside,
        standing=standing,
        weight=_REVIEWED_WEIGHT if page.is_reviewed else _WEIGHTS.get(page.counted_as, _OTHER_WEIGHT),
        department=department,
        owner=owner,
        ask=ask if standing else "",
        asked_as=tuple(page.texts("asked_as")),
        others={
            "trigger": page.text("trigger"),
            "summary": page.text("description"),
            "headings": "\n".join(page.source.headings),
            "jobs": "\n".join(_jobs(page, registry)),
        },
        texts=tuple(texts),
    )


def of_made(handbook: Handbook, made: Collection[Made]) -> Iterator[Entry]:
    """Yield what the finder knows of the pages that Handrail makes, those of the company's run; a page of an author's comes before them."""
    folder, directories = handbook.settings.generated, handbook.project.use_directory_urls
    for page, asked in ASKED.items():
        if page in made:
            url = folder.url(page, directories=directories)
            id_ = posixpath.splitext(page.removesuffix("/index.md"))[0]
            others = dict.fromkeys(OTHERS, "")
            yield Entry(
                id=id_,
                title=TITLES[page],
                url=url,
                kind="overview",
                state="",
                weight=_MADE_WEIGHT,
                asked_as=asked,
                others=others,
            )


def of_person(person: Person, url: str) -> Entry:
    """Return what the finder knows of a person, who stands at an address."""
    others = {"trigger": "", "summary": "", "headings": "", "jobs": person.job}
    return Entry(
        id=person.id, title=person.name, url=url, kind="person", state="", weight=_PERSON_WEIGHT, others=others
    )


def _jobs(page: Page, registry: Registry) -> Iterator[str]:
    """Yield the jobs of those who perform a procedure, decide about it or own a state of its work."""
    for role in (Role.PERFORM, Role.DECIDE):
        for named in page.rapid.names(role):
            found = registry.find(named.name)
            if isinstance(found, Person):
                yield found.job
            elif isinstance(found, Group):
                yield found.name
    process = process_of(page)
    if process is not None:
        yield from filter(None, (process.roles or {}).values())
        yield from (state.owner for state in process.states if state.owner)
