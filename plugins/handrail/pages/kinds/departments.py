"""The view of a department: its key information, plan and procedures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.model.page import Page
from handrail.model.plans import Line
from handrail.pages.audience import Link, Shown
from handrail.pages.kinds.meetings import next_turns
from handrail.pages.kinds.plans import plan_entry, procedure_entries, without_plan
from handrail.pages.phrases import commas, name_words
from handrail.pages.views import Entry, Row, Section, View
from handrail.report.lists import called
from handrail.words.language import capital


def department(shown: Shown, page: Page) -> View:
    """Return the view of a department: its key information, plan and procedures."""
    handbook = shown.handbook
    rows = [Row("Lead", name_words(shown, page.text("lead"))) if page.text("lead") else None]
    rows.append(Row("Questions", (page.text("contact"),)) if page.text("contact") else None)
    parent = handbook.index.resolve(page.text("parent"), ("department",)).page if page.text("parent") else None
    if parent is not None and shown.shows(parent):
        rows.append(Row("Lies under", (Link(parent.title, parent),)))
    every = [line for line in handbook.lines.values() if handbook.department_of(line.face.page) is page]
    own = [line for line in every if shown.shows(line.face.page)]
    rows += _at_a_glance(shown, page, own)
    sections = [_plans(shown, page, every, own)]
    for line in own:
        tied = [page for page in shown.pages(handbook.tied_to(line)) if not page.is_retired]
        if tied:
            title = capital(called(tied)) + ("" if len(own) == 1 else f" under {line.face.page.title}")
            sections.append(Section(title, f"procedures-{line.id}", procedure_entries(shown, tied)))
    sections += _procedures_elsewhere(shown, page, own)
    new = shown.new_page("sop", page.folder)
    if new:
        if len(sections) == 1:
            sections.append(Section("Procedures", "procedures", words=("None is listed here yet.",)))
        sections[-1] = replace(sections[-1], action=Link("New procedure", url=new))
    below = [
        d
        for d in shown.pages(handbook.departments)
        if d.text("parent") and handbook.index.resolve(d.text("parent"), ("department",)).page is page
    ]
    if below:
        sections.append(
            Section("Departments below", "departments-below", tuple(Entry((Link(d.title, d),)) for d in below))
        )
    return View(rows=tuple(row for row in rows if row is not None), after=tuple(sections))


def _at_a_glance(shown: Shown, page: Page, own: list[Line]) -> Iterator[Row]:
    """Yield what a leader asks of a department first: what it wants, what for, and when it is spoken of."""
    if own:
        yield Row(
            "Plan" if len(own) == 1 else "Plans", commas(Link(line.face.page.title, line.face.page) for line in own)
        )
    visions = [one.page for one in shown.referring(page, fields=("scope",)) if not one.page.is_retired]
    if visions:
        yield Row("Vision" if len(visions) == 1 else "Visions", commas(Link(one.title, one) for one in visions))
    if turns := next_turns(shown, page):
        yield Row("Meets next", turns)


def _procedures_elsewhere(shown: Shown, page: Page, own: list[Line]) -> list[Section]:
    """Return the department's procedures that stand under other departments' plans, and those under none."""
    handbook = shown.handbook
    sections = []
    mine = [p for p in shown.pages(handbook.procedures_of(page)) if not p.is_retired]
    for where, found in (
        ("for other plans", [p for p in mine if handbook.line_of(p) not in (None, *own)]),
        ("with no plan", [p for p in mine if handbook.line_of(p) is None]),
    ):
        if found:
            title, anchor = f"{capital(called(found))} {where}", f"procedures-{where.replace(' ', '-')}"
            sections.append(Section(title, anchor, procedure_entries(shown, found)))
    return sections


def _plans(shown: Shown, page: Page, every: list[Line], own: list[Line]) -> Section:
    section = Section("Plan", "plan")
    if own:
        plans = [line.face.page for line in own]
        entries = tuple(plan_entry(shown, p) for p in plans)
        return replace(section, title="Plan" if len(plans) == 1 else "Plans", entries=entries)
    return without_plan(shown, page, section, has_hidden=bool(every))
