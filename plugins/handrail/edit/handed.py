"""Which values of a page name somebody for what is still to be done, and what is to stand there instead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from handrail.edit.rapid_names import short_edits
from handrail.edit.values import Edit, Rewritten
from handrail.model.meetings import decisions
from handrail.model.page import Page
from handrail.model.people import Person, Registry
from handrail.model.roles import Role
from handrail.text.problems import DataPath

_DONE = frozenset(("sign_offs", "readers"))
"""Fields that stay: who signed, and who is to read something themselves."""
_RAPID, _DECISIONS, _GROUPS = "rapid", "decisions", "groups"
_MOVES = {
    "owner": "keeps it",
    "lead": "leads the department",
    "participants": "takes part",
    _DECISIONS: "carries out what was decided",
    "people": "stands in",
    _GROUPS: "belongs to groups",
}


@dataclass
class Found:
    """New texts by path, None for an item that goes; texts of which pieces change; and what moves, in words."""

    values: dict[DataPath, str | None] = field(default_factory=dict)
    rewritten: dict[DataPath, Rewritten] = field(default_factory=dict)
    moves: tuple[str, ...] = ()


def handed_values(page: Page, giver: Person, taker: Person, registry: Registry, *, groups: bool = False) -> Found:
    """Return what of a page moves from one person to another."""
    data = page.source.data
    found, moves = Found(), dict[str, None]()

    def is_for(name: str, person: Person) -> bool:
        known = registry.find(name)
        return known is not None and known.id == person.id

    def renamed(name: str) -> str:
        return _spelt(name, giver, taker) if is_for(name, giver) else ""

    lists: dict[DataPath, bool] = defaultdict(bool)
    meanings = [(path, text) for path, node, text in (page.kind.meanings(data) if page.kind else ()) if node.who]
    for path, text in meanings:
        if isinstance(path[-1], int) and is_for(text, taker):
            lists[path[:-1]] = True
    for path, text in meanings:
        if not is_for(text, giver) or not _moves(path, page, taker, groups=groups):
            continue
        is_item = isinstance(path[-1], int)
        found.values[path] = None if is_item and lists[path[:-1]] else renamed(text)
        lists[path[:-1]] |= is_item
        moves[_words(path)] = None
    short = data.get(_RAPID)
    if isinstance(short, str):
        held = {str(role) for role in Role for one in page.rapid.names(role) if is_for(one.name, taker)}
        span = page.source.positions.value((_RAPID,))
        edits = short_edits(short, renamed, held)
        if edits and span is not None:
            written = short_edits(page.source.text[slice(*span)], renamed, held)
            shifted = tuple(Edit(span[0] + one.start, span[0] + one.end, one.text) for one in written)
            found.rewritten[_RAPID,] = Rewritten(shifted, _edited(short, edits))
            moves |= {role.acts_on: None for role in Role for one in page.rapid.names(role) if is_for(one.name, giver)}
    found.moves = tuple(moves)
    return found


def _moves(path: DataPath, page: Page, taker: Person, *, groups: bool) -> bool:
    """Say whether what stands at a path is still to be done, and can be done by somebody else."""
    first = path[0]
    if first in _DONE or (first == _GROUPS and not groups):
        return False
    if first == "people":
        return bool(page.source.data["people"][path[1]].get("id") != taker.id)  # nobody stands in for themselves
    if first == _DECISIONS:
        return all(decision.is_open for decision in decisions(page) if decision.index == path[1])
    return True


def _words(path: DataPath) -> str:
    """Return what moves by a path, as a sentence says it of who has it."""
    if path[0] == _RAPID:
        return next((role.acts_on for role in Role if role.field == path[1]), "is named")
    return _MOVES.get(str(path[0]), f"is named as {str(path[0]).replace('_', ' ')}")


def _spelt(name: str, giver: Person, taker: Person) -> str:
    """Return a name for the one who takes over as that of the other is written: an id in its case, or a full name."""
    if name.casefold() == giver.id.casefold():
        return taker.id.upper() if name.isupper() else taker.id
    return taker.name


def _edited(text: str, edits: list[Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])
