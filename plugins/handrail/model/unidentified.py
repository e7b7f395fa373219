"""Pages that something is wrong with, and what they would be if it were fixed: each may be why something seems missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.references import parse_reference

_SAID = re.compile(r"(?:\A|[\r\n])[ \t]*+(?P<field>id|kind)[ \t]*+:[ \t]*+[\"']?(?P<value>[^\r\n\"'#]++)")
_TOP = 4000
"""How far into a page that can't be read its kind and id are looked for."""


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A page that nobody can find by its id as it is, with the kind and id that it seems to mean."""

    page: Page
    kind: str
    id: str


def unidentified(pages: Iterable[Page]) -> Iterator[Unidentified]:
    """Yield the pages that can't be read, whose kind nobody knows, or that have no id that is one."""
    for page in pages:
        if page.kind is not None and parse_reference(page.id):
            continue
        if page.is_prose and not page.source.problems and "id" not in page.source.data:
            continue
        said: dict[str, str] = {}
        for match in _SAID.finditer(page.source.text, 0, _TOP):
            said.setdefault(match["field"], match["value"].strip())
        yield Unidentified(page, said.get("kind", ""), as_id(said.get("id") or page.file_name))


def as_id(text: str) -> str:
    """Return what a text would be as an id: small letters and digits, in words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join("".join(char if char.isalnum() else " " for char in plain).split())
