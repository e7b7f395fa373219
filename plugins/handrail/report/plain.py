"""Text from a handbook made fit to be printed: nothing is hidden, and no terminal or build log obeys it."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
_BLANKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029 ]+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

# GitHub's and Azure's runners obey `##[command]` anywhere in a line and `::command` at its beginning.
_COMMAND = re.compile(r"##(?=(?:vso)?\[)")
_COMMAND_FIRST = re.compile(r"^\s*:(?=:)")


def visible(text: str) -> str:
    """Show each control, bidi or other invisible character as U+XXXX; a line end is one of them."""
    if text.isprintable():
        return text
    return "".join(_shown(text, index) for index in range(len(text)))


def one_line(text: str) -> str:
    """Put a text on one line, with each run of blanks as one space, and show what is invisible in it."""
    return visible(_BLANKS.sub(" ", text).strip(" "))


def visible_lines(text: str) -> list[str]:
    """Split a text into its lines, with tabs as spaces, and show what is invisible; a blank text has none."""
    if not text.strip():
        return []
    return [visible(line.expandtabs(4)).rstrip() for line in _LINE_END.split(text.strip("\r\n"))]


def without_surrogates(text: str) -> str:
    """Replace half characters, which come from file names and escapes and which no encoding can write."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def disarmed(line: str) -> str:
    """Return a line that no build runner takes for a command: a space stands where one would begin."""
    return _COMMAND_FIRST.sub(r"\g<0> ", disarmed_within(line)[0])


def disarmed_within(text: str, offset: int = 0) -> tuple[str, int]:
    """Do the same for a text that stands within a line; return also where its `offset` has moved."""
    moved = sum(match.end() <= offset for match in _COMMAND.finditer(text))
    return _COMMAND.sub(r"\g<0> ", text), offset + moved


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
