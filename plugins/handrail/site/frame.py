"""Chooses the view of a page by its kind. Rules of one built-in kind may name it; a user's own kind gets the general view."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handrail.model.page import Page
from handrail.site import others
from handrail.site.audience import Shown
from handrail.site.objectives import objective
from handrail.site.plans import plan_view
from handrail.site.procedures import procedure
from handrail.site.views import View

_VIEWS: Mapping[str, Callable[[Shown, Page], View]] = {
    "sop": procedure,
    "vpmom": plan_view,
    "department": others.department,
    "mission": others.statement,
    "vision": others.statement,
    "objective": objective,
    "people": others.people,
    "metric": others.metric,
    "cadence": others.cadence,
    "improvement": others.improvement,
}


def view_of(shown: Shown, page: Page) -> View:
    """Return what stands round a page's text; nothing for prose."""
    if page.kind is None:
        return View()
    return _VIEWS.get(page.kind.name, others.any_kind)(shown, page)


def theme_status(shown: Shown, page: Page) -> str:
    """Return the state that the theme marks a page with in its navigation, or nothing."""
    if page.kind is None:
        return ""
    if page.is_to_come:
        return "handrail-unwritten"
    if page.is_retired:
        return "deprecated"
    sign_off = shown.handbook.sign_off(page)
    if page.text("needs_update") or sign_off.stale or sign_off.has_changed or shown.handbook.orphan_reason(page):
        return "handrail-doubtful"
    return ""
