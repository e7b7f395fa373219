"""Where a page is signed: who is asked to, by which form or line; and the texts of it that were signed before."""

from __future__ import annotations

from handrail.forge.signing_links import Signer, entries_to_paste, issue_form_url
from handrail.model.assignments import Assignment, invited
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.named import with_links_to
from handrail.pages.phrases import commas
from handrail.pages.text_since import may_be_seen
from handrail.pages.views import Button, Folded, Signing, Words
from handrail.words.assignments import Invitation, invitation
from handrail.words.language import in_words

SIGN_ANCHOR = "hr-sign"
"""Where on a page it is signed; the sanitiser leaves no text an id of this name."""
_NOT_AGREE = "Whoever does not agree writes “I do not agree:” and the reason into the form."


def earlier_texts(shown: Shown, page: Page) -> Words:
    """Return the days on which earlier texts of a page were signed, with links to those texts, newest first."""
    handbook = shown.handbook
    signed = handbook.past.signed_texts(page)
    now = handbook.texts.digest(page).text if signed else ""
    links: list[Link] = []
    for text in signed:
        if text.text == now or text.signed_on is None or not may_be_seen(shown, text):
            continue
        day = in_words(text.signed_on)
        url = shown.forge.at_commit(text.commit, text.path) if shown.forge is not None else ""
        links.append(Link(day, url=url))
    return commas(links)


# Signing


def signing(shown: Shown, page: Page) -> Signing | None:
    """Return the part below the text in which it is signed; None where nothing waits."""
    asked = invited(shown.handbook, page)
    if not asked:
        return None
    said = invitation(asked)
    buttons = _buttons(shown, page, said)
    to_paste = (
        None if shown.forms.signs else _to_paste(shown, page, asked, has_entries=bool(page.data.get("sign_offs")))
    )
    contact = shown.contact_of(page)
    others = f" Everyone else asks {'in ' if contact.startswith('#') else ''}{contact}." if contact else ""
    form = f" {_NOT_AGREE}" if buttons else ""
    known = (one.required.signers.ask or one.required.who for one in asked if one.required is not None)
    names = with_links_to(shown, said.words, filter(None, known))
    return Signing(SIGN_ANCHOR, (*names, f"{others}{form}"), buttons, to_paste)


def _buttons(shown: Shown, page: Page, said: Invitation) -> tuple[Button, ...]:
    if shown.forge is None or not shown.forms.signs:
        return ()
    digest, reference = str(shown.handbook.texts.digest(page)), shown.handbook.identity(page)
    buttons: list[Button] = []
    for one in said.to_each:
        url = issue_form_url(shown.forge, reference, one.role, digest)
        if url:
            buttons.append(Button(one.words, url, one.note, is_filled=not buttons and not one.note))
    return tuple(buttons)


def _to_paste(shown: Shown, page: Page, asked: list[Assignment], *, has_entries: bool) -> Folded:
    """Return the ready entries of those who are asked, where the forge has no form for it."""
    handbook = shown.handbook
    signers = [
        Signer(
            one.required.role,
            who.id if handbook.registry.exists else who.name,
            # A deputy's signature counts with the reason only.
            f"For {one.on_behalf_of.name}, who has left" if one.on_behalf_of is not None else "",
        )
        for one in asked
        if one.required is not None
        for who in one.required.signers.people
    ]
    lines = entries_to_paste(signers, handbook.today, str(handbook.texts.digest(page)))
    address = shown.forge.edit(shown.forge.page(page.src_uri)) if shown.forge is not None else ""
    edit = Link("Edit the page", url=address)
    if has_entries:
        words: Words = (
            edit,
            " and put your line of these, with today's date, below the last one of ",
            "sign_offs",
            ":",
        )
    else:
        words = (edit, " and put the first line and yours, with today's date, above the second line of three hyphens:")
        lines = ["sign_offs:", *lines]
    return Folded("Sign this text", words=words, lines=tuple(dict.fromkeys(lines)))
