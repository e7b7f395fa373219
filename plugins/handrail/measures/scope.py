"""What is measured: a handbook, as far as some of its pages go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from handrail.measures.experience import Experiences
from handrail.measures.findability import Findability
from handrail.measures.groups import Groups, KeysOf
from handrail.measures.measure import Counted
from handrail.measures.not_asked import NotAsked
from handrail.measures.own_search import OwnSearch
from handrail.measures.recorded import Recorded, recorded
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook
from handrail.model.items import Item
from handrail.model.page import Page
from handrail.model.plans import Line, Plan
from handrail.model.settings import Visibility
from handrail.model.steps import Steps

_A_METRIC = "metric:"
_YEAR = 12  # months
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Scope:
    """A handbook, and the pages that are counted: all that those may see for whom it is measured, or some of them.

    `whole` is the scope of all where only some are counted; nothing else is counted or named. `asks_search` says that the site's own
    search is asked too, which takes longer than all the rest; `finished` is what a finished site says of how its pages can be found. `is_past` says that it is the
    handbook of a day in the past, of which only numbers are asked, and each text is not held against each other one; `audience` for
    whom it is measured, `not_asked` why no page can ask by issues whether it worked. `groups` are the groups of its pages, those of another day to begin with.
    """

    handbook: Handbook
    pages: frozenset[Page]
    whole: Scope | None = None
    asks_search: bool = False
    finished: Findability | None = None
    is_past: bool = False
    audience: str = "all"
    not_asked: NotAsked | None = None
    groups: Groups = field(default_factory=Groups, compare=False)

    def part(self, pages: Iterable[Page]) -> Scope:
        """Return the same with only some of its pages counted, such as those of a department."""
        return replace(self, pages=self.pages.intersection(pages), whole=self.whole or self, groups=Groups())

    @property
    def seen(self) -> frozenset[Page]:
        """All pages that they may see, so also the plans that set the targets of a department's measures."""
        return (self.whole or self).pages

    @cached_property
    def a_year_ago(self) -> date:
        """The day after which something lies within twelve months."""
        return add_months(self.handbook.today, -_YEAR)

    def is_of_the_year(self, day: date | None) -> bool:
        """Say whether something lies within twelve months."""
        return day is not None and self.a_year_ago < day <= self.handbook.today

    @cached_property
    def targets_set(self) -> Mapping[str, list[tuple[Line, Plan, Item]]]:
        """The items by which plans in force that they may see set a target, by the measure or metric that they name."""
        if self.whole is not None:
            return self.whole.targets_set
        found = defaultdict[str, list[tuple[Line, Plan, Item]]](list)
        for line in self.handbook.lines.values():
            plan = line.in_force
            for item in plan.page.items if plan is not None and plan.page in self.pages else ():
                if plan is not None and item.section == "measures" and item.metric and item.target:
                    found[item.metric.removeprefix(_A_METRIC)].append((line, plan, item))
        return found

    @cached_property
    def records(self) -> Recorded:
        """What was recorded of the pages that they may see, up to the day of today."""
        return self.whole.records if self.whole is not None else recorded(self.handbook, self.pages)

    @cached_property
    def experiences(self) -> Experiences:
        """What people found with each of the procedures that they may see, within twelve months."""
        if self.whole is not None:
            return self.whole.experiences
        return Experiences(self.handbook, self.records, self.a_year_ago)

    @cached_property
    def own_search(self) -> OwnSearch:
        """The finder over the pages that they may see."""
        return self.whole.own_search if self.whole is not None else OwnSearch(self.handbook, self.pages)

    @cached_property
    def steps(self) -> Steps:
        """The steps of the pages, which name none that they may not see."""
        if self.whole is not None:
            return self.whole.steps
        return Steps(self.handbook, lambda target: target is None or target in self.pages)

    @cached_property
    def documents(self) -> list[Page]:
        """Those pages that are of a known kind, by path; a department is spared the walk through all others."""
        if self.whole is None:
            return [page for page in self.handbook.documents if page in self.pages]
        return sorted((page for page in self.pages if page.kind is not None), key=lambda page: page.path)

    @cached_property
    def procedures(self) -> list[Page]:
        """The procedures and the like that are in use."""
        return [page for page in self.documents if is_used(page)]

    @property
    def used(self) -> Mapping[Visibility | None, Collection[Page]]:
        """The same by who may see them."""
        return self.grouped(_used_by)

    @property
    def number_used(self) -> int:
        return sum(map(len, self.used.values()))

    def grouped(self, keys_of: KeysOf[_Key], given: Hashable = None) -> Mapping[_Key, Collection[Page]]:
        """Return the pages in groups; `given` stands for all that the function asks beside the page."""
        return self.groups.of(self.handbook, self.pages, keys_of, given)

    def told(self, documents: Iterable[Counted]) -> tuple[Counted, ...]:
        """Return the documents behind a measure by path; of the past none are asked, and none are made."""
        return tuple(sorted(documents, key=lambda one: one.page.path)) if not self.is_past else ()


def is_used(page: Page) -> bool:
    """Say whether a page is a procedure or the like that is in use."""
    return page.is_reviewed and page.is_in_force


def _used_by(_: Handbook, page: Page) -> Iterator[Visibility | None]:
    if is_used(page):
        yield page.visibility
