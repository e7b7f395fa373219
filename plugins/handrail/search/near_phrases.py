"""Finds phrases that say nearly the same: equal ones, and those that share most of their words in order.

Of a phrase some words may be missing in the other, so that of its rarest words, one or two more than may be missing, two at least
stand in the other as well, in this order. By such pairs of words the likely phrases are found, none left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from handrail.search.near import most_of, same_in_order

_LEAST = 5
_LONGEST = 40
"""So many words of a phrase are read: what is longer is no phrase."""


def alike(phrases: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Return the pairs of phrases, by their numbers, that are equal or share four fifths of at least 5 words in order."""
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        if phrase:
            members[tuple(phrase[:_LONGEST])].append(number)
    found = [pair for numbers in members.values() for pair in combinations(numbers, 2)]
    for one, other in _likely([phrase for phrase in members if len(phrase) >= _LEAST]):
        least = most_of(len(one))
        if len(set(one) - set(other)) <= len(one) - least and same_in_order(one, other, least):
            found += ((min(pair), max(pair)) for pair in product(members[one], members[other]))
    return sorted(found)


def _likely(phrases: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield phrases that may be alike, the shorter one first."""
    counts = Counter(word for phrase in phrases for word in set(phrase))
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    # From the shortest on: only the telling pairs are kept, and each phrase is looked at when all that are shorter are there.
    for number, phrase in sorted(enumerate(phrases), key=lambda one: (len(one[1]), one[0])):
        shared = [word for word in phrase if counts[word] > 1]
        likely = {other for pair in combinations(shared, 2) if pair in index for other in index[pair]}
        yield from ((phrases[other], phrase) for other in sorted(likely))
        rarest = sorted(range(len(phrase)), key=lambda at: (counts[phrase[at]], at))
        telling = sorted(rarest[: len(phrase) - most_of(len(phrase)) + 2])
        for pair in {(phrase[a], phrase[b]) for a, b in combinations(telling, 2)}:
            index[pair].append(number)
