"""Whether a text that somebody signed is the one that stands in its page today, and why not where it isn't."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.model.past import Former


class TextState(StrEnum):
    """How the text that a signature is for stands to the one that is there today.

    AS_SIGNED: it is the same. READS_THE_SAME: it was laid out anew, and readers see the same. UNBOUND: which text was signed is
    not on record.
    """

    AS_SIGNED = "as signed"
    READS_THE_SAME = "reads the same"
    CHANGED = "changed"
    UNBOUND = "unbound"


class Why(StrEnum):
    """Why a text counts as changed: readers see another, a file that it shows is another, or it can't be known."""

    DIFFERS = "differs"
    FILE = "file"
    NOT_IN_GIT = "not in git"
    SHALLOW = "shallow"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """How a signed text stands today; `why` where it has changed, `former` the page with that text where git has it.

    `is_known` is false where nothing says which text was signed, not even git. `git_reason` is git's own sentence on why it
    does not hold the text, where it has one. `extensions` are those for which nobody can tell what readers see. `files` is
    the second half of the digest of the signed text.
    """

    state: TextState
    why: Why | None = None
    former: Former | None = None
    is_known: bool = True
    git_reason: str = ""
    extensions: tuple[str, ...] = ()
    files: str = ""

    @property
    def holds(self) -> bool:
        """Whether a signature for that text is one for today's."""
        return self.state is not TextState.CHANGED


AS_SIGNED = TextVerdict(TextState.AS_SIGNED)
UNBOUND = TextVerdict(TextState.UNBOUND, is_known=False)
