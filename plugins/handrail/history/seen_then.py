"""Which pages of a former handbook may be counted and named today: those that could be seen then, less what is withheld today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import publishable
from handrail.model.settings import Visibility


class SeenThen:
    """Chooses the pages of former handbooks for an audience; for None, which is everybody who has the files, all of them.

    `seen` are those of today's handbook that may be seen. `withheld` are the names of what is not.
    """

    def __init__(self, handbook: Handbook, seen: frozenset[Page], audience: Visibility | None) -> None:
        self._audience = audience
        shown = [page for page in handbook.pages if page in seen]
        hidden = [page for page in handbook.pages if page not in seen] if audience is not None else []
        self._shown = frozenset(map(name_of, shown))
        self.withheld = frozenset(chain.from_iterable(map(_former_names, hidden))) - self._shown

    def pages(self, then: Handbook) -> Sequence[Page]:
        """Return the pages of a former handbook that may be counted."""
        if self._audience is None:
            return then.pages
        return [page for page in publishable(then, self._audience) if self._may_be_counted(page)]

    def _may_be_counted(self, page: Page) -> bool:
        """Say whether a page that could be seen then is not withheld today: what is gone altogether is not."""
        return name_of(page) in self._shown or self.withheld.isdisjoint(_names(page))


def name_of(page: Page) -> str:
    """Return by what a page is known again in another commit."""
    return f"{page.counted_as}:{page.id}:{page.text('period')}" if page.kind is not None and page.id else page.src_uri


def _names(page: Page) -> Iterable[str]:
    """Return all by which a page may be meant that was withheld since."""
    return (name_of(page), page.src_uri, page.id or page.src_uri)


def _former_names(page: Page) -> Iterator[str]:
    """Yield all by which a page may be known in a former commit."""
    yield from (name_of(page), page.src_uri)
    yield from page.texts("redirect_from")
