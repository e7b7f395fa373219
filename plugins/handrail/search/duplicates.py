"""What a handbook says twice: procedures that say nearly the same, one decision with two deciders, and values that differ.

Documents count that hold or are being written: none that is retired or not written yet, and of a line's plans only the one in
force. Of two documents the older one comes first; where git does not tell, the one whose path does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from weakref import WeakKeyDictionary

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.search.near import common_matter, is_common, near_pairs, own_words
from handrail.search.near_phrases import alike
from handrail.search.values import Bare, Value, Values
from handrail.search.words import words
from handrail.text.passages import passages, places

_LEAST = 8
"""So many words a passage has to have to be held against others."""
_LEAST_LEFT = 4
"""So many of them have to be no values."""
_MOST = 3
"""A passage that stands in more documents is a form, not a statement."""
_WHOM = ("address", "name")
_ASKS = frozenset(("ask", "asks", "questions", "question", "contact", "reach", "help", "unclear", "doubt", "us"))
_FORM = 20
"""So many documents with nearly the same passage are too many for any of them to be a statement."""


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
class Statement:
    """A passage of a page's body that holds values: where it stands there, and the values as they are written and compared."""

    page: Page
    start: int
    end: int
    values: tuple[Value, ...]

    @property
    def same_as(self) -> tuple[str, ...]:
        return tuple(value.same_as for value in self.values)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Passages of different documents, oldest first, that are equal but for their values; `words` are what is left of each."""

    words: str
    statements: tuple[Statement, ...]

    def against(self, statement: Statement) -> list[Statement]:
        """Return the passages that say otherwise than one of them."""
        return [other for other in self.statements if other.same_as != statement.same_as]


def differing(one: Statement, other: Statement) -> tuple[str, str]:
    """Return what two passages of a conflict say that is not the same in both, as each has it."""
    pairs = [(a.said, b.said) for a, b in _pairs(one, other)]
    return ", ".join(said for said, _ in pairs), ", ".join(said for _, said in pairs)


def _pairs(one: Statement, other: Statement) -> list[tuple[Value, Value]]:
    both = zip(one.values, other.values, strict=True)
    return [(a, b) for a, b in both if a.same_as != b.same_as]


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
    read = {page: passages(page.source.body) for page in handbook.documents if _counts(handbook, page)}
    keys = {page: [" ".join(words(passage)) for passage in found] for page, found in read.items()}
    order = _order(handbook)
    near = _near(handbook, keys, order)
    active = [page for page in handbook.reviewed if page.is_in_force and page in keys]
    triggers = _triggers(active, order)
    return Duplicates(
        tuple(near),
        tuple(triggers),
        tuple(_two_deciders(handbook, (*near, *triggers))),
        tuple(_two_approvers(handbook, active, order)),
        tuple(_conflicts(handbook, read, keys, order)),
    )


def _counts(handbook: Handbook, page: Page) -> bool:
    if not page.source.readable or not (page.is_in_force or page.is_draft):
        return False
    if page.counted_as == PLAN:
        line = handbook.lines.get(page.id)
        return line is not None and line.face.page is page
    return page not in handbook.copies


_Order = Callable[[Page], tuple[date, str]]


def _order(handbook: Handbook) -> _Order:
    """Return by what documents are put in order, the oldest first; git is asked only where that matters."""

    def order(page: Page) -> tuple[date, str]:
        facts = handbook.past.facts
        known = facts.pages.get(page.src_uri) if facts.available else None
        return (known.first_day if known is not None else date.max, page.src_uri)

    return order


def _pair(one: Page, other: Page, order: _Order, same: int = 0, shorter: int = 0) -> Pair:
    older, newer = sorted((one, other), key=order)
    return Pair(older, newer, same, shorter)


def _near(handbook: Handbook, keys: Mapping[Page, Sequence[str]], order: _Order) -> list[Pair]:
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


def _triggers(active: Sequence[Page], order: _Order) -> list[Pair]:
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


def _two_approvers(handbook: Handbook, active: Sequence[Page], order: _Order) -> Iterator[tuple[Approval, ...]]:
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
    process = page.data.get("process")
    listed = process.get("exceptions") if isinstance(process, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            when, approver = entry.get("when"), entry.get("approver")
            if isinstance(when, str) and isinstance(approver, str) and approver.strip():
                yield Approval(page, index, when, approver, _identity(handbook, approver))


def _conflicts(
    handbook: Handbook, read: Mapping[Page, Sequence[str]], keys: Mapping[Page, Sequence[str]], order: _Order
) -> Iterator[Conflict]:
    values = Values(person.name for person in handbook.registry.people.values())
    likely: dict[str, list[tuple[Page, int]]] = {}
    for page, texts in read.items():
        numbers = [number for number, key in enumerate(keys[page]) if key.count(" ") + 1 >= _LEAST]
        rough = values.roughly_bare([texts[number] for number in numbers], [keys[page][number] for number in numbers])
        for number, said in zip(numbers, rough, strict=True):
            likely.setdefault(said, []).append((page, number))
    for found in likely.values():
        if len(found) > 1 and _may_differ(found, keys):
            yield from _of_likely(values, read, found, order)


def _may_differ(found: Sequence[tuple[Page, int]], keys: Mapping[Page, Sequence[str]]) -> bool:
    """Say whether passages are of several pages, no more of them than statements may be, and not all the same to the letter."""
    is_said_twice = 1 < len({page for page, _ in found}) <= _FORM
    return is_said_twice and len({keys[page][number] for page, number in found}) > 1


def _of_likely(
    values: Values, read: Mapping[Page, Sequence[str]], likely: Iterable[tuple[Page, int]], order: _Order
) -> Iterator[Conflict]:
    bare: dict[str, dict[Page, list[tuple[int, Bare]]]] = defaultdict(dict)
    for page, number in likely:
        found = values.taken_out(read[page][number])
        if found is not None and len(found.words.replace("#", "").split()) >= _LEAST_LEFT:
            bare[found.words].setdefault(page, []).append((number, found))
    for said, by_page in bare.items():
        if 1 < len(by_page) <= _MOST:
            conflict = _conflict(said, by_page, order)
            if conflict is not None:
                yield conflict


def _conflict(said: str, by_page: Mapping[Page, Sequence[tuple[int, Bare]]], order: _Order) -> Conflict | None:
    """Return the passages of some pages where they differ; None where they do not, or a page itself says several things."""
    if any(len({bare.same_as for _, bare in found}) > 1 for found in by_page.values()):
        return None
    if len({found[0][1].same_as for found in by_page.values()}) == 1:
        return None
    statements = []
    for page in sorted(by_page, key=order):
        number, bare = by_page[page][0]
        start, end = places(page.source.body)[number]
        statements.append(Statement(page, start, end, bare.values))
    told_apart = [_pairs(one, other) for one, other in combinations(statements, 2) if one.same_as != other.same_as]
    return None if all(_is_of_another(said, pairs) for pairs in told_apart) else Conflict(said, tuple(statements))


def _is_of_another(said: str, pairs: Sequence[tuple[Value, Value]]) -> bool:
    """Say whether values differ because each page is about something else: whom it says to ask, or the money of its country."""
    if all(one.currency != other.currency and one.currency and other.currency for one, other in pairs):
        return True
    return all(one.sort in _WHOM for one, _ in pairs) and not _ASKS.isdisjoint(said.split())
