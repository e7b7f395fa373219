"""What a page says, or its department for it: who keeps it right, and where to ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page


@dataclass(frozen=True, slots=True)
class OwnOrLent:
    """What a page says, or its department for it: then `lender` is the department."""

    text: str
    lender: Page | None = None


def owner(handbook: Handbook, page: Page) -> OwnOrLent:
    """Return who keeps a page right: its owner, else its department's lead, as written; empty where nobody does."""
    if page.text("owner"):
        return OwnOrLent(page.text("owner"))
    return _lent("lead", page if page.counted_as == "department" else handbook.department_of(page))


def contact(handbook: Handbook, page: Page) -> OwnOrLent:
    """Return where to ask about a page: its own contact, else its department's; empty where there is none."""
    if page.text("contact"):
        return OwnOrLent(page.text("contact"))
    return _lent("contact", handbook.department_of(page))


def _lent(field: str, lender: Page | None) -> OwnOrLent:
    return OwnOrLent(lender.text(field), lender) if lender is not None else OwnOrLent("")
