"""Text with nothing hidden in it: each control, bidi or other invisible character is shown as U+XXXX."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029 ]+")
_LINE_END = re.compile(r"\r\n|\n|\r")


def visible(text: str) -> str:
    """Show each control, bidi or other invisible character as U+XXXX; a line end is one of them."""
    if text.isprintable():
        return text
    return "".join(_shown(text, index) for index in range(len(text)))


def one_line(text: str) -> str:
    """Put a text on one line, with each run of blanks as one space, and show what is invisible in it."""
    return flowing(text).strip(" ")


def flowing(text: str) -> str:
    """Put a part of a sentence on one line as `one_line` does, and keep a space at its ends."""
    return visible(_BLANKS.sub(" ", text))


def visible_lines(text: str) -> list[str]:
    """Split a text into its lines, with tabs as spaces, and show what is invisible; a blank text has none."""
    if not text.strip():
        return []
    return [visible(line.expandtabs(4)).rstrip() for line in _LINE_END.split(text.strip("\r\n"))]


def _shown(text: str, index: int) -> str:
    char = text[index]
    return char if _prints(char) or (char in _JOINERS and _joins(text, index)) else f"U+{ord(char):04X}"


def _prints(char: str) -> bool:
    # The last two of each plane are no characters, and XML refuses those of the first.
    return unicodedata.category(char) not in _HIDDEN and ord(char) & 0xFFFE != 0xFFFE  # noqa: PLR2004


def _joins(text: str, index: int) -> bool:
    """Say whether a joiner does its work, as in emoji or Persian; beside a Latin letter it only hides."""
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    return len(around) == 2 and all(  # noqa: PLR2004 - one on each side
        char > "\u00ff" and _prints(char) for char in around
    )
