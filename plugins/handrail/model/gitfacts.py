"""What git knows of the pages, as plain data: who wrote them, since when, and which texts they had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from handrail.model.people import Person

_NO_REPLY = re.compile(r"(?:\d+\+)?(?P<handle>[^@+]+)@users\.noreply\.github\.com", re.IGNORECASE)
_BOT = "[bot]"


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who wrote a page, as git names them; either part may be empty."""

    name: str
    email: str

    @property
    def is_bot(self) -> bool:
        return _BOT in self.name.casefold() or _BOT in self.email.casefold()

    @property
    def handle(self) -> str:
        """The handle that a forge vouches for by the address which it gives it; empty where it gave none."""
        address = _NO_REPLY.fullmatch(self.email.strip())
        return address["handle"].casefold() if address is not None else ""

    def is_person(self, person: Person) -> bool:
        """Say whether this is someone of the registry: by the full name, or the address that a forge gives a handle."""
        if _folded(self.name) == _folded(person.name):
            return True
        return self.handle != "" and self.handle == handle_of(person)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What git knows of one page, also under its former paths.

    `authors` are those whose commits changed what stands in the page, and those named in `Co-authored-by`, in the order
    in which they came.
    """

    first_day: date
    authors: tuple[Author, ...] = ()


@dataclass(frozen=True, slots=True)
class GitFacts:
    """What git proves of a handbook: nothing unless `available`, and `reason` then says why in one sentence.

    `since` is the first day on which git holds a page. `pages` has every path in the folder of pages that a commit
    ever held and nobody moved away from it, so also paths where nothing stands any more; a page that is not there was
    never committed. A shallow clone lacks the older commits, and so proves nothing.
    """

    available: bool
    shallow: bool = False
    reason: str = ""
    since: date | None = None
    pages: Mapping[str, PageFacts] = field(default_factory=dict)


def handle_of(person: Person) -> str:
    """Return someone's handle as handles are compared."""
    return person.handle.strip().removeprefix("@").casefold()


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
