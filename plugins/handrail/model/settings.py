"""The settings of a handbook: the options of the plugin `handrail`, validated in one place for every engine and command."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Literal
from unicodedata import normalize
from zoneinfo import ZoneInfo

from handrail.errors import SettingsError, UsageError
from handrail.model.dates import FiscalYearEnd, meant_day, parse_day
from handrail.model.generated import GeneratedFolder
from handrail.model.names import folded, is_device
from handrail.model.nearest import nearest
from handrail.model.theme_fields import is_spoken_for
from handrail.model.urls import OF_THE_SITE
from handrail.text.hosts import as_ascii, web_address

Visibility = Literal["public", "internal", "confidential"]
VISIBILITIES: tuple[Visibility, ...] = ("public", "internal", "confidential")
FullText = Literal["material", "pagefind"]
"""What searches whole texts, behind the finder."""
AUDIENCES = ("public", "internal")
LEVELS = ("error", "warning", "info", "off")
_PLAIN_NAME = re.compile(r"[\w-]{1,60}")
DEFAULT_BASELINE = "handrail-baseline.txt"
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True, slots=True)
class PathIgnore:
    """Findings of one rule that the settings ask to leave out in the pages that a pattern fits."""

    path: str
    rule: str
    reason: str = ""
    until: str = ""

    def fits(self, src_uri: str) -> bool:
        return fits(self.path, src_uri)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option, with its default. Paths are relative to the folder of the pages; `.` is that folder.

    What restricts a folder holds for every spelling that some disk takes for it; what grants something, such as `macros`,
    `assets` and `ignore`, only for the spelling that stands in the settings.
    """

    audience: Visibility = "public"
    today: date | None = None
    timezone: str = "UTC"
    fiscal_year_end: FiscalYearEnd = field(default_factory=FiscalYearEnd)
    git_since: date | None = None
    governed: tuple[str, ...] = ()
    visibility: Mapping[str, Visibility] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    fail_on: Literal["error", "warning"] = "error"
    record_sign_offs: Literal["pull-request", "push"] = "pull-request"
    ignore: tuple[PathIgnore, ...] = ()
    keep: tuple[str, ...] = ()
    page_keys: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    generated: GeneratedFolder = field(default_factory=GeneratedFolder)
    search: FullText = "material"
    synonyms: str = ""
    private_hosts: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    maintainers: tuple[str, ...] = ()
    baseline: str = DEFAULT_BASELINE

    def is_governed(self, src_uri: str) -> bool:
        path = folded(src_uri)
        return any(lies_in(path, folded(folder)) for folder in self.governed)

    def may_run_macros(self, src_uri: str) -> bool:
        return any(fits(pattern, src_uri) for pattern in self.macros)

    def offers(self, path: str) -> bool:
        """Say whether a file is named in `assets`."""
        return any(fits(pattern, path) for pattern in self.assets)

    def folder_visibility(self, src_uri: str) -> Visibility | None:
        """Return what the nearest enclosing folder that the settings name says, or None where none does.

        A folder in another spelling than theirs may only be narrower for it, never wider.
        """
        path = folded(src_uri)
        found: Visibility | None = None
        for folder in sorted((name for name in self.visibility if lies_in(path, folded(name))), key=_depth):
            said = self.visibility[folder]
            if lies_in(src_uri, folder):
                found = said
            elif said != "public":
                found = max(found or said, said, key=VISIBILITIES.index)
        return found


def validate(options: Mapping[str, Any], where: Callable[[str], str]) -> Settings:
    """Turn the options as they were written into settings.

    `where` returns the words that name an option's place, such as "mkdocs.yml, line 12: the option `today`". Raises
    SettingsError with one sentence for the first option that is wrong.
    """
    known = [option.name for option in fields(Settings)]
    values: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            close = nearest(str(name), known)
            advice = (
                f"did you mean `{close}`?" if close else f"known are {', '.join(f'`{option}`' for option in known)}."
            )
            message = f"{where(str(name))} is not known; {advice}"
            raise SettingsError(message)
        if value is None:
            message = f"{where(name)} has no value; fill it in or delete the line."
            raise SettingsError(message)
        try:
            values[name] = _READERS[name](value)
        except _WrongValueError as error:
            message = f"{where(name)} {error}"
            raise SettingsError(message) from error
    return Settings(**values)


def resolve_today(
    settings: Settings, option: str | None, environment: Mapping[str, str], now: Callable[[], datetime]
) -> date:
    """Return the day that everything is judged by: the option, HANDRAIL_TODAY, the setting, SOURCE_DATE_EPOCH, the clock."""
    for source, text in (("--today", option), ("HANDRAIL_TODAY", environment.get("HANDRAIL_TODAY"))):
        if text or (text is not None and source == "--today"):
            day = parse_day(text)
            if day is None:
                message = f"{source} is `{text}`, which is no day; write it as {meant_day(text) or '2026-03-31'}."
                raise UsageError(message)
            return day
    if settings.today is not None:
        return settings.today
    zone = ZoneInfo(settings.timezone)
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone).date()
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds since 1970."
            raise UsageError(message) from error
    return now().astimezone(zone).date()


def lies_in(src_uri: str, folder: str) -> bool:
    """Say whether a page lies in a folder or below it."""
    return folder in (".", src_uri) or src_uri.startswith(folder + "/")


def fits(pattern: str, src_uri: str) -> bool:
    """Say whether a path fits a pattern: a folder, a page, or one with `*` (within a folder) and `**` (across them)."""
    return lies_in(src_uri, pattern) or _compiled(pattern).fullmatch(src_uri) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/?|\*|\?)", pattern)
    signs = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))


def _depth(folder: str) -> int:
    return 0 if folder == "." else folder.count("/") + 1


class _WrongValueError(ValueError):
    """What is wrong with a value, as the rest of a sentence."""


def _choice(*allowed: str) -> Callable[..., str]:
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
        raise _WrongValueError(message)

    return read


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = parse_day(value)
    if day is None:
        message = f"is `{value}`, which is no day; write it as {meant_day(str(value)) or '2026-03-31'}."
        raise _WrongValueError(message)
    return day


def _year_end(value: Any) -> FiscalYearEnd:
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None or parse_day(f"2024-{value}") is None:
        message = f'is `{value}`; write the last day of the year as month and day, in quotes: "01-31".'
        raise _WrongValueError(message)
    return FiscalYearEnd(int(match[1]), int(match[2]))


def _timezone(value: Any) -> str:
    try:
        ZoneInfo(value)
    except Exception as error:
        message = f"is `{value}`, which is no time zone; write one like Europe/Lisbon or UTC."
        raise _WrongValueError(message) from error
    return str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        message = "must be a list of texts, each on a line that begins with a hyphen."
        raise _WrongValueError(message)
    return tuple(value)


def _folder(path: str) -> str:
    return posixpath.normpath(path.strip().strip("/"))


def _paths(value: Any) -> tuple[str, ...]:
    return tuple(_folder(path) for path in _texts(value))


def _file(example: str) -> Callable[[Any], str]:
    """Return what reads the path of a file beside mkdocs.yml, or below."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or value.startswith(("/", "~")) or ".." in value.split("/"):
            message = f"must be the path of a file beside mkdocs.yml, such as {example}."
            raise _WrongValueError(message)
        return value.strip()

    return read


def _hosts(value: Any) -> tuple[str, ...]:
    """Read hosts, or all below one, such as `*.img.example`."""
    return tuple(_host(named.strip(), named.strip().removeprefix("*.")) for named in _texts(value))


def _host(named: str, host: str) -> str:
    found = as_ascii(host)
    address = web_address(named)
    if address is not None:
        message = f"names `{named}`; write the host alone, `{address.host}`."
        raise _WrongValueError(message)
    if not found or (named != host and "." not in found):
        message = (
            f"names `{named}`, which is no host; write one such as img.example, or *.img.example for all below it."
        )
        raise _WrongValueError(message)
    return named.removesuffix(host) + found


def _origins(value: Any) -> tuple[str, ...]:
    """Read hosts from which frames are shown, by themselves or behind `https://`."""
    return tuple(_origin(named.strip()) for named in _texts(value))


def _origin(named: str) -> str:
    found = web_address(named if "//" in named else f"https://{named}")
    if found is None:
        message = f"names `{named}`, which is no host; write one such as https://video.example."
        raise _WrongValueError(message)
    if not found.is_safe or found.secure.rstrip("/").count("/") > len("//"):
        message = f"names `{named}`; frames are shown by host and by https only: `https://{found.host}`."
        raise _WrongValueError(message)
    return found.host


def _page_keys(value: Any) -> tuple[str, ...]:
    """Read the keys that templates may read; a template names each key, so there are no patterns."""
    names = _texts(value)
    for name in names:
        if _PLAIN_NAME.fullmatch(name) is None:
            message = f"names `{name}`; write each key as it stands in pages, such as owner_slack, for patterns don't count here."
            raise _WrongValueError(message)
        if is_spoken_for(name):
            message = f"names `{name}`, which the theme or a plugin reads by itself; take it out."
            raise _WrongValueError(message)
    return names


def _generated(value: Any) -> GeneratedFolder:
    """Read the folder of the pages that Handrail makes."""
    name = normalize("NFC", value.strip().strip("/")) if isinstance(value, str) else ""
    if not all(_PLAIN_NAME.fullmatch(part) and not is_device(part) for part in name.split("/")):
        message = "must be a folder of the site whose name holds letters, digits, - and _ only, such as about/handbook."
        raise _WrongValueError(message)
    if folded(name).partition("/")[0] in OF_THE_SITE:
        message = f"is `{name}`, where the files of the site itself lie; write another folder, such as about/handbook."
        raise _WrongValueError(message)
    return GeneratedFolder(name)


def _by_folder(value: Any) -> dict[str, Visibility]:
    if not isinstance(value, dict):
        message = 'must name folders and who may read them, such as {".": public}.'
        raise _WrongValueError(message)
    read = _choice(*VISIBILITIES)
    found: dict[str, Visibility] = {}
    known: set[str] = set()
    for folder, level in value.items():
        name = _folder(str(folder))
        if "*" in name:
            plain = name.partition("*")[0].rstrip("/") or "."
            message = f"names `{folder}`; write `{plain}`, which holds for everything below it."
            raise _WrongValueError(message)
        if folded(name) in known:
            message = f"names the folder `{name}` twice, the second time as `{folder}`; keep one of the two."
            raise _WrongValueError(message)
        known.add(folded(name))
        found[name] = read(level, str(folder))  # type: ignore[assignment]
    return found


def _by_rule(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        message = "must name rules and their severity, such as {HB301: error}."
        raise _WrongValueError(message)
    read = _choice(*LEVELS)
    return {str(rule): read(level, str(rule)) for rule, level in value.items()}


def _ignores(value: Any) -> tuple[PathIgnore, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        message = "must be a list of {path, rule, reason, until}."
        raise _WrongValueError(message)
    known = [option.name for option in fields(PathIgnore)]
    ignores = []
    for item in value:
        unknown = [str(key) for key in item if key not in known]
        if unknown:
            message = f"has an entry with the unknown field `{unknown[0]}`; known are {', '.join(known)}."
            raise _WrongValueError(message)
        if not isinstance(item.get("path"), str) or not isinstance(item.get("rule"), str):
            message = "has an entry without a `path` or without a `rule`."
            raise _WrongValueError(message)
        until = item.get("until", "")
        ignores.append(
            PathIgnore(
                _folder(item["path"]),
                item["rule"],
                str(item.get("reason") or ""),
                _day(until).isoformat() if until else "",
            )
        )
    return tuple(ignores)


_READERS: dict[str, Callable[[Any], Any]] = {
    "audience": _choice(*AUDIENCES),
    "today": _day,
    "timezone": _timezone,
    "fiscal_year_end": _year_end,
    "git_since": _day,
    "governed": _paths,
    "visibility": _by_folder,
    "severity": _by_rule,
    "fail_on": _choice("error", "warning"),
    "record_sign_offs": _choice("pull-request", "push"),
    "ignore": _ignores,
    "keep": _texts,
    "page_keys": _page_keys,
    "macros": _paths,
    "assets": _paths,
    "generated": _generated,
    "search": _choice("material", "pagefind"),
    "synonyms": _file("synonyms.yml"),
    "private_hosts": _texts,
    "images": _hosts,
    "embeds": _origins,
    "maintainers": _texts,
    "baseline": _file(DEFAULT_BASELINE),
}
