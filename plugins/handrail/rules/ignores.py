"""Ignores: which findings a page or the settings ask to leave out, and which of those requests do anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from handrail.model.dates import parse_day
from handrail.model.handbook import Handbook
from handrail.model.page import Page

_NEVER_IN_A_PAGE = "HB8"


@dataclass(eq=False)
class Ignore:
    """One request; `page` is None for one of the settings. `index` is its place in the page's or settings' list.

    It is `refused` where it asks for what exposes, which is never left out.
    """

    rule: str
    reason: str
    until: date | None
    index: int
    page: Page | None = None
    pattern: str = ""
    used: bool = field(default=False)
    refused: bool = field(default=False)

    def has_run_out(self, today: date) -> bool:
        return self.until is not None and self.until < today

    def names(self, code: str, name: str) -> bool:
        return self.rule.strip().casefold() in (code.casefold(), name)


def exposed_to(handbook: Handbook, page: Page) -> tuple[str | int, ...]:
    """Return what tells pages apart of which some finding may be ignored and others not: one finding never names both."""
    own = (page.src_uri,) if page.entries("ignore") else ()
    return (*own, *(index for index, ignore in enumerate(handbook.settings.ignore) if ignore.fits(page.src_uri)))


class Ignores:
    """All ignores of a handbook; each remembers whether it fitted a finding."""

    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        self.of_pages: dict[Page, list[Ignore]] = {}
        for page in handbook.documents:
            listed = [
                Ignore(
                    entry["rule"], str(entry.get("reason") or "").strip(), parse_day(entry.get("until")), index, page
                )
                for index, entry in enumerate(page.entries("ignore"))
                if isinstance(entry.get("rule"), str)
            ]
            if listed:
                self.of_pages[page] = listed
        self.of_settings = [
            Ignore(ignore.rule, ignore.reason.strip(), parse_day(ignore.until), index, pattern=ignore.path)
            for index, ignore in enumerate(handbook.settings.ignore)
        ]

    @property
    def all(self) -> Sequence[Ignore]:
        return [*(ignore for listed in self.of_pages.values() for ignore in listed), *self.of_settings]

    def fitting(self, code: str, name: str, page: Page | None, src_uri: str, *, exposes: bool) -> Ignore | None:
        """Return the ignore with a reason that fits a finding, one that has not run out before others.

        For a finding that exposes there is none.
        """
        candidates: list[Ignore] = []
        if page is not None and not code.startswith(_NEVER_IN_A_PAGE):
            candidates += self.of_pages.get(page, [])
        candidates += [
            ignore
            for ignore, setting in zip(self.of_settings, self.handbook.settings.ignore, strict=True)
            if setting.fits(src_uri)
        ]
        fitting = [ignore for ignore in candidates if ignore.names(code, name)]
        for ignore in fitting:
            ignore.refused |= exposes
            ignore.used |= not exposes
        if exposes:
            return None
        with_reason = [ignore for ignore in fitting if ignore.reason]
        today = self.handbook.today
        return min(with_reason, key=lambda ignore: ignore.has_run_out(today), default=None)
