"""The view of a mission or a vision: what it says, for whom and until when."""

from __future__ import annotations

from handrail.model.dates import parse_day
from handrail.model.page import Page
from handrail.pages.about import about
from handrail.pages.audience import Link, Shown
from handrail.pages.trust_line import trust_line
from handrail.pages.views import Row, View
from handrail.words.language import in_words


def statement(shown: Shown, page: Page) -> View:
    """Return the view of a mission or a vision."""
    handbook = shown.handbook
    rows = []
    horizon = page.data.get("horizon")
    start, end = (parse_day(horizon.get(key)) for key in ("from", "to")) if isinstance(horizon, dict) else (None, None)
    if start is not None and end is not None:
        rows.append(Row("Horizon", (f"{in_words(start)} to {in_words(end)}",)))
    scope = page.data.get("scope")
    if isinstance(scope, dict):
        rows.append(Row("For", (str(scope.get("product", "")),)))
    elif isinstance(scope, str):
        target = handbook.index.resolve(scope, ("department",)).page
        if target is None or shown.shows(target):
            whole = "The whole company" if scope == "company" else scope
            rows.append(Row("For", (Link(target.title, target) if target is not None else whole,)))
    return View(
        trust=trust_line(shown, page), statement=page.text("statement"), rows=tuple(rows), about=about(shown, page)
    )
