"""The page of what the handbook says twice: procedures side by side, one thing with two deciders, and values that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.other_pages import link_to
from handrail.pages.phrases import names_in_words
from handrail.pages.views import Entry, Section, View, Words
from handrail.rules.kept_apart import Unexplained, unexplained
from handrail.search.conflicts import Conflict, differing
from handrail.search.duplicates import Approval, Pair
from handrail.text.inline import words_in_line
from handrail.text.passages import passages
from handrail.text.worddiff import Piece, difference
from handrail.words.language import quoted

_COMPARED = 20
"""So many pairs are held side by side: nobody reads more at once, and each takes its time."""


def said_twice(shown: Shown) -> View:
    """Return the page; only what the audience may see is named, counted or compared."""
    found = unexplained(shown.handbook)
    sections = [section for section in _sections(shown, found) if section.entries or section.pieces]
    if not sections:
        return View(lead=("Nothing is said twice, and no two pages disagree.",))
    return View(
        lead=("Where two pages are for one thing, people follow the one that they find.",), sections=tuple(sections)
    )


def _sections(shown: Shown, found: Unexplained) -> Iterator[Section]:
    yield Section(
        "Values that differ",
        "values-that-differ",
        tuple(entry for conflict in found.conflicts for entry in _conflict(shown, found, conflict)),
        words=("These pages say the same, but for a number, an amount, a time, a day, an address or a name.",),
    )
    near = _seen(shown, found.near)
    yield Section(
        "Nearly the same",
        "nearly-the-same",
        tuple(Entry(_both(pair), note=_in_common(pair)) for pair in near),
        words=("Most words of the shorter one stand in the other, in the same order.",),
    )
    for number, pair in enumerate(near[:_COMPARED], 1):
        yield Section(
            f"{pair.older.title} and {pair.newer.title}",
            f"pair-{number}",
            words=(
                "Struck out is what only ",
                Link(pair.older.title, pair.older),
                " says; marked is what only ",
                Link(pair.newer.title, pair.newer),
                " says.",
            ),
            level=3,
            pieces=_difference(_text(pair.older), _text(pair.newer)),
        )
    yield Section(
        "Needed when the same thing happens",
        "same-trigger",
        tuple(Entry(_both(pair), note=pair.newer.text("trigger")) for pair in _seen(shown, found.triggers)),
        words=("Whoever looks for what to do finds both.",),
    )
    yield Section(
        "One thing, two who decide",
        "two-deciders",
        (
            *(Entry(_deciders(shown, pair)) for pair in _seen(shown, found.deciders)),
            *(entry for approvals in found.approvers for entry in _approvers(shown, approvals)),
        ),
        words=("Then it depends on the page that is read.",),
    )


def _seen(shown: Shown, pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if all(map(shown.shows, pair.pages))]


def _both(pair: Pair) -> Words:
    return (Link(pair.older.title, pair.older), " and ", Link(pair.newer.title, pair.newer))


def _in_common(pair: Pair) -> str:
    return f"{pair.same} of the {pair.shorter} words of the shorter one stand in the other."


def _text(page: Page) -> str:
    """Return what readers see of a page, a passage a line."""
    return "\n".join(words_in_line(passage.strip("#|> \t\r")) for passage in passages(page.source.body))


@lru_cache(maxsize=_COMPARED)
def _difference(older: str, newer: str) -> tuple[Piece, ...]:
    """Return what differs between two texts; a build asks for the page twice, once to count what stands on it."""
    return tuple(difference(older, newer))


def _conflict(shown: Shown, found: Unexplained, conflict: Conflict) -> Iterator[Entry]:
    """Yield the newest passage that may be seen with those that say otherwise."""
    seen = [statement for statement in conflict.statements if shown.shows(statement.page)]
    if not seen:
        return
    newest = seen[-1]
    others = [other for other in found.against(conflict, newest) if other in seen]
    if others:
        words: list[str | Link] = [link_to(shown, newest), f" says {differing(newest, others[0])[0]}"]
        for other in others:
            words += ["; ", link_to(shown, other), f" says {differing(newest, other)[1]}"]
        body = newest.page.source.body[newest.start : newest.end]
        yield Entry((*words, "."), note=words_in_line(" ".join(body.strip("#|> \t\r").split())))


def _deciders(shown: Shown, pair: Pair) -> Words:
    words: list[str | Link] = []
    for page in pair.pages:
        words += ["; " if words else "", Link(page.title, page), ": "]
        words += names_in_words(shown, (named.name for named in page.rapid.decide))
    return (*words, ".")


def _approvers(shown: Shown, approvals: tuple[Approval, ...]) -> Iterator[Entry]:
    seen = [one for one in approvals if shown.shows(one.page)]
    if len({one.who for one in seen}) > 1:
        words: list[str | Link] = []
        for one in seen:
            words += ["; " if words else "", Link(one.page.title, one.page), f": {one.approver}"]
        yield Entry((*words, "."), note=f"In the case {quoted(seen[-1].when)}")
