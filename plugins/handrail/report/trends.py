"""Trends in words: which way a series goes, since when, and of how many points that is said."""

from __future__ import annotations

from handrail.measures.trend import Trend, Verdict
from handrail.words.language import count_of

_SHORTEST = 3
"""What was at its best less than so many points ago goes for the worse over the window, and not since then."""


def trend_words(found: Trend, *, is_down: bool, since: str, over: str, noun: str) -> str:
    """Say how a series goes: `since` from when on it was no longer at its best, `over` what span, `noun` what a point is.

    `is_down` says that less is better; then it is said, for a series that rises is bad news.
    """
    known = count_of(found.points, noun) if found.points else f"no {noun}s"
    if found.verdict is Verdict.TOO_SHORT:
        return f"Too short to tell: {known}"
    if found.verdict is Verdict.NONE:
        return f"No clear trend in {known}"
    declines = found.verdict is Verdict.DECLINES
    way = "Falling" if declines is not is_down else "Rising"
    when = since if declines and found.since >= _SHORTEST else over
    return f"{way} {when}{', and lower is better' if is_down else ''} ({known})"
