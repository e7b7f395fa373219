"""Whether readers can rely on a page: the states of the line of trust, the one that matters most first."""

from __future__ import annotations

from enum import StrEnum

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.signoff import Status

_SOON = 30
"""So many days before a sign-off runs out, its readers are told."""


class Trust(StrEnum):
    """One state of a page, in the order in which they matter to its readers."""

    RETIRED = "retired"
    UNWRITTEN = "unwritten"
    CHANGED = "changed"
    LATE = "late"
    PART = "part"
    OPEN = "open"
    CARE = "care"
    DUE = "due"
    SIGNED = "signed"

    @property
    def warns(self) -> bool:
        """Whether readers are to be careful, rather than only to know."""
        return self not in (Trust.DUE, Trust.SIGNED)


_MISSING = {
    Status.CHANGED: Trust.CHANGED,
    Status.INCOMPLETE: Trust.PART,
    Status.NEVER_SIGNED: Trust.OPEN,
    Status.WITHDRAWN: Trust.OPEN,
}


def trust(handbook: Handbook, page: Page) -> list[Trust]:
    """Return each state that holds of a page, the most important first; none of one that nobody signs and that is in order."""
    if page.kind is None:
        return []
    if page.is_retired:
        return [Trust.RETIRED]
    if page.is_to_come:
        return [Trust.UNWRITTEN]
    sign_off = handbook.sign_off(page)
    found = {_MISSING[sign_off.status]} if sign_off.status in _MISSING else set()
    if sign_off.stale:
        found.add(Trust.LATE)
    elif sign_off.status is Status.SIGNED:
        left = (sign_off.until - handbook.today).days if sign_off.until is not None else None
        found.add(Trust.DUE if left is not None and left <= _SOON else Trust.SIGNED)
    if page.text("needs_update") or is_over(handbook, page):
        found.add(Trust.CARE)
    return [state for state in Trust if state in found]


def is_over(handbook: Handbook, page: Page) -> bool:
    """Say whether a page is the plan in force of a line, and its period has ended."""
    plan, line = handbook.plans.get(page), handbook.lines.get(page.id)
    return plan is not None and line is not None and line.in_force is plan and plan.is_over(handbook.today)
