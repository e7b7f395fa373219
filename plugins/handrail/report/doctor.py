"""Writes the answers on the operating model: in lines for people, as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.measures.doctor import Answer, Finding
from handrail.measures.scorecard import Scorecard
from handrail.measures.signs import TO_ASK, signs
from handrail.model.page import Page
from handrail.text.visible import one_line
from handrail.words.language import capital, in_words

VERSION = 1
_MOST_NAMED = 5


def answer_words(answer: Answer) -> str:
    """Return an answer as it is read."""
    return "Nobody can say" if answer is Answer.UNKNOWN else capital(answer.value)


def doctor_lines(card: Scorecard, findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield the answers for a terminal: the question, what was found, for which documents not, and what to do next."""
    yield f"From goal to meeting, on {in_words(card.handbook.today)}:"
    for one in findings:
        yield ""
        yield f"{one.number:2}. {one.asks}"
        yield f"    {answer_words(one.answer)}. {one.why}"
        if one.lacking:
            yield f"    Not: {_named(one.lacking)}"
        if one.do:
            yield f"    Next: {one.do}"
    yield ""
    yield "Signs that it works:"
    for sign in signs(card):
        yield f"  {sign.asks} {one_line(sign.said) or 'Not known yet.'}"
    yield ""
    yield "Only people can say:"
    yield from (f"  {question}" for question in TO_ASK)


def _named(pages: tuple[Page, ...]) -> str:
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(f"“{one_line(page.title)}”" for page in pages[:_MOST_NAMED]) + more


def doctor_data(card: Scorecard, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the answers as plain data."""
    return {
        "version": VERSION,
        "today": card.handbook.today.isoformat(),
        "answers": [
            {
                "number": one.number,
                "asks": one.asks,
                "answer": one.answer.value,
                "why": one.why,
                "evidence": [card.handbook.identity(page) for page in one.shown_by],
                "lacking": [card.handbook.identity(page) for page in one.lacking],
                "do": one.do,
            }
            for one in findings
        ],
        "signs": [{"asks": sign.asks, "said": sign.said} for sign in signs(card)],
        "ask_people": list(TO_ASK),
    }
