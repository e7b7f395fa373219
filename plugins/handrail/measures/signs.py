"""Signs that an operating model works: those that can be measured, and the questions that only people answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median_low

from handrail.measures.scope import Scope
from handrail.measures.scorecard import Scorecard
from handrail.measures.trend import Verdict
from handrail.model.meetings import meetings, overload
from handrail.words.language import count_of, join_words

MEASURED = ("sop-errors", "texts-read")
"""The measures that are signs too."""
TO_ASK = (
    "Does anybody still ask in private messages how something stands?",
    "Does everyone know the next step without asking?",
    "Is a dispute between departments settled by the procedure, and not by who remembers what?",
    "Do the figures show why something goes wrong, and not only that it does?",
    "Does a newcomer do the work after reading the page?",
    "Has it become less clear since there is more to report?",
)
"""What is asked of people, for no file tells."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: the question, and what is known of it; `said` is empty where nothing is."""

    asks: str
    said: str


def signs(found: Scorecard) -> tuple[Sign, ...]:
    """Return the signs that can be measured; a part that the handbook does not have is left out."""
    return (*_measured(found), *_meetings(found.scope))


def _measured(found: Scorecard) -> Iterator[Sign]:
    words = {Verdict.DECLINES: "It gets worse.", Verdict.RISES: "It gets better."}
    for measure in found.measures:
        if measure.name in MEASURED:
            trend = found.trend(measure)
            value = f"{measure.numerator} of {measure.denominator}." if measure.value is not None else ""
            goes = words.get(trend.verdict, "") if trend is not None and value else ""
            yield Sign(measure.asks, " ".join(filter(None, (value, goes))))


def _meetings(scope: Scope) -> Iterator[Sign]:
    every = [one for one in meetings(scope.handbook) if one.page in scope.pages]
    if not every:
        return
    days = [
        (one.done - one.day).days
        for meeting in every
        for one in meeting.decisions
        if one.done is not None and scope.a_year_ago < one.done <= scope.handbook.today
    ]
    half = count_of(median_low(days), "day") if days else ""
    said = f"Half of what was done within twelve months took {half} or less." if days else ""
    yield Sign("How long does it take from a decision until it is done?", said)
    overloaded = [one.page.title for one in every if overload(one, scope.pages) is not None]
    yield Sign(
        "Does a meeting look at more figures than it takes decisions?",
        f"{join_words(f'“{title}”' for title in overloaded)}." if overloaded else "None does.",
    )
