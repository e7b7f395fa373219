"""The difference between two texts, word by word, as a reader would mark it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

_WORD = re.compile(r"(\s*)(\S+)")
_AROUND = 6  # words that stay beside a change, so that a reader knows where it is
_LEAST_FOLDED = 4  # words; hiding fewer would save nothing
_MOST = 4_000_000
"""How many pairs of words are compared: two thousand words with as many."""
_MOST_ALIKE = 200_000
"""How many of the pairs may be alike: each takes time again and again. Two thousand words of prose have a quarter of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row: in both texts, only in the old one, only in the new one, or left out as the same."""

    kind: Literal["same", "old", "new", "folded"]
    text: str
    before: str = ""
    """The white space in front: a space, or the end of a line or paragraph."""


def difference(old: str, new: str) -> list[Piece]:
    """Return two texts as one, with what differs marked; nothing where their words are the same."""
    left, right = _words(old), _words(new)
    if _bare(left) == _bare(right):
        return []
    pieces: list[Piece] = []
    for same, i, j, k, m in _steps(left, right):
        if same:
            pieces += _folded(right[k:m], first=not pieces, last=j == len(left) and m == len(right))
            continue
        pieces += [_piece("old", left[i:j])] if i < j else []
        pieces += [_piece("new", right[k:m], " " if _is_in_one_line(left[i:j], right[k:m]) else "")] if k < m else []
    return pieces


def _is_in_one_line(old: _Words, new: _Words) -> bool:
    """Say whether words at the beginning of a line became others there: those stand on that line, too."""
    is_alone = all("\n" not in space for words in (old, new) for space, _ in words[1:])
    return bool(old) and is_alone and old[0][0] == new[0][0]


_Words = list[tuple[str, str]]
"""Words, each with the white space in front of it."""
_Step = tuple[bool, int, int, int, int]
"""Whether words are the same, the range of the old ones, and that of the new ones."""


def _words(text: str) -> _Words:
    return [(_space(space), word) for space, word in _WORD.findall(text)]


def _space(space: str) -> str:
    lines = len(re.findall(r"\r\n|\n|\r", space))
    return "\n" * min(lines, 2) or " "


def _bare(words: _Words) -> list[str]:
    return [word for _, word in words]


def _steps(old: _Words, new: _Words) -> Iterator[_Step]:
    """Yield what is the same and what is not, in order; two steps that are the same never follow each other."""
    begin = 0
    least = min(len(old), len(new))
    while begin < least and old[begin][1] == new[begin][1]:
        begin += 1
    end = 0
    while end < least - begin and old[-1 - end][1] == new[-1 - end][1]:
        end += 1
    steps: list[_Step] = [(True, 0, begin, 0, begin)] if begin else []
    for same, i, j, k, m in _inner(old[begin : len(old) - end], new[begin : len(new) - end]):
        steps.append((same, begin + i, begin + j, begin + k, begin + m))
    if end:
        steps.append((True, len(old) - end, len(old), len(new) - end, len(new)))
    yield from _joined(steps)


def _inner(old: _Words, new: _Words) -> Iterator[_Step]:
    """Compare words, where they are many line by line first: time grows with the square."""
    if _is_quick(_bare(old), _bare(new)):
        yield from _compared(_bare(old), _bare(new))
        return
    left, right = _lines(old), _lines(new)
    before, before_new = _starts(left), _starts(right)
    keys, new_keys = [_key(line) for line in left], [_key(line) for line in right]
    whole = [(False, 0, len(left), 0, len(right))]
    for same, i, j, k, m in _compared(keys, new_keys) if _is_quick(keys, new_keys) else whole:
        a, b, c, d = before[i], before[j], before_new[k], before_new[m]
        if same or not _is_quick(_bare(old[a:b]), _bare(new[c:d])):
            yield same, a, b, c, d
            continue
        for found, w, x, y, z in _compared(_bare(old[a:b]), _bare(new[c:d])):
            yield found, a + w, a + x, c + y, c + z


def _is_quick(old: list[str], new: list[str]) -> bool:
    """Say whether words, or lines, are few enough to be compared, and few enough of them alike."""
    if len(old) * len(new) > _MOST:
        return False
    counts = Counter(new)
    return sum(count * counts[word] for word, count in Counter(old).items()) <= _MOST_ALIKE


def _compared(old: list[str], new: list[str]) -> Iterator[_Step]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", i, j, k, m


def _lines(words: _Words) -> list[_Words]:
    lines: list[_Words] = []
    for at, word in enumerate(words):
        if not at or "\n" in word[0]:
            lines.append([])
        lines[-1].append(word)
    return lines


def _key(line: _Words) -> str:
    return " ".join(_bare(line))


def _starts(lines: list[_Words]) -> list[int]:
    """Return how many words stand before each line, and in all."""
    return [0, *accumulate(len(line) for line in lines)]


def _joined(steps: Iterable[_Step]) -> Iterator[_Step]:
    last: _Step | None = None
    for step in steps:
        if last is not None and last[0] == step[0]:
            last = (last[0], last[1], step[2], last[3], step[4])
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _piece(kind: Literal["same", "old", "new"], words: _Words, before: str = "") -> Piece:
    text = "".join((space if at else "") + word for at, (space, word) in enumerate(words))
    return Piece(kind, text, before or words[0][0])


def _folded(words: _Words, *, first: bool, last: bool) -> list[Piece]:
    """Return words that are in both texts; of many only those beside a change."""
    head, tail = 0 if first else _AROUND, 0 if last else _AROUND
    if len(words) < head + tail + _LEAST_FOLDED:
        return [_piece("same", words)]
    found = [_piece("same", words[:head])] if head else []
    found.append(Piece("folded", "…", words[head][0]))
    if tail:
        found.append(_piece("same", words[-tail:]))
    return found
