"""The page on whether the way from goal to meeting holds: ten questions, each with its answer, and what only people can say."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.measures.doctor import Answer, Finding, doctor
from handrail.measures.signs import TO_ASK, signs
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.phrases import commas
from handrail.pages.views import Entry, Row, Section, View, Words
from handrail.report.doctor import answer_words

_TRUST = {Answer.YES: "signed", Answer.PARTLY: "under", Answer.NO: "late", Answer.UNKNOWN: "unknown"}
_MOST_NAMED = 8


def doctor_page(shown: Shown) -> View:
    """Return the page."""
    findings = doctor(shown.scorecard.scope)
    answers = [one.answer for one in findings]
    said = (
        f"{answers.count(Answer.YES)} of ten questions are answered with yes, {answers.count(Answer.PARTLY)} in part."
    )
    measured = tuple(Row(sign.asks, (sign.said or "Not known yet.",)) for sign in signs(shown.scorecard))
    questions = tuple(Entry((question,)) for question in TO_ASK)
    return View(
        lead=(said,),
        sections=(
            *_questions(findings),
            Section("Signs that it works", "signs", rows=measured),
            Section("Only people can say", "ask-people", questions),
        ),
    )


def _questions(findings: tuple[Finding, ...]) -> Iterator[Section]:
    for one in findings:
        rows = [Row(name, _named(pages)) for name, pages in (("Yes", one.shown_by), ("Not yet", one.lacking)) if pages]
        rows += [Row("Next", (one.do,))] if one.do else []
        title, anchor = f"{one.number}. {one.asks}", f"question-{one.number}"
        # The mark says it in a word to those who don't see it, and the sentence to everybody.
        answer = answer_words(one.answer)
        words = (f"{answer}. {one.why}",)
        yield Section(title, anchor, words=words, rows=tuple(rows), state=answer, trust=_TRUST[one.answer])


def _named(pages: tuple[Page, ...]) -> Words:
    more = (f" and {len(pages) - _MOST_NAMED} more",) if len(pages) > _MOST_NAMED else ()
    return (*commas(Link(page.title, page) for page in pages[:_MOST_NAMED]), *more)
