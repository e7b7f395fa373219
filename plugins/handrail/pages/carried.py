"""Who carries what a plan in force wants, as its own page and the one on all plans say it."""

from __future__ import annotations

from handrail.model.cascade import Carrying, Coverage
from handrail.model.plans import Line
from handrail.pages.audience import Link, Shown
from handrail.pages.phrases import commas
from handrail.pages.views import Entry, Words

_MOST_NAMED = 5
_SECTIONS = {"priorities": "Priority", "methods": "Method"}
_CARRYING = {
    Carrying.CARRIED: ("", "signed"),
    Carrying.DRAFT_ONLY: ("carried by a draft only", "unwritten"),
    Carrying.NOBODY: ("carried by nobody", "open"),
    Carrying.UNNAMED: ("can't be named; give it a label", "unknown"),
}


def carried_entries(shown: Shown, line: Line) -> tuple[Entry, ...]:
    """Return the priorities and methods of a line's plan in force, each with who carries it."""
    return tuple(_item(shown, one) for one in shown.coverages[line])


def carried_words(shown: Shown, line: Line) -> str:
    """Say how many of them somebody carries."""
    found = shown.coverages[line]
    return f"{sum(one.state is Carrying.CARRIED for one in found)} of {len(found)} carried"


def _item(shown: Shown, one: Coverage) -> Entry:
    links = [Link(page.title, page) for page in shown.pages(one.by)]
    more = len(links) - _MOST_NAMED
    by: Words = (*commas(links[:_MOST_NAMED]), *((f" and {more} more",) if more > 0 else ()))
    state, trust = _CARRYING[one.state]
    is_carried = one.state is Carrying.CARRIED
    said = f" · carried{' by ' if by else ''}" if is_carried else " · "
    words: Words = (one.item.text, *((said, *by) if by or is_carried else ()))
    return Entry(
        words, state=state, trust=trust if state else "", label=one.item.label, team=_SECTIONS[one.item.section]
    )
