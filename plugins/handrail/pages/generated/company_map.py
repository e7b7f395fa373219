"""The map: everything from the mission to the procedures on one page, what hangs together by lines and all other ties in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.model.company_map import DEPARTMENT, MISSION, VISION, CompanyMap, Place, company_map
from handrail.model.dates import parse_day
from handrail.model.generated import Made
from handrail.model.goals import KIND as OBJECTIVE
from handrail.model.goals import Goal, open_goals
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.goals import goal_entry, named, own_owner
from handrail.pages.kinds.plans import plan_entry
from handrail.pages.phrases import commas, no_plan_yet
from handrail.pages.views import Entry, MapBox, Row, Section, View, Words
from handrail.report.lists import called
from handrail.words.language import capital, in_words

_COLUMNS = 4
"""So many boxes stand side by side in a window of a desk; what hangs on the last of them stands below it."""
_MOST = 1000
"""So many pages are listed, so that the page stays light; a plan's own page lists all of its procedures."""


def map_view(shown: Shown) -> View:
    """Return the page's view."""
    found = company_map(shown.handbook, shown.shows)
    here = shown.generated(Made.MAP, "")
    held = [place.procedures for place in found.places if place.procedures]
    room = max(0, _MOST - len(found.others))
    is_all = sum(map(len, held)) + len(found.loose) <= room
    share = room if is_all else room // (len(held) + bool(found.loose))
    lead = "Each thing stands with what it serves: plans and open objectives under the vision and the mission, procedures in the plan that they are for."
    return View(
        lead=(lead,),
        sections=(
            Section("What serves what", "map", boxes=tuple(_boxes(shown, found, share, here))),
            *_loose(shown, found.loose, share, here),
            *_others(found.others),
        ),
    )


def _boxes(shown: Shown, found: CompanyMap, share: int, here: str) -> Iterator[MapBox]:
    ties = _Ties(
        shown,
        {goal.page: goal for goal in open_goals(shown.handbook)},
        {one.name: Link(one.title, url=shown.measure_page(one.name, here)) for one in shown.measures},
    )
    columns: dict[Page | None, int] = {None: 0}
    for place in found.places:
        page = place.page
        is_banner = page.counted_as in (MISSION, VISION)
        columns[page] = 0 if is_banner else min(columns[place.above] + 1, _COLUMNS)
        entries = tuple(Entry((Link(one.title, one),)) for one in place.procedures[:share])
        state = plan_entry(shown, page) if place.line is not None else Entry((), page.state_inside)
        held = _held(place.procedures) if place.line is not None else ""
        has_more = len(place.procedures) > len(entries)
        yield MapBox(
            Link(page.title, page),
            ties.called(page, is_plan=place.line is not None),
            place.level,
            not is_banner and columns[page] < _COLUMNS,
            is_banner,
            state.state if page.counted_as != OBJECTIVE else "",
            state.trust,
            ties.note(page),
            tuple(filter(None, ties.of(place))),
            held,
            entries,
            Link(f"All {held}" if entries else held, page, part="procedures") if has_more else None,
        )


def _held(procedures: tuple[Page, ...]) -> str:
    if not procedures:
        return "No procedure yet"
    if len(procedures) == 1 and (kind := procedures[0].kind) is not None:
        return f"1 {kind.noun}"
    return f"{len(procedures)} {called(procedures)}"


@dataclass(frozen=True, slots=True)
class _Ties:
    """What is said of a thing besides what it hangs on."""

    shown: Shown
    goals: dict[Page, Goal]
    measures: dict[str, Link]

    def called(self, page: Page, *, is_plan: bool) -> Words:
        """Return what a thing is, and of a plan whose."""
        noun = capital(page.kind.noun) if page.kind is not None else ""
        department = self.shown.department_of(page) if is_plan else None
        return (f"{noun} of ", Link(department.title, department)) if department is not None else (noun,)

    def note(self, page: Page) -> str:
        """Return how far an objective is, and what a mission or a vision says."""
        if page in self.goals:
            return capital(goal_entry(self.goals[page]).note)
        return page.text("statement") if page.counted_as in (MISSION, VISION) else ""

    def of(self, place: Place) -> Iterator[Words]:
        """Yield the other ties of a thing, each as a sentence."""
        shown, page = self.shown, place.page
        if page.counted_as == VISION:
            yield _vision(shown, page)
        if page.counted_as == DEPARTMENT:
            yield _no_plan(shown, page)
        if page.counted_as == OBJECTIVE and (owner := own_owner(shown, page)):
            yield "Owner: ", *owner
        yield from self._served(place)
        if follows := named(shown, page, "replaces"):
            yield "Follows: ", *follows
        by = [part for part in named(shown, page, "measures") if isinstance(part, Link)]
        by += [
            self.measures[name] for name in dict.fromkeys(item.metric for item in page.items) if name in self.measures
        ]
        if by:
            yield "Measured by: ", *commas(by)
        if meetings := shown.referring(page, fields=("reviews",)):
            yield "Looked at in: ", *commas(Link(one.page.title, one.page) for one in meetings)

    def _served(self, place: Place) -> Iterator[Words]:
        """Yield what a plan or an objective serves, as far as lines don't show that."""
        shown, page = self.shown, place.page
        handbook = shown.handbook
        if place.line is None and page.counted_as != OBJECTIVE:
            return
        name = page.text("parent") if place.line is not None else page.line_named
        line = handbook.index.resolve(name, ("vpmom",)).line if name else None
        if not name and handbook.root_line is not None and place.line is not handbook.root_line:
            yield ("Feeds no plan" if place.line is not None else "Serves no plan",)
        if line is None or line is place.line or not shown.shows(line.face.page):
            return
        if line.face.page is not place.above:
            yield "Feeds: " if place.line is not None else "Serves: ", Link(line.face.page.title, line.face.page)
        if labels := page.texts("serves"):
            yield (f"For: {', '.join(labels)}",)


def _vision(shown: Shown, page: Page) -> Words:
    """Say of a vision whose it is, where it is not the whole company's, and until when."""
    scope, horizon = page.data.get("scope"), page.data.get("horizon")
    product = scope.get("product") if isinstance(scope, dict) else None
    of: Words = (product,) if isinstance(product, str) else named(shown, page, "scope")
    end = parse_day(horizon.get("to")) if isinstance(horizon, dict) else None
    until = f"until {in_words(end)}" if end is not None else ""
    if of:
        return ("For ", *of, f", {until}" if until else "")
    return (capital(until),) if until else ()


def _no_plan(shown: Shown, page: Page) -> Words:
    """Say of a department that no plan of its own is on the map: there is none, or only what may not be seen."""
    handbook = shown.handbook
    has_hidden = any(handbook.department_of(line.face.page) is page for line in handbook.lines.values())
    return ("There is no plan to show here.",) if has_hidden else no_plan_yet(shown, page)


def _loose(shown: Shown, pages: tuple[Page, ...], share: int, here: str) -> Iterator[Section]:
    if pages:
        entries = tuple(Entry((Link(page.title, page),)) for page in pages[:share])
        contents = Link("All of them", url=f"{shown.generated(Made.CONTENTS, here)}#no-plan")
        words = "These stand in no plan that is on the map."
        has_more = len(pages) > len(entries)
        folded = _held(pages) if entries else ""
        yield Section(
            "Under no plan",
            "no-plan",
            entries,
            words=(words,),
            folded=folded,
            action=contents if has_more else None,
        )


def _others(pages: Iterable[Page]) -> Iterator[Section]:
    """Yield all else that is in use, by what it is."""
    by_kind: dict[str, list[Link]] = defaultdict(list)
    for page in pages:
        if page.kind is not None:
            by_kind[page.kind.plural].append(Link(page.title, page))
    if by_kind:
        rows = tuple(Row(capital(plural), commas(links)) for plural, links in sorted(by_kind.items()))
        yield Section("Everything else in use", "others", rows=rows)
