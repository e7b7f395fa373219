"""Examples for hints, in the handbook's own names: nobody has to wonder who LBK is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from handrail.model.handbook import Handbook
from handrail.model.people import Person

_ROLES = ("D", "A", "R, P")


def rapid_example(handbook: Handbook, *first: str) -> str:
    """Return a line that says who decides and who agrees, `first` before others; without a list of people, in general words."""
    people = islice(_distinct([*first, *_here(handbook)]), len(_ROLES))
    said = [f"{name}({letters})" for name, letters in zip(people, _ROLES, strict=False)]
    return f"rapid: {', '.join(said) or 'NAME(D), OTHER NAME(A)'}"


def _here(handbook: Handbook) -> Iterator[str]:
    return (person.id for person in handbook.registry.people.values() if person.is_here(handbook.today))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(name for name in names if name))


def is_person(handbook: Handbook, name: str) -> bool:
    """Say whether a name is that of one person of the list."""
    return isinstance(handbook.registry.find(name), Person)
