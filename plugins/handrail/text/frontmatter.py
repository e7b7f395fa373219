"""Finds the front matter of a page, and says so where a page seems to have one that no reader would see.

MkDocs publishes the raw text of every block that it does not recognise, and reads other text as front matter that no
author meant so; each of those cases is a problem here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handrail.text.markdown import without_code
from handrail.text.problems import Problem

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
# What stands before it is asked behind it: then its own signs are looked for, not places.
_CLOSE = re.compile(r"(?:---|\.\.\.)(?:(?<=[\r\n].{3})|(?<=\A.{3}))[ \t]*(?:\r\n|\n|\r|\Z)")
_LIKE_A_FENCE = r"[^\S\r\n]*(?:[-\u2010-\u2015\u2212]{2,}|[\u2013\u2014]-?)[^\S\r\n]*(?=[\r\n]|\Z)"
_NEARLY_A_FENCE = re.compile(_LIKE_A_FENCE)
_NEARLY_A_FENCE_LINE = re.compile(r"(?:(?<=[\r\n])|\A)" + _LIKE_A_FENCE)
_FIELD_LINE = re.compile(r"[^\S\r\n]*([A-Za-z][\w-]*)[^\S\r\n]*:(?:[ \t]|(?=[\r\n])|\Z)")
_FENCE_WITH_MORE = re.compile(r"---[^-\r\n][^\r\n]*")
_UNSEEN = r"\s\x00-\x1F\x7F-\x9F\xAD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB"
_BEFORE_A_FENCE = re.compile(rf"(?:[{_UNSEEN}]++|<!--.*?-->|%[A-Z][^\r\n]*+|\.\.\.[ \t]*+(?=[\r\n]))++", re.DOTALL)
# No example: those stand in code, which is looked past.
_FURTHER_DOWN = re.compile(
    r"(?<=[\r\n])---[ \t]*+(?:\r\n|\n|\r)(?P<fields>(?:[a-z_]++[ \t]*+:(?:[ \t][^\r\n]*+)?(?:\r\n|\n|\r))++)"
)
_SAYS_WHAT_IT_IS = re.compile(r"(?:(?<=[\r\n])|\A)(?:kind|visibility)[ \t]*+:")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)")
_FIRST_LINES = re.compile(r"(?:[^\r\n]++(?:\r\n|\n|\r|\Z))*+")
_JSON = re.compile(r'\s*\{\s*"[^"\r\n]*"\s*:')

# `Note: …` is prose; one of these is a field, whether its fence was forgotten or it begins with a capital letter.
FIELDS = frozenset(
    [
        "kind",
        "id",
        "title",
        "description",
        "visibility",
        "owner",
        "state",
        "status",
        "department",
        "vpmom",
        "rapid",
        "sign_offs",
        "type",
        "layout",
        "template",
        "author",
        "authors",
        "date",
        "tags",
        "parent",
        "period",
        "lead",
        "summary",
        "slug",
        "draft",
        "redirect_from",
        "aliases",
    ]
)


class Split(NamedTuple):
    """Where the parts of a page are, as offsets into its text; `start` is None where it has no front matter."""

    start: int | None
    end: int
    body: int
    problem: Problem | None


def split(text: str) -> Split:
    """Find the front matter of a page.

    A page without any has `start` None; a page whose fences are wrong too, and a problem that says how.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return Split(None, 0, 0, _unseen(text))
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        return Split(None, 0, 0, _unclosed(text, opening.end()))
    return Split(opening.end(), closing.start(), closing.end(), None)


class ShownFields(NamedTuple):
    """Fields that a page begins with as text: the first one's name, where it stands, and whether a line --- ends them."""

    name: str
    offset: int
    has_end: bool


def shown_fields(text: str) -> ShownFields | None:
    """Return the fields, of whatever names, that begin a text without front matter; None where prose does.

    They are two lines of them, in small letters or above a line ---. Two lines such as `Note: …` and `Hint: …`, with capital
    letters and no such line below them, are prose.
    """
    before = _BEFORE_A_FENCE.match(text)
    start = before.end() if before else 0
    first, second = (_FIELD_LINE.match(text, at) for at in (start, _line_after(text, start)))
    if first is None or second is None or second.start() == start:
        return None
    has_end = _ends_with_a_fence(text, start)
    are_fields = has_end or (first[1][0].islower() and second[1][0].islower())
    return ShownFields(first[1], start, has_end) if are_fields else None


def _unclosed(text: str, start: int) -> Problem:
    nearly = _NEARLY_A_FENCE_LINE.search(text, start)
    hint = "Put a line with three hyphens (---) and nothing else below the last field."
    related: tuple[tuple[int, str], ...] = ()
    if nearly:
        hint = "Make that line three hyphens (---), with nothing before or after them."
        related = ((nearly.start(), "This line looks like the end of the front matter but is not."),)
    elif not _FIELD_LINE.match(text, start):
        hint += " If you meant a horizontal rule, write *** instead of ---."
    return Problem(
        "fence", 0, "The front matter begins with --- on this line, and no line --- ends it.", hint, related=related
    )


def _unseen(text: str) -> Problem | None:
    """Say why a page that seems to have front matter has none that anyone would read."""
    before = _BEFORE_A_FENCE.match(text)
    start = before.end() if before else 0
    if text.startswith("+++", start):
        return Problem(
            "fence",
            start,
            "The front matter stands between +++, a form that is not read here.",
            "Write the fields as `name: value` between two lines of three hyphens (---).",
        )
    if _JSON.match(text):
        return Problem(
            "fence",
            0,
            "The page begins with fields in curly brackets and no --- around them, so they would be published as text.",
            "Put a line --- above and below the fields.",
        )
    fence = _NEARLY_A_FENCE.match(text, start) or _FENCE_WITH_MORE.match(text, start)
    if fence and _FIELD_LINE.match(text, _next_line(text, fence.end())):
        if start:
            return Problem(
                "fence",
                start,
                "The front matter does not begin on the first line of the page, so it would be published as text.",
                "Delete everything above this --- (spaces and empty lines too).",
            )
        return Problem(
            "fence",
            0,
            "The first line is not exactly three hyphens, so the fields below it would be published as text.",
            "Make the first line --- and nothing else.",
        )
    field = _FIELD_LINE.match(text, start)
    if field and (field[1].lower() in FIELDS or _says_what_it_is(text, start)):
        below = "" if _ends_with_a_fence(text, start) else " and one below the last"
        return Problem(
            "fence",
            start,
            f"The page begins with the field `{field[1]}` but without the line --- above it, so its fields are not read.",
            f"Put a line of three hyphens (---) above the first field{below}.",
        )
    return _further_down(text)


def _line_after(text: str, offset: int) -> int:
    """Return where the next line begins; the same offset where this is the last."""
    line = _LINE.match(text, offset)
    return line.end() if line else offset


def _ends_with_a_fence(text: str, start: int) -> bool:
    """Say whether a line --- stands below the first lines of a text."""
    first = _FIRST_LINES.match(text, start)
    return first is not None and _CLOSE.search(text, *first.span()) is not None


def _says_what_it_is(text: str, start: int) -> bool:
    first = _FIRST_LINES.match(text, start)
    return first is not None and _SAYS_WHAT_IT_IS.search(text, *first.span()) is not None


def _further_down(text: str) -> Problem | None:
    """Say that fields stand below something else, such as the title of the page."""
    if not _FURTHER_DOWN.search(text):
        return None  # looking past code takes longer
    for match in _FURTHER_DOWN.finditer(without_code(text)):
        if _SAYS_WHAT_IT_IS.search(match["fields"]):
            return Problem(
                "fence",
                match.start(),
                "Fields begin here, below the top of the page, so they would be published as text.",
                "Move them, with the lines --- around them, to the top; put an example between lines of ```.",
            )
    return None


def _next_line(text: str, offset: int) -> int:
    if text.startswith("\r\n", offset):
        return offset + 2
    return offset + 1
