"""What prose says of who may read it, or when: in our words, which only its folder may say, and in those of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handrail.model.dates import parse_day
from handrail.model.nearest import nearest

_PRIVATE = frozenset(("confidential", "internal", "private", "restricted", "secret"))
_FOR_SOME = _PRIVATE | {"draft", "eleventyexcludefromcollections", "headless", "unlisted"}
_TITLES = frozenset(("title", "subtitle", "description"))
_FOR_ALL = frozenset(("public", "published"))
_FROM = frozenset(("publishdate", "pubdate"))
_UNTIL = frozenset(("expirydate", "unpublishdate"))
_MAKING = frozenset(("build", "_build"))
_NO = frozenset(("false", "no", "off"))
_NOT_MADE = _NO | {"never", "link"}
_DAY = len("2027-03-31")


def said_visibility(data: Mapping[str, Any], today: date) -> str | None:
    """Return the key by which prose says who may read it, or nearly says so: whatever it meant, it is not guessed at.

    The words of other programs count too, such as `draft: true`, `audience: internal`, or a `publishDate` that is to come.
    """
    return next((key for key, value in data.items() if is_our_word(key) or _keeps_back(key, value, today)), None)


def is_our_word(key: str) -> bool:
    """Say whether a key by which prose says who may read it is ours, or nearly so, and no other program's."""
    return nearest(key, ("visibility",)) is not None


def is_first_day(key: str) -> bool:
    """Say whether a key names the day from which on a page may be read."""
    return key.casefold() in _FROM


def is_last_day(key: str) -> bool:
    """Say whether a key names the day on which a page goes."""
    return key.casefold() in _UNTIL


def day_of(value: Any) -> date | None:
    """Return the day that another program's field names, with or without a time; None where it can't be read."""
    return parse_day(str(value).strip()[:_DAY])


def _keeps_back(key: str, value: Any, today: date) -> bool:
    name = key.casefold()
    if is_first_day(key) or is_last_day(key):
        return _is_no_day_for_it(key, value, today)
    is_for_some = (name in _FOR_SOME and value is not False) or (name in _FOR_ALL and value is not True)
    is_said = name not in _TITLES and str(value).strip().casefold() in _PRIVATE
    return is_for_some or is_said or _is_not_made(name, value)


def _is_no_day_for_it(key: str, value: Any, today: date) -> bool:
    """Say whether a page is not to be read today; a day that nobody can read may be any."""
    if value is None or not str(value).strip():
        return False
    day = day_of(value)
    return day is None or (today < day if is_first_day(key) else day <= today)


def _is_not_made(name: str, value: Any) -> bool:
    """Say whether another program is told to make no page of it: `permalink: false`, or `render: never` below `build`."""
    if name == "permalink":
        return str(value).casefold() in _NO
    if name not in _MAKING or not isinstance(value, Mapping):
        return False
    return any(str(inner).casefold() == "render" and str(said).casefold() in _NOT_MADE for inner, said in value.items())
