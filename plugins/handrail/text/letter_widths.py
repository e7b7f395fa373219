"""How long texts are in a plain sans, such as Helvetica or Arial, by the widths of its letters, and where their lines end."""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    sign: width
    for width, signs in (
        (0.22, "ijl'|’‘"),  # noqa: RUF001 - quotation marks, as people type them
        (0.28, " !,./:;I[]ft·\\"),
        (0.34, '()-`r"{}“”'),
        (0.5, "Jcksvxyz"),
        (0.61, "FTZ"),
        (0.67, "&ABEKPSVXY"),
        (0.72, "CDHNRUw"),
        (0.78, "GOQ"),
        (0.84, "Mm"),
        (0.95, "%W"),
        (1.0, "—…@"),
    )
    for sign in signs
}
_DIGIT, _OTHER_ALPHABET, _SQUARE = 0.56, 0.62, 1.0
_ASCII = 0x7F


def rows(text: str, room: float) -> int:
    """Return how many lines a text takes where a line is `room` times as long as its letters are high; words stay whole."""
    count, filled = 1, 0.0
    for word in text.split():
        width = sum(map(_width, word))
        if filled and filled + _WIDTHS[" "] + width > room:
            count, filled = count + 1, width
        else:
            filled += width + (_WIDTHS[" "] if filled else 0)
        while filled > room:
            count, filled = count + 1, filled - room
    return count


def width(text: str) -> float:
    """Return how long a text is on one line, in times the height of its letters."""
    return sum(map(_width, text))


def wrapped(text: str, room: float) -> list[str]:
    """Return a text in lines that are `room` times as long as its letters are high at the most; only a long word is longer."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _width(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if ord(sign) <= _ASCII:
        return _DIGIT
    return _SQUARE if unicodedata.east_asian_width(sign) in {"W", "F"} else _OTHER_ALPHABET
