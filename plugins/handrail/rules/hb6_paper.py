"""HB6: a plan is one page of paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.model.handbook import Handbook
from handrail.model.items import SECTIONS, Item
from handrail.model.page import Page
from handrail.model.plans import SUPERSEDED
from handrail.model.references import PLAN
from handrail.model.trust import trust
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.text.letter_widths import rows
from handrail.words.language import count_of, in_words, join_words
from handrail.words.trust import trust_words


@dataclass(frozen=True, slots=True)
class Paper:
    """What a page holds at 9.5 pt within margins of 12 mm: lines, and how many times the height of its letters a line is long.

    That is across the page, in one of two columns, for the vision, and for the title. A test prints plans and holds it so.
    """

    lines: float
    across: float
    column: float
    vision: float
    title: float


PAPERS = (Paper(58, 52.5, 23.7, 36.2, 32), Paper(54, 54.2, 24.5, 37.4, 33))
"""A4, which is longer, and Letter, which is wider."""
_HEADING, _VISION, _TITLE, _HEAD = 1.5, 1.5, 1.44, 5
"""How many lines a heading takes, a line of the vision, one of the title, and all that stands above the vision."""
_SIDE_BY_SIDE = ("methods", "obstacles")


@rule("HB608", "over-one-page", Severity.WARNING)
def over_one_page(handbook: Handbook) -> Iterator[Hit]:
    """A plan is longer than one page of paper.

    A VPMOM is one page, so that everybody reads all of it and its authors have to choose. What it takes on a page of A4 or of
    Letter is worked out from its words; the text below the front matter comes on the next page, and counts nowhere.

    **What to do.** Shorten or drop items, or move what explains them into the text below the front matter.
    """
    for page in handbook.of_kind(PLAN):
        over = math.ceil(max(lines(handbook, page, paper) - paper.lines for paper in PAPERS))
        if over > 0 and (page.is_in_force or page.is_draft) and not _is_superseded(handbook, page):
            longest = max(SECTIONS, key=lambda name: _section(page, name, PAPERS[0].across))
            yield Hit(
                at(page, (longest,)),
                f"“{page.title}” is {count_of(over, 'line')} longer than one page.",
                f"Shorten or drop some of its {longest}, which take most room, or move what explains them below the front matter.",
            )


def _is_superseded(handbook: Handbook, page: Page) -> bool:
    plan, line = handbook.plans.get(page), handbook.lines.get(page.id)
    return plan is not None and line is not None and plan in line.plans and line.shown(plan) == SUPERSEDED


def lines(handbook: Handbook, page: Page, paper: Paper) -> float:
    """Return how many lines a plan takes on paper, without what stands below its front matter."""
    found = _HEAD + _TITLE * (rows(page.title, paper.title) - 1)
    found += sum(rows(line, paper.across) - 1 for line in _head(handbook, page))
    if page.text("vision"):
        found += _HEADING + _VISION * rows(page.text("vision"), paper.vision)
    both = all(_items(page, name) for name in _SIDE_BY_SIDE)
    beside = _SIDE_BY_SIDE if both else ()
    found += max((_section(page, name, paper.column) for name in beside), default=0)
    return found + sum(_section(page, name, paper.across) for name in SECTIONS if name not in beside)


def _head(handbook: Handbook, page: Page) -> Iterator[str]:
    """Yield about what stands below the title: the line of trust and the compact line."""
    plan = handbook.plans.get(page)
    for begins, rest in trust_words(page, handbook.sign_off(page), plan, trust(handbook, page)[:1]):
        yield f"{begins} {rest}"
    period = plan.period if plan is not None else None
    days = f"{period.name}: {in_words(period.start)} to {in_words(period.end)}" if period is not None else ""
    people = [handbook.registry.find(named.name) for named in page.rapid.decide]
    above = handbook.index.resolve(page.text("parent"), ("vpmom",)).line if page.text("parent") else None
    feeds = f"feeds {above.face.page.title}" if above is not None else ""
    yield f"{days} · {join_words([found.name for found in people if found is not None])} decides · {feeds}"


def _items(page: Page, section: str) -> list[Item]:
    return [item for item in page.items if item.section == section]


def _section(page: Page, name: str, room: float) -> float:
    items = _items(page, name)
    return _HEADING + sum(rows(_words(item), room) for item in items) if items else 0


def _words(item: Item) -> str:
    label = f"{item.label}:" if item.label else ""
    target = f"Target: {item.target} ·" if item.target else ""
    result = f"Result: {item.result}" if item.result else ""
    return f"{item.team} {label} {item.text} {target} {result}"
