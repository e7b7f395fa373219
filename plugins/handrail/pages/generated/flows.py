"""The page on what flows through the departments: of each procedure with a process what goes in and comes out, who carries it, and what goes wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from handrail.model.made_pages import flow
from handrail.model.page import Page
from handrail.model.processes import Process
from handrail.pages.audience import Link, Shown
from handrail.pages.experience import ANYONE
from handrail.pages.views import Row, Section, View
from handrail.report.experience import rate_words, report_words, step_words
from handrail.report.lists import by_title
from handrail.words.language import capital

_ELSEWHERE = "No department"
_NOTHING = "Nobody has written down yet what goes in and comes out, and who carries it."


def flows(shown: Shown) -> View:
    """Return the page: by department, procedures without one last."""
    by_department: dict[Page | None, list[tuple[Page, Process]]] = defaultdict(list)
    for page in sorted(shown.pages(shown.handbook.reviewed), key=by_title):
        found = flow(page)
        if found is not None:
            department = shown.handbook.department_of(page)
            seen = department if department is not None and shown.shows(department) else None
            by_department[seen].append((page, found))
    ordered = sorted(by_department, key=lambda one: (one is None, by_title(one) if one is not None else ()))
    sections = tuple(section for one in ordered for section in _sections(shown, one, by_department[one]))
    lead = "What goes into each procedure, what comes out of it, who carries it, and where it goes wrong."
    return View(lead=(lead,), sections=sections)


def _sections(shown: Shown, department: Page | None, listed: list[tuple[Page, Process]]) -> Iterator[Section]:
    if department is not None:
        yield Section(department.title, department.id, heading=Link(department.title, department))
    else:
        yield Section(_ELSEWHERE, "no-department")
    for page, process in listed:
        rows = tuple(_rows(shown, page, process))
        state = "" if page.is_in_force else page.state_word
        words = () if rows else (_NOTHING,)
        yield Section(page.title, page.id, heading=Link(page.title, page), words=words, rows=rows, state=state, level=3)


def _rows(shown: Shown, page: Page, process: Process) -> Iterator[Row]:
    said = (
        ("Goes in", "; ".join(process.inputs)),
        ("Comes out", "; ".join(process.outputs)),
        ("Answers for it", process.role("accountable")),
        ("Does the work", process.role("performs")),
        ("What goes wrong", _problems(shown, page)),
    )
    yield from (Row(name, (text,)) for name, text in said if text)


def _problems(shown: Shown, page: Page) -> str:
    """Say at which step it fails most, what is reported and open, and how often it goes wrong; nothing where nothing is."""
    found = shown.scorecard.scope.experiences.of(page)
    counts_public = shown.handbook.settings.feedback_counts == ANYONE
    said = [step_words(found, partial(shown.steps.name, page)), rate_words(found, counts_public=counts_public)]
    if found.open_reports:
        said.insert(1, f"{capital(' '.join(filter(None, report_words(found))))}.")
    return " ".join(filter(None, said))
