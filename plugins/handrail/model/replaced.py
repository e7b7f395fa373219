"""What takes the place of what: which documents a page replaces, and from when on."""

from __future__ import annotations

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.signoff import Status

FIELD = "replaces"


def takes_effect(handbook: Handbook, page: Page) -> bool:
    """Say whether a page has taken the place of what it replaces: of a kind that is signed, once it is in force and signed."""
    if page.kind is None or not page.kind.signed:
        return True
    return page.is_in_force and handbook.sign_off(page).status in (Status.NOT_ASKED, Status.SIGNED)
