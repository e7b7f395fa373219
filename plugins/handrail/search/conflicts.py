"""Passages of two documents that are the same but for a value: one of them was changed, and the other forgotten."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import combinations
from typing import NamedTuple

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.search.values import Bare, Value, Values
from handrail.text.passages import places

Order = Callable[[Page], tuple[date, str]]
"""By what documents are put in order, the oldest first."""

_LEAST = 8
"""So many words a passage has to have to be held against others."""
_LEAST_LEFT = 4
"""So many of them have to be no values."""
_MOST = 3
"""A passage that stands in more documents is a form, not a statement."""
_YEAR = re.compile(r"\d{4}")
_WHOM = ("address", "name")
_ASKS = frozenset(
    "ask asks contact doubt help maintained maintains owned owner question questions reach unclear us".split()  # noqa: SIM905
)
"""Words of a line that says who is there for a page."""
_ITSELF = re.compile(
    r"\bthis (?:course|document|metric|objective|office|page|plan|policy|procedure|process|product|project|role|service|sop|team)\b"
)
_WRITTEN = frozenset(
    "adopted approved attended changed created dated minutes modified notes present published reviewed revised signed updated".split()  # noqa: SIM905
)
"""Words of a line that says on which day a page was written, or what took place on it."""
_FORM = 20
"""So many documents with nearly the same passage are too many for any of them to be a statement."""


class Said(NamedTuple):
    """The passages of a page, as they are written, and the words of each with a blank between each two."""

    passages: Sequence[str]
    words: Sequence[str]


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


def conflicts(handbook: Handbook, read: Mapping[Page, Said], order: Order) -> Iterator[Conflict]:
    """Yield the conflicts between pages; `read` is what each says."""
    values = _values(tuple(person.name for person in handbook.registry.people.values()))
    rough: dict[Page, tuple[list[int], list[str]]] = {}
    counts: Counter[str] = Counter()
    for page, said in read.items():
        rough[page] = page.source.find(values, partial(_rough, values, said))
        counts.update(rough[page][1])
    likely: dict[str, list[tuple[Page, int]]] = defaultdict(list)
    for page, (numbers, found) in rough.items():
        for number, said_there in [one for one in zip(numbers, found, strict=True) if counts[one[1]] > 1]:
            likely[said_there].append((page, number))
    for passages in likely.values():
        if _may_differ(passages, read):
            yield from _of_likely(values, read, passages, order)


@lru_cache(maxsize=2)
def _values(names: tuple[str, ...]) -> Values:
    return Values(names)


def _rough(values: Values, said: Said) -> tuple[list[int], list[str]]:
    """Return the numbers of the passages of a page that are long enough, and roughly what is left of each without its values."""
    numbers = [number for number, words in enumerate(said.words) if words.count(" ") >= _LEAST - 1]
    long, words = ([of[number] for number in numbers] for of in said)
    return numbers, values.roughly_bare(long, words)


def _may_differ(found: Sequence[tuple[Page, int]], read: Mapping[Page, Said]) -> bool:
    """Say whether passages are of several pages, no more of them than statements may be, and not all the same to the letter."""
    is_said_twice = 1 < len({page for page, _ in found}) <= _FORM
    return is_said_twice and len({read[page].words[number] for page, number in found}) > 1


def _of_likely(
    values: Values, read: Mapping[Page, Said], likely: Iterable[tuple[Page, int]], order: Order
) -> Iterator[Conflict]:
    bare: dict[str, dict[Page, list[tuple[int, Bare]]]] = defaultdict(dict)
    for page, number in likely:
        found = values.taken_out(read[page].passages[number])
        if found is not None and len(found.words.replace("#", "").split()) >= _LEAST_LEFT:
            bare[found.words].setdefault(page, []).append((number, found))
    for said, by_page in bare.items():
        if 1 < len(by_page) <= _MOST:
            conflict = _conflict(said, by_page, order)
            if conflict is not None:
                yield conflict


def _conflict(said: str, by_page: Mapping[Page, Sequence[tuple[int, Bare]]], order: Order) -> Conflict | None:
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
    """Say whether values differ because each page is about something else.

    It says whom to ask, when it was written, what is so of itself, or an amount in the money of its country.
    """
    if _ITSELF.search(said) or all(one.currency and other.currency not in ("", one.currency) for one, other in pairs):
        return True
    left = said.split()
    whom = [one.sort in _WHOM for one, _ in pairs]
    if all(whom):
        return not _ASKS.isdisjoint(left)
    others = (one for (one, _), is_whom in zip(pairs, whom, strict=True) if not is_whom)
    return all(map(_is_of_a_year, others)) and not _WRITTEN.isdisjoint(left)


def _is_of_a_year(value: Value) -> bool:
    return value.sort == "day" and _YEAR.search(value.said) is not None
