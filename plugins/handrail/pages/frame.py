"""Chooses the view of a page by its kind. Rules of one built-in kind may name it; a user's own kind gets the general view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handrail.model.page import Page
from handrail.model.trust import trust
from handrail.pages.audience import Shown
from handrail.pages.decisions import changed_by
from handrail.pages.feedback import feedback
from handrail.pages.kinds.departments import department
from handrail.pages.kinds.improvements import improvement
from handrail.pages.kinds.meetings import meeting_view
from handrail.pages.kinds.metrics import metric_view
from handrail.pages.kinds.objectives import objective
from handrail.pages.kinds.own_kinds import any_kind
from handrail.pages.kinds.people import people
from handrail.pages.kinds.plans import plan_view
from handrail.pages.kinds.procedures import procedure
from handrail.pages.kinds.visions import statement
from handrail.pages.other_pages import with_other_pages
from handrail.pages.to_read import confirm_row, reading_rows
from handrail.pages.views import View

STATUS = "handrail-"
"""Begins the name of each status of ours; behind it comes the state of the line of trust."""

_VIEWS: Mapping[str, Callable[[Shown, Page], View]] = {
    "sop": procedure,
    "vpmom": plan_view,
    "department": department,
    "mission": statement,
    "vision": statement,
    "objective": objective,
    "people": people,
    "metric": metric_view,
    "cadence": meeting_view,
    "improvement": improvement,
}


def view_of(shown: Shown, page: Page) -> View:
    """Return what stands round a page's text; nothing for prose."""
    if page.kind is None:
        return View()
    view = _VIEWS.get(page.kind.name, any_kind)(shown, page)
    if view.about is None:
        changed = changed_by(shown, page)
        more = (*reading_rows(shown, page), *filter(None, (confirm_row(shown, page), changed)))
        view = replace(view, rows=(*view.rows, *more)) if more else view
    return with_other_pages(shown, page, replace(view, feedback=feedback(shown, page)))


def theme_status(shown: Shown, page: Page) -> str:
    """Return the state that the theme marks a page with in its navigation: one that readers have to mind, or nothing."""
    state = next(iter(trust(shown.handbook, page)), None)
    return f"{STATUS}{state}" if state is not None and state.warns else ""
