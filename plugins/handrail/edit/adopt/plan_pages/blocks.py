"""Finds the plans in a text: blocks of at least four of the five parts, under a heading that names them.

The parts may be headings, words in bold, words alone on their lines, or the cells of a table in Markdown or HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.edit.adopt.plan_pages.labels import VISION, about, part_and_rest, part_of, plain
from handrail.edit.adopt.plan_pages.tables import Row, html_tables, is_row, is_rule, row_of, rows_of_html
from handrail.text.markdown import without_code

_FEWEST_PARTS = 4
_HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*\Z")
_BOLD_LINE = re.compile(r"[ ]{0,3}(?P<sign>\*\*|__)(?P<text>[^*_]+)(?P=sign)[ \t]*:?[ \t]*\Z")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d{1,3}[.)])(?:[ \t]+(?P<text>.*)|[ \t]*\Z)")
_COMMENTARY = re.compile(r"[ #]{0,9}(?:\*\*|__)?commentary(?:\*\*|__)?[ \t]*:?[ \t]*\Z", re.IGNORECASE)
_CALLED_A_PLAN = re.compile(r"(?<![a-z0-9])(?:vpmom|v2mom|plan|fy[ -]?\d{2})(?![a-z0-9])", re.IGNORECASE)
_ANNOUNCES = re.compile(r"\(tb[ad]\\?\)", re.IGNORECASE)
_NEST = 2
"""So many spaces to the right of the first point of a list a point belongs to the one above it."""


@dataclass(slots=True)
class Block:
    """A plan as it stands in a text: its parts with their items as typed, what is said about it, and the headings that it stands under.

    `start` and `end` count lines, the first 0; `title` is the innermost of the headings, empty where there is none.
    """

    headings: tuple[str, ...]
    start: int
    end: int
    parts: dict[str, list[str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.headings[-1] if self.headings else ""


def blocks(body: str) -> list[Block]:
    """Return the plans of a text, in order."""
    text = without_code(body)
    if sum(word in text.casefold() for word in ("vision", "methods", "obstacles", "measures")) < _FEWEST_PARTS - 1:
        return []
    found = _Reader(text).read()
    return [block for block in _merged(found) if len(block.parts) >= _FEWEST_PARTS and any(block.parts.values())]


def announced(body: str) -> list[str]:
    """Return the headings of a text that announce a plan of which nothing is written, as “FY20 Sales VPMOM (TBA)” does."""
    if not _ANNOUNCES.search(body):
        return []
    written = {heading for block in blocks(body) for heading in block.headings}
    matches = ((_HEADING.match(line) or _BOLD_LINE.match(line)) for line in without_code(body).splitlines())
    titles = [plain(match["text"]) for match in matches if match]
    return [one for one in titles if _ANNOUNCES.search(one) and _CALLED_A_PLAN.search(one) and one not in written]


def _merged(found: list[Block]) -> Iterator[Block]:
    """Yield blocks, those under one heading as one where one of them at most has a vision: the other was begun and left."""
    last: Block | None = None
    for block in found:
        if (
            last is not None
            and last.headings == block.headings
            and not (last.parts.get(VISION) and block.parts.get(VISION))
        ):
            whole, begun = (last, block) if last.parts.get(VISION) else (block, last)
            parts = {name: _together(whole, begun, name) for name in {**whole.parts, **begun.parts}}
            last = Block(last.headings, last.start, block.end, parts, {**block.about, **last.about})
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _together(whole: Block, begun: Block, part: str) -> list[str]:
    return list(dict.fromkeys([*whole.parts.get(part, ()), *begun.parts.get(part, ())]))


class _Reader:
    """Reads a text line by line."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.tables = self._tables(text)
        self.found: list[Block] = []
        self.headings: list[tuple[int, str]] = []
        self.bold = ""
        self.block: Block | None = None
        self.part = ""
        self.label_level = 0
        self.indent: int | None = None
        self.after_blank = False
        self.said: dict[str, str] = {}
        self.said_at: int | None = None
        self.head: Row = []
        self.table_at: int | None = None

    def _tables(self, text: str) -> dict[int, tuple[int, str]]:
        """Return the tables in HTML by the line that they begin in, with the line that they end in."""
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return {
            bisect_right(starts, start) - 1: (bisect_right(starts, end - 1) - 1, text[start:end])
            for start, end in html_tables(text)
        }

    def read(self) -> list[Block]:
        number = 0
        while number < len(self.lines):
            if number in self.tables:
                end, table = self.tables[number]
                self._rows(rows_of_html(table), number, end)
                number = end + 1
                continue
            self._line(number, self.lines[number])
            number += 1
        self._close()
        return self.found

    def _line(self, number: int, line: str) -> None:
        if not is_row(line):
            self.head, self.table_at = [], None
        if not line.strip():
            self.after_blank = True
        elif _COMMENTARY.match(line):
            self._close()
        elif heading := _HEADING.match(line):
            self._heading(number, len(heading["level"]), heading["text"])
        elif is_row(line):
            self._row(number, line)
        else:
            self._text(number, line)
        if line.strip():
            self.after_blank = False

    def _heading(self, number: int, level: int, text: str) -> None:
        part = part_of(text)
        if part:
            self._begin(part, "", number, level)
        elif self.block is not None and self.label_level and level > self.label_level:
            self._add(number, text)
        else:
            self._close()
            self.headings = [(depth, said) for depth, said in self.headings if depth < level] + [(level, plain(text))]
            self._named("")

    def _text(self, number: int, line: str) -> None:
        part, rest = part_and_rest(line)
        bold = _BOLD_LINE.match(line) if not part else None
        if part:
            self._begin(part, rest, number, 0)
        elif bold and (self.block is None or _CALLED_A_PLAN.search(bold["text"])):
            self._close()
            self._named(plain(bold["text"]))
        elif self.block is not None:
            self._item(number, line)

    def _named(self, bold: str) -> None:
        """Begin anew under a title."""
        self.bold, self.said, self.said_at = bold, {}, None

    def _item(self, number: int, line: str) -> None:
        match = _ITEM.match(line)
        items = self.block.parts[self.part] if self.block is not None else []
        if match is None:
            if self.after_blank and items and self.part != VISION and self._is_last():
                self._close()  # what comes behind the last part is another text
            elif items and not self.after_blank:
                items[-1] = f"{items[-1]} {line.strip()}"
                self._reach(number)
            else:
                self._add(number, line.strip())
            return
        indent = len(match["indent"].expandtabs(4))
        self.indent = indent if self.indent is None else self.indent
        said = (match["text"] or "").strip()
        if said and items and indent >= self.indent + _NEST:
            items[-1] = f"{items[-1]}; {said}"
            self._reach(number)
        elif said:
            self._add(number, said)

    def _row(self, number: int, line: str) -> None:
        self.table_at = number if self.table_at is None else self.table_at
        if is_rule(line):
            return
        row = row_of(line)
        if sum(bool(part_of(" ".join(cell))) for cell in row) >= _FEWEST_PARTS:
            self.head = row
        elif self.head:
            for name, cell in zip(self.head, row, strict=False):
                self._cell(part_of(" ".join(name)), cell, number)
        else:
            self._rows([row], number, number)

    def _rows(self, rows: list[Row], start: int, end: int) -> None:
        for row in rows:
            if not row:
                continue
            key, cells = " ".join(row[0]), [line for cell in row[1:] for line in cell]
            if part := part_of(key):
                self._cell(part, cells, start)
                self._reach(end)
            elif name := about(key):
                self.said.setdefault(name, " ".join(cells))
                self.said_at = self._top(start)
                if self.block is not None:
                    self.block.about.setdefault(name, " ".join(cells))

    def _cell(self, part: str, lines: list[str], number: int) -> None:
        if part:
            self._begin(part, "", number, 0)
            for line in lines:
                self._add(number, line)

    def _begin(self, part: str, rest: str, number: int, level: int) -> None:
        if part == VISION and self.block is not None and VISION in self.block.parts:
            self._close()
        if self.block is None:
            if part != VISION:
                return
            titles = [
                *(said for depth, said in self.headings if not level or depth < level),
                *([self.bold] if self.bold else []),
            ]
            self.block = Block(tuple(titles), self._top(number), number, {}, dict(self.said))
        self.part, self.label_level, self.indent = part, level, None
        self.block.parts.setdefault(part, [])
        self._reach(number)
        if rest:
            self._add(number, rest)

    def _top(self, number: int) -> int:
        """Return the line in which what stands in a line begins: a table, or what is said about a plan above it."""
        return min(at for at in (number, self.table_at, self.said_at) if at is not None)

    def _add(self, number: int, text: str) -> None:
        if self.block is not None:
            self.block.parts[self.part].append(text)
            self._reach(number)

    def _reach(self, number: int) -> None:
        if self.block is not None:
            self.block.end = number

    def _is_last(self) -> bool:
        return self.block is not None and self.part == "measures"

    def _close(self) -> None:
        if self.block is not None:
            self.found.append(self.block)
        self.block, self.part, self.label_level = None, "", 0
