"""The view of an improvement: what it is about and how far it is."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.phrases import name_words
from handrail.pages.views import Row, View


def improvement(shown: Shown, page: Page) -> View:
    """Return the view of an improvement: what it is about and how far it is."""
    rows = []
    about = next((r.target for r in shown.handbook.references.get(page, ()) if r.path[0] == "about"), None)
    if about is not None and shown.shows(about):
        rows.append(Row("Improves", (Link(about.title, about),)))
    owner = shown.owner_of(page)
    if owner:
        rows.append(Row("Owner", name_words(shown, owner)))
    return View(status=page.state_word, rows=tuple(rows))
