"""Reads the values of settings as they are typed: each reader returns the value, or says what is wrong with it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from handrail.model.dates import JUDGEABLE, FiscalYearEnd, can_be_today, meant_day, parse_day
from handrail.model.generated import GeneratedFolder
from handrail.model.names import folded, is_device
from handrail.model.nearest import nearest
from handrail.model.theme_fields import is_spoken_for
from handrail.model.urls import OF_THE_SITE
from handrail.text.hosts import as_ascii, web_address

_PLAIN_NAME = re.compile(r"[\w-]{1,60}")
_FIELD = re.compile(r"\{[^{}]*\}")
_FEEDBACK = ("{page}", "{digest}", "{result}")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


class WrongValueError(ValueError):
    """What is wrong with a value, as the rest of a sentence."""


def choice(*allowed: str) -> Callable[..., str]:
    """Return what reads one of some words."""

    def read(value: Any, of: str = "") -> str:
        text = "off" if value is False and "off" in allowed else value  # YAML 1.1 reads `off` as false
        if text in allowed:
            return str(text)
        close = nearest(str(value), allowed)
        advice = f"did you mean `{close}`?" if close else f"it is one of {', '.join(allowed)}."
        said = (
            "a list" if isinstance(value, list) else "a group of settings" if isinstance(value, dict) else f"`{value}`"
        )
        message = f"is {said}{f' for `{of}`' if of else ''}; {advice}"
        if value is None:
            message = f"says nothing for `{of}`; {advice}"
        raise WrongValueError(message)

    return read


def day(value: Any) -> date:
    """Read a day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = parse_day(value)
    if day is None:
        message = f"is `{value}`, which is no day; write it as {meant_day(str(value)) or '2026-03-31'}."
        raise WrongValueError(message)
    return day


def today(value: Any) -> date:
    """Read the day by which everything is judged."""
    found = day(value)
    if not can_be_today(found):
        message = f"is `{value}`; write a day of {JUDGEABLE}."
        raise WrongValueError(message)
    return found


def year_end(value: Any) -> FiscalYearEnd:
    """Read the last day of a year."""
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None or parse_day(f"2024-{value}") is None:
        message = f'is `{value}`; write the last day of the year as month and day, in quotes: "01-31".'
        raise WrongValueError(message)
    return FiscalYearEnd(int(match[1]), int(match[2]))


def timezone(value: Any) -> str:
    """Read the name of a time zone."""
    try:
        ZoneInfo(value)
    except Exception as error:
        message = f"is `{value}`, which is no time zone; write one like Europe/Lisbon or UTC."
        raise WrongValueError(message) from error
    return str(value)


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        message = "must be a list of texts, each on a line that begins with a hyphen."
        raise WrongValueError(message)
    return tuple(value)


def folder(path: str) -> str:
    """Return a folder or file in the one form in which paths are compared."""
    return posixpath.normpath(path.strip().strip("/"))


def paths(value: Any) -> tuple[str, ...]:
    """Read a list of folders, files or patterns."""
    return tuple(folder(path) for path in texts(value))


def file(example: str) -> Callable[[Any], str]:
    """Return what reads the path of a file beside the site's settings, or below."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or value.startswith(("/", "~")) or ".." in value.split("/"):
            message = f"must be the path of a file beside the site's settings, such as {example}."
            raise WrongValueError(message)
        return value.strip()

    return read


def hosts(value: Any) -> tuple[str, ...]:
    """Read hosts, or all below one, such as `*.img.example`."""
    return tuple(_host(named.strip(), named.strip().removeprefix("*.")) for named in texts(value))


def _host(named: str, host: str) -> str:
    found = as_ascii(host)
    address = web_address(named)
    if address is not None:
        message = f"names `{named}`; write the host alone, `{address.host}`."
        raise WrongValueError(message)
    if not found or (named != host and "." not in found):
        message = (
            f"names `{named}`, which is no host; write one such as img.example, or *.img.example for all below it."
        )
        raise WrongValueError(message)
    return named.removesuffix(host) + found


def origins(value: Any) -> tuple[str, ...]:
    """Read hosts from which frames are shown, by themselves or behind `https://`."""
    return tuple(_origin(named.strip()) for named in texts(value))


def _origin(named: str) -> str:
    found = web_address(named if "//" in named else f"https://{named}")
    if found is None:
        message = f"names `{named}`, which is no host; write one such as https://video.example."
        raise WrongValueError(message)
    if not found.is_safe or found.secure.rstrip("/").count("/") > len("//"):
        message = f"names `{named}`; frames are shown by host and by https only: `https://{found.host}`."
        raise WrongValueError(message)
    return found.host


def page_keys(value: Any) -> tuple[str, ...]:
    """Read the keys that templates may read; a template names each key, so there are no patterns."""
    names = texts(value)
    for name in names:
        if _PLAIN_NAME.fullmatch(name) is None:
            message = f"names `{name}`; write each key as it stands in pages, such as owner_slack, for patterns don't count here."
            raise WrongValueError(message)
        if is_spoken_for(name):
            message = f"names `{name}`, which the theme or a plugin reads by itself; take it out."
            raise WrongValueError(message)
    return names


def generated(value: Any) -> GeneratedFolder:
    """Read the folder of the pages that Handrail makes."""
    name = normalize("NFC", value.strip().strip("/")) if isinstance(value, str) else ""
    if not all(_PLAIN_NAME.fullmatch(part) and not is_device(part) for part in name.split("/")):
        message = "must be a folder of the site whose name holds letters, digits, - and _ only, such as about/handbook."
        raise WrongValueError(message)
    if folded(name).partition("/")[0] in OF_THE_SITE:
        message = f"is `{name}`, where the files of the site itself lie; write another folder, such as about/handbook."
        raise WrongValueError(message)
    return GeneratedFolder(name)


def feedback(value: Any) -> str:
    """Read where readers say whether a procedure worked: nowhere, in the forge's issues, or in a form at an address."""
    if value is False or value == "off":  # YAML 1.1 reads `off` as false
        return "off"
    if value == "issues":
        return "issues"
    text = value.strip() if isinstance(value, str) else ""
    found = web_address(_FIELD.sub("", text))
    if found is None or not found.is_safe:
        raise WrongValueError(
            f"is `{value}`; write off, issues, or the address of a form by https, with {{page}} where the page's id belongs."
        )
    unknown = [name for name in _FIELD.findall(text) if name not in _FEEDBACK]
    if unknown or "{page}" not in text:
        what = f"names {unknown[0]}" if unknown else "does not say which page is meant"
        raise WrongValueError(f"{what}; an address holds {{page}}, and may hold {{digest}} and {{result}}.")
    return text
