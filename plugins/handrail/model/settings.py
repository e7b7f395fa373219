"""The settings of a handbook: the options of the plugin `handrail`, validated in one place for every engine and command."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from handrail.errors import SettingsError, UsageError
from handrail.model import setting_values as typed
from handrail.model.dates import JUDGEABLE, FiscalYearEnd, can_be_today, meant_day, parse_day
from handrail.model.generated import GeneratedFolder
from handrail.model.names import folded
from handrail.model.nearest import nearest

Visibility = Literal["public", "internal", "confidential"]
VISIBILITIES: tuple[Visibility, ...] = ("public", "internal", "confidential")
FullText = Literal["material", "pagefind"]
"""What searches whole texts, behind the finder."""
AUDIENCES = ("public", "internal")
LEVELS = ("error", "warning", "info", "off")
DEFAULT_BASELINE = "handrail-baseline.txt"


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
    feedback: str = "off"
    """`off`, `issues`, or the address of a form."""
    feedback_counts: Literal["staff", "anyone"] = "staff"
    read_records: Literal["off", "private", "public"] = "off"
    """Whether it is recorded who has read what: never, where the repository is private, or anywhere."""
    ignore: tuple[PathIgnore, ...] = ()
    keep: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    """What a step of `adopt` was told not to do and no page could remember, such as `department guides`."""
    page_keys: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    rewrites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By plugin, the pages whose Markdown it may change, where it is not to see those of others."""
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
        except typed.WrongValueError as error:
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
            if not can_be_today(day):
                message = f"{source} is `{text}`; write a day of {JUDGEABLE}."
                raise UsageError(message)
            return day
    if settings.today is not None:
        return settings.today
    zone = ZoneInfo(settings.timezone)
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            day = datetime.fromtimestamp(int(epoch), UTC).astimezone(zone).date()
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds since 1970."
            raise UsageError(message) from error
        if not can_be_today(day):
            message = (
                f"SOURCE_DATE_EPOCH is `{epoch}`, a day of the year {day.year}; Handrail needs one of {JUDGEABLE}."
            )
            raise UsageError(message)
        return day
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


def _by_folder(value: Any) -> dict[str, Visibility]:
    if not isinstance(value, dict):
        message = 'must name folders and who may read them, such as {".": public}.'
        raise typed.WrongValueError(message)
    read = typed.choice(*VISIBILITIES)
    found: dict[str, Visibility] = {}
    known: set[str] = set()
    for folder, level in value.items():
        name = typed.folder(str(folder))
        if "*" in name:
            plain = name.partition("*")[0].rstrip("/") or "."
            message = f"names `{folder}`; write `{plain}`, which holds for everything below it."
            raise typed.WrongValueError(message)
        if folded(name) in known:
            message = f"names the folder `{name}` twice, the second time as `{folder}`; keep one of the two."
            raise typed.WrongValueError(message)
        known.add(folded(name))
        found[name] = read(level, str(folder))  # type: ignore[assignment]
    return found


def _by_rule(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        message = "must name rules and their severity, such as {HB301: error}."
        raise typed.WrongValueError(message)
    read = typed.choice(*LEVELS)
    return {str(rule): read(level, str(rule)) for rule, level in value.items()}


_NO_REWRITERS = {
    "handrail": "what it writes belongs to every page",
    "macros": "where it runs template code the option `macros` says",
}
"""Plugins that change texts by another setting, or by none."""


def _by_plugin(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        message = "must name plugins and the pages that each may change, such as {roamlinks: [notes]}."
        raise typed.WrongValueError(message)
    found: dict[str, tuple[str, ...]] = {}
    for plugin, pages in value.items():
        if plugin in _NO_REWRITERS:
            raise typed.WrongValueError(f"can't name `{plugin}`: {_NO_REWRITERS[plugin]}.")
        try:
            found[str(plugin)] = typed.paths(pages)
        except typed.WrongValueError as error:
            raise typed.WrongValueError(f"needs a list of pages for `{plugin}`: what stands there {error}") from error
    return found


def _ignores(value: Any) -> tuple[PathIgnore, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        message = "must be a list of {path, rule, reason, until}."
        raise typed.WrongValueError(message)
    known = [option.name for option in fields(PathIgnore)]
    ignores = []
    for item in value:
        unknown = [str(key) for key in item if key not in known]
        if unknown:
            message = f"has an entry with the unknown field `{unknown[0]}`; known are {', '.join(known)}."
            raise typed.WrongValueError(message)
        if not isinstance(item.get("path"), str) or not isinstance(item.get("rule"), str):
            message = "has an entry without a `path` or without a `rule`."
            raise typed.WrongValueError(message)
        until = item.get("until", "")
        ignores.append(
            PathIgnore(
                typed.folder(item["path"]),
                item["rule"],
                str(item.get("reason") or ""),
                typed.day(until).isoformat() if until else "",
            )
        )
    return tuple(ignores)


_READERS: dict[str, Callable[[Any], Any]] = {
    "audience": typed.choice(*AUDIENCES),
    "today": typed.today,
    "timezone": typed.timezone,
    "fiscal_year_end": typed.year_end,
    "git_since": typed.day,
    "governed": typed.paths,
    "visibility": _by_folder,
    "severity": _by_rule,
    "fail_on": typed.choice("error", "warning"),
    "record_sign_offs": typed.choice("pull-request", "push"),
    "feedback": typed.feedback,
    "feedback_counts": typed.choice("staff", "anyone"),
    "read_records": typed.choice("off", "private", "public"),
    "ignore": _ignores,
    "keep": typed.texts,
    "declined": typed.texts,
    "page_keys": typed.page_keys,
    "macros": typed.paths,
    "rewrites": _by_plugin,
    "assets": typed.paths,
    "generated": typed.generated,
    "search": typed.choice("material", "pagefind"),
    "synonyms": typed.file("synonyms.yml"),
    "private_hosts": typed.texts,
    "images": typed.hosts,
    "embeds": typed.origins,
    "maintainers": typed.texts,
    "baseline": typed.file(DEFAULT_BASELINE),
}
