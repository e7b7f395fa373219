"""Whether the site's own search finds a page by the page's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from handrail.model.handbook import Handbook
from handrail.model.made_pages import made_pages
from handrail.model.page import Page
from handrail.search.entries import entry, of_made, of_person, people_in, searchable
from handrail.search.index import build
from handrail.search.ranking import Finder
from handrail.search.synonyms import read_synonyms

FIRST = 3
"""A page is found where it is among so many that come first."""


def lost(finder: Finder, url: str, texts: Iterable[str], first: int = FIRST) -> Iterator[str]:
    """Yield those texts by which the finder does not have a page among the first."""
    return (text for text in dict.fromkeys(texts) if not finder.is_among_first(url, text, first))


class OwnSearch:
    """The finder over some of a handbook's pages, which ranks them as the one on their site does."""

    def __init__(self, handbook: Handbook, pages: AbstractSet[Page]) -> None:
        self._handbook = handbook
        self._pages = pages
        self._found: dict[Page, bool] = {}

    def found(self, pages: Iterable[Page]) -> list[Page]:
        """Return those pages that are found by their title and by all that is asked for them; each page is looked for once."""
        asked = list(pages)
        new = [page for page in asked if page not in self._found]
        if new:
            finder = self.finder()
            for page in new:
                self._found[page] = not any(lost(finder, page.url, (page.title, *page.texts("asked_as"))))
        return [page for page in asked if self._found[page]]

    def finder(self) -> Finder:
        """Return the finder over the pages; nobody keeps it, for it holds all their words."""
        book = self._handbook
        pages = [page for page in book.documents if page in self._pages and page.src_uri not in book.files.left_out]
        entries = [entry(page, book.registry) for page in searchable(pages)]
        entries += [of_person(person, f"{url}#{person.id}") for url, person in people_in(book, pages)]
        entries += of_made(book, made_pages(book, self._pages))
        return Finder(build(entries, read_synonyms(book.project.root, book.settings.synonyms)))
