"""Why no page could ask by issues whether it worked, as whoever knows the forge says it; the measures pass it on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why readers can't be asked by issues: `because` goes on after “for”, `do` is one thing to do about it, as a sentence.

    `takes_forms` says that the forge has forms that a link fills in, so that it is worth while to ask by issues.
    """

    because: str
    do: str
    takes_forms: bool = False
