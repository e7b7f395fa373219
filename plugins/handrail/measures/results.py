"""What came of a plan: each measure's result as a share of its target, where both are numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from handrail.measures.measure import Compare
from handrail.measures.metrics import is_down
from handrail.measures.targets import read_number, read_target
from handrail.model.handbook import Handbook
from handrail.model.items import Item
from handrail.model.page import Page

_MOST = 200
"""Per cent: more than twice of what was wanted is said as that much, so that one number can't outshine all others."""

_LESS_IS_BETTER = frozenset(
    ("sop-errors", "sops-unlisted", "sops-undocumented", "sops-duplicate", "sign-offs-repeated")
)
"""Those of our own measures whose targets are the most that is wanted."""


@dataclass(frozen=True, slots=True)
class Result:
    """A measure of a plan, and what came of it; `share` is in per cent of the target, None where the words alone can tell."""

    item: Item
    share: int | None


def results(handbook: Handbook, page: Page, may_see: Callable[[Page], bool]) -> tuple[Result, ...]:
    """Return the measures of a plan with their results, in the plan's order; a metric that may not be seen says nothing."""
    return tuple(
        Result(item, share_of(handbook, item, may_see))
        for item in page.items
        if item.section == "measures" and item.result
    )


def with_numbers(page: Page) -> tuple[int, int]:
    """Return how many measures of a plan a number tells, as a metric or in what is wanted, and how many measures it has."""
    measures = [item for item in page.items if item.section == "measures"]
    numbers = [item for item in measures if item.metric or any(map(str.isdigit, f"{item.target}{item.text}"))]
    return len(numbers), len(measures)


def share_of(handbook: Handbook, item: Item, may_see: Callable[[Page], bool]) -> int | None:
    """Return an item's result as a share of its target; less is better where its metric or the words of the target say so."""
    page = handbook.index.resolve(item.metric, ("metric",)).page if item.metric else None
    if page is not None and not may_see(page):
        return None
    less_is_better = is_down(page) if page is not None else True if item.metric in _LESS_IS_BETTER else None
    return share(item.result, item.target, is_down=less_is_better)


def share(result: str, target: str, *, is_down: bool | None = None) -> int | None:
    """Return how much of a target was reached, in per cent, rounded down and at most 200; None where the two tell no share.

    That is where one of them is no number, the target is not above zero, or less is better and the result is below zero.
    `is_down` says that less is better, then target and result change places; None leaves it to the words of the target.
    """
    wanted, reached = read_target(target), read_number(result)
    if wanted.value is None or reached is None or not (math.isfinite(wanted.value) and math.isfinite(reached)):
        return None
    goal, got = Fraction(str(wanted.value)), Fraction(str(reached))
    less_is_better = wanted.compare in (Compare.AT_MOST, Compare.UNDER) if is_down is None else is_down
    if goal <= 0 or (less_is_better and got < 0):
        return None
    if less_is_better and not got:
        return _MOST
    return min(_MOST, math.floor(100 * (goal / got if less_is_better else got / goal)))
