"""How plans hang together: which feeds which, and who carries what a plan in force wants.

A plan stands by its line, and so over the years. A company's own kind whose documents feed a plan, such as goals of a quarter,
stands among the plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.handbook import Handbook
from handrail.model.items import Item, fold_label
from handrail.model.page import Page
from handrail.model.plans import Line, Plan
from handrail.model.references import FEEDS, PLAN

CARRIED_SECTIONS = ("priorities", "methods")
"""What somebody has to carry: obstacles and measures are nobody's work."""


class Carrying(StrEnum):
    """Whether somebody carries an item of a plan."""

    CARRIED = "carried"
    DRAFT_ONLY = "by a draft only"
    NOBODY = "by nobody"
    UNNAMED = "can't be named"


@dataclass(frozen=True, slots=True)
class Coverage:
    """An item of a plan in force, and the documents that say they serve it: those in force first, then drafts."""

    item: Item
    state: Carrying
    by: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Rung:
    """One place in the cascade: a line by the plan that stands for it, or a document of a company's own kind.

    `next` is the plan of the line that is still to come, None where there is none.
    """

    page: Page
    line: Line | None = None
    next: Plan | None = None
    below: tuple[Rung, ...] = ()

    @property
    def plan(self) -> Plan | None:
        return self.line.face if self.line is not None else None


def coverage(handbook: Handbook, line: Line) -> tuple[Coverage, ...]:
    """Return who carries each priority and method of a line's plan in force; nothing where there is none.

    These say what they serve: procedures tied to the line, open objectives of the line, and plans in force that feed it.
    """
    return coverages(handbook).get(line, ())


def coverages(handbook: Handbook) -> dict[Line, tuple[Coverage, ...]]:
    """Return the coverage of every line."""
    serving = _serving(handbook)
    return {line: _covers(line, serving[line]) for line in handbook.lines.values()}


def _covers(line: Line, serving: Iterable[Page]) -> tuple[Coverage, ...]:
    by_label: dict[str, list[Page]] = defaultdict(list)
    for page in serving:
        for label in dict.fromkeys(map(fold_label, page.texts("serves"))):
            by_label[label].append(page)
    items = line.in_force.page.items if line.in_force is not None else ()
    return tuple(_covered(item, by_label.get(item.key, ())) for item in items if item.section in CARRIED_SECTIONS)


def _covered(item: Item, by: Iterable[Page]) -> Coverage:
    if not item.label:
        return Coverage(item, Carrying.UNNAMED)
    pages = sorted(by, key=lambda page: not page.is_in_force)
    if not pages:
        return Coverage(item, Carrying.NOBODY)
    return Coverage(item, Carrying.CARRIED if pages[0].is_in_force else Carrying.DRAFT_ONLY, tuple(pages))


def _serving(handbook: Handbook) -> dict[Line, list[Page]]:
    """Return what may carry items of each line: procedures that are not retired, open objectives, and plans in force that feed it."""
    tied = {line: [page for page in handbook.tied_to(line) if not page.is_retired] for line in handbook.lines.values()}
    found = {line: sorted(pages, key=lambda page: (page.title.casefold(), page.id)) for line, pages in tied.items()}
    for page in handbook.of_kind(OBJECTIVE):
        line = handbook.line_of(page)
        if page.is_in_force and line is not None:
            found[line].append(page)
    for other in found:
        above = parent_of(handbook, other)
        if other.in_force is not None and above is not None and above is not other:
            found[above].append(other.in_force.page)
    return found


def parent_of(handbook: Handbook, line: Line) -> Line | None:
    """Return the line that a line feeds, by the plan that stands for it."""
    name = line.face.page.text("parent")
    return handbook.index.resolve(name, (PLAN,)).line if name else None


def cascade(handbook: Handbook) -> tuple[Rung, ...]:
    """Return the tree of what feeds what; those that feed nothing stand at its top, the handbook's root first.

    Of those that feed each other in a circle the first by path stands at the top, so that none is left out.
    """
    lines = {line.face.page: line for line in handbook.lines.values()}
    above = {page: _fed(handbook, line) for page, line in lines.items()}
    above |= {page: target for page, target in _own_kinds(handbook).items() if page not in lines}
    below: dict[Page, list[Page]] = defaultdict(list)
    for page, target in above.items():
        if target is not None:
            below[target].append(page)
    root = handbook.root_line
    first = [root.face.page] if root is not None else []
    loose = sorted((page for page, target in above.items() if target is None), key=_order)
    in_circles = sorted(above, key=lambda page: page.path)
    children: dict[Page, list[Page]] = {}
    tops = [page for page in (*first, *loose, *in_circles) if _walk(page, below, children)]
    rungs: dict[Page, Rung] = {}
    for page in reversed(children):  # whoever stands below was walked to later
        line = lines.get(page)
        rungs[page] = Rung(page, line, _to_come(line), tuple(rungs[one] for one in children[page]))
    return tuple(rungs[page] for page in tops)


def _walk(top: Page, below: Mapping[Page, Iterable[Page]], children: dict[Page, list[Page]]) -> bool:
    """Note which pages stand below which, from one of them down, each once; say whether it was not noted before."""
    if top in children:
        return False
    waiting = [top]
    children[top] = []
    while waiting:
        page = waiting.pop()
        for one in sorted(below.get(page, ()), key=_order):
            if one not in children:
                children[one] = []
                children[page].append(one)
                waiting.append(one)
    return True


def _fed(handbook: Handbook, line: Line) -> Page | None:
    parent = parent_of(handbook, line)
    return parent.face.page if parent is not None and parent is not line else None


def _own_kinds(handbook: Handbook) -> dict[Page, Page | None]:
    """Return the documents of other kinds that feed something or are fed, each with what it feeds."""
    others = (page for page in handbook.documents if page.counted_as != PLAN and not page.is_retired)
    feeds = {page: target for page in others if (target := _target(handbook, page)) is not None}
    fed: dict[Page, Page | None] = {target: None for target in feeds.values() if target.counted_as != PLAN}
    return {**fed, **feeds}


def _target(handbook: Handbook, page: Page) -> Page | None:
    """Return what a document feeds: of a line the plan that stands for it."""
    for reference in handbook.references.get(page, ()):
        if reference.meaning.relation == FEEDS and reference.target not in (None, page):
            line = reference.resolution.line
            return line.face.page if line is not None else reference.target
    return None


def _to_come(line: Line | None) -> Plan | None:
    """Return the plan that follows the one which stands for a line."""
    if line is None:
        return None
    later = line.plans[line.plans.index(line.face) + 1 :]
    return next((plan for plan in later if not plan.page.is_retired), None)


def _order(page: Page) -> tuple[str, str]:
    return page.title.casefold(), page.path
