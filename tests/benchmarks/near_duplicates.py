"""Pages of 500 words, some of them edited copies of others and all with the same part, and how long it takes to find the copies."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from handrail.search.near import common_matter, near_pairs, own_words
from handrail.search.words import words
from handrail.text.passages import passages

_SENTENCES, _COMMON, _WORDS = 34, 8, 12
_EDITED = 0.1
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"\w+")

Pair = tuple[int, int]


class Found(NamedTuple):
    """How many times as long it took as reading the pages and splitting them, and the pairs that were missed and invented."""

    ratio: float
    missed: set[Pair]
    invented: set[Pair]


class Pages:
    """So many pages in a folder, one in fifty of them a copy of another with a tenth of its words edited; `planted` are the pairs."""

    def __init__(self, folder: Path, count: int) -> None:
        self._chance = random.Random(count)  # noqa: S311 - words, not secrets
        letters = self._chance.choices
        self._vocabulary = ["".join(letters(_LETTERS, k=self._chance.randint(1, 9))) for _ in range(20_000)]
        # Words are as frequent as in any language: the second half as often as the first, the third a third as often.
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self._vocabulary))))
        common = [self._sentence() for _ in range(_COMMON)]
        texts = [self._page(common) for _ in range(count)]
        copies = count // 50
        self.planted = {(number, count - copies + number) for number in range(copies)}
        for original, copy in self.planted:
            texts[copy] = [self._edited(sentence) for sentence in texts[original]]
        self._files = [folder / f"{number}.md" for number in range(count)]
        for file, text in zip(self._files, texts, strict=True):
            file.write_text(_written(text), "utf-8")

    def _sentence(self) -> str:
        return " ".join(self._chance.choices(self._vocabulary, cum_weights=self._weights, k=_WORDS)).capitalize() + "."

    def _page(self, common: Sequence[str]) -> list[str]:
        found = [self._sentence() for _ in range(_SENTENCES)]
        for sentence in common:
            found.insert(self._chance.randrange(len(found)), sentence)
        return found

    def _edited(self, sentence: str) -> str:
        """Replace a tenth of the words, put others in or leave them out."""
        found: list[str] = []
        for word in sentence.rstrip(".").split():
            other = self._chance.choices(self._vocabulary, cum_weights=self._weights)[0]
            is_edited = self._chance.random() < _EDITED
            found += self._chance.choice(([other], [word, other], [])) if is_edited else [word]
        return f"{' '.join(found).capitalize()}."

    def _split(self) -> None:
        for file in self._files:
            _WORD.findall(file.read_text("utf-8").lower())

    def _near(self) -> set[Pair]:
        bodies = (file.read_text("utf-8") for file in self._files)
        keys = [[" ".join(words(passage)) for passage in passages(body)] for body in bodies]
        return {(near.first, near.second) for near in near_pairs(own_words(keys, common_matter(keys)))}

    def find(self) -> Found:
        """Read and split the pages, then find the copies among them."""
        split = _spent(self._split)
        pairs: set[Pair] = set()
        spent = _spent(lambda: pairs.update(self._near()))
        return Found(spent / split, self.planted - pairs, pairs - self.planted)


def _spent(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _written(sentences: Sequence[str]) -> str:
    """Return sentences as a page: a heading, paragraphs, steps and rows of a table."""
    lines = ["# Page", ""]
    for number, sentence in enumerate(sentences):
        lines.append((f"{number}. {sentence}", f"| {sentence} | Yes |", sentence)[number % 3])
        lines += [""] if number % 6 == 5 else []
    return "\n".join(lines) + "\n"
