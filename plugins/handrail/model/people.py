"""The people and groups that a handbook names, and whether they are there on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from handrail.model.dates import parse_day


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `since` is the first day at the company, None for those who were always there, `until` the last, None for those who are."""

    id: str
    name: str
    job: str = ""
    handle: str = ""
    until: date | None = None
    deputy: str = ""
    since: date | None = None

    def is_here(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Group:
    """Several people who answer together; `quorum` says whether any one of them or all have to agree."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    quorum: Literal["any", "all"] = "any"
    handle: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Registry:
    """Who is who. Without a registry page every name counts as written, as a person of that name."""

    exists: bool = False
    people: Mapping[str, Person] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    _names: Mapping[str, Person | Group] = field(default_factory=dict)

    def find(self, name: str) -> Person | Group | None:
        """Return whom a name means: an id in any case, or a full name."""
        found = self._names.get(name) or self._names.get(_folded(name))
        if found is None and not self.exists:
            return Person(_folded(name), name)
        return found

    def person(self, name: str) -> Person | None:
        found = self.find(name)
        return found if isinstance(found, Person) else None

    def deputy(self, person: Person) -> Person | None:
        return self.person(person.deputy) if person.deputy else None

    def members(self, group: Group) -> list[Person]:
        return [person for member in group.members if (person := self.person(member)) is not None]

    def names(self) -> list[str]:
        """Return every id and full name, for saying which one was probably meant."""
        return [*self.people, *self.groups, *(person.name for person in self.people.values())]


def read_registry(data: Mapping[str, Any]) -> Registry:
    """Read the registry from its front matter; entries that satisfy no schema are left out, the schema says why."""
    people = {}
    for entry in _entries(data.get("people")):
        people[entry["id"]] = Person(
            entry["id"],
            entry["name"],
            _text(entry.get("job")),
            _text(entry.get("handle")),
            parse_day(entry.get("until")),
            _text(entry.get("deputy")),
            parse_day(entry.get("since")),
        )
    groups = {}
    for entry in _entries(data.get("groups")):
        members = entry.get("members")
        groups[entry["id"]] = Group(
            entry["id"],
            entry["name"],
            tuple(member for member in members if isinstance(member, str)) if isinstance(members, list) else (),
            "all" if entry.get("quorum") == "all" else "any",
            _text(entry.get("handle")),
            _text(entry.get("contact")),
        )
    names: dict[str, Person | Group] = {}
    everyone: list[Person | Group] = [*people.values(), *groups.values()]
    for known in everyone:
        names.setdefault(_folded(known.name), known)
    for known in reversed(everyone):
        names[_folded(known.id)] = known
    return Registry(exists=True, people=people, groups=groups, _names=names)


def _entries(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, list):
        for entry in value:
            if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("name"), str):
                yield entry


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
