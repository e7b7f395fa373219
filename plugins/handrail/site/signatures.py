"""What a page says of its signatures: who gave which, what has changed since, earlier texts, and who is asked to sign."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.model.assignments import Assignment, invited
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.model.signoff import SignOff, Status
from handrail.site.audience import Link, Shown
from handrail.site.banners import SIGN_ANCHOR, sign_off_banner
from handrail.site.signing_links import Signer, entries_to_paste, issue_form_url
from handrail.site.text_since import TextSince, difference, may_be_seen, text_since
from handrail.site.views import Banner, Button, Folded, Row, Signing, Words
from handrail.words.assignments import Invitation, invitation
from handrail.words.language import in_words
from handrail.words.signing import SignatureWords, signature_words

_NO_HISTORY = "This site was built without the whole history of the handbook, so they can't be listed."
_NOT_AGREE = "Whoever does not agree writes “I do not agree:” and the reason into the form."


@dataclass(frozen=True, slots=True)
class Signatures:
    """The parts of a view that are about its signatures."""

    banner: Banner | None = None
    signing: Signing | None = None
    folded: tuple[Folded, ...] = ()


def signatures(shown: Shown, page: Page) -> Signatures:
    """Return what a page says of its signatures; nothing where it asks for none."""
    sign_off = shown.handbook.sign_off(page)
    if sign_off.status is Status.NOT_ASKED:
        return Signatures()
    moved = text_since(shown, page, sign_off)
    who = _who_signed(shown, page, sign_off)
    return Signatures(
        sign_off_banner(shown, sign_off, moved),
        _signing(shown, page, sign_off, moved),
        (who,) if who is not None else (),
    )


# Who signed, and earlier texts


def _who_signed(shown: Shown, page: Page, sign_off: SignOff) -> Folded | None:
    if not any(one.latest or one.withdrawn for one in sign_off.required):
        return None
    rows = [
        Row(one.required.role.heading, _given(one), one.required.role.explained) for one in signature_words(sign_off)
    ]
    # A plan names them among its previous versions.
    earlier = earlier_texts(shown, page) if page.counted_as != PLAN else []
    if earlier:
        rows.append(Row("Earlier signed texts", tuple(earlier)))
    elif shown.handbook.past.facts.reason and any(entry.digest for entry in sign_off.entries):
        rows.append(Row("Earlier signed texts", (_NO_HISTORY,)))
    meaning = Link("What a sign-off means", url=shown.generated(Made.SIGNING, page.url))
    return Folded("Who signed which text, and when", tuple(rows), (meaning,))


def _given(said: SignatureWords) -> Words:
    """Say who gave a signature, with a link to where that can be read; or took it back, and why."""
    words: list[str | Link] = [said.given] if said.given else []
    latest = said.required.latest
    if latest is not None and latest.signature.evidence.casefold().startswith(("http://", "https://")):
        words += [" ", Link("Where it was agreed", url=latest.signature.evidence)]
    return (*words, f" {said.taken_back}") if said.taken_back else tuple(words)


def earlier_texts(shown: Shown, page: Page) -> list[str | Link]:
    """Return the days on which earlier texts of a page were signed, with links to those texts, newest first."""
    handbook = shown.handbook
    signed = handbook.past.signed_texts(page)
    now = handbook.texts.digest(page).text if signed else ""
    words: list[str | Link] = []
    for text in signed:
        if text.text == now or text.signed_on is None or not may_be_seen(shown, text):
            continue
        day = in_words(text.signed_on)
        url = shown.forge.at_commit(text.commit, text.path) if shown.forge is not None else ""
        words += [", ", Link(day, url=url)]
    return words[1:]


# Signing


def _signing(shown: Shown, page: Page, sign_off: SignOff, moved: TextSince | None) -> Signing | None:
    """Return the part below the text in which it is signed; None where nothing waits and nothing has changed."""
    changed = difference(shown, moved)
    asked = invited(shown.handbook, page, sign_off)
    if not asked:
        return Signing(SIGN_ANCHOR, (), changed) if changed is not None else None
    said = invitation(asked)
    buttons = _buttons(shown, page, said)
    to_paste = None if shown.has_form else _to_paste(shown, page, asked, has_entries=bool(sign_off.entries))
    contact = shown.contact_of(page)
    others = f" Everyone else asks {'in ' if contact.startswith('#') else ''}{contact}." if contact else ""
    form = f" {_NOT_AGREE}" if buttons else ""
    return Signing(SIGN_ANCHOR, (f"{said.words}{others}{form}",), changed, buttons, to_paste)


def _buttons(shown: Shown, page: Page, said: Invitation) -> tuple[Button, ...]:
    if shown.forge is None or not shown.has_form:
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
