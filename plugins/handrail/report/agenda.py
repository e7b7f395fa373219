"""The agendas of the next turns written: as lines for a terminal, as Markdown to paste, as a table, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handrail.measures.agenda import Agenda, Item, agenda
from handrail.measures.scope import Scope
from handrail.model.handbook import Handbook
from handrail.model.meetings import meetings
from handrail.model.page import Page
from handrail.report.lists import Table, place
from handrail.report.markdown import page_link, said
from handrail.report.meetings import lacking_words, next_words, why_words
from handrail.text.visible import one_line

_COLUMNS = ("meeting", "next", "what", "who", "why", "says", "path")
_READ, _NOTHING = "Read, not discussed", "Nothing asks to be spoken of."


@dataclass(frozen=True, slots=True)
class Agendas:
    """The agendas of a handbook's meetings, by their next turns."""

    handbook: Handbook
    each: tuple[Agenda, ...]


def agendas(handbook: Handbook) -> Agendas:
    """Return the agenda of each meeting for those who have the files."""
    scope = Scope(handbook, frozenset(handbook.pages))
    found = [agenda(scope, "all", one) for one in meetings(handbook)]
    found.sort(key=lambda one: (one.meeting.next_turn or date.max, one.meeting.page.path))
    return Agendas(handbook, tuple(found))


def of_one(found: Agendas, meeting: Page) -> Agendas:
    """Return the agenda of one meeting."""
    return replace(found, each=tuple(one for one in found.each if one.meeting.page is meeting))


def agenda_lines(found: Agendas) -> Iterator[str]:
    """Yield agendas as lines for a terminal."""
    for number, one in enumerate(found.each):
        if number:
            yield ""
        yield one_line(f"{one.meeting.page.title}: {_when(one)}")
        for at, item in enumerate(one.items, 1):
            who = f" ({name})" if (name := _who(found, item)) else ""
            yield f"  {at}. {one_line(f'{_what(item)}{who}: {why_words(item)}')}"
        if not one.items:
            yield f"  {_NOTHING}"
        if one.read:
            yield f"  {_READ}: {one_line(', '.join(page.title for page in one.read))}"


def agenda_markdown(found: Agendas) -> str:
    """Return agendas as Markdown that can be pasted into an invitation or an issue; nobody is called by it."""
    return "\n".join(_markdown(found, one) for one in found.each)


def _markdown(found: Agendas, one: Agenda) -> str:
    project = found.handbook.project
    lines = [f"### {said(one.meeting.page.title)}: {said(_when(one))}", ""]
    for at, item in enumerate(one.items, 1):
        who = f" ({said(name)})" if (name := _who(found, item)) else ""
        what = said(_what(item)) if item.decision is not None else page_link(project, item.page)
        lines.append(f"{at}. {what}{who}: {said(why_words(item))}")
    lines += [] if one.items else [_NOTHING]
    if one.read:
        lines += ["", f"{_READ}: {', '.join(page_link(project, page) for page in one.read)}"]
    return "\n".join((*lines, ""))


def agenda_table(found: Agendas) -> Table:
    """Return agendas as a table with one row a thing that is spoken of."""
    return _COLUMNS, [
        (
            one.meeting.page.title,
            _day(one) or "",
            _what(item),
            _who(found, item),
            ", ".join(why.value for why in item.why),
            why_words(item),
            item.page.path,
        )
        for one in found.each
        for item in one.items
    ]


def agenda_data(found: Agendas) -> list[dict[str, Any]]:
    """Return agendas as plain data."""
    return [
        {
            **place(one.meeting.page),
            "next": _day(one),
            "items": [
                {
                    **place(item.page),
                    "what": _what(item),
                    "who": _who(found, item) or None,
                    "why": [why.value for why in item.why],
                    "says": why_words(item),
                }
                for item in one.items
            ],
            "read": [place(page) for page in one.read],
        }
        for one in found.each
    ]


def _when(one: Agenda) -> str:
    return next_words(one.meeting) or f"no day is known. {lacking_words(one.meeting)}"


def _day(one: Agenda) -> str | None:
    day = one.meeting.next_turn
    return day.isoformat() if day is not None else None


def _what(item: Item) -> str:
    return item.decision.text if item.decision is not None else item.page.title


def _who(found: Agendas, item: Item) -> str:
    """Return who does a decision; nothing of what is no decision, or names nobody."""
    name = item.decision.owner if item.decision is not None else ""
    who = found.handbook.registry.find(name) if name else None
    return who.name if who is not None else name
