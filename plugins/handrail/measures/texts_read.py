"""The measure of what people are asked to read: whether they have confirmed it. It names nobody."""

from __future__ import annotations

from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.measures.unreadable import not_readable, unreadable
from handrail.model.made_pages import TEXTS_READ
from handrail.model.record_rows import READ
from handrail.model.to_read import OFF, Readings, ToRead

TEXTS = Named(TEXTS_READ, "Texts read", "Have people read what they have to know?")
_NONE, _SAY = (
    "No signed text asks anybody to read it.",
    "Say in a document who has to have read it, under `readers`, and have its text signed.",
)


def records_readings(scope: Scope) -> bool:
    """Say whether it is recorded who has read what, and not everybody would see it."""
    return scope.handbook.settings.read_records != OFF and scope.audience != "public"


def texts_read(scope: Scope) -> Measure:
    """Measure how much of what people are asked to read they have confirmed."""
    handbook = scope.handbook
    lost = unreadable(scope, READ)
    asked = [one for one in Readings(handbook, scope.pages).all if one.people]
    whole = sum(len(one.people) for one in asked)
    home = next((page.url for page in handbook.pages if page in scope.seen), "")
    return Measure(
        *TEXTS,
        Kind.SHARE,
        sum(map(_confirmed, asked)),
        whole,
        target_of(scope, TEXTS.name, ""),
        tuple(_counted(one, lost) for one in asked),
        unknown=lost or (None if whole else Unknown(_NONE, _SAY, home)),
        counts="Confirmations that somebody has read a signed text that names them or a group of theirs, of all that are asked for. "
        "Who has left is not asked, and a group that does not say who is in it counts as nobody.",
    )


def _counted(one: ToRead, lost: Unknown | None) -> Counted:
    if lost is not None:
        return Counted(one.page, not_readable(READ), None)
    return Counted(one.page, f"{_confirmed(one)} of {len(one.people)} have", not one.missing)


def _confirmed(one: ToRead) -> int:
    return len(one.people) - len(one.missing)
