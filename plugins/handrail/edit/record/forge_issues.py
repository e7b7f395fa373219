"""Reads what a forge's API lists of issues: GitHub's JSON, Gitea's and GitLab's, one page or many, as `gh api` puts them together.

The forge's own values are believed: who opened an issue, when, and how it stands. An issue's text is a stranger's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.edit.record.told import LeftOut
from handrail.errors import UsageError
from handrail.model.files import read_whole
from handrail.model.record_rows import ISSUE

MOST_BYTES = 512 * 1024 * 1024
"""As much as 8,000 issues hold that are as long as GitHub lets one be."""
GHOST = "ghost"
"""Whose issues those are whose account was deleted."""

_MOST_DIGITS = 18
_DEEPEST = 2
"""Lists in lists: pages of issues."""
_STAFF = ("OWNER", "MEMBER", "COLLABORATOR")
_PROGRAM = re.compile(r".*\[bot\]|(?:project|group)_[0-9]+_bot(?:_[0-9a-z]+)?", re.IGNORECASE)
_OF_A_REPOSITORY = re.compile(r"https?://[^?#]*?/(?P<path>[^/?#]+(?:/[^/?#]+)+?)(?:/-)?/issues/[0-9]+")
_SIGN = re.compile(r"\S")
_CLOSED_FOR_NOTHING = ("not_planned", "duplicate")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as a forge lists it; `account` is in small letters, `repository` empty where the forge does not say it."""

    number: int
    repository: str
    account: str
    is_person: bool
    is_staff: bool
    """Whether the forge says that the account owns the repository, or belongs to those who do."""
    was_moved: bool
    """Whether it was opened in another repository, where others may have changed its text."""
    is_closed: bool
    reason: str
    opened: datetime
    closed: datetime | None
    updated: datetime | None
    body: str

    @property
    def key(self) -> str:
        """What stands for it in the records."""
        return f"{ISSUE}{self.number}"

    @property
    def came_to_nothing(self) -> bool:
        """Whether it was closed without having been done."""
        return self.is_closed and self.reason in _CLOSED_FOR_NOTHING


@dataclass(frozen=True, slots=True)
class Listed:
    """The issues of a file by number, each once, and why others of its entries are none."""

    issues: tuple[Issue, ...]
    unreadable: tuple[LeftOut, ...] = ()


def read_issues(path: Path) -> Listed:
    """Read the issues of a file; raises UsageError where it is no list of issues, OSError where it can't be read."""
    raw = read_whole(path, MOST_BYTES)
    found: dict[tuple[str, int], Issue] = {}
    unreadable: list[LeftOut] = []
    for at, entry in enumerate(_entries(path.name, _text(path.name, raw)), 1):
        try:
            issue = _issue(entry)
        except _NoIssueError as error:
            unreadable.append(LeftOut(f"entry {at}", str(error)))
            continue
        # Pages that are asked for one by one overlap where an issue comes in between.
        if issue is not None:
            found.setdefault((issue.repository, issue.number), issue)
    return Listed(tuple(sorted(found.values(), key=lambda issue: issue.number)), tuple(unreadable))


def home_of(issues: Sequence[Issue], repo_url: str) -> str:
    """Return the repository whose issues count: the one that the settings name, else the one of most of them."""
    counted = Counter(issue.repository for issue in issues if issue.repository)
    own = _path_of(f"{repo_url.rstrip('/')}/issues/1")
    return own if own in counted else max(counted, key=lambda name: (counted[name], name), default="")


def _text(name: str, raw: bytes) -> str:
    try:
        return raw.decode(json.detect_encoding(raw)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} can't be read as JSON, so it is no list of issues.") from error


def _entries(name: str, text: str) -> Iterator[Any]:
    """Yield what the lists of a file hold: one list, lists after each other, or lists in a list."""
    decoder = json.JSONDecoder()
    at, end = 0, len(text)
    while (at := _next_sign(text, at)) < end:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{name} can't be read as JSON, so it is no list of issues.") from error
        if isinstance(value, dict) and ("number" in value or "iid" in value):
            yield value  # a program that lists them one by one
        elif isinstance(value, list):
            yield from _flat(value, _DEEPEST)
        else:
            said = value.get("message") if isinstance(value, dict) else None
            answer = f" The forge says: {said[:200]}" if isinstance(said, str) else ""
            raise UsageError(f"{name} holds no list of issues.{answer}")


def _next_sign(text: str, at: int) -> int:
    found = _SIGN.search(text, at)
    return found.start() if found else len(text)


def _flat(value: list[Any], depth: int) -> Iterator[Any]:
    for entry in value:
        if isinstance(entry, list) and depth > 1:
            yield from _flat(entry, depth - 1)
        else:
            yield entry


class _NoIssueError(ValueError):
    """Why an entry is no issue as a forge lists it, as the rest of a sentence."""


def _issue(entry: Any) -> Issue | None:
    """Return the issue of an entry, None for a pull request."""
    if not isinstance(entry, dict):
        raise _NoIssueError("no issue")
    if entry.get("pull_request"):
        return None
    number = entry.get("number", entry.get("iid"))
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number < 10**_MOST_DIGITS:
        raise _NoIssueError("has no number")
    opened = _moment(entry.get("created_at"))
    if opened is None:
        raise _NoIssueError("does not say when it was opened")
    account = _account(entry)
    login = account.get("login", account.get("username"))
    login = login.casefold() if isinstance(login, str) and login else GHOST
    body = entry.get("body", entry.get("description"))
    reason = entry.get("state_reason")
    return Issue(
        number=number,
        repository=_path_of(entry.get("html_url") or entry.get("web_url")),
        account=login,
        is_person=account.get("type", "User") == "User" and not _PROGRAM.fullmatch(login),
        is_staff=entry.get("author_association") in _STAFF,
        was_moved=_says_moved(entry),
        is_closed=entry.get("state") == "closed",
        reason=reason if isinstance(reason, str) else "",
        opened=opened,
        closed=_moment(entry.get("closed_at")),
        updated=_moment(entry.get("updated_at")),
        body=body if isinstance(body, str) else "",
    )


def _account(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    account = entry.get("user") or entry.get("author")
    return account if isinstance(account, dict) else {}


def _says_moved(entry: Mapping[str, Any]) -> bool:
    """Say whether the forge tells that an issue comes from elsewhere, or has gone elsewhere; GitHub's lists never do."""
    return any(bool(entry.get(name)) for name in ("moved_to_id", "original_author", "changes"))


def _path_of(address: Any) -> str:
    match = _OF_A_REPOSITORY.match(address) if isinstance(address, str) else None
    return match["path"].casefold() if match else ""


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
