"""Who answers for which file, as a CODEOWNERS file of before says it, by the rules of the forge that reads it.

The last line that fits a file counts. A line that names nobody takes away what an earlier one said. Each of GitLab's sections has a last
line of its own; the first of them counts here, for a page has one owner. Gitea's patterns are expressions that fit the whole path; it
adds up all that fit, of which the last is taken too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handrail.forge.codeowners import own_part
from handrail.forge.hosts import Host, host_of
from handrail.history.root import repository_root
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.page import Page

_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>(?:[ \t]+\S+)*)")
_OWNER = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*|[^@\s]+@[^@\s]+\.[^@\s]+")
_ROLE = re.compile(r"@@\w+")
_PIECE = re.compile(r"/\*\*/|\A\*\*/|/\*\*\Z|\*+|\?|\\.|.", re.DOTALL)
_UNKNOWN = frozenset("![]")
"""Signs of git's own patterns that forges don't read here; a line with one is left out."""
_EVERYTHING = frozenset(("*", "/", "**", "/**", "**/*", "/**/*", ".*", "^.*$"))


@dataclass(frozen=True, slots=True)
class Line:
    """What a line fits, whom it names, and in which section it stands; `is_all` says that it fits every file."""

    pattern: re.Pattern[str]
    owners: tuple[str, ...]
    section: str = ""
    is_all: bool = False


@dataclass(frozen=True)
class Owners:
    """The lines of a file, by its path from the repository's root; `path` is empty where there is none."""

    path: str = ""
    lines: tuple[Line, ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Return who answers for a file by its path from the repository's root.

        Nobody, where the only line that fits it fits every file: those look after the whole, and know nothing of each.
        """
        for section in self._sections:
            line = next((line for line in reversed(section) if line.pattern.fullmatch(path)), None)
            if line is not None and line.owners and not line.is_all:
                return line.owners
        return ()

    @property
    def of_everything(self) -> tuple[str, ...]:
        """Who answers for what no other line names."""
        return next((line.owners for line in reversed(self.lines) if line.is_all), ())

    @cached_property
    def _sections(self) -> list[list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.section, []).append(line)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class PageOwners:
    """Who answers for the pages of a handbook; `prefix` leads from the repository's root to the folder of pages."""

    owners: Owners
    prefix: str

    def of(self, page: Page) -> tuple[str, ...]:
        """Return the people and teams that answer for a page, as CODEOWNERS names them."""
        return self.owners.of(f"{self.prefix}{page.src_uri}")


def page_owners(handbook: Handbook) -> PageOwners:
    """Return what the CODEOWNERS of a handbook's repository says of its pages."""
    docs = handbook.project.docs_dir.resolve()
    root = repository_root(docs) or handbook.project.root.resolve()
    inside = docs.relative_to(root).as_posix() if docs.is_relative_to(root) else "."
    return PageOwners(owners_in(root, host_of(handbook.project)), "" if inside == "." else f"{inside}/")


def owners_in(root: Path, host: Host) -> Owners:
    """Return what the file of a repository says that its forge heeds; what we wrote ourselves says nothing new."""
    places = (host.file, *host.elsewhere) if host.reads_own_folder_first else (*host.elsewhere, host.file)
    for path in places:
        raw = read_bytes(root, path)
        if raw is not None:
            text = raw.decode("utf-8-sig", "replace")
            above = own_part(text)
            return read_owners(text if above is None else above, host, path)
    return Owners()


def read_owners(text: str, host: Host, path: str = "") -> Owners:
    """Read a file of a forge; a line that it would not understand counts for nothing."""
    return Owners(path, tuple(_lines(text, host)))


def _lines(text: str, host: Host) -> Iterator[Line]:
    section, default = "", tuple[str, ...]()
    for line in text.splitlines():
        words = _without_comment(_WORD.findall(line))
        heading = _SECTION.fullmatch(" ".join(words)) if host.has_sections else None
        if heading is not None:
            # A name that comes again goes on with its section.
            section, default = heading["name"].strip().casefold(), _owners(heading["owners"].split()) or ()
        elif words:
            owners = _owners(words[1:])
            pattern = _expression(words[0]) if host.takes_regex else _glob(words[0], is_anchored=not host.has_sections)
            if pattern is not None and owners is not None:
                yield Line(pattern, owners or default, section, words[0] in _EVERYTHING)


def _without_comment(words: list[str]) -> list[str]:
    end = next((at for at, word in enumerate(words) if word.startswith("#")), len(words))
    return words[:end]


def _owners(words: list[str]) -> tuple[str, ...] | None:
    """Return the people and teams that are named, who may be none; None where one of the words can be nobody."""
    named = [word for word in words if not _ROLE.fullmatch(word)]
    return tuple(dict.fromkeys(named)) if all(map(_OWNER.fullmatch, named)) else None


def _expression(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text.replace("\\\\", "\\")) if not text.startswith("!") else None
    except re.error:
        return None


def _glob(text: str, *, is_anchored: bool) -> re.Pattern[str] | None:
    """Return what fits the same paths; a pattern of one name, or any that doesn't begin with a slash where none is anchored, fits at any depth."""
    if not _UNKNOWN.isdisjoint(text):
        return None
    path = text.removeprefix("/")
    at_any_depth = not text.startswith("/") and ("/" not in path.rstrip("/") or not is_anchored)
    # A folder's star fits what lies in it, and nothing deeper; all else is a file, or a folder with all that it holds.
    below = ".*" if path.endswith("/") or not path else "" if path.endswith("/*") else "(?:/.*)?"
    pieces = "".join(_SIGNS.get(piece) or re.escape(piece.removeprefix("\\")) for piece in _PIECE.findall(path))
    return re.compile(f"{'(?:.*/)?' if at_any_depth else ''}{pieces}{below}", re.DOTALL)


_SIGNS = {"/**/": "/(?:.*/)?", "**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
