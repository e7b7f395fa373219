"""What an objective needs to be done, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handrail.model.goals import Need
from handrail.words.language import join_words

NEEDED: Mapping[Need, str] = {
    Need.WORK: "a procedure in use",
    Need.OWNER: "an owner of its own",
    Need.METRIC: "a leading metric",
    Need.MEETING: "a meeting that looks at it",
}


def needed(needs: Iterable[Need]) -> str:
    """Return what is needed as it stands in a sentence."""
    return join_words([NEEDED[need] for need in needs])
