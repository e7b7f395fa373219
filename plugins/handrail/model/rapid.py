"""RAPID: who recommends, agrees, performs, gives input and decides, in words or in the short form of handbooks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from handrail.model.roles import Role
from handrail.text.problems import DataPath
from handrail.text.syntax_errors import shorten

_FIELDS = {str(role): role.field for role in Role}
_ENTRY = re.compile(r"\s*+(?P<name>[^(),]+)\((?P<letters>[^()]*)\)\s*+")
_BETWEEN = re.compile(r"&amp;|[,&\s]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as it stands in a `rapid`, and its path in the front matter."""

    name: str
    path: DataPath


@dataclass(frozen=True, slots=True)
class Rapid:
    """The names in each role, as written; `faults` are sentences about parts of the short form that can't be read."""

    decide: tuple[Named, ...] = ()
    agree: tuple[Named, ...] = ()
    recommend: tuple[Named, ...] = ()
    perform: tuple[Named, ...] = ()
    input: tuple[Named, ...] = ()
    faults: tuple[str, ...] = field(default=())

    def names(self, role: Role) -> tuple[Named, ...]:
        found: tuple[Named, ...] = getattr(self, role.field)
        return found

    @property
    def everyone(self) -> tuple[Named, ...]:
        return self.recommend + self.agree + self.perform + self.input + self.decide


def read_rapid(value: Any) -> Rapid:
    """Read a `rapid` in either form; what satisfies no schema is left out."""
    if isinstance(value, str):
        return _read_short(value)
    if not isinstance(value, dict):
        return Rapid()
    names: dict[str, Any] = {}
    for word in ("recommend", "agree", "perform", "input"):
        listed = value.get(word)
        if isinstance(listed, list):
            names[word] = tuple(
                Named(name, ("rapid", word, index)) for index, name in enumerate(listed) if isinstance(name, str)
            )
    decide = value.get("decide")
    return Rapid(decide=(Named(decide, ("rapid", "decide")),) if isinstance(decide, str) else (), **names)


def _read_short(text: str) -> Rapid:
    names: dict[str, list[Named]] = {word: [] for word in _FIELDS.values()}
    faults: list[str] = []
    at = 0
    while at < len(text):
        match = _ENTRY.match(text, at)
        if match is None:
            faults.append(
                f"`{shorten(text[at:].strip())}` is not of the form NAME(LETTERS), a name with letters behind it in brackets"
            )
            break
        name = match["name"].strip()
        letters = [letter for letter in _BETWEEN.split(match["letters"]) if letter]
        for letter in letters:
            if letter.upper() in _FIELDS:
                names[_FIELDS[letter.upper()]].append(Named(name, ("rapid",)))
            else:
                faults.append(f"`{shorten(letter)}` behind {shorten(name)} is none of the letters R, A, P, I and D")
        if not letters:
            faults.append(f"the brackets behind {shorten(name)} hold no letter; write one of R, A, P, I and D")
        at = match.end()
        if at < len(text):
            if text[at] != ",":
                faults.append(f"a comma is missing before `{shorten(text[at:].strip())}`")
                break
            at += 1
    found: dict[str, Any] = {word: tuple(listed) for word, listed in names.items()}
    return Rapid(**found, faults=tuple(faults))
