"""What is new since the last check that somebody was told of: they have read the rest, and would look for their own in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from handrail.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class Since:
    """The findings that nobody was told of yet, and how many of those that were told are fixed."""

    new: tuple[Finding, ...]
    fixed: int


class Told:
    """What was told of a handbook by now, from check to check."""

    def __init__(self) -> None:
        self._before: tuple[Finding, ...] | None = None

    def since(self, findings: Collection[Finding], may_find: Callable[[Finding], bool]) -> Since | None:
        """Return what is new, or None where nothing was told before.

        What is found no more is fixed, if this check `may_find` it; otherwise it counts as told.
        """
        before, self._before = self._before, tuple(findings)
        if before is None:
            return None
        gone = Counter(finding.key for finding in before) - Counter(finding.key for finding in findings)
        for finding in before:
            if gone[finding.key] and not may_find(finding):
                gone[finding.key] -= 1
                self._before += (finding,)
        return Since(tuple(_untold(findings, before)), gone.total())


def _untold(findings: Collection[Finding], before: Collection[Finding]) -> Iterator[Finding]:
    """Yield the findings whose words nobody has read: what has the key of an earlier one may be another fault by now."""
    told = Counter((finding.key, finding.message) for finding in before)
    for finding in findings:
        said = (finding.key, finding.message)
        if told[said]:
            told[said] -= 1
        else:
            yield finding
