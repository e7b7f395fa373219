"""The lines by which a page asks for a view of the handbook, such as `[[view:departments]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from handrail.text.markdown import without_code

_ASKS = re.compile(r"\[\[(?<!\\\[\[)\s*+view:(?P<name>[^\[\]|\r\n]*)(?:\|[^\[\]\r\n]*)?\]\]")
MARK = "\N{INVISIBLE SEPARATOR}view\N{INVISIBLE SEPARATOR}"
"""Stands before and behind the name of a view until the text is HTML."""
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)?")
_ENDS_A_PARAGRAPH = re.compile(r"\s*+\Z| {0,3}#")
_MOST_INDENTED = 3  # blanks; more make code of it, or part of a list


class ViewName(StrEnum):
    """What a page can ask for."""

    SEARCH = "search"
    DEPARTMENTS = "departments"
    CHANGED = "changed"
    STATE = "state"
    OBJECTIVES = "objectives"


@dataclass(frozen=True, slots=True)
class ViewLine:
    """Where a body asks for a view; it gets one only where that `is_alone`: in a paragraph of its own."""

    name: str
    offset: int
    end: int
    is_alone: bool


def view_lines(body: str) -> Iterator[ViewLine]:
    """Yield where a body asks for views; offsets count from its beginning."""
    if "view:" not in body:
        return
    lines = list(_LINE.finditer(without_code(body)))
    texts = ["", *(match[0] for match in lines), ""]
    for number, line in enumerate(lines, start=1):
        for match in _ASKS.finditer(line[0]):
            is_alone = (
                line[0].strip() == match[0]
                and match.start() <= _MOST_INDENTED
                and all(_ENDS_A_PARAGRAPH.match(texts[beside]) for beside in (number - 1, number + 1))
            )
            yield ViewLine(match["name"].strip(), line.start() + match.start(), line.start() + match.end(), is_alone)


def without_view_lines(body: str) -> str:
    """Return a body without the lines that ask for views: what they show is worked out for the site."""
    parts, at = [], 0
    for line in view_lines(body):
        if line.is_alone:
            parts.append(body[at : line.offset])
            at = line.end
    return "".join([*parts, body[at:]])


def with_marked_views(body: str) -> str:
    """Return a body in which each line that gets a view is marked, so that no other brackets are taken for one in its HTML."""
    parts, at = [], 0
    for line in view_lines(body):
        if line.is_alone and line.name in tuple(ViewName):
            parts += [body[at : line.offset], f"{MARK}{line.name}{MARK}"]
            at = line.end
    return "".join([*parts, body[at:]])
