"""Which of the pages that Handrail makes a site has: those on how the company is run are there only if their documents are.

A check asks here where a link leads, and the site what to make, so that both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from handrail.model.cascade import Rung, cascade
from handrail.model.generated import Data, Made
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.meetings import KIND as MEETING
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.processes import FIELD, Process, process_of
from handrail.model.publication import publishable
from handrail.model.to_read import OFF
from handrail.model.unidentified import as_id

STRATEGY = (OBJECTIVE, "mission", "vision")
"""The kinds that the page on strategy is about."""
_ALWAYS = frozenset(Made) - {
    Made.PROGRESS,
    Made.STRATEGY,
    Made.CASCADE,
    Made.MAP,
    Made.MEETINGS,
    Made.FLOWS,
    Made.DOCTOR,
}
_MEASURES = (
    "sops-tied", "sops-found", "sop-errors", "sops-signed", "sop-nps", "sops-unlisted", "sops-undocumented", "sign-offs-repeated",
    "sops-duplicate",
)  # fmt: skip
"""The measures that every handbook has."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""A kind of any other name is that of no page, for no front matter can say it."""
EVERYONE = "all"
"""The name of the calendar of everything that has a day."""
GOALS_COMPLETE, DECISIONS_DONE, TEXTS_READ = "goals-complete", "decisions-done", "texts-read"


def made_pages(handbook: Handbook, seen: Container[Page]) -> frozenset[Made]:
    """Return the pages that are made where the pages that may be seen are these."""
    return frozenset((*_ALWAYS, *_of_the_company(handbook, seen)))


def made_paths(handbook: Handbook) -> frozenset[str]:
    """Return the paths of the pages that a build by the settings makes, but for those about a rule."""
    folder, settings = handbook.settings.generated, handbook.settings
    seen = frozenset(publishable(handbook, settings.audience))
    names = list(_MEASURES)
    names += [GOALS_COMPLETE] if _is_any(handbook, seen, OBJECTIVE) else []
    names += [DECISIONS_DONE] if _is_any(handbook, seen, MEETING) else []
    names += [TEXTS_READ] if settings.read_records != OFF and settings.audience != "public" else []
    return frozenset(
        (
            *map(folder.path, made_pages(handbook, seen)),
            *map(folder.measure_page, names),
            *map(folder.kind_page, kinds_explained(handbook, seen)),
        )
    )


def made_files(handbook: Handbook) -> frozenset[str]:
    """Return the files for other programs that a site has, those of calendars among them: whose is there today changes with the days."""
    folder = handbook.settings.generated
    names = (EVERYONE, *map(calendar_name, handbook.registry.people.values()))
    return frozenset((*map(folder.data, Data), *map(folder.schema, Data), *map(folder.calendar, names)))


def calendar_name(person: Person) -> str:
    """Return the name of a person's calendar."""
    name = as_id(person.id)
    return f"{name}-{EVERYONE}" if name == EVERYONE else name


def kinds_explained(handbook: Handbook, seen: Container[Page]) -> Mapping[str, Kind]:
    """Return the kinds that have a page of their own: outside, those of the company's own only of which a page may be seen.

    What a company writes down that nobody outside may read, its schemas would tell.
    """
    is_inside = handbook.settings.audience == "internal"
    return {
        name: kind
        for name, kind in sorted(handbook.kinds.items())
        if _NAME.fullmatch(name) and (is_inside or not kind.is_own or _is_any(handbook, seen, name))
    }


def flow(page: Page) -> Process | None:
    """Return the process of a procedure that is not retired; None where it says nothing of one."""
    found = process_of(page) if not page.is_retired else None
    says = found is not None and (found.moves or found.inputs or found.outputs or found.roles)
    return found if says else None


def _of_the_company(handbook: Handbook, seen: Container[Page]) -> Iterator[Made]:
    if any(page in seen and not page.is_retired for page in handbook.reviewed):
        yield Made.PROGRESS
    if _is_any(handbook, seen, *STRATEGY):
        yield from (Made.STRATEGY, Made.MAP)
    if _feeds(cascade(handbook), seen):
        yield Made.CASCADE
    if _is_any(handbook, seen, MEETING):
        yield Made.MEETINGS
    procedures = [page for page in handbook.reviewed if page in seen and page.data.get(FIELD)]
    if any(flow(page) is not None for page in procedures):
        yield Made.FLOWS
    if _is_any(handbook, seen, OBJECTIVE) or any(not page.is_retired for page in procedures):
        yield Made.DOCTOR


def _is_any(handbook: Handbook, seen: Container[Page], *kinds: str) -> bool:
    return any(page in seen for page in handbook.of_kind(*kinds))


def _feeds(rungs: tuple[Rung, ...], seen: Container[Page]) -> bool:
    """Say whether anything that may be seen feeds anything that may; what is withheld between them leaves them so."""
    waiting = [(rung, False) for rung in rungs]
    while waiting:
        rung, is_below = waiting.pop()
        is_seen = rung.page in seen
        if is_seen and is_below:
            return True
        waiting += [(one, is_below or is_seen) for one in rung.below]
    return False
