"""Reads what a forge says of an issue by which somebody signs: who opened it, when, and what stands in its form.

The file is the forge's own account of what happened, and is believed; the issue's text is a stranger's. It is read
here as data, and goes nowhere but into comparisons and, as one line, into the note.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.errors import UsageError
from handrail.forge.signing_links import DISAGREES, FIELDS, LABEL, role_text
from handrail.model.roles import SIGNING, Role
from handrail.text.lines import LINE_END

MOST_BYTES = 1024 * 1024
MOST_OF_A_NOTE = 2000
"""How many characters of a note its schema takes."""

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?")
_REPOSITORY = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_EMPTY = "_No response_"
_BLANKS = re.compile(r"[\s\x85]+")
_HEADINGS = [f"### {heading}" for heading in FIELDS.values()]
_ROLES = {word.casefold(): role for role in SIGNING for word in (str(role), role_text(role), role.does)}
# However somebody goes on after it, what begins so is no signature.
_DISAGREES = re.compile(rf"{re.escape(DISAGREES.rstrip(':'))}\b[\s:;,.\u2013\u2014-]*", re.IGNORECASE)
# What turns the direction of a line, and what is no character: neither belongs into a note.
_UNFIT = re.compile("[\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Event:
    """An issue that was opened; `repository` is the address of the place where, `sender` who made it appear there."""

    number: int
    address: str
    repository: str
    branch: str
    login: str
    is_person: bool
    sender: str
    moved: bool
    """Whether the issue was opened in another repository, where others may have changed its text."""
    opened: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form; `shortened` where the note was longer than one may be.

    `disagrees` says that somebody does not agree, `reason` why.
    """

    page: str
    role: Role
    digest: str
    note: str
    shortened: bool = False
    disagrees: bool = False
    reason: str = ""


def read_event(path: Path) -> Event | None:
    """Return the issue of an event, None where it is no request for a signature; raises UsageError for any other file."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{path.name} is larger than {MOST_BYTES:,} bytes; no event of a sign-off is.")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path.name} can't be read as JSON, so it is no event of a forge.") from error
    event = _Reader(path.name, data)
    if event.text("action") != "opened":
        return None
    labels = event.labels()
    body = event.text("issue.body", optional=True)
    if LABEL not in labels and not body.lstrip().startswith(_HEADINGS[0]):
        return None
    return _event(event, body)


def _event(event: _Reader, body: str) -> Event:
    number = event.number("issue.number")
    repository = event.matching("repository.html_url", _REPOSITORY)
    return Event(
        number=number,
        address=event.matching("issue.html_url", re.compile(re.escape(f"{repository}/issues/{number}"))),
        repository=repository,
        branch=event.text("repository.default_branch"),
        login=event.matching("issue.user.login", _LOGIN),
        is_person=event.text("issue.user.type") == "User",
        sender=event.matching("sender.login", _LOGIN),
        moved=event.has("changes"),
        opened=event.moment("issue.created_at"),
        body=body,
    )


def read_form(body: str) -> Form | None:
    """Return what stands in the form, or None where it isn't as the form left it: a field is missing, twice or moved.

    Each field but the last is one line, so that nothing in it can be a heading; the note is all that is left.
    """
    lines = deque(line.strip() for line in LINE_END.split(body))
    values = []
    for heading in _HEADINGS[:-1]:
        if _next(lines) != heading:
            return None
        values.append(_next(lines))
    page, role, digest = values
    note = _note("\n".join(lines)) if _next(lines) == _HEADINGS[-1] else None
    if note is None or role.casefold() not in _ROLES or any(value in ("", _EMPTY) for value in values):
        return None
    short = note if len(note) <= MOST_OF_A_NOTE else f"{note[: MOST_OF_A_NOTE - 1]}…"
    disagrees = _DISAGREES.match(short)
    reason = short[disagrees.end() :] if disagrees else ""
    return Form(
        page,
        _ROLES[role.casefold()],
        digest,
        short,
        shortened=short != note,
        disagrees=disagrees is not None,
        reason=reason,
    )


def _next(lines: deque[str]) -> str:
    """Take the next line that says something; empty where none is left."""
    while lines:
        if line := lines.popleft():
            return line
    return ""


def _note(text: str) -> str | None:
    """Return a note on one line with nothing in it that writes nothing, or None where it says nothing."""
    line = _UNFIT.sub("", _BLANKS.sub(" ", text))
    line = "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cs")).strip()
    says = any(unicodedata.category(char)[0] not in "CZ" for char in line)
    return line if says and line != _EMPTY else None


class _Reader:
    """Takes values out of an event; raises UsageError that names the first one that isn't as the forge writes it."""

    def __init__(self, name: str, data: Any) -> None:
        self._name = name
        self._data = data

    def text(self, path: str, *, optional: bool = False) -> str:
        value = self._value(path)
        if value is None and optional:
            return ""
        if not isinstance(value, str):
            raise self._wrong(path)
        return value

    def matching(self, path: str, pattern: re.Pattern[str]) -> str:
        value = self.text(path)
        if not pattern.fullmatch(value):
            raise self._wrong(path)
        return value

    def number(self, path: str) -> int:
        value = self._value(path)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self._wrong(path)
        return value

    def moment(self, path: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.text(path))
        except ValueError as error:
            raise self._wrong(path) from error
        if moment.tzinfo is None:
            raise self._wrong(path)
        return moment

    def labels(self) -> list[str]:
        found = self._value("issue.labels")
        listed = found if isinstance(found, list) else []
        return [name for label in listed if isinstance(label, dict) and isinstance(name := label.get("name"), str)]

    def has(self, path: str) -> bool:
        return bool(self._value(path))

    def _value(self, path: str) -> Any:
        value = self._data
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def _wrong(self, path: str) -> UsageError:
        return UsageError(f"{self._name} is no event of an issue as GitHub writes it: `{path}` is missing or wrong.")
