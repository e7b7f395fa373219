"""What a handbook says twice: procedures that say nearly the same, one decision with two deciders, and values that differ.

Documents count that hold or are being written: none that is retired or not written yet, and of a line's plans only the one in
force. Of two documents the older one comes first; where git does not tell, the one whose path does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from weakref import WeakKeyDictionary

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.processes import exceptions_of
from handrail.model.references import PLAN
from handrail.search.conflicts import Conflict, Order, Said, conflicts
from handrail.search.near import common_matter, is_common, near_pairs, own_words
from handrail.search.near_phrases import alike
from handrail.search.words import words, words_of_each
from handrail.text.passages import passages


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, the older one first; of near-duplicates how many words of the shorter one stand in the other, in order."""

    older: Page
    newer: Page
    same: int = 0
    shorter: int = 0

    @property
    def pages(self) -> tuple[Page, Page]:
        return self.older, self.newer


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves an exception, and the number of the entry in the process of a page; `who` is the same for the same person."""

    page: Page
    index: int
    when: str
    approver: str
    who: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All that a handbook says twice."""

    near: tuple[Pair, ...]
    triggers: tuple[Pair, ...]
    deciders: tuple[Pair, ...]
    approvers: tuple[tuple[Approval, ...], ...]
    conflicts: tuple[Conflict, ...]


_known: WeakKeyDictionary[Handbook, Duplicates] = WeakKeyDictionary()


def duplicates(handbook: Handbook) -> Duplicates:
    """Return what a handbook says twice; it is worked out once."""
    if handbook not in _known:
        _known[handbook] = _found(handbook)
    return _known[handbook]


def _found(handbook: Handbook) -> Duplicates:
    read = {
        page: page.source.find(_read, partial(_read, page)) for page in handbook.documents if _counts(handbook, page)
    }
    keys = {page: found.words for page, found in read.items()}
    order = _order(handbook)
    near = _near(handbook, keys, order)
    active = [page for page in handbook.reviewed if page.is_in_force and page in keys]
    triggers = _triggers(active, order)
    return Duplicates(
        tuple(near),
        tuple(triggers),
        tuple(_two_deciders(handbook, (*near, *triggers))),
        tuple(_two_approvers(handbook, active, order)),
        tuple(conflicts(handbook, read, order)),
    )


def _read(page: Page) -> Said:
    found = passages(page.source.body)
    return Said(found, words_of_each(found))


def _counts(handbook: Handbook, page: Page) -> bool:
    if not page.source.readable or not (page.is_in_force or page.is_draft):
        return False
    if page.counted_as == PLAN:
        line = handbook.lines.get(page.id)
        return line is not None and line.face.page is page
    return page not in handbook.copies


def _order(handbook: Handbook) -> Order:
    """Return by what documents are put in order, the oldest first; git is asked only where that matters."""

    def order(page: Page) -> tuple[date, str]:
        facts = handbook.past.facts
        known = facts.pages.get(page.src_uri) if facts.available else None
        return (known.first_day if known is not None else date.max, page.src_uri)

    return order


def _pair(one: Page, other: Page, order: Order, same: int = 0, shorter: int = 0) -> Pair:
    older, newer = sorted((one, other), key=order)
    return Pair(older, newer, same, shorter)


def _near(handbook: Handbook, keys: Mapping[Page, Sequence[str]], order: Order) -> list[Pair]:
    procedures = [page for page in handbook.reviewed if page in keys]
    if len(procedures) < 2:  # noqa: PLR2004 - a pair
        return []
    common = common_matter(list(keys.values()))
    texts = own_words([keys[page] for page in procedures], common)
    pairs = (
        _pair(procedures[near.first], procedures[near.second], order, near.same, near.shorter)
        for near in near_pairs(texts)
    )
    return [pair for pair in pairs if not _takes_over(handbook, pair)]


def _takes_over(handbook: Handbook, pair: Pair) -> bool:
    """Say whether one of two documents is written to take the other's place."""
    return any(
        reference.page in pair.pages and reference.page.is_draft and reference.path[0] == "replaces"
        for page in pair.pages
        for reference in handbook.back_references.get(page, ())
    )


def _triggers(active: Sequence[Page], order: Order) -> list[Pair]:
    said = {page: words(page.text("trigger")) for page in active if page.text("trigger")}
    pages = list(said)
    counts = Counter(map(tuple, said.values()))
    phrases = [() if is_common(counts[tuple(found)], len(active)) else found for found in said.values()]
    return [_pair(pages[one], pages[other], order) for one, other in alike(phrases)]


def _two_deciders(handbook: Handbook, pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of active documents that somebody else decides in each."""
    found: dict[tuple[Page, Page], Pair] = {}
    for pair in pairs:
        one, other = (_deciders(handbook, page) for page in pair.pages)
        if all(page.is_in_force for page in pair.pages) and one and other and one != other:
            found.setdefault(pair.pages, pair)
    return list(found.values())


def _deciders(handbook: Handbook, page: Page) -> frozenset[str]:
    names = () if page.doubts("rapid") else page.rapid.decide
    return frozenset(_identity(handbook, named.name) for named in names)


def _identity(handbook: Handbook, name: str) -> str:
    found = handbook.registry.find(name)
    return found.id if found is not None else " ".join(words(name))


def _two_approvers(handbook: Handbook, active: Sequence[Page], order: Order) -> Iterator[tuple[Approval, ...]]:
    """Yield the exceptions of one case that different people approve, in the order of their pages' age."""
    cases: dict[str, list[Approval]] = defaultdict(list)
    for page in active:
        for approval in _approvals(handbook, page):
            cases[" ".join(words(approval.when))].append(approval)
    for case, approvals in cases.items():
        pages = {approval.page for approval in approvals}
        if case and len({approval.who for approval in approvals}) > 1 and not is_common(len(pages), len(active)):
            yield tuple(sorted(approvals, key=lambda one: (*order(one.page), one.index)))


def _approvals(handbook: Handbook, page: Page) -> Iterator[Approval]:
    for one in exceptions_of(page):
        if one.approver:
            yield Approval(page, one.index, one.when, one.approver, _identity(handbook, one.approver))
