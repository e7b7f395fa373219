"""What can be wrong with a text before anyone asks what it means."""

from __future__ import annotations

from dataclasses import dataclass, field

DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the text of a page: the name of the rule that reports it, where, what and what to do.

    `offset` and `end` count characters from the beginning of the file; None is the end of the line. `path` is the place in the data that can't be trusted
    because of it: nothing there is judged a second time; None means that none of the data can be trusted.
    """

    rule: str
    offset: int
    message: str
    hint: str = ""
    path: DataPath | None = None
    related: tuple[tuple[int, str], ...] = field(default=())
    end: int | None = None
