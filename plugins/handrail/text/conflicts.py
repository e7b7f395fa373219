"""Finds what git left in a text where two people had changed the same lines: both versions, between lines of signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from handrail.text.markdown import without_code
from handrail.text.problems import Problem

# Git's own signs, seven each, at the beginning of a line, with a name behind the first and the last.
_SIGNS = re.compile(
    r"(?:(?<=[\r\n])|\A)(?:(?P<begin><{7})(?!<)|(?P<base>\|{7})(?!\|)|(?P<middle>={7})(?=[ \t]*+(?:[\r\n]|\Z))|(?P<end>>{7})(?!>))"
    r"(?:[ \t][^\r\n]*+)?(?=[\r\n]|\Z)"
)
_SAID = {
    "base": "Here begins what stood there before both.",
    "middle": "Here begins the other version.",
    "end": "Here it ends.",
}
_MOST = 20
"""So many of one page are told: nobody settles more at once."""
_ENOUGH = 2
"""One such line may be a heading's, or a quotation's; a conflict that was half cleared away has two of them left."""


def conflicts(text: str, body: int) -> list[Problem]:
    """Return a problem for each conflict of a text whose body begins at `body`; in code one is an example."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    told = text[:body] + without_code(text[body:], comments=True)
    found = (
        _problem(signs)
        for signs in _groups(_SIGNS.finditer(text))
        # Where versions differ in what fences code, a part of the signs seems to stand in it.
        if _is_conflict(signs) and any(told.startswith(sign[0], sign.start()) for sign in signs)
    )
    return list(islice(found, _MOST))


def _is_conflict(signs: list[re.Match[str]]) -> bool:
    return len(signs) >= _ENOUGH and any(sign["begin"] or sign["end"] for sign in signs)


def _groups(found: Iterable[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the signs of one conflict after another; a sign that stands alone is a group too."""
    group: list[re.Match[str]] = []
    for sign in found:
        if sign["begin"]:
            yield group
            group = []
        group.append(sign)
        if sign["end"]:
            yield group
            group = []
    yield group


def _problem(signs: list[re.Match[str]]) -> Problem:
    first, *others = signs
    return Problem(
        "conflict",
        first.start(),
        "Git left a conflict here: two versions of one text, below one another, with lines of signs between them.",
        "Keep what is right, and delete the other version and the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>.",
        related=tuple((sign.start(), _SAID[str(sign.lastgroup)]) for sign in others),
        end=first.end(),
    )
