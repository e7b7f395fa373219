"""What has changed in a page since its text was last signed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.signedtext import material_fields, text_digest
from handrail.model.signoff import Entry, read_entries
from handrail.text.digest import canonical, normalised_body
from handrail.text.worddiff import Piece, difference

_FIELD_NAMES = {"rapid.D": "who decides", "rapid.A": "who agrees"}


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since a text was signed: a sentence, and the words where they can be shown."""

    sentence: str
    pieces: tuple[Piece, ...] = ()

    def count(self, kind: str) -> int:
        """Return how many words are only in the `old` text, or only in the `new` one."""
        return sum(len(piece.text.split()) for piece in self.pieces if piece.kind == kind)


def last_signed(handbook: Handbook, page: Page) -> Entry | None:
    """Return the newest signature for another text, by digest; None where there is none, or everyone signed this text."""
    sign_off = handbook.sign_off(page)
    if sign_off.status == "not asked" or (sign_off.is_signed and not sign_off.is_unbound):
        return None
    now = text_digest(page, handbook.registry)
    signed = [entry for entry in read_entries(page) if entry.digest and entry.digest != now]
    return max(signed, key=lambda entry: (entry.signed_on, entry.index), default=None)


def change(
    handbook: Handbook,
    page: Page,
    read: str,
    signed: Page | None,
    reason: str = "",
    without: Collection[str] = (),
) -> Change:
    """Return what has changed since a text was signed; `signed` is the page as it was then, `read` names its text.

    `signed` is None where nobody has that page any more; `reason` is a sentence that says why, where it is known.
    Fields `without` which the texts are to be compared are named as in the signed text.
    """
    if signed is None:
        why = reason[:1].lower() + reason[1:] or "no commit of the page holds a text with that digest."
        return Change(f"The text that was signed can't be shown: {why}")
    pieces = difference(_signed_text(handbook, signed, without), _signed_text(handbook, page, without))
    if not pieces:
        return Change(f"No word has changed since {read}, only where lines break or how far they are indented.")
    return Change(f"What has changed since {read}:", tuple(pieces))


def _signed_text(handbook: Handbook, page: Page, without: Collection[str]) -> str:
    """Return what of a page is signed, as text."""
    lines = [
        line
        for name, value in material_fields(page, handbook.registry).items()
        if name not in without
        for line in _written(_FIELD_NAMES.get(name, name), canonical(value))
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
