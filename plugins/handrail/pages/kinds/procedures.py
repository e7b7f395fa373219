"""The view of a procedure: whether it can be relied on, when it is needed, and how the work moves."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.pages.about import about, matters_to
from handrail.pages.audience import Shown
from handrail.pages.processes import process_sections
from handrail.pages.trust_line import trust_line
from handrail.pages.views import Button, View, Words
from handrail.words.language import as_sentence
from handrail.words.trust import unbroken

_BOXES = Button("Print with boxes to tick", "#hr-boxes")


def procedure(shown: Shown, page: Page) -> View:
    """Return the view of a procedure."""
    return View(
        trust=trust_line(shown, page),
        lead=lead(shown, page),
        after=process_sections(page),
        about=about(shown, page, [matters_to(shown, page)], [_BOXES]),
        has_boxes=True,
    )


def lead(shown: Shown, page: Page) -> Words:
    """Say when a page is needed, and where to ask, unless the line of trust says that already; of one to be written what there is instead."""
    trigger, is_asked = page.text("trigger"), page.is_unwritten and not page.is_retired
    contact = "" if is_asked else shown.contact_of(page)
    asked = f"Questions: {unbroken(contact)}" if contact else ""
    kept = as_sentence(f"So far it is kept in {page.text('kept_in')}") if is_asked and page.text("kept_in") else ""
    said = " ".join(filter(None, (as_sentence(trigger) if trigger else "", asked, kept)))
    return (said,) if said else ()
