"""Who and what is named in what a page says: names lead to their place on the list of people, addresses where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.unidentified import as_id
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Words

_FOUND = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])|(?P<word>\w[\w'\u2019.-]*)"
)
_LEAST = 2  # words; a name of one word may be a word of the language
_MOST = 4_096
"""So many texts are remembered: nearly all stand on many pages."""
HAVE_LEFT = "have-left"
"""The part of the list of people for those who are there no more."""


class Named:
    """The names of a handbook's people and groups, as they stand in sentences; none where their list may not be seen."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._by_first: dict[str, list[Person | Group]] = {}
        registry = shown.handbook.registry
        known: list[Person | Group] = [*registry.people.values(), *registry.groups.values()]
        for who in known if _list_of_people(shown) is not None else ():
            words = [match[0] for match in _FOUND.finditer(who.name)]
            if len(words) >= _LEAST:
                self._by_first.setdefault(words[0], []).append(who)
        for found in self._by_first.values():
            found.sort(key=lambda who: -len(who.name))
        self._taken_apart = lru_cache(maxsize=_MOST)(self._apart)

    def __call__(self, text: str) -> Words:
        """Return a text with links to the people and groups in it, and to addresses that stand in it."""
        return self._taken_apart(text)

    def _apart(self, text: str) -> Words:
        parts: list[str | Link] = []
        at = 0
        for match in _FOUND.finditer(text):
            link = self._link(text, match) if match.start() >= at else None
            if link is not None:
                parts += [text[at : match.start()], link]
                at = match.start() + len(link.text)
        return (*parts, text[at:]) if parts else (text,)

    @cached_property
    def state(self) -> str:
        """All that a link in a sentence depends on: every name, and where it leads."""
        known = (who for found in self._by_first.values() for who in found)
        return "\n".join(f"{who.name}\t{link_to(self._shown, who).address('')}" for who in known)

    def _link(self, text: str, found: re.Match[str]) -> Link | None:
        if found["word"] is None:
            return Link(found[0], url=f"mailto:{found[0]}" if found["mail"] else found[0])
        for who in self._by_first.get(found[0], ()):
            behind = text[found.start() + len(who.name) :][:1]
            if text.startswith(who.name, found.start()) and not (behind.isalnum() or behind == "-"):
                return link_to(self._shown, who)
        return None


def link_to(shown: Shown, who: Person | Group) -> Link:
    """Return a link to the place of a person or group; their name where there is none that may be seen."""
    page = _list_of_people(shown)
    return Link(who.name, page, part=HAVE_LEFT if who in shown.gone else place(who))


def with_links_to(shown: Shown, text: str, known: Iterable[Person | Group]) -> Words:
    """Return a sentence that names some people or groups, with a link at the first place of each, be it a word of the language."""
    parts: list[str | Link] = [text]
    for who in known:
        if len(who.name.split()) < _LEAST:
            parts = [piece for part in parts for piece in _apart(shown, part, who)]
    return tuple(parts)


def _apart(shown: Shown, part: str | Link, who: Person | Group) -> Words:
    found = re.search(rf"(?<![\w-]){re.escape(who.name)}(?![\w-])", part) if isinstance(part, str) else None
    if found is None:
        return (part,)
    return (found.string[: found.start()], link_to(shown, who), found.string[found.end() :])


def _list_of_people(shown: Shown) -> Page | None:
    page = shown.handbook.registry_page
    return page if page is not None and shown.shows(page) else None


def place(who: Person | Group) -> str:
    """Return the part of the list of people at which somebody stands."""
    return as_id(who.id) or who.id
