"""How much of the signing is a matter of form, with the documents that it is seen in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Entry, Section, Table
from handrail.report.rubber_stamps import NOTHING_SIGNED, Stamp, deed, rubber_stamps, shares_table, unknown_words
from handrail.words.language import capital, in_words

_WHY = (
    "A signature says that someone has looked. One that comes with others, or for a text that was signed before, only says "
    "so with a note of what was checked."
)
# What git says when it fails may hold paths of the machine that builds the site.
_NO_HISTORY = "This site was built without the whole history of the handbook."


def repeating(shown: Shown) -> tuple[Section, ...]:
    """Return the numbers of sign-offs that say little, and the documents that they stand in."""
    found = rubber_stamps(shown.handbook, shown.history, shown.pages(shown.handbook.documents))
    section = Section("Sign-offs that repeat", "sign-offs-that-repeat")
    if not found.whole.signed:
        return (replace(section, words=(NOTHING_SIGNED,)),)
    columns, rows = shares_table(found)
    heads = tuple(capital(name) for name in columns)
    # A percentage in a narrow cell stays in one piece.
    table = Table(heads, tuple(tuple((cell.replace(" %", "\N{NO-BREAK SPACE}%"),) for cell in row) for row in rows))
    numbers = replace(section, words=(" ".join((_WHY, *unknown_words(found, _NO_HISTORY))),), table=table)
    by_page: dict[Page, list[Stamp]] = {}
    for stamp in found.stamps:
        by_page.setdefault(stamp.page, []).append(stamp)
    entries = tuple(_entry(page, stamps) for page, stamps in by_page.items())
    if not entries:
        return (numbers,)
    count = "One document" if len(entries) == 1 else f"{len(entries)} documents"
    return numbers, Section(f"{count} concerned", "documents-concerned", entries, level=3)


def _entry(page: Page, stamps: Iterable[Stamp]) -> Entry:
    said = (f"{in_words(stamp.entry.signed_on)}, {stamp.signer}: {deed(stamp)}" for stamp in stamps)
    return Entry((Link(page.title, page),), note=f"{'; '.join(said)}.")
