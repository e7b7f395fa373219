"""What has changed in a page since its text was last signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.signedtext import material_fields, text_digest
from handrail.model.signoff import Entry, read_entries
from handrail.text.digest import canonical, normalised_body
from handrail.text.problems import DataPath
from handrail.text.worddiff import Piece, difference

MayName = Callable[[Page | None], bool]
"""Says whether a reference to a page may be shown; None stands for a page that nobody knows any more."""

_LINK = re.compile(r"\[\[\|?(?P<title>[^\[\]|]*)\]\]|(?<!!)\[(?P<text>[^\[\]]+)\]\(\)")
"""A link whose target is no part of the signed text, as that text leaves it."""
_A_LINK = "(link)"
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
    """Return the signature since which a text has changed: the decider's for another one, else the newest.

    None where there is none, or everyone signed this text. Entries that count for nothing are none: by one of those, any
    author could choose since when, and hide what changed before.
    """
    sign_off = handbook.sign_off(page)
    if sign_off.status == "not asked" or (sign_off.is_signed and not sign_off.is_unbound):
        return None
    if sign_off.decider is not None and sign_off.decider.former is not None:
        return sign_off.decider.former
    now, latest = text_digest(page, handbook.registry), handbook.today + timedelta(days=1)
    idle = {entry.index for entry in (*sign_off.strangers, *sign_off.older)}
    signed = [
        entry
        for entry in read_entries(page)
        if entry.digest and entry.digest != now and entry.signed_on <= latest and entry.index not in idle
    ]
    return max(signed, key=lambda entry: (entry.signed_on, entry.index), default=None)


def change(
    handbook: Handbook,
    page: Page,
    read: str,
    signed: Page | None,
    reason: str = "",
    may_name: MayName = lambda _target: True,
) -> Change:
    """Return what has changed since a text was signed; `signed` is the page as it was then, `read` names its text.

    `signed` is None where nobody has that page any more; `reason` is a sentence that says why, where it is known.
    References to what may not be named are left out of both texts.
    """
    if signed is None:
        why = reason[:1].lower() + reason[1:] or "no commit of the page holds a text with that digest."
        return Change(f"The text that was signed can't be shown: {why}")
    pieces = difference(_signed_text(handbook, signed, may_name), _signed_text(handbook, page, may_name))
    if not pieces:
        return Change(f"No word has changed since {read}, only where lines break or how far they are indented.")
    return Change(f"What has changed since {read}:", tuple(pieces))


def _signed_text(handbook: Handbook, page: Page, may_name: MayName) -> str:
    """Return what of a page is signed, as text."""
    lines = [
        line
        for name, value in material_fields(_nameable(handbook, page, may_name), handbook.registry).items()
        for line in _written(_FIELD_NAMES.get(name, name), canonical(value))
    ]
    body = _LINK.sub(lambda match: match["text"] or match["title"] or _A_LINK, normalised_body(page.source.body))
    return "\n".join(lines) + "\n\n" + body


def _nameable(handbook: Handbook, page: Page, may_name: MayName) -> Page:
    """Return a page without its references to what may not be named."""
    unnamed = {
        path
        for path, node, text in (page.kind.meanings(page.data) if page.kind is not None else ())
        if node.ref is not None
        and text not in node.ref.also
        and not may_name(handbook.index.resolve(text, node.ref.kinds).page)
    }
    return replace(page, data=_without(page.data, unnamed, ())) if unnamed else page


def _without(value: Any, left_out: AbstractSet[DataPath], path: DataPath) -> Any:
    """Return a value without what lies at some paths, nor what is empty without that."""
    if isinstance(value, dict):
        below = {
            key: _without(item, left_out, (*path, key)) for key, item in value.items() if (*path, key) not in left_out
        }
        return {key: item for key, item in below.items() if item or not value[key]}
    if isinstance(value, list):
        return [_without(item, left_out, (*path, at)) for at, item in enumerate(value) if (*path, at) not in left_out]
    return value


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
