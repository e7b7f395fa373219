"""How a page's sign-off stands, line by line: who has signed which text, who is missing, and what has changed since."""

from __future__ import annotations

from handrail.edit.sign import ROLES, holds, obstacle
from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.signedtext import text_digest
from handrail.model.signoff import Entry, SignOff, Slot
from handrail.report.lists import Asked
from handrail.rules.hb4_signoff import to_ask
from handrail.rules.words import listed, person_words


def standing(handbook: Handbook, page: Page) -> list[str]:
    """Say in lines how a page's sign-off stands today."""
    sign_off = handbook.sign_off(page)
    lines = [f"“{page.title}” ({handbook.identity(page)}), in {page.path}"]
    trouble = obstacle(handbook, page)
    if sign_off.status != "not asked":
        lines.append(_state(handbook, page, sign_off))
        lines += [_slot_line(slot) for slot in sign_off.slots]
        lines += [_stranger(handbook, entry) for entry in sign_off.strangers]
        wanted = sign_off.slots if sign_off.stale else sign_off.missing
        if wanted:
            lines.append(f"To ask: {listed(_to_ask(handbook, page, slot) for slot in wanted)}.")
    if trouble:
        lines.append(trouble)
    return [*lines, f"Digest of the text as it stands: {text_digest(page, handbook.registry)}"]


def _state(handbook: Handbook, page: Page, sign_off: SignOff) -> str:
    match sign_off.status:
        case "never signed":
            return "Nobody has signed it yet."
        case "incomplete":
            return "The sign-off is not complete."
        case "changed since":
            return "The text has changed since it was signed."
    bound = " At least one signature is recorded without its text, so it does not prove which text was meant."
    return holds(handbook, page, sign_off) + (bound if sign_off.is_unbound else "")


def _slot_line(slot: Slot) -> str:
    """Say who gave one signature, when, and for which text."""
    who = person_words(slot.who) if isinstance(slot.who, Person) else slot.name
    head = f"{who}{',' if ',' in who else ''} {ROLES[slot.role]}: "
    entry, signer = (slot.entry, slot.signer) if slot.entry is not None else (slot.former, slot.former_signer)
    if entry is None or signer is None:
        return f"{head}not signed yet."
    by = "" if isinstance(slot.who, Person) and slot.who.id == signer.id else f" by {signer.name}"
    text = "an earlier text" if slot.entry is None else "this text" if entry.digest else "text not bound"
    note = f" ({entry.note})" if entry.note else ""
    return f"{head}signed{by} on {in_words(entry.signed_on)}, {text}{note}."


def _stranger(handbook: Handbook, entry: Entry) -> str:
    signer = handbook.registry.person(entry.by)
    name = signer.name if signer is not None else entry.by
    return f"Counts for nothing: {name} as the one who {ROLES[entry.role]}, on {in_words(entry.signed_on)}."


def _to_ask(handbook: Handbook, page: Page, slot: Slot) -> str:
    """Name whose signature is missing and where to reach them."""
    who = handbook.registry.to_ask(slot.who, handbook.today) or slot.who
    contact = handbook.contact_of(page)
    if isinstance(who, Group):
        contact = who.contact or contact
    reached = Asked("", handle=who.handle if who is not None else "", contact=contact)
    return f"{to_ask(handbook, slot)}{f', at {reached}' if str(reached) else ''}"
