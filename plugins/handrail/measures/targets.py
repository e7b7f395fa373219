"""The target of a measure: what a plan in force says, else a metric, else the program's default; and how such words are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handrail.measures.measure import Compare, Target
from handrail.measures.scope import Scope
from handrail.model.handbook import Handbook
from handrail.model.plans import Line

_TARGET = re.compile(
    r"(?:(?P<word>under|over|at least|at most|<=|>=|<|>|\u2264|\u2265)\s*)?(?P<number>[+-]?\d[\d.,\u00a0\u202f ]*?)\s*%?",
    re.IGNORECASE,
)
_GROUPED = re.compile(
    r"(?P<whole>[+-]?\d{1,3}(?:(?P<group>[ ,.\u00a0\u202f])\d{3})(?:(?P=group)\d{3})*)(?P<rest>[.,]\d+)?"
)
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_WORDS: Mapping[str, Compare] = {
    "under": Compare.UNDER,
    "<": Compare.UNDER,
    "over": Compare.OVER,
    ">": Compare.OVER,
    "at least": Compare.AT_LEAST,
    ">=": Compare.AT_LEAST,
    "\u2265": Compare.AT_LEAST,
    "at most": Compare.AT_MOST,
    "<=": Compare.AT_MOST,
    "\u2264": Compare.AT_MOST,
}


def read_target(said: str, *, is_down: bool = False) -> Target:
    """Read a target's words as a number; `is_down` says that less is better, where the words don't tell."""
    match = _TARGET.fullmatch(said.strip())
    value = _number(match["number"]) if match is not None else None
    if match is None or value is None:
        return Target(said, None)
    word = match["word"]
    default = Compare.AT_MOST if is_down or value == 0 else Compare.AT_LEAST
    return Target(said, value, _WORDS[word.lower()] if word else default)


def read_number(said: str) -> float | None:
    """Read what was reached as a number, written as a target's is; None where a word stands with it."""
    match = _TARGET.fullmatch(said.strip())
    return _number(match["number"]) if match is not None and not match["word"] else None


def _number(text: str) -> float | None:
    """Return a number as people type it: digits in groups of three, with either sign before what is less than one."""
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and (grouped["rest"] is None or grouped["rest"][0] != grouped["group"]):
        text = grouped["whole"].replace(grouped["group"], "") + (grouped["rest"] or "")
    return float(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def target_of(scope: Scope, measure: str, default: str, *, is_down: bool = False) -> Target | None:
    """Return the target of a measure of ours or a metric, and the plan that sets it: of several plans the one nearest to the root.

    Plans that may not be seen say nothing to those for whom it is counted. `is_down` says that less is better.
    """
    found = sorted(scope.targets_set.get(measure, ()), key=lambda one: (_depth(scope.handbook, one[0]), one[0].id))
    if not found:
        return read_target(default, is_down=is_down) if default else None
    _, plan, item = found[0]
    others = dict.fromkeys(other.page for _, other, _ in found if other is not plan)
    return replace(read_target(item.target, is_down=is_down), source=plan.page, others=tuple(others))


def _depth(handbook: Handbook, line: Line) -> int:
    """Return how many plans a plan feeds, one over the other; those in a circle are as deep as there are plans."""
    depth, at = 0, line
    while depth < len(handbook.lines):
        parent = at.face.page.text("parent")
        above = handbook.index.resolve(parent, ("vpmom",)).line if parent else None
        if above is None or above is at:
            return depth
        depth, at = depth + 1, above
    return depth
