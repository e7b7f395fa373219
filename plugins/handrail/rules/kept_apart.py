"""Which of the things that a handbook says twice nobody has given a reason for: an `ignore` with a reason keeps them apart."""

from __future__ import annotations

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.rules.ignores import Ignores
from handrail.search.duplicates import Conflict, Pair, Statement, duplicates

NEAR = ("HB612", "near-duplicate")
VALUES = ("HB615", "conflicting-values")


def unexplained_pairs(handbook: Handbook) -> list[Pair]:
    """Return the procedures that say nearly the same where nobody has said why there are two."""
    found = duplicates(handbook).near
    ignores = Ignores(handbook) if found else None
    return [pair for pair in found if ignores is None or not _is_explained(ignores, NEAR, pair.newer)]


def unexplained_conflicts(handbook: Handbook) -> list[Conflict]:
    """Return the passages that say otherwise than others where nobody has said why."""
    found = duplicates(handbook).conflicts
    ignores = Ignores(handbook) if found else None
    return [one for one in found if ignores is None or not _is_explained(ignores, VALUES, one.statements[-1].page)]


def kept_apart(handbook: Handbook) -> frozenset[frozenset[Page]]:
    """Return the pairs of procedures that say nearly the same for a reason: then their values may differ, too."""
    found = {frozenset(pair.pages) for pair in duplicates(handbook).near}
    return frozenset(found - {frozenset(pair.pages) for pair in unexplained_pairs(handbook)})


def against(conflict: Conflict, statement: Statement, apart: frozenset[frozenset[Page]]) -> list[Statement]:
    """Return the passages that say otherwise than one, less those of pages that are kept apart."""
    return [other for other in conflict.against(statement) if frozenset((other.page, statement.page)) not in apart]


def _is_explained(ignores: Ignores, rule: tuple[str, str], page: Page) -> bool:
    found = ignores.fitting(*rule, page, page.src_uri, exposes=False)
    return found is not None and not found.has_run_out(ignores.handbook.today)
