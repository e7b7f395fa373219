"""Pages in groups by what a measure asks of them, so that the handbook of the next day is asked only of what came and went.

What a page says of itself is the same on every day on which it is the same page; how that is counted, such as within twelve months of
a day, is asked of each group and not of each page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from handrail.model.handbook import Handbook
from handrail.model.page import Page

_Key = TypeVar("_Key", bound=Hashable)
KeysOf = Callable[[Handbook, Page], Iterable[_Key]]
"""Says in which groups a page belongs: a function that asks the page, and of the handbook only what `given` stands for."""


@dataclass(slots=True)
class _Grouping:
    """The pages as one function groups them."""

    given: Hashable
    pages: frozenset[Page] = frozenset()
    keys: dict[Page, list[Any]] = field(default_factory=dict)
    groups: defaultdict[Any, dict[Page, None]] = field(default_factory=lambda: defaultdict(dict))

    def drop(self, page: Page) -> None:
        for key in self.keys.pop(page, ()):
            group = self.groups[key]
            del group[page]
            if not group:
                del self.groups[key]

    def add(self, page: Page, keys: Iterable[Any]) -> None:
        listed = list(keys)
        if listed:
            self.keys[page] = listed
        for key in listed:
            self.groups[key][page] = None


class Groups:
    """The groups of some pages; who asks for those of other pages, as of another month, gives the earlier ones up."""

    def __init__(self) -> None:
        self._known: dict[KeysOf[Any], _Grouping] = {}

    def of(
        self, handbook: Handbook, pages: frozenset[Page], keys_of: KeysOf[_Key], given: Hashable = None
    ) -> Mapping[_Key, Collection[Page]]:
        """Return the pages of each group; `given` stands for all that the function asks beside the page."""
        known = self._known.get(keys_of)
        if known is None or known.given != given:
            known = self._known[keys_of] = _Grouping(given)
        if known.pages is not pages:
            for page in known.pages - pages:
                known.drop(page)
            for page in pages - known.pages:
                known.add(page, keys_of(handbook, page))
            known.pages = pages
        return known.groups
