"""Puts one name in the place of another in the short form of `rapid`, such as `LBK(D), OHA(A)`, as its author spelt it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from handrail.edit.values import Edit, comma_before

_ENTRY = re.compile(r"(?P<name>[^(),]+)\((?P<letters>[^()]*)\)")
_OPENING = "\"'>|-+ \r\n\t"
"""What may stand before the first name where the whole is quoted, or begins on the next line."""
_LETTER = re.compile(r"[A-Za-z]+")
_COMMA_AFTER = re.compile(r"\s*,\s*")
_BETWEEN = " & "

Renamed = Callable[[str], str]
"""Returns the name to write for one as it is written; empty for a name that stays."""


def short_edits(text: str, renamed: Renamed, held: Collection[str]) -> list[Edit]:
    """Return the changes of a short form: letters in `held` are the other's already, and an entry with no others goes.

    Offsets count from the beginning of `text`, which may stand in quotes and over several lines.
    """
    edits: list[Edit] = []
    gone: list[tuple[int, int]] = []
    taken, last_kept = set(held), -1
    for entry in _ENTRY.finditer(text):
        name = entry["name"].strip().lstrip(_OPENING)
        said = renamed(" ".join(name.split()))
        letters = _LETTER.findall(entry["letters"].replace("&amp;", "&"))
        left = [letter for letter in letters if letter.upper() not in taken] if said else letters
        start = entry.start() + entry["name"].rindex(name)
        if not left and letters:
            gone.append((start, entry.end()))
            continue
        last_kept = entry.start()
        if said:
            taken |= {letter.upper() for letter in letters}
            edits.append(Edit(start, start + len(name), said))
            if left != letters:
                edits.append(Edit(entry.start("letters"), entry.end("letters"), _BETWEEN.join(left)))
    return sorted([*edits, *(_taken_out(text, start, end, is_followed=start < last_kept) for start, end in gone)])


def _taken_out(text: str, start: int, end: int, *, is_followed: bool) -> Edit:
    """Return the change that takes an entry out with the comma behind it, or where nothing follows, before it."""
    after = _COMMA_AFTER.match(text, end)
    if after is not None and is_followed:
        return Edit(start, after.end(), "")
    return Edit(comma_before(text, 0, start), end, "")
