"""Who may give a signature on a day, for whom, and why nobody can: asked here, and answered nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handrail.model.people import Group, Person, Registry


class Part(StrEnum):
    """What makes somebody's signature one for whoever is named."""

    OWN = "own"
    DEPUTY = "deputy"
    MEMBER = "member"


class Obstacle(StrEnum):
    """Why nobody can give a signature."""

    UNKNOWN = "unknown"
    NO_MEMBER = "no member"
    LEFT = "left"
    DEPUTY_LEFT = "deputy left"
    DEPUTY_DECIDES = "deputy decides"


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may give one signature on a day.

    `who` is named for it. `ask` is to be asked: that person, the deputy of one who has left, a group as a whole; None where
    nobody can sign, and `obstacle` says why. `people` may sign without saying why they do, or in place of `absent`, who has
    left. `deputy` is who stands in, where the list of people names one. `excluded` belongs to the group, decides, and so
    agrees for nobody.
    """

    who: Person | Group | None
    ask: Person | Group | None
    people: tuple[Person, ...] = ()
    deputy: Person | None = None
    absent: Person | None = None
    excluded: Person | None = None
    obstacle: Obstacle | None = None

    @property
    def all_who_may(self) -> tuple[Person, ...]:
        """Everyone whose signature would count, also a deputy whose principal is there."""
        beside = (self.deputy,) if self.deputy is not None and self.absent is None else ()
        return (*self.people, *beside)


def part_of(signer: Person, who: Person | Group | None, registry: Registry) -> Part | None:
    """Say what makes somebody's signature one for whoever is named; None where nothing does."""
    if isinstance(who, Group):
        return Part.MEMBER if any(one.id == signer.id for one in registry.members(who)) else None
    if who is None:
        return None
    if who.id == signer.id:
        return Part.OWN
    deputy = registry.deputy(who)
    return Part.DEPUTY if deputy is not None and deputy.id == signer.id else None


def signers(who: Person | Group | None, registry: Registry, day: date, deciding: Collection[Person] = ()) -> Signers:
    """Work out who may give a signature on a day; those `deciding` agree in nobody's place but their own."""
    if who is None:
        return Signers(None, None, obstacle=Obstacle.UNKNOWN)
    if isinstance(who, Group):
        return _of_group(who, registry.members(who), day, deciding)
    deputy = registry.deputy(who)
    in_the_way = _why_not(deputy, day, deciding)
    if who.is_here(day):
        return Signers(who, who, (who,), deputy if in_the_way is None else None)
    if in_the_way is not None or deputy is None:
        return Signers(who, None, deputy=deputy, absent=who, obstacle=in_the_way)
    return Signers(who, deputy, (deputy,), deputy, who)


def _of_group(group: Group, members: list[Person], day: date, deciding: Collection[Person]) -> Signers:
    people = tuple(one for one in members if one.is_here(day) and one not in deciding)
    excluded = next((one for one in members if one in deciding), None)
    obstacle = None if people else Obstacle.NO_MEMBER
    return Signers(group, group if people else None, people, excluded=excluded, obstacle=obstacle)


def _why_not(deputy: Person | None, day: date, deciding: Collection[Person]) -> Obstacle | None:
    """Say why a deputy can't stand in; None where they can."""
    if deputy is None:
        return Obstacle.LEFT
    if not deputy.is_here(day):
        return Obstacle.DEPUTY_LEFT
    return Obstacle.DEPUTY_DECIDES if deputy in deciding else None
