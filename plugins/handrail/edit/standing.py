"""How a page's sign-off stands, line by line: who has signed which text, who is missing, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handrail.edit.sign import ROLES, holds, obstacle
from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.page import Page, make_page
from handrail.model.people import Person
from handrail.model.signedtext import material_fields, text_digest
from handrail.model.signoff import Entry, SignOff, Slot, read_entries
from handrail.report.lists import Asked
from handrail.rules.hb4_signoff import to_ask
from handrail.rules.words import listed, person_words
from handrail.text.digest import canonical, normalised_body
from handrail.text.source import read_source
from handrail.text.worddiff import Piece, difference

_FIELD_NAMES = {"rapid.D": "who decides", "rapid.A": "who agrees"}


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since a text was signed: a sentence, and the words where they can be shown."""

    sentence: str
    pieces: tuple[Piece, ...] = ()


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
    who = slot.who
    contact = handbook.contact_of(page)
    if isinstance(who, Person):
        deputy = handbook.registry.deputy(who)
        if not who.is_here(handbook.today) and deputy is not None and deputy.is_here(handbook.today):
            who = deputy
        reached = Asked("", handle=who.handle, contact=contact)
    else:
        reached = Asked("", handle=who.handle, contact=who.contact or contact) if who else Asked("", contact=contact)
    return f"{to_ask(handbook, slot)}{f', at {reached}' if str(reached) else ''}"


def last_signed(handbook: Handbook, page: Page) -> Entry | None:
    """Return the newest signature for another text, by digest; None where there is none, or everyone signed this text."""
    sign_off = handbook.sign_off(page)
    if sign_off.status == "not asked" or (sign_off.is_signed and not sign_off.is_unbound):
        return None
    now = text_digest(page, handbook.registry)
    signed = [entry for entry in read_entries(page) if entry.digest and entry.digest != now]
    return max(signed, key=lambda entry: (entry.signed_on, entry.index), default=None)


def change(handbook: Handbook, page: Page, entry: Entry, signed: bytes | None, reason: str = "") -> Change:
    """Return what has changed since an entry was given for the page as it was in `signed`.

    `signed` is None where nobody has that page any more; `reason` is a sentence that says why, where it is known.
    """
    if signed is None:
        why = reason[:1].lower() + reason[1:] or "no commit of the page holds a text with that digest."
        return Change(f"The text that was signed can't be shown: {why}")
    before = make_page(page.path, page.src_uri, page.url, read_source(signed), handbook.kinds, handbook.settings)
    pieces = difference(_signed_text(handbook, before), _signed_text(handbook, page))
    since = f"since the text that was signed on {in_words(entry.signed_on)}"
    if not pieces:
        return Change(f"No word has changed {since}, only where lines break or how far they are indented.")
    return Change(f"What has changed {since}:", tuple(pieces))


def _signed_text(handbook: Handbook, page: Page) -> str:
    """Return what of a page is signed, as text."""
    fields = material_fields(page, handbook.registry)
    lines = [
        line for name, value in fields.items() for line in _written(_FIELD_NAMES.get(name, name), canonical(value))
    ]
    return "\n".join(lines) + "\n\n" + normalised_body(page.source.body)


def _written(name: str, value: Any) -> Iterator[str]:
    """Yield a field and what lies below it as lines."""
    if isinstance(value, dict):
        yield f"{name}:"
        for key, below in value.items():
            yield from _written(key, below)
    elif isinstance(value, list):
        yield f"{name}:"
        for item in value:
            yield from _written("-", item)
    else:
        yield f"{name} {value}" if name == "-" else f"{name}: {value}"
