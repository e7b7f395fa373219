"""The view of a kind that Handrail knows only by its schema, such as a company's own."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.pages.about import about
from handrail.pages.audience import Link, Shown
from handrail.pages.kinds.procedures import lead
from handrail.pages.phrases import commas, name_words
from handrail.pages.processes import process_sections
from handrail.pages.trust_line import trust_line
from handrail.pages.views import Row, View
from handrail.words.language import capital


def any_kind(shown: Shown, page: Page) -> View:
    """Return the view of a kind that Handrail knows only by its schema: what it refers to, and who answers for it."""
    rows: dict[str, list[Link]] = {}
    for reference in shown.handbook.references.get(page, ()):
        if reference.target is not None and shown.shows(reference.target):
            relation = reference.meaning.relation
            rows.setdefault(capital(relation), []).append(Link(reference.target.title, reference.target))
    found = [Row(name, commas(links)) for name, links in rows.items()]
    owner = page.text("owner")
    if owner:
        found.append(Row("Owner", name_words(shown, owner)))
    inverse: dict[str, list[Link]] = {}
    for reference in shown.referring(page):
        words = reference.meaning.inverse
        inverse.setdefault(capital(words), []).append(Link(reference.page.title, reference.page))
    found += [Row(name, commas(links)) for name, links in inverse.items()]
    return View(
        trust=trust_line(shown, page),
        lead=lead(shown, page) if page.is_reviewed else (),
        rows=tuple(found),
        after=process_sections(page),
        about=about(shown, page),
    )
