"""HB5: what people say when they need a page does not bring them to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from handrail.errors import SettingsError
from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.made_pages import made_pages
from handrail.model.page import Page
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.search.entries import entry, of_made
from handrail.search.index import build
from handrail.search.ranking import MOST_WORDS, Finder
from handrail.search.synonyms import read_synonyms
from handrail.search.words import STOP, words
from handrail.words.language import quoted
from handrail.words.made import said_of

FIRST = 3
"""Among how many answers a page has to be: more are read by hardly anyone."""


@rule("HB508", "own-words", Severity.INFO)
def own_words(handbook: Handbook) -> Iterator[Hit]:
    """The site's search does not find an active public procedure by its own title, or by what is said to be asked for it.

    Readers look at the first three answers. A phrase is lost where more than three pages claim it, where there is no letter
    or digit in it, or where its first twelve words, which are all that is looked for, lead to others. The site's synonyms count.

    **What to do.** Say in the title, or under `asked_as`, what only this page is for.
    """
    seen = _Seen(handbook)
    for page in seen.pages:
        if not page.is_reviewed or not page.is_in_force:
            continue
        lost = [text for text in dict.fromkeys((page.title, *page.texts("asked_as"))) if not seen.finds(page, text)]
        if lost:
            at_title = page.title in lost
            said = ", ".join(map(quoted, lost))
            yield Hit(
                at(page, ("title",)) if at_title else at(page, ("asked_as",)),
                f"The site's search does not find “{page.title}” among the first three answers to {said}.",
                "Say what only this page is for, in words that people use.",
            )


class _Seen:
    """The pages that the public finds, and the phrases that lead to them.

    A page comes before all others for the very words of its title, then for those that are asked for it. So the ranking
    itself is needed only for the few phrases of which that is not certain, and is made when there is one.
    """

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self.pages = [
            page
            for page in handbook.documents
            if page.visibility == "public"
            and page.source.readable
            and page.is_valid
            and page not in handbook.copies
            and not page.is_kept_out_of_search
        ]
        self._titled: dict[tuple[str, ...], set[Page]] = defaultdict(set)
        self._asked: dict[tuple[str, ...], set[Page]] = defaultdict(set)
        self._entries = [entry(page, handbook.registry) for page in self.pages]
        self._terms = {word for known in self._entries for text in known.others.values() for word in words(text)}
        self._terms.update(word for made in Made for text in said_of(made) for word in words(text))
        for page in self.pages:
            self._note(self._titled, page, page.title)
            for text in (page.id, *page.texts("asked_as")):
                self._note(self._asked, page, text)

    def _note(self, phrases: dict[tuple[str, ...], set[Page]], page: Page, text: str) -> None:
        phrase = tuple(words(text))
        self._terms.update(phrase)
        if not page.is_retired:
            phrases[phrase].add(page)

    def finds(self, page: Page, text: str) -> bool:
        """Say whether a page is among the first answers to one of its own phrases."""
        phrase = tuple(words(text))
        if not phrase:
            return False
        if len(phrase) > MOST_WORDS or self._is_cut_anew(phrase):
            return page.url in self._finder.first(text, FIRST)
        rivals = self._titled.get(phrase, set())
        if page not in rivals:
            rivals = rivals | self._asked.get(phrase, set())
        return len(rivals) <= FIRST

    def _is_cut_anew(self, phrase: tuple[str, ...]) -> bool:
        """Say whether none of the words may be looked for as it is, for each makes another one with its neighbour."""
        joined = [one + other in self._terms for one, other in pairwise(phrase)]
        content = [at for at, word in enumerate(phrase) if word not in STOP] or range(len(phrase))
        return all(any(joined[max(at - 1, 0) : at + 1]) for at in content)

    @cached_property
    def _finder(self) -> Finder:
        try:
            synonyms = read_synonyms(self._handbook.project.root, self._handbook.project.settings.synonyms)
        except SettingsError:
            synonyms = ()  # whoever builds the site is told what is wrong with them
        made = of_made(self._handbook, made_pages(self._handbook, frozenset(self.pages)))
        return Finder(build([*self._entries, *made], synonyms))
