"""HB3, of the mission: one page says why the company exists, and the rest hangs from it."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page, meant_kind
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule

_MISSION = "mission"
_HANGS_FROM_IT = ("vision", "objective")


@rule("HB323", "second-mission", Severity.WARNING)
def second_mission(handbook: Handbook) -> Iterator[Hit]:
    """A second page says why the company exists.

    Two missions are two answers to one question, and each plan may follow another. The first by path counts as the one that is there.

    **What to do.** Make one of them; git keeps what the company was there for before.
    """
    missions = [page for page in handbook.of_kind(_MISSION) if page not in handbook.copies]
    for page in missions[1:]:
        first = missions[0]
        yield Hit(
            at(page, ("kind",)),
            f"“{first.title}” already says why the company exists.",
            "Make one mission of the two.",
            ((at(first, ("kind",)), f"“{first.title}” is here."),),
            subject=handbook.identity(first),
        )


@rule("HB324", "no-mission", Severity.INFO, once=True)
def no_mission(handbook: Handbook) -> Iterator[Hit]:
    """There are visions or objectives, and no page says why the company exists.

    Where it is going can be judged only by what it is there for. A handbook of procedures and plans alone needs none, and nothing is said
    while a page is meant to be one but for a slip in its kind.

    **What to do.** Write a page of `kind: mission`; `handrail new mission` begins one.
    """
    hanging = [page for page in handbook.of_kind(*_HANGS_FROM_IT) if not page.is_retired]
    if hanging and not handbook.of_kind(_MISSION) and not any(_is_meant(handbook, page) for page in handbook.pages):
        yield Hit(
            at(hanging[0], ("kind",)),
            "The handbook has a vision or an objective, and no page says why the company exists.",
            "Write a page of `kind: mission`.",
        )


def _is_meant(handbook: Handbook, page: Page) -> bool:
    """Say whether a page would be a mission but for a slip in its kind, or in the word `kind`, which has a finding by itself."""
    data = page.source.data
    name = data.get(meant_kind(data) or "kind") if page.kind is None else None
    return isinstance(name, str) and nearest(name, handbook.kinds) == _MISSION
