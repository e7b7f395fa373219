"""The difference between two texts as lines, with what went and what came between marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from handrail.text.visible import visible_lines
from handrail.text.worddiff import Piece

_MARKS = {"old": ("[-", "-]"), "new": ("{+", "+}")}

Style = Callable[[str, str], str]
"""Colours one line of a change, given the line and whether it is of the `old` text or the `new` one."""


def difference_lines(pieces: Iterable[Piece], style: Style = lambda line, _kind: line) -> list[str]:
    """Return a difference as lines with nothing invisible in them; none where there is no difference."""
    text = "".join(_marked(piece, style, first=at == 0) for at, piece in enumerate(pieces))
    return text.split("\n") if text else []


def _marked(piece: Piece, style: Style, *, first: bool) -> str:
    text = "\n".join(visible_lines(piece.text))
    before = "" if first else piece.before
    if piece.kind not in _MARKS:
        return before + text
    opening, closing = _MARKS[piece.kind]
    lines = f"{opening}{text}{closing}".split("\n")
    return before + "\n".join(style(line, piece.kind) for line in lines)
