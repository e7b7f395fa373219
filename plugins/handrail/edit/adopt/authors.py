"""Who wrote the pages lately, as git tells it: people whom somebody may want on the list of people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from handrail.history.repository import Commit, History
from handrail.model.dates import add_months
from handrail.model.gitfacts import Author

_PROGRAM = re.compile(
    r"\bbots?\b|\brobot\b|\[bot\]|github[ -]?(?:actions?|runner)|\bforestry\b|\broot\b", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_YEAR = 12  # months
_SEVERAL_DAYS = 3


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote pages: the name in git, the handle that a forge vouches for, how many changes of how many pages, and the last day."""

    name: str
    handle: str
    changes: int
    pages: int
    last: date


@dataclass(frozen=True, slots=True)
class _Change:
    author: Author
    commit: Commit
    page: str


def writers(history: History, pages: Container[str]) -> list[Writer]:
    """Return who wrote these pages in the year before they were last written, the busiest first; programs are left out.

    One person has several names and addresses: those that share one of them, or a handle, are one. That year ends with the newest change by
    somebody who wrote on several days: whoever only adopts a handbook that has rested for years does so in one, and says nothing of who wrote it.
    """
    changes = [one for one in _changes(history, pages) if not _PROGRAM.search(f"{one.author.name} {one.author.email}")]
    if not changes:
        return []
    person = _people(one.author for one in changes)
    days: dict[int, set[date]] = {}
    for one in changes:
        days.setdefault(person(one.author), set()).add(one.commit.day)
    writing = [max(written) for written in days.values() if len(written) >= _SEVERAL_DAYS]
    since = add_months(max(writing or (one.commit.day for one in changes)), -_YEAR)
    lately: dict[int, list[_Change]] = {}
    for one in changes:
        if one.commit.day > since:
            lately.setdefault(person(one.author), []).append(one)
    return sorted(map(_writer, lately.values()), key=lambda one: (-one.changes, one.name.casefold()))


def name_of(author: Author) -> str:
    """Return somebody's name without what stands in brackets behind it, such as pronouns."""
    return _IN_BRACKETS.sub("", author.name).strip() or author.name


def _changes(history: History, pages: Container[str]) -> Iterator[_Change]:
    for page, revisions in history.revisions.items():
        if page in pages:
            for revision in revisions:
                if revision.wrote:
                    yield from (
                        _Change(author, revision.commit, page) for author in revision.commit.authors if author.name
                    )


def _people(authors: Iterable[Author]) -> Callable[[Author], int]:
    """Return what gives each author the number of a person."""
    number: dict[str, int] = {}
    same: dict[int, int] = {}

    def root(one: int) -> int:
        while same[one] != one:
            one = same[one]
        return one

    for author in authors:
        signs = _signs(author)
        known = {root(number[sign]) for sign in signs if sign in number}
        first = min(known, default=len(same))
        same.setdefault(first, first)
        same.update(dict.fromkeys(known, first))
        number.update(dict.fromkeys(signs, first))
    return lambda author: root(number[_signs(author)[0]])


def _signs(author: Author) -> list[str]:
    """Return by what somebody is known again."""
    name = " ".join(name_of(author).casefold().split())
    email, handle = author.email.strip().casefold(), author.handle
    return [f"name {name}", *([f"email {email}"] if "@" in email else []), *([f"handle {handle}"] if handle else [])]


def _writer(changes: list[_Change]) -> Writer:
    names = Counter(name_of(one.author) for one in changes)
    # A name of several words is more likely a person's than an account's.
    name = max(names, key=lambda name: (" " in name, names[name], name))
    handles = Counter(one.author.handle for one in changes if one.author.handle)
    return Writer(
        name,
        max(handles, key=lambda handle: (handles[handle], handle), default=""),
        len({one.commit.id for one in changes}),
        len({one.page for one in changes}),
        max(one.commit.day for one in changes),
    )
