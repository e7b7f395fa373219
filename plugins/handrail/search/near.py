"""Finds texts that say nearly the same: a few runs of words lead to likely pairs, and each pair is compared word by word.

A run is RUN words in a row. Of a short text every run is kept; of a long one those that begin with some words, the same ones in
every text, so that thousands of texts need little room. What two texts have in common is the most words that stand in both in the
same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from zlib import crc32

LEAST = 40
"""So many words a text has to have to be compared."""
_SHARE = (4, 5)
_RUN = 4
_SHORT = 200
"""A text of fewer words is short."""
_KEPT = 8  # of a long text's runs one in so many is kept
_MOST = 50
"""So many texts are kept for one run: where more have it, each is held against the first of them."""
_HINT, _PROOF = 20, 8
"""One run in so many of the shorter text's leads to a comparison, and one in so many makes sure that it is no chance."""
_COMMON, _COMMON_SHARE = 5, 20


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts, by their numbers, and how many words of the shorter one stand in the other in the same order."""

    first: int
    second: int
    same: int
    shorter: int


def common_matter(texts: Sequence[Collection[str]]) -> frozenset[str]:
    """Return the passages that stand in more than 5 texts and in more than 5 % of them."""
    counts = Counter(passage for text in texts for passage in set(text))
    return frozenset(passage for passage, count in counts.items() if is_common(count, len(texts)))


def own_words(texts: Sequence[Sequence[str]], common: Collection[str]) -> list[str]:
    """Return the words of each text without what most have in common; a text is its passages."""
    return [" ".join([passage for passage in text if passage and passage not in common]) for text in texts]


def is_common(count: int, whole: int) -> bool:
    """Say whether what stands in so many of the whole stands nearly everywhere, as what a template gave them."""
    return count > _COMMON and count * _COMMON_SHARE > whole


def same_in_order(one: Sequence[str], other: Sequence[str], least: int = 0) -> int:
    """Return how many words stand in both texts in the same order; 0 where that is fewer than `least`."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - needed only where two texts may be alike

    return int(LCSseq.similarity(one, other, score_cutoff=least))


def most_of(words: int) -> int:
    """Return how many of so many words are at least four fifths."""
    return -(-words * _SHARE[0] // _SHARE[1])


def near_pairs(texts: Sequence[str]) -> list[Near]:
    """Return the pairs of texts that say nearly the same; a text is its words with a blank between each two.

    At least four fifths of the shorter one's words stand in the other, in order. Texts of fewer than LEAST words are in no pair.
    """
    found: list[Near] = []
    index = _Index()
    # From the shortest on, so that each run of a short text is there when a longer one is looked at.
    lengths = [text.count(" ") + 1 for text in texts]
    for number in sorted(range(len(texts)), key=lengths.__getitem__):
        if lengths[number] >= LEAST:
            words = texts[number].split(" ")
            found += filter(
                None,
                (_compared(other, texts[other].split(" "), number, words) for other in index.likely(number, words)),
            )
    return sorted(found, key=lambda near: (near.first, near.second))


def _compared(number: int, words: Sequence[str], longer: int, others: Sequence[str]) -> Near | None:
    same = same_in_order(words, others, most_of(len(words)))
    # In a long text the words of a short one may stand in order by chance; then the two share hardly a run.
    if not same or len(_runs(words) & _runs(others)) * _PROOF < len(words) - _RUN:
        return None
    return Near(min(number, longer), max(number, longer), same, len(words))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False))


class _Index:
    """The runs of the texts so far, by their hashes."""

    def __init__(self) -> None:
        self._begins = _Begins()
        self._of_short: dict[int, int | list[int]] = {}
        self._of_long: dict[int, int | list[int]] = {}
        self._counts: dict[int, int] = {}

    def likely(self, number: int, words: Sequence[str]) -> list[int]:
        """Return the texts so far that may say nearly the same as this one, and take it in; none is longer."""
        runs = zip(words, words[1:], words[2:], words[3:], strict=False)
        if len(words) < _SHORT:
            every = set(map(hash, runs))
            return self._likely(_taken(self._of_short, every, number), number, len(every))
        begins = map(self._begins.__getitem__, words)
        if not self._of_short:
            kept = set(map(hash, compress(runs, begins)))
            return self._likely(_taken(self._of_long, kept, number), number, len(kept))
        listed = list(map(hash, runs))
        kept = set(compress(listed, begins))
        among_long = _taken(self._of_long, kept, number)
        among_short = _counted(self._of_short, set(listed))
        return sorted((*self._likely(among_short, number, len(listed)), *self._likely(among_long, number, len(kept))))

    def _likely(self, shared: Mapping[int, int], number: int, count: int) -> list[int]:
        self._counts[number] = count
        return sorted(other for other, same in shared.items() if same * _HINT >= min(count, self._counts[other]))


class _Begins(dict[str, bool]):
    """Whether the runs are kept that begin with a word."""

    def __missing__(self, word: str) -> bool:
        self[word] = crc32(word.encode()) % _KEPT == 0
        return self[word]


def _taken(index: dict[int, int | list[int]], runs: Iterable[int], number: int) -> Counter[int]:
    """Count for each text so far the runs that it shares with this one, and take those in."""
    shared: list[int] = []
    for run in runs:
        known = index.setdefault(run, number)
        if isinstance(known, list):
            shared += known
            if len(known) < _MOST:
                known.append(number)
        elif known != number:
            shared.append(known)
            index[run] = [known, number]
    return Counter(shared)


def _counted(index: Mapping[int, int | list[int]], runs: Iterable[int]) -> Counter[int]:
    """Count for each text of an index the runs that it shares with this one."""
    shared: list[int] = []
    for known in [index[run] for run in runs if run in index]:
        if isinstance(known, list):
            shared += known
        else:
            shared.append(known)
    return Counter(shared)
