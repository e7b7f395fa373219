"""Lines and columns as an editor counts them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import NamedTuple

LINE_END = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """Where something begins and ends, counted from 1; the end column is the one behind its last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class LineIndex:
    """Turns offsets of a text into positions.

    Only LF, CRLF and CR end a line: libyaml and `str.splitlines` also break at U+0085 and U+2028, and then every
    line number after such a character would be wrong in the author's editor.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("i", [0, *(match.end() for match in LINE_END.finditer(text))])

    def place(self, offset: int) -> Position:
        """Return the place of the character at `offset`; past the end it is the end."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the places of what stands from `start` to before `end`, without blanks behind it; None is its line's end."""
        line = bisect_right(self._starts, max(0, min(start, len(self._text))))
        line_end = self._starts[line - 1] + len(self.line(line))
        # Between CR and LF there is no place of its own.
        start = max(0, min(start, line_end))
        end = start + len(self._text[start : line_end if end is None else end].rstrip())
        return Span(*self.place(start), *self.place(end))

    def line(self, number: int) -> str:
        """Return the text of line `number` without its line end, or nothing where there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self._starts)
