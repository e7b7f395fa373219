"""How the pages of a department stand in a navigation: its plan, procedures, numbers, other years, under names that people say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.pages.audience import Shown
from handrail.report.lists import called
from handrail.words.language import capital, join_words

_PLAN, _PROCEDURES, _NUMBERS, _YEARS, _RETIRED, _MORE = range(6)
_ASIDE = {"objective": "objectives", "metric": "numbers", "improvement": "improvements", "cadence": "meetings"}
_TITLES = {_PLAN: "Plan", _YEARS: "Other years", _RETIRED: "No longer in force", _MORE: "More"}


@dataclass(frozen=True, slots=True)
class Group:
    """Some pages of a department, and what they are called together."""

    title: str
    pages: tuple[Page, ...]


def groups(shown: Shown, pages: Iterable[Page]) -> list[Group]:
    """Return the pages of one department in groups, each in the order in which they came."""
    found: dict[int, list[Page]] = {}
    for page in pages:
        found.setdefault(_group(shown, page), []).append(page)
    return [Group(_title(number, found[number]), tuple(found[number])) for number in sorted(found)]


def _group(shown: Shown, page: Page) -> int:
    if page.counted_as == PLAN:
        line, plan = shown.handbook.lines.get(page.id), shown.handbook.plans.get(page)
        return _PLAN if line is not None and line.face is plan else _YEARS
    if page.is_retired:
        return _RETIRED
    if page.is_reviewed:
        return _PROCEDURES
    return _NUMBERS if page.counted_as in _ASIDE else _MORE


def _title(number: int, pages: list[Page]) -> str:
    if number == _PLAN and len(pages) > 1:
        return "Plans"
    if number == _NUMBERS:
        kinds = {page.counted_as for page in pages}
        return capital(join_words(name for kind, name in _ASIDE.items() if kind in kinds))
    return _TITLES.get(number) or capital(called(pages))
