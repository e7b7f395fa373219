"""Tables as rows of cells, in Markdown or HTML; what stands in a cell is a list of lines."""

from __future__ import annotations

import re
from html.parser import HTMLParser

Row = list[list[str]]
"""The cells of a row, each as its lines."""

_POINT_LINE = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]")
_RULE = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
_CELL_END = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br[ \t]*/?>|</?(?:ul|ol|li|p)[^<>]*>", re.IGNORECASE)
_POINT = re.compile(r"\A[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_TABLE_TAG = re.compile(r"<(?P<close>/)?table(?=[\s>])", re.IGNORECASE)
_BLOCKS = frozenset(("p", "li", "br", "ul", "ol", "div"))


def is_row(line: str) -> bool:
    """Say whether a line of Markdown may be a row of a table."""
    return "|" in line and _CELL_END.search(line) is not None and _POINT_LINE.match(line) is None


def is_rule(line: str) -> bool:
    """Say whether a line stands between the head of a table and its rows."""
    return "-" in line and _RULE.match(line) is not None


def row_of(line: str) -> Row:
    """Return the cells of a row of Markdown."""
    said = line.strip().removeprefix("|")
    cells = _CELL_END.split(said.removesuffix("|") if not said.endswith("\\|") else said)
    return [_lines(_BREAK.split(cell)) for cell in cells]


def html_tables(text: str) -> list[tuple[int, int]]:
    """Return from where to where the tables of a text go that are written in HTML and have an end."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for tag in _TABLE_TAG.finditer(text):
        if not tag["close"]:
            start = tag.start() if start is None else start
        elif start is not None:
            found.append((start, tag.end()))
            start = None
    return found


def rows_of_html(table: str) -> list[Row]:
    """Return the rows of a table that is written in HTML."""
    reader = _Reader()
    reader.feed(table)
    reader.close()
    return reader.rows


def _lines(parts: list[str]) -> list[str]:
    said = (" ".join(_POINT.sub("", part).split()) for part in parts)
    return [part for part in said if part]


class _Reader(HTMLParser):
    """Collects cells; what is struck out keeps its tag, so that it can be left out later."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._parts: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._parts = [""]
        elif self._parts is not None and tag in _BLOCKS:
            self._parts.append("")
        elif self._parts is not None and tag == "a":
            self._parts[-1] += "["
            self._address = dict(attrs).get("href") or ""
        elif self._parts is not None and tag in ("s", "del", "strike"):
            self._parts[-1] += "~~"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        elif self._parts is not None and tag in _BLOCKS:
            self._parts.append("")
        elif self._parts is not None and tag == "a":
            self._parts[-1] += f"]({self._address})"
        elif self._parts is not None and tag in ("s", "del", "strike"):
            self._parts[-1] += "~~"

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts[-1] += data

    def _end_cell(self) -> None:
        if self._parts is not None and self.rows:
            self.rows[-1].append(_lines(self._parts))
        self._parts = None

    _address = ""
