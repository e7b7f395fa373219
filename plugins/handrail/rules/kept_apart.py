"""What a handbook says twice and nobody has given a reason for: an `ignore` with a reason keeps two pages apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.rules.ignores import Ignores
from handrail.search.conflicts import Conflict, Statement
from handrail.search.duplicates import Approval, Duplicates, Pair, duplicates

NEAR = ("HB612", "near-duplicate")
TRIGGER = ("HB613", "same-trigger")
DECIDERS = ("HB614", "two-deciders-one-decision")
VALUES = ("HB615", "conflicting-values")


@dataclass(frozen=True, slots=True)
class Unexplained:
    """All that a handbook says twice with no reason; `apart` are the pairs of pages that are kept apart for one."""

    near: tuple[Pair, ...]
    triggers: tuple[Pair, ...]
    deciders: tuple[Pair, ...]
    approvers: tuple[tuple[Approval, ...], ...]
    conflicts: tuple[Conflict, ...]
    apart: frozenset[frozenset[Page]]
    by_page: Mapping[Page, Sequence[tuple[Conflict, Statement]]]
    """The passages of each page that say otherwise than others."""
    same_as: Mapping[Page, Sequence[Page]]
    """The pages that say nearly the same as each."""

    def against(self, conflict: Conflict, statement: Statement) -> list[Statement]:
        """Return the passages that say otherwise than one, less those of pages that are kept apart: their values may differ."""
        others = conflict.against(statement)
        return [other for other in others if frozenset((other.page, statement.page)) not in self.apart]


_known: WeakKeyDictionary[Handbook, Unexplained] = WeakKeyDictionary()


def unexplained(handbook: Handbook) -> Unexplained:
    """Return what a handbook says twice where nobody has said why; it is worked out once."""
    if handbook not in _known:
        _known[handbook] = _found(handbook, duplicates(handbook))
    return _known[handbook]


def _found(handbook: Handbook, found: Duplicates) -> Unexplained:
    is_explained = partial(_is_explained, Ignores(handbook))
    apart = {frozenset(pair.pages) for pair in found.near if is_explained(NEAR, pair.newer)}
    conflicts = tuple(one for one in found.conflicts if not is_explained(VALUES, one.statements[-1].page))
    by_page: dict[Page, list[tuple[Conflict, Statement]]] = defaultdict(list)
    for conflict in conflicts:
        for statement in conflict.statements:
            by_page[statement.page].append((conflict, statement))
    near = tuple(pair for pair in found.near if frozenset(pair.pages) not in apart)
    same_as: dict[Page, list[Page]] = defaultdict(list)
    for pair in near:
        same_as[pair.older].append(pair.newer)
        same_as[pair.newer].append(pair.older)
    return Unexplained(
        near,
        tuple(pair for pair in found.triggers if not is_explained(TRIGGER, pair.newer)),
        tuple(pair for pair in found.deciders if not is_explained(DECIDERS, pair.newer)),
        tuple(one for one in found.approvers if not is_explained(DECIDERS, one[-1].page)),
        conflicts,
        frozenset(apart),
        by_page,
        same_as,
    )


def _is_explained(ignores: Ignores, rule: tuple[str, str], page: Page) -> bool:
    found = ignores.fitting(*rule, page, page.src_uri, exposes=False)
    return found is not None and not found.has_run_out(ignores.handbook.today)
