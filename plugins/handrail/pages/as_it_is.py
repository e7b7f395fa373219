"""How work is done as it is, and as it is to be: a procedure in use beside the one that is written to take its place, until that holds."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.page import Page
from handrail.model.replaced import FIELD, takes_effect
from handrail.pages.audience import Link, Shown
from handrail.pages.goals import named
from handrail.pages.phrases import commas
from handrail.pages.views import Row, Words
from handrail.words.language import count_of


def as_it_is_rows(shown: Shown, page: Page) -> Iterator[Row]:
    """Yield what a page is to take the place of, or what is to take its place; once that holds, neither says so any more."""
    if page.is_retired:
        return
    today = [part for part in named(shown, page, FIELD) if isinstance(part, Link)]
    holding = [link for link in today if link.page is not None and link.page.is_in_force]
    if holding and not takes_effect(shown.handbook, page):
        yield Row(
            "As it is",
            (*commas(holding), ", which holds until this page does"),
            "What this page is to take the place of",
        )
        if words := _tried(shown, page):
            yield Row("Tried", words, "Runs of this text that are recorded")
    elif page.is_in_force:
        coming = [one.page for one in shown.referring(page, fields=(FIELD,))]
        words = commas(
            Link(one.title, one) for one in coming if not one.is_retired and not takes_effect(shown.handbook, one)
        )
        if words:
            yield Row(
                "As it is to be",
                (*words, ", which does not hold yet"),
                "What is written to take the place of this page",
            )


def _tried(shown: Shown, page: Page) -> Words:
    """Say with how many real cases a text was tried; nothing where none is recorded."""
    rate = shown.scorecard.scope.experiences.of(page).rate
    if not rate.runs:
        return ()
    wrong = f"{rate.failed} of which went wrong" if rate.failed else "none of which went wrong"
    return (
        f"{count_of(rate.runs, 'time')}, {wrong}"
        if rate.runs > 1
        else f"once, and it {'went wrong' if rate.failed else 'worked'}",
    )
