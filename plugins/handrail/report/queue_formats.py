"""The review queue written: as lines for a terminal, as a check-list in Markdown, as a table, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from handrail.model.assignments import Assignment
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.people import Group
from handrail.report.lists import Table, asked_data, place
from handrail.report.markdown import mention, said
from handrail.report.queue import Queue, Turn
from handrail.report.tables import in_markdown
from handrail.text.visible import one_line
from handrail.words.assignments import by_when, in_sentences, waits_for


def empty(found: Queue) -> str:
    """Say that nothing is to be signed."""
    return f"Nothing is waiting to be signed{f' by {found.of}' if found.of else ''}."


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


def queue_markdown(found: Queue) -> str:
    """Return the queue as Markdown for an issue: whoever is asked is mentioned, and nobody whom a page only names."""
    parts = [_about(found)]
    for turn in found.turns:
        lines = "".join(f"- [ ] {_task(found, assignment)}\n" for assignment in turn.assignments)
        parts.append(f"### {_heading(turn)}\n\n{lines}")
    return "\n".join(parts)


def _about(found: Queue) -> str:
    text = "These pages are in use and ask for a signature. Whoever decides signs last."
    project = found.handbook.project
    if project.site_url:
        url = project.settings.generated.url(Made.SIGNING, directories=project.use_directory_urls)
        text += f" [What a sign-off means]({_on_site(project.site_url, url)}) says more."
    return f"{text}\n"


def _task(found: Queue, assignment: Assignment) -> str:
    today = found.handbook.today
    return f"{_link(found, assignment.page)}, **{by_when(assignment, today)}**: {said(in_sentences(assignment, today))}"


def _link(found: Queue, page: Page) -> str:
    """Return a link to a page on the site, or its title and path where it is on none."""
    project = found.handbook.project
    if project.site_url and page.may_be_seen_by(project.settings.audience):
        return f"[{said(page.title)}]({_on_site(project.site_url, page.url)})"
    return f"{said(page.title)} ({said(page.path)})"


def _on_site(site: str, url: str) -> str:
    # The site's address is someone's to type, and a bracket or a blank in it would end the link.
    return quote(f"{site.rstrip('/')}/{url}", safe="/:%@?=&~+,;", errors="replace")


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
        }
        for turn in found.turns
    ]


def _who(turn: Turn) -> dict[str, Any] | None:
    if turn.who is None:
        return None
    return {"id": turn.who.id, "is_group": isinstance(turn.who, Group), **asked_data(turn.asked)}


def queue_table(found: Queue) -> Table:
    """Return the queue as a table with one row a signature."""
    today = found.handbook.today
    columns = ("who", "role", "id", "title", "why", "by", "says", "path")
    return columns, [
        (
            str(turn.asked),
            one.role.does if one.role is not None else "",
            one.page.id,
            one.page.title,
            one.why,
            one.due.isoformat(),
            in_sentences(one, today),
            one.page.path,
        )
        for turn in found.turns
        for one in turn.assignments
    ]
