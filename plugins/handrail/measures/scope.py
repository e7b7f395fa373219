"""What is measured: a handbook, as far as some of its pages go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from handrail.measures.experience import Experiences
from handrail.measures.findability import Findability
from handrail.measures.not_asked import NotAsked
from handrail.measures.own_search import OwnSearch
from handrail.measures.recorded import Recorded, recorded
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.steps import Steps

_YEAR = 12  # months


@dataclass(frozen=True)
class Scope:
    """A handbook, and the pages that are counted: all that those may see for whom it is measured, or some of them.

    `whole` is the scope of all where only some are counted; nothing else is counted or named. `asks_search` says that the site's own
    search is asked too, which takes longer than all the rest; `finished` is what a finished site says of how its pages can be found. `is_past` says that it is the
    handbook of a day in the past, of which each text is not held against each other one; `audience` for whom it is measured, `not_asked` why no page can ask by issues whether it worked.
    """

    handbook: Handbook
    pages: frozenset[Page]
    whole: Scope | None = None
    asks_search: bool = False
    finished: Findability | None = None
    is_past: bool = False
    audience: str = "all"
    not_asked: NotAsked | None = None

    def part(self, pages: Iterable[Page]) -> Scope:
        """Return the same with only some of its pages counted, such as those of a department."""
        return replace(self, pages=self.pages.intersection(pages), whole=self.whole or self)

    @property
    def seen(self) -> frozenset[Page]:
        """All pages that they may see, so also the plans that set the targets of a department's measures."""
        return (self.whole or self).pages

    @cached_property
    def a_year_ago(self) -> date:
        """The day after which something lies within twelve months."""
        return add_months(self.handbook.today, -_YEAR)

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
        return [page for page in self.documents if page.is_reviewed and page.is_in_force]
