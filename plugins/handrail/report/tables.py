"""Lists as plain tables: for a terminal, for a Markdown page and for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Literal

from handrail.report.plain import disarmed
from handrail.text.visible import one_line, visible_lines

TableFormat = Literal["text", "md", "csv"]
Rows = Sequence[Sequence[str]]

_GAP = "  "
# What Markdown, HTML, a table and a template would read as more than text.
_MARKDOWN = {ord(char): f"\\{char}" for char in "\\`*_[]|"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("{"): "&#123;",
    ord("}"): "&#125;",
    ord("~"): "&#126;",
}
# A spreadsheet takes a cell for a formula by its first character, full width or not, after any blanks.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")  # noqa: RUF001 - the full-width ones are meant
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?: ?%)?", re.ASCII)


def render_table(
    columns: Sequence[str],
    rows: Rows,
    format: TableFormat,  # noqa: A002 - the name of the option that it comes from
) -> str:
    """Return a table with a line for its head and one for each row; in CSV a cell can hold several."""
    return _WRITERS[format](columns, rows)


def in_markdown(text: str) -> str:
    """Return a text as Markdown on one line that says just that, also in a table."""
    return one_line(text).translate(_MARKDOWN)


def _text(columns: Sequence[str], rows: Rows) -> str:
    from rich.cells import cell_len  # noqa: PLC0415 - only a terminal has cells

    table = [[disarmed(one_line(cell)) for cell in row] for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    table.insert(1, ["-" * width for width in widths])
    lines = (
        _GAP.join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _markdown(columns: Sequence[str], rows: Rows) -> str:
    head, *body = ([in_markdown(cell) for cell in row] for row in (columns, *rows))
    table = (head, ["---"] * len(head), *body)
    return "".join(f"| {' | '.join(row)} |\n" for row in table)


def _csv(columns: Sequence[str], rows: Rows) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(_cell, columns))
    writer.writerows(map(_cell, row) for row in rows)
    return file.getvalue()


def _cell(text: str) -> str:
    """Return a cell that no spreadsheet calculates; a plain number stays a number, also below zero."""
    shown = "\n".join(visible_lines(text))
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


_WRITERS: dict[TableFormat, Callable[[Sequence[str], Rows], str]] = {
    "text": _text,
    "md": _markdown,
    "csv": _csv,
}
