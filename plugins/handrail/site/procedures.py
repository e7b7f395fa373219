"""The view of a procedure: whether it can be relied on, when it is needed, and how the work moves."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.site.about import about, matters_to
from handrail.site.audience import Shown
from handrail.site.trust_line import trust_line
from handrail.site.views import Button, Section, Table, View, Words
from handrail.words.language import as_sentence
from handrail.words.trust import unbroken

_BOXES = Button("Print with boxes to tick", "#hr-boxes")


def procedure(shown: Shown, page: Page) -> View:
    """Return the view of a procedure."""
    moves = process(page)
    return View(
        trust=trust_line(shown, page),
        lead=lead(shown, page),
        after=(moves,) if moves is not None else (),
        about=about(shown, page, [matters_to(shown, page)], [_BOXES]),
        has_boxes=True,
    )


def lead(shown: Shown, page: Page) -> Words:
    """Say when a page is needed, and where to ask, unless the line of trust says that already."""
    trigger, is_asked = page.text("trigger"), page.is_unwritten and not page.is_retired
    contact = "" if is_asked else shown.contact_of(page)
    asked = f"Questions: {unbroken(contact)}" if contact else ""
    said = " ".join(filter(None, (as_sentence(trigger) if trigger else "", asked)))
    return (said,) if said else ()


def process(page: Page) -> Section | None:
    """Return the states that the work of a page goes through, as a table."""
    written = page.data.get("process")
    if not isinstance(written, dict):
        return None
    states, moves = (
        [entry for entry in written.get(name) or () if isinstance(entry, dict)] for name in ("states", "transitions")
    )
    if not states:
        return None
    rows: list[tuple[Words, ...]] = []
    for state in states:
        name = str(state.get("name", ""))
        following = "; ".join(
            f"{move.get('to')} when {move.get('when')}" if move.get("when") else str(move.get("to"))
            for move in moves
            if move.get("from") == name
        )
        owner, within = str(state.get("owner") or ""), str(state.get("sla") or "")
        # A promise may be a time, or a sentence on what is done meanwhile.
        promise = f"within {within}" if within[:1].isdigit() else within
        acts = ", ".join(filter(None, (owner, promise)))
        next_action = str(state.get("next_action") or "")
        goes_on = "; ".join(filter(None, (next_action, following))) or ("The end" if state.get("final") else "")
        rows.append(((name,), (acts,), (goes_on,)))
    return Section("How it moves", "how-it-moves", table=Table(("State", "Who acts", "What comes next"), tuple(rows)))
