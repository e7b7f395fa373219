"""The review queue written: as lines for a terminal, as a check-list in Markdown, as a table, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handrail.measures.experience import Report
from handrail.model.assignments import Assignment
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.people import Group
from handrail.report.experience import MOST_NAMED, issue_number, open_words
from handrail.report.lists import Table, asked_data, place
from handrail.report.markdown import address_in_link, mention, page_link, said
from handrail.report.queue import Queue, Turn
from handrail.report.tables import in_markdown
from handrail.text.visible import one_line
from handrail.words.assignments import by_when, in_sentences, waits_for


def empty(found: Queue) -> str:
    """Say that nothing is to be signed."""
    return f"Nothing is waiting to be signed{f' by {found.of}' if found.of else ''}."


def reports_title(turn: Turn) -> str:
    """Return what stands over the open reports on pages."""
    return "Reports on your pages" if turn.who is not None else "Reports on pages that nobody looks after"


def _issues(reports: Sequence[Report]) -> str:
    """Return the issues of some reports as a forge writes them, in brackets; the first few of many, lest a flood fills the list."""
    names = [f"#{number}" for one in reports if (number := issue_number(one.row.key))]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f" ({', '.join(names[:MOST_NAMED])}{more})" if names else ""


def queue_lines(found: Queue) -> Iterator[str]:
    """Yield the queue as lines for a terminal."""
    today = found.handbook.today
    for number, turn in enumerate(found.turns):
        if number:
            yield ""
        yield one_line(str(turn.asked))
        for assignment in turn.assignments:
            yield f"  {one_line(f'{assignment.page.title} ({by_when(assignment, today)})')}"
            yield f"    {one_line(in_sentences(assignment, today))}"
            yield f"    {one_line(assignment.page.path)}"
        if turn.reports:
            yield f"  {reports_title(turn)}"
        for page, reports in turn.reports:
            yield f"    {one_line(f'{page.title}: {open_words(reports)}{_issues(reports)}')}"
            yield f"    {one_line(page.path)}"


def queue_markdown(found: Queue) -> str:
    """Return the queue as Markdown for an issue: whoever is asked is mentioned, and nobody whom a page only names."""
    parts = [_about(found)]
    for turn in found.turns:
        lines = "".join(f"- [ ] {_task(found, assignment)}\n" for assignment in turn.assignments)
        told = "".join(
            f"- {page_link(found.handbook.project, page)}: {open_words(reports)}{_issues(reports)}\n"
            for page, reports in turn.reports
        )
        both = filter(None, (lines, f"{reports_title(turn)}:\n\n{told}" if told else ""))
        parts.append("\n".join((f"### {_heading(turn)}\n", *both)))
    return "\n".join(parts)


def _about(found: Queue) -> str:
    if not any(turn.assignments for turn in found.turns):
        return f"{empty(found)}\n"
    text = "These pages are in use and ask for a signature. Whoever decides signs last."
    project = found.handbook.project
    if project.site_url:
        url = project.settings.generated.url(Made.SIGNING, directories=project.use_directory_urls)
        text += f" [What a sign-off means]({address_in_link(project.site_url, url)}) says more."
    return f"{text}\n"


def _task(found: Queue, assignment: Assignment) -> str:
    today = found.handbook.today
    page = page_link(found.handbook.project, assignment.page)
    return f"{page}, **{by_when(assignment, today)}**: {said(in_sentences(assignment, today))}"


def _heading(turn: Turn) -> str:
    asked = turn.asked
    whom = said(", ".join(filter(None, (asked.name, asked.job))))
    called = mention(asked.handle) or said(asked.handle)
    reached = " or ".join(filter(None, (called, in_markdown(asked.contact))))
    return f"{whom} ({reached})" if reached else whom


def queue_data(found: Queue) -> list[dict[str, Any]]:
    """Return the queue as plain data; where nobody can be asked, who is null."""
    today = found.handbook.today
    return [
        {
            "who": _who(turn),
            "pages": [
                {
                    **place(one.page),
                    "role": one.role or None,
                    "why": one.why,
                    "due": one.due.isoformat(),
                    "overdue": one.due < today,
                    "for": one.on_behalf_of.name if one.on_behalf_of is not None else None,
                    "after": waits_for(one),
                    "says": in_sentences(one, today),
                }
                for one in turn.assignments
            ],
            "reports": [_told(*one) for one in turn.reports],
        }
        for turn in found.turns
    ]


def _told(page: Page, reports: Sequence[Report]) -> dict[str, Any]:
    numbers = [int(number) for one in reports if (number := issue_number(one.row.key))]
    oldest = min(one.row.date for one in reports).isoformat()
    return {**place(page), "open": len(reports), "oldest": oldest, "issues": numbers}


def _who(turn: Turn) -> dict[str, Any] | None:
    if turn.who is None:
        return None
    return {"id": turn.who.id, "is_group": isinstance(turn.who, Group), **asked_data(turn.asked)}


def queue_table(found: Queue) -> Table:
    """Return the queue as a table with one row a signature, and one for each page on which there are open reports."""
    today = found.handbook.today
    columns = ("who", "role", "id", "title", "why", "by", "says", "path")
    signatures = [
        (
            turn,
            one.page,
            (one.role.does if one.role is not None else "", one.why, one.due, in_sentences(one, today)),
        )
        for turn in found.turns
        for one in turn.assignments
    ]
    reports = [
        (turn, page, ("", "reported", min(one.row.date for one in told), open_words(told)))
        for turn in found.turns
        for page, told in turn.reports
    ]
    return columns, [
        (str(turn.asked), role, page.id, page.title, why, day.isoformat(), says, page.path)
        for turn, page, (role, why, day, says) in (*signatures, *reports)
    ]
