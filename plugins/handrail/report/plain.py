"""Text from a handbook made fit to be printed: no build log obeys it, and every console can write it."""

from __future__ import annotations

import re

_SURROGATE = re.compile(r"[\ud800-\udfff]")

# GitHub's and Azure's runners obey `##[command]` anywhere in a line and `::command` at its beginning.
_COMMAND = re.compile(r"##(?=(?:vso)?\[)")
_COMMAND_FIRST = re.compile(r"^\s*:(?=:)")


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
