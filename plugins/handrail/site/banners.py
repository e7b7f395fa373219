"""The banners of a page, and the line that says who signed it: what readers must know before they trust its text."""

from __future__ import annotations

from handrail.model.page import Page
from handrail.model.signoff import SignOff
from handrail.model.text_state import TextState
from handrail.site.audience import Link, Shown
from handrail.site.text_since import TextSince, counted
from handrail.site.views import Banner, Words
from handrail.words.signing import READS_THE_SAME, UNBOUND, notice, signed_sentence

SIGN_ANCHOR = "hr-sign"
"""Where on a page it is signed; the sanitiser leaves no text an id of this name."""
_STAYS = "What follows is the newer text. It stays published, and nobody has signed it yet."
_ORPHAN = {
    "no plan named": "This {noun} names no plan that it serves, so nobody has said what it is for.",
    "unknown line": "The plan that this {noun} names does not exist.",
    "line with no active plan": "The plan that this {noun} serves has not been written for this period.",
}


def signed_words(sign_off: SignOff) -> Words:
    """Say in one sentence who signed and until when it holds, and what of the text is not on record."""
    sentence = signed_sentence(sign_off)
    if not sentence:
        return ()
    laid_out_anew = sign_off.text is not None and sign_off.text.state is TextState.READS_THE_SAME
    return (sentence, *((UNBOUND,) if sign_off.is_unbound else (READS_THE_SAME,) if laid_out_anew else ()))


def standing(shown: Shown, page: Page) -> list[Banner]:
    """Return the banners of a page that does not hold, or of which nobody has said what it is for."""
    noun = page.kind.noun if page.kind is not None else "page"
    banners: list[Banner] = []
    if page.is_unwritten:
        contact = shown.contact_of(page)
        ask = (
            f" Until then, ask in {contact}."
            if contact.startswith("#")
            else f" Until then, ask {contact}."
            if contact
            else ""
        )
        banners.append(Banner("Not written yet", (f"We know that this {noun} is needed.{ask}",), "info"))
    if page.is_draft:
        banners.append(Banner("A draft", ("It is being written and does not hold yet.",), "info"))
    if page.is_retired:
        heirs = shown.referring(page, fields=("replaces",))
        instead: Words = (
            ("Use ", Link(heirs[0].page.title, heirs[0].page), " instead.") if heirs else ("It no longer holds.",)
        )
        banners.append(Banner("Retired", instead))
    reason = shown.handbook.orphan_reason(page)
    if reason is not None:
        banners.append(Banner("Tied to no plan", (_ORPHAN[reason].format(noun=noun),), "info"))
    return banners


def update_banner(page: Page) -> Banner | None:
    """Return the banner of a page that is known to be wrong somewhere."""
    text = page.text("needs_update")
    return Banner("Known to need an update", (text,)) if text else None


def sign_off_banner(shown: Shown, sign_off: SignOff, moved: TextSince | None) -> Banner | None:
    """Return the banner of a page that nobody has signed, not everyone, not this text, or not for long enough."""
    said = notice(sign_off)
    if said is None:
        return None
    more = _changed_words(shown, moved) if sign_off.has_changed else ()
    return Banner(said.title, (said.words, *more))


def _changed_words(shown: Shown, moved: TextSince | None) -> Words:
    words: list[str | Link] = []
    if moved is not None:
        words.append(counted(moved))
        if moved.change is not None and not moved.change.is_empty:
            words += [" ", Link("See what changed", url=f"#{SIGN_ANCHOR}"), "."]
        if moved.former is not None and shown.forge is not None:
            address = shown.forge.at_commit(moved.former.commit, moved.former.path)
            words += [" ", Link("Read the text that was signed", url=address), "."]
    return (*words, f" {_STAYS}")
