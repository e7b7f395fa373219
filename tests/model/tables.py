"""Tables of values and the verdict on each: a format or pattern, `yes` or `no`, and the values, with tabs between them."""

from __future__ import annotations

import re
from pathlib import Path

_ESCAPED = re.compile(r"\\(\\|e|n|r|u[0-9a-f]{4})")
_PLAIN = {"\\": "\\", "e": "", "n": "\n", "r": "\r"}


def table(name: str) -> list[tuple[str, str, bool]]:
    """Read a table as one row a value: what is asked for, the value, and whether it is accepted."""
    lines = (Path(__file__).parent / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [[_read(cell) for cell in line.split("\t")] for line in lines]
    return [(asked, value, verdict == "yes") for asked, verdict, *values in rows for value in values]


def _read(cell: str) -> str:
    return _ESCAPED.sub(lambda match: _PLAIN[match[1]] if match[1] in _PLAIN else chr(int(match[1][1:], 16)), cell)
