"""The view of an objective: how far it is, what it serves, what came of it."""

from __future__ import annotations

from typing import Any

from handrail.model.dates import parse_day
from handrail.model.goals import goal_gate, progress_of
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.goals import OUTCOME, missing, named
from handrail.pages.phrases import commas, name_words
from handrail.pages.views import Entry, Row, Section, Table, View
from handrail.words.language import in_words

_NOTHING = "\N{EN DASH}"


def objective(shown: Shown, page: Page) -> View:
    """Return the view of an objective: how far it is, what it serves, what came of it."""
    rows: list[Row] = []
    opened, due, closed = (parse_day(page.data.get(name)) for name in ("opened", "due", "closed"))
    if opened is not None and due is not None:
        rows.append(
            Row(
                "From, to",
                (f"{in_words(opened)} to {in_words(due)}" + (f"; closed {in_words(closed)}" if closed else ""),),
            )
        )
    owner = shown.owner_of(page)
    if owner:
        # Whoever leads the department can be asked, and has not taken it on.
        rows.append(Row("Owner" if page.text("owner") else "Ask", name_words(shown, owner)))
    line = shown.line_of(page)
    if line is not None:
        rows.append(Row("Serves", (Link(line.face.page.title, line.face.page),)))
    for field, name in (("sops", "Needs"), ("replaces", "Follows")):
        if words := named(shown, page, field):
            rows.append(Row(name, words))
    for fields, name in ((("replaces",), "Followed by"), (("reviews",), "Reviewed at")):
        links = [Link(r.page.title, r.page) for r in shown.referring(page, fields=fields)]
        if links:
            rows.append(Row(name, commas(links)))
    if page.text("intake"):
        rows.append(Row("What everyone said", (Link("The form", url=page.text("intake")),)))
    sections = [_missing(shown, page), _outcome(page), _measures(shown, page), _updates(page)]
    return View(
        status=page.state_word,
        rows=tuple(rows),
        progress=progress_of(page, shown.handbook.today) if page.is_in_force else None,
        after=tuple(section for section in sections if section is not None),
    )


def _missing(shown: Shown, page: Page) -> Section | None:
    rows = missing(shown, goal_gate(shown.handbook, page)) if page.is_in_force else ()
    return Section("What it lacks to get done", "missing", rows=rows) if rows else None


def _outcome(page: Page) -> Section | None:
    outcome = page.data.get("outcome")
    if not isinstance(outcome, dict):
        return None
    entries = [Entry((str(outcome[key]),), label=name) for key, name in OUTCOME if outcome.get(key)]
    return Section("Outcome", "outcome", tuple(entries))


def _measures(shown: Shown, page: Page) -> Section | None:
    rows = []
    for item in page.items:
        metric = shown.handbook.index.resolve(item.metric, ("metric",)).page if item.metric else None
        link = shown.link(metric, item.text) if metric is not None else None
        rows.append(((link or item.text,), (item.target or _NOTHING,), (item.result or _NOTHING,)))
    return Section("Measures", "measures", table=Table(("Measure", "Target", "Result"), tuple(rows))) if rows else None


def _newest_first(page: Page) -> list[dict[str, Any]]:
    return sorted(page.entries("updates"), key=lambda update: str(update.get("date")), reverse=True)


def _updates(page: Page) -> Section | None:
    rows = []
    for update in _newest_first(page):
        day = parse_day(update.get("date"))
        progress = update.get("progress")
        rows.append(
            (
                (in_words(day) if day else "",),
                (f"{progress} %" if progress is not None else _NOTHING,),
                (str(update.get("note") or ""),),
            )
        )
    return (
        Section("Updates", "updates", table=Table(("Date", "Progress", "What happened"), tuple(rows))) if rows else None
    )
