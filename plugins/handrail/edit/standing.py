"""How a page's sign-off stands, line by line: who has signed which text, who is missing, and what has changed since."""

from __future__ import annotations

from typing import Any

from handrail.edit.sign import obstacle
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.signoff import RequiredSignature, Signature, SignOff, Status
from handrail.report.lists import Asked
from handrail.words.language import in_words, join_words, person_words
from handrail.words.signing import asked, entry_words, holds, text_words, withdrawal

_STATES = {
    Status.NEVER_SIGNED: "Nobody has signed it yet.",
    Status.WITHDRAWN: "Nobody's signature holds.",
    Status.INCOMPLETE: "The sign-off is not complete.",
    Status.CHANGED: "The text has changed since it was signed.",
}


def standing(handbook: Handbook, page: Page) -> list[str]:
    """Say in lines how a page's sign-off stands today."""
    sign_off = handbook.sign_off(page)
    lines = [f"“{page.title}” ({handbook.identity(page)}), in {page.path}"]
    trouble = obstacle(handbook, page)
    if sign_off.status is not Status.NOT_ASKED:
        lines.append(_state(handbook, page, sign_off))
        for one in sign_off.required:
            lines += _lines(one)
        lines += [
            f"Counts for nothing: {entry_words(entry, _name(handbook, entry))}." for entry in sign_off.unauthorised
        ]
        wanted = sign_off.required if sign_off.stale else sign_off.missing
        if wanted:
            lines.append(f"To ask: {join_words(_to_ask(handbook, page, one) for one in wanted)}.")
    if trouble:
        lines.append(trouble)
    return [*lines, f"Digest of the text as it stands: {handbook.texts.digest(page)}"]


def standing_data(handbook: Handbook, page: Page) -> dict[str, Any]:
    """Return how a page's sign-off stands today as plain data; `why` says why its text counts as changed."""
    sign_off = handbook.sign_off(page)
    text = sign_off.text
    return {
        "page": handbook.identity(page),
        "path": page.path,
        "digest": str(handbook.texts.digest(page)),
        "status": sign_off.status.value,
        "text_state": text.state.value if text is not None else None,
        "why": text.why.value if text is not None and text.why is not None else None,
        "until": sign_off.until.isoformat() if sign_off.until is not None else None,
        "stale": sign_off.stale,
        "required": [_required_data(one) for one in sign_off.required],
    }


def _required_data(required: RequiredSignature) -> dict[str, Any]:
    latest = required.latest
    return {
        "role": required.role.value,
        "who": required.name,
        "counts": required.given is not None,
        "by": latest.signer.name if latest is not None else None,
        "date": latest.signature.signed_on.isoformat() if latest is not None else None,
        "text_state": latest.text.state.value if latest is not None else None,
        "why": latest.text.why.value if latest is not None and latest.text.why is not None else None,
        "withdrawn": required.withdrawn is not None,
    }


def _state(handbook: Handbook, page: Page, sign_off: SignOff) -> str:
    if sign_off.status in _STATES:
        return _STATES[sign_off.status]
    bound = " At least one signature is recorded without its text, so it does not prove which text was meant."
    return holds(handbook, page, sign_off) + (bound if sign_off.is_unbound else "")


def _lines(required: RequiredSignature) -> list[str]:
    """Say who gave one signature, when, and for which text, and who took it back."""
    who = person_words(required.who) if isinstance(required.who, Person) else required.name
    head = f"{who}{',' if ',' in who else ''} {required.role.does}: "
    given, lines = required.latest, []
    if given is not None:
        by = f" by {given.signer.name}" if given.principal is not None or isinstance(required.who, Group) else ""
        note = f" ({given.signature.note})" if given.signature.note else ""
        lines.append(f"{head}signed{by} on {in_words(given.signature.signed_on)}, {text_words(given.text)}{note}.")
    if required.withdrawn is not None:
        reason = required.withdrawn.signature.reason
        lines.append(f"{head}{withdrawal(required.withdrawn)}{f' ({reason})' if reason else ''}.")
    return lines or [f"{head}not signed yet."]


def _name(handbook: Handbook, entry: Signature) -> str:
    signer = handbook.registry.person(entry.by)
    return signer.name if signer is not None else entry.by


def _to_ask(handbook: Handbook, page: Page, required: RequiredSignature) -> str:
    """Name whose signature is missing and where to reach them."""
    who = required.signers.ask or required.who
    contact = handbook.contact_of(page)
    if isinstance(who, Group):
        contact = who.contact or contact
    reached = Asked("", handle=who.handle if who is not None else "", contact=contact)
    return f"{asked(required)}{f', at {reached}' if str(reached) else ''}"
