"""What someone probably meant."""

from __future__ import annotations

from collections.abc import Iterable

_CLOSE = 0.72
"""Tried on slips of one or two letters."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` is most likely a slip for, or None where none is close."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - needed only where something is wrong

    best, best_score = None, 0.0
    folded = word.casefold().replace("_", "-")
    for candidate in candidates:
        other = candidate.casefold().replace("_", "-")
        if folded == other:
            return candidate
        if abs(len(folded) - len(other)) > max(2, len(other) // 2):
            continue
        matcher = SequenceMatcher(None, folded, other)
        # Both quick figures are upper bounds of the real one, which takes ten times as long.
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _CLOSE:
            continue
        # The same letters in another order are a slip of the fingers, however short the word.
        score = matcher.ratio() if matcher.quick_ratio() < 1 else 1.0
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score >= _CLOSE else None
