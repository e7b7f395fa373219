"""The map: what stands below what, from the mission over visions and plans to departments and open objectives.

Nothing stands there twice, and nothing that an audience may not see: what hangs on that stands below the next thing above it
which may be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from handrail.model.cascade import Rung, cascade
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.plans import Line

MISSION, VISION, DEPARTMENT = "mission", "vision", "department"
DEEPEST = 12
"""So many levels has a map; what would stand deeper stands beside what it hangs on."""
_Above = dict[Page, Page | None]
_OF_ALL = "company"
"""What a vision says it is the vision of, where that is no department."""


@dataclass(frozen=True, slots=True)
class Place:
    """One thing on the map: its level, the first being 0, what it hangs on, and of a plan the line and its procedures, by title."""

    page: Page
    level: int
    above: Page | None
    line: Line | None = None
    procedures: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class CompanyMap:
    """Everything on the map, each followed by what hangs on it; and what hangs on nothing that is there.

    `loose` are the procedures under no plan of the map, `others` the documents in force that it leads to in no other way.
    """

    places: tuple[Place, ...]
    loose: tuple[Page, ...]
    others: tuple[Page, ...]


def company_map(handbook: Handbook, shows: Callable[[Page], bool]) -> CompanyMap:
    """Return the map as an audience sees it; `shows` says of a page whether it does."""
    above = _above(handbook, shows)
    lines = {line.face.page: line for line in handbook.lines.values()}
    places = tuple(_placed(handbook, above, lines, shows))
    listed = {page for place in places for page in place.procedures}
    reviewed = (page for page in handbook.reviewed if shows(page) and not page.is_retired)
    loose = tuple(sorted((page for page in reviewed if page not in listed and page not in above), key=_by_title))
    known = {*above, *listed, *loose, *_led_to(handbook, above, lines)}
    others = (page for page in handbook.documents if shows(page) and page.is_in_force and page not in known)
    return CompanyMap(places, loose, tuple(sorted(others, key=_by_title)))


def _led_to(handbook: Handbook, above: _Above, lines: Mapping[Page, Line]) -> Iterator[Page]:
    """Yield what plans of the map lead to themselves: their departments, and the plans of earlier periods."""
    for page, line in lines.items():
        if page in above:
            yield from (plan.page for plan in line.earlier(line.face))
            department = handbook.department_of(page)
            yield from (department,) if department is not None else ()


def _by_title(page: Page) -> tuple[str, str]:
    return page.title.casefold(), page.path


def _above(handbook: Handbook, shows: Callable[[Page], bool]) -> _Above:
    """Return what each thing hangs on, in the order in which those that hang on one thing stand."""

    def stands(page: Page) -> bool:
        return shows(page) and not page.is_retired and (page.counted_as != OBJECTIVE or page.is_in_force)

    above: _Above = {}
    mission = next(filter(stands, handbook.of_kind(MISSION)), None)
    if mission is not None:
        above[mission] = None
    visions = sorted(filter(stands, handbook.of_kind(VISION)), key=_by_title)
    # Which of several visions of the company its plans are for, nothing says.
    of_all = [page for page in visions if page.text("scope") == _OF_ALL]
    base = of_all[0] if len(of_all) == 1 else mission
    # What much hangs on comes last.
    visions.sort(key=lambda page: page is base)
    for page in (*filter(stands, handbook.of_kind(MISSION)), *visions):
        above.setdefault(page, mission)
    plans = dict(_plans(cascade(handbook), base, stands))
    for page in filter(stands, handbook.of_kind(OBJECTIVE)):
        line = handbook.line_of(page)
        above.setdefault(page, _seen(plans, line.face.page, stands, base) if line is not None else base)
    for page, target in plans.items():
        if stands(page):
            above.setdefault(page, target)
    for page, target in _departments(handbook, above, base, stands):
        above.setdefault(page, target)
    return above


def _plans(
    tops: Iterable[Rung], base: Page | None, stands: Callable[[Page], bool]
) -> Iterator[tuple[Page, Page | None]]:
    """Yield everything of the cascade, with what it hangs on as far as that stands on the map."""
    waiting: list[tuple[Rung, Page | None]] = [(rung, base) for rung in reversed(tuple(tops))]
    while waiting:
        rung, target = waiting.pop()
        yield rung.page, target
        own = rung.page if stands(rung.page) else target
        waiting += [(one, own) for one in reversed(rung.below)]


def _seen(
    plans: Mapping[Page, Page | None], page: Page, stands: Callable[[Page], bool], base: Page | None
) -> Page | None:
    """Return a plan, or what it would hang on where it does not stand on the map itself."""
    return page if stands(page) else plans.get(page, base)


def _departments(
    handbook: Handbook, above: _Above, base: Page | None, stands: Callable[[Page], bool]
) -> Iterator[tuple[Page, Page | None]]:
    """Yield the departments that no plan of the map is of: each under its parent's plan or its parent, else under the root's plan."""
    plans: dict[Page, Page] = {}
    for line in handbook.lines.values():
        department = handbook.department_of(line.face.page) if line.face.page in above else None
        if department is not None:
            plans.setdefault(department, line.face.page)
    root = handbook.root_line
    top = root.face.page if root is not None and root.face.page in above else base
    for page in sorted(filter(stands, handbook.of_kind(DEPARTMENT)), key=_by_title):
        if page not in plans:
            yield page, _parent(handbook, page, plans, stands) or top


def _parent(handbook: Handbook, page: Page, plans: Mapping[Page, Page], stands: Callable[[Page], bool]) -> Page | None:
    """Return the first department above one that stands there, by its plan if it has one; None for one in or under a circle."""
    found, seen = None, {page}
    above = _named(handbook, page)
    while above is not None:
        if above in seen:
            return None
        seen.add(above)
        if above in plans:
            return found or plans[above]
        found = found or (above if stands(above) else None)
        above = _named(handbook, above)
    return found


def _named(handbook: Handbook, department: Page) -> Page | None:
    """Return the department that one says it lies under."""
    name = department.text("parent")
    return handbook.index_without_plans.resolve(name, (DEPARTMENT,)).page if name else None


def _placed(
    handbook: Handbook, above: _Above, lines: Mapping[Page, Line], shows: Callable[[Page], bool]
) -> Iterator[Place]:
    """Yield what stands on the map in the order in which it is read."""
    below: dict[Page | None, list[Page]] = defaultdict(list)
    for page, target in above.items():
        below[target].append(page)
    waiting = [(page, 0) for page in reversed(below[None])]
    while waiting:
        page, level = waiting.pop()
        line = lines.get(page)
        tied = handbook.tied_to(line) if line is not None else ()
        procedures = (one for one in tied if shows(one) and not one.is_retired and one not in above)
        yield Place(page, level, above[page], line, tuple(sorted(procedures, key=_by_title)))
        waiting += [(one, min(level + 1, DEEPEST - 1)) for one in reversed(below[page])]
