"""The views of the pages that Handrail makes: the table of contents, and what is orphaned, stale or unlisted."""

from __future__ import annotations

from dataclasses import replace

from handrail.model.page import Page
from handrail.model.trust import trust
from handrail.pages.audience import Link, Shown
from handrail.pages.kinds.plans import plan_trust, procedure_entries, without_plan
from handrail.pages.views import Entry, Section, View
from handrail.report import lists
from handrail.words.language import in_words
from handrail.words.signing import RAN_OUT, STATUS

_WHY = {lists.STALE: RAN_OUT} | {status.value: words for status, words in STATUS.items()}


def contents(shown: Shown) -> View:
    """Return the table of contents: departments, their plans, the plans' procedures."""
    found = lists.table_of_contents(shown.handbook)
    sections: list[Section] = []
    apart: list[lists.LineEntry] = []
    loose = [sop.page for sop in found.no_plan]
    for department in found.departments:
        lines = [line for line in department.lines if shown.shows(line.page)]
        # A procedure is not lost where its plan may not be seen, nor a plan where its department may not.
        loose += [sop.page for line in department.lines if line not in lines for sop in line.sops]
        if department.page is None or not shown.shows(department.page):
            apart += lines
        else:
            heading = Link(department.title, department.page)
            section = Section(department.title, department.id, heading=heading)
            if not lines:
                section = without_plan(shown, department.page, section, has_hidden=bool(department.lines))
            sections += [section, *(_line(shown, line) for line in lines)]
    if apart:
        sections += [Section(lists.NO_DEPARTMENT, "no-department"), *(_line(shown, line) for line in apart)]
    entries = procedure_entries(shown, loose)
    if entries:
        words = (f"These {lists.called(shown.pages(loose))} are tied to no plan that is known.",)
        sections.append(Section("No plan", "no-plan", entries, words=words))
    new = shown.new_page("sop", "")
    noun = lists.called_one(shown.handbook)
    lead = f"Every {noun} stands under the plan that it is for, and every plan under its department."
    return View(
        lead=(lead, *((" ", Link("New procedure", url=new)) if new else ())),
        sections=tuple(sections),
    )


def _line(shown: Shown, line: lists.LineEntry) -> Section:
    page = line.page
    entries = procedure_entries(shown, [sop.page for sop in line.sops])
    anchor = f"plan-{line.line.id}"
    mark = plan_trust(shown, page, line.state)
    return Section(page.title, anchor, entries, heading=Link(page.title, page), state=line.state, trust=mark, level=3)


def orphans(shown: Shown) -> View:
    """Return the list of active procedures that are tied to no plan in force."""
    entries = tuple(
        Entry((Link(one.page.title, one.page),), state=one.reason, note=_whom("Owner:", shown, one.page, one.owner))
        for one in lists.orphans(shown.handbook)
        if shown.shows(one.page)
    )
    many, one_of_them = lists.called_in(shown.handbook), lists.called_one(shown.handbook)
    return _list(entries, f"These {many} are in use and tied to no plan, so nobody has said what they are for.",
                 f"Every active {one_of_them} is tied to a plan.")  # fmt: skip


def stale(shown: Shown) -> View:
    """Return the list of active procedures with no full sign-off in force."""
    entries = []
    for one in lists.stale(shown.handbook):
        if shown.shows(one.page):
            since = f" on {in_words(one.until)}" if one.why == lists.STALE and one.until else ""
            entries.append(
                Entry(
                    (Link(one.page.title, one.page),),
                    state=_WHY[one.why] + since,
                    trust=trust(shown.handbook, one.page)[0].value,
                    note=_whom("Ask", shown, one.page, one.ask),
                )
            )
    many, one_of_them = lists.called_in(shown.handbook), lists.called_one(shown.handbook)
    return _list(tuple(entries), f"These {many} are in use, and their sign-off is missing, not complete or has run out.",
                 f"Every active {one_of_them} has a sign-off in force.")  # fmt: skip


def _whom(word: str, shown: Shown, page: Page, asked: lists.Asked) -> str:
    """Say whom to ask, without what only a department that may not be seen says."""
    if asked.contact == shown.handbook.contact_of(page):
        asked = replace(asked, contact=shown.contact_of(page))
    if not page.rapid.everyone and not shown.owner_of(page):
        asked = lists.Asked("", contact=asked.contact)
    return f"{word} {asked}" if str(asked) else ""


def unlisted(shown: Shown) -> View:
    """Return the list of pages that nothing leads to."""
    entries = tuple(
        Entry((Link(page.title, page),), note=_sort_of(shown, page))
        for page in lists.unlisted(shown.handbook)
        if shown.shows(page)
    )
    return _list(entries, "Nothing in the handbook leads to these pages: no link, no navigation, no place under a plan.",
                 "Something leads to every page.")  # fmt: skip


def _sort_of(shown: Shown, page: Page) -> str:
    if page.kind is not None:
        return page.kind.noun
    return "page without a kind" if shown.handbook.settings.is_governed(page.src_uri) else "page"


def _list(entries: tuple[Entry, ...], about: str, none: str) -> View:
    if not entries:
        return View(lead=(none,))
    return View(lead=(about,), sections=(Section(_count(entries), "list", entries),))


def _count(entries: tuple[Entry, ...]) -> str:
    return "One page" if len(entries) == 1 else f"{len(entries)} pages"
