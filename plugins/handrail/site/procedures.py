"""The view of a procedure: when it is needed, who signed it, what it serves, and how the work moves."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.model.signoff import SignOff
from handrail.site.audience import Link, Shown
from handrail.site.banners import signed_words, standing, update_banner
from handrail.site.phrases import also_asked, rapid_folded
from handrail.site.signatures import signatures
from handrail.site.views import Entry, Row, Section, Table, View, Words
from handrail.words.language import as_sentence, join_words


def procedure(shown: Shown, page: Page) -> View:
    """Return the view of a procedure."""
    sign_off = shown.handbook.sign_off(page)
    signed = signatures(shown, page)
    banners = [*standing(shown, page), update_banner(page), signed.banner]
    rows = [row for row in (_serves(shown, page), also_asked(page)) if row is not None]
    return View(
        banners=tuple(banner for banner in banners if banner is not None),
        lead=lead(shown, page, sign_off),
        status="" if page.is_in_force else page.state_word,
        signing=signed.signing,
        rows=tuple(rows),
        folded=(*signed.folded, *rapid_folded(shown, page)),
        after=tuple(section for section in (process(page), _needed_by(shown, page)) if section is not None),
    )


def lead(shown: Shown, page: Page, sign_off: SignOff) -> Words:
    """Say when a page is needed, who signed it and where to ask."""
    words: list[str | Link] = []
    trigger = page.text("trigger")
    if trigger:
        words.append(as_sentence(trigger))
    words += signed_words(sign_off)
    contact = shown.contact_of(page)
    if contact:
        words.append(f"Questions: {contact}.")
    return tuple(words)


def _serves(shown: Shown, page: Page) -> Row | None:
    line = shown.line_of(page)
    if line is None:
        return None
    labels = page.texts("serves")
    words: list[str | Link] = [Link(line.face.page.title, line.face.page)]
    if labels:
        words.append(f": {join_words(labels)}")
    return Row("Serves", tuple(words), "The plan that this procedure is for, and the items of it that it serves")


def _needed_by(shown: Shown, page: Page) -> Section | None:
    entries = []
    for reference in shown.referring(page, kinds=("objective", "improvement", "cadence")):
        noun = reference.page.kind.noun if reference.page.kind else ""
        entries.append(Entry((Link(reference.page.title, reference.page),), note=noun))
    return Section("Where this matters", "where-this-matters", tuple(entries)) if entries else None


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
