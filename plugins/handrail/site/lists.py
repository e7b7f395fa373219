"""The views of the pages that Handrail makes: the table of contents, and what is orphaned, stale or unlisted."""

from __future__ import annotations

from handrail.model.dates import in_words
from handrail.report import lists
from handrail.site.audience import Link, Shown
from handrail.site.phrases import name_words
from handrail.site.plans import procedure_entry
from handrail.site.views import Entry, Section, View

_WHY = {"never signed": "never signed", "incomplete": "sign-off not complete", "stale": "sign-off has run out"}


def contents(shown: Shown) -> View:
    """Return the table of contents: departments, their plans, the plans' procedures."""
    found = lists.table_of_contents(shown.handbook)
    sections: list[Section] = []
    for department in found.departments:
        if department.page is not None and not shown.shows(department.page):
            continue
        anchor = department.id or "no-department"
        heading = Link(department.title, department.page) if department.page else None
        lines = [line for line in department.lines if shown.shows(line.page)]
        if lines:
            sections.append(Section(department.title, anchor, heading=heading))
        elif department.page is not None:
            sections.append(_without_plan(shown, department.page.folder, department, anchor))
        for line in lines:
            entries = tuple(procedure_entry(shown, sop.page) for sop in line.sops if shown.shows(sop.page))
            title = Link(line.page.title, line.page)
            sections.append(
                Section(line.page.title, f"plan-{line.line.id}", entries, heading=title, state=line.state, level=3)
            )
    loose = tuple(procedure_entry(shown, sop.page) for sop in found.no_plan if shown.shows(sop.page))
    if loose:
        sections.append(
            Section("No plan", "no-plan", loose, words=("These procedures are tied to no plan that is known.",))
        )
    new = shown.new_page("sop", "")
    lead = "Every procedure stands under the plan that it is for, and every plan under its department."
    return View(
        lead=(lead, *((Link("New procedure", url=new),) if new else ())),
        sections=tuple(sections),
    )


def _without_plan(shown: Shown, folder: str, department: lists.DepartmentEntry, anchor: str) -> Section:
    page = department.page
    lead = name_words(shown, page.text("lead")) if page is not None and page.text("lead") else ""
    new = shown.new_page("vpmom", folder)
    return Section(
        department.title,
        anchor,
        words=(f"No VPMOM yet. {lead} leads the department." if lead else "No VPMOM yet.",),
        heading=Link(department.title, page) if page else None,
        action=Link("New VPMOM", url=new) if new else None,
    )


def orphans(shown: Shown) -> View:
    """Return the list of active procedures that are tied to no plan in force."""
    entries = tuple(
        Entry((Link(one.page.title, one.page),), state=one.reason, note=f"Owner: {one.owner}" if str(one.owner) else "")
        for one in lists.orphans(shown.handbook)
        if shown.shows(one.page)
    )
    return _list(entries, "These procedures are in use and tied to no plan, so nobody has said what they are for.",
                 "Every active procedure is tied to a plan.")  # fmt: skip


def stale(shown: Shown) -> View:
    """Return the list of active procedures with no full sign-off in force."""
    entries = []
    for one in lists.stale(shown.handbook):
        if shown.shows(one.page):
            since = f" on {in_words(one.until)}" if one.why == "stale" and one.until else ""
            entries.append(
                Entry(
                    (Link(one.page.title, one.page),),
                    state=_WHY[one.why] + since,
                    note=f"Ask {one.ask}" if str(one.ask) else "",
                )
            )
    return _list(tuple(entries), "These procedures are in use, and nobody who decides has said in the last twelve months that they are right.",
                 "Every active procedure has a sign-off in force.")  # fmt: skip


def unlisted(shown: Shown) -> View:
    """Return the list of pages that nothing leads to."""
    entries = tuple(
        Entry((Link(page.title, page),), note=page.kind.noun if page.kind else "page without a kind")
        for page in lists.unlisted(shown.handbook)
        if shown.shows(page)
    )
    return _list(entries, "Nothing in the handbook leads to these pages: no link, no navigation, no place under a plan.",
                 "Something leads to every page.")  # fmt: skip


def _list(entries: tuple[Entry, ...], about: str, none: str) -> View:
    if not entries:
        return View(lead=(none,))
    return View(lead=(about,), sections=(Section(_count(entries), "list", entries),))


def _count(entries: tuple[Entry, ...]) -> str:
    return "One page" if len(entries) == 1 else f"{len(entries)} pages"
