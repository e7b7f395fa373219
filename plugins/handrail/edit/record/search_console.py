"""Turns what Google's Search Console exports into rows: how often a search showed a page of the site in a span of days.

Its ZIP holds a table for each of its tabs, named in the language of whoever exported it: that of the pages is known by the
addresses in it, that of the days by its days. Where the heads are in a language that we don't know, their order counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handrail.edit.record.store import open_store
from handrail.edit.record.tables import Table, plain, read_tables
from handrail.edit.record.told import LeftOut, Told
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.model.files import LARGEST, read_whole
from handrail.model.project import Project
from handrail.model.record_rows import SEARCH, Searched
from handrail.model.records import RowError, parse_row
from handrail.model.urls import SiteAddress
from handrail.words.language import count_of, in_words

_ORDER = ("page", "clicks", "impressions", "ctr", "position")
_HEADS = {"toppages": "page", "page": "page", "pages": "page", **{name: name for name in _ORDER[1:]}}
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,'\u2019\s][0-9]{3})+|[0-9]+")
_POSITION = re.compile(r"(?P<whole>[0-9]{1,5})(?:[.,](?P<part>[0-9]+))?")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that an export is about; either may be unknown."""

    start: date | None = None
    end: date | None = None


def record_search(project: Project, path: Path, span: Span) -> Told:
    """Record an export of the Search Console; raises UsageError or OSError where it can't.

    `span` are the days that the command names, which count before those of the file.
    """
    if not project.site_url:
        raise UsageError(
            f"{project.config_file.name} does not say `site_url`, so nobody can tell which addresses are those of the site."
        )
    tables = read_tables(path.name, read_whole(path, LARGEST))
    pages = next((table for table in tables if _is_of_pages(table)), None)
    if pages is None:
        raise UsageError(f"{path.name} holds no table of pages; in the Search Console, export “Pages” with its button.")
    start, end = _days(path.name, tables, span)
    reader = _Reader(_places(path.name, pages.heads), project.site_url, start, end)
    rows: list[Any] = []
    left_out = list(pages.left_out)
    # Two spans may have equal rows, so the days belong to what is told apart.
    for key, row in pages.keyed(start.isoformat(), end.isoformat()):
        try:
            rows.append(reader.row(row.cells, key))
        except RowError as error:
            left_out.append(LeftOut(f"line {row.line}", str(error)))
    with open_store(project.root) as store:
        added = store.add(SEARCH, rows)
    about = f"{count_of(len(pages.rows), 'page')}, from {in_words(start)} to {in_words(end)}"
    return Told(about, {SEARCH: added}, left_out)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes a row of what stands in the columns of one, whose places are known."""

    places: Mapping[str, int]
    site_url: str
    start: date
    end: date

    def row(self, cells: Sequence[str], key: str) -> Searched:
        """Return a row; raises RowError."""
        said = {name: cells[at].strip() for name, at in self.places.items()}
        whole = {name: re.sub(r"\D", "", text) if _NUMBER.fullmatch(text) else text for name, text in said.items()}
        position = _POSITION.fullmatch(said["position"])
        row: Searched = parse_row(
            SEARCH,
            [
                self.start.isoformat(),
                self.end.isoformat(),
                self._inside(said["page"]),
                whole["impressions"],
                whole["clicks"],
                f"{float('.'.join(part or '0' for part in position.groups())):.2f}" if position else said["position"],
                key,
            ],
        )
        return row

    def _inside(self, address: str) -> str:
        """Return an address relative to the site, as it was written there, without what stands behind ? or #."""
        try:
            parts = urlsplit(address)
        except ValueError:
            parts = urlsplit("")
        site = SiteAddress.of(self.site_url)
        path = parts.path or "/"
        if parts.netloc.lower() != site.host or not f"{path}/".startswith(site.base):
            raise RowError("is about an address of another site")
        return path[len(site.base) :]


def _is_of_pages(table: Table) -> bool:
    return any(_ADDRESS.fullmatch(row.cells[0].strip()) for row in table.rows)


def _days(name: str, tables: Sequence[Table], span: Span) -> tuple[date, date]:
    """Return the first and the last day that an export is about: as the command says, else as its table of days does."""
    known: list[date] = []
    for table in tables:
        days = [_day(row.cells[0]) for row in table.rows]
        if days and None not in days:
            known = [day for day in days if day is not None]
            break
    start, end = span.start or min(known, default=None), span.end or max(known, default=None)
    if start is None or end is None:
        raise UsageError(f"{name} does not say which days it is about; add --from and --to, such as --from 2026-01-01.")
    if start > end:
        raise UsageError(f"The first day, {in_words(start)}, lies behind the last, {in_words(end)}.")
    return start, end


def _day(cell: str) -> date | None:
    match = _DAY.fullmatch(cell.strip())
    return parse_day(match["day"]) if match else None


def _places(name: str, heads: Sequence[str]) -> dict[str, int]:
    """Return where the columns stand, by their English names, else by the order in which they are always exported."""
    by_name = {_HEADS[plain(head)]: at for at, head in enumerate(heads) if plain(head) in _HEADS}
    if _ORDER[0] in by_name and {"clicks", "impressions", "position"} <= by_name.keys():
        return by_name
    if len(heads) < len(_ORDER):
        raise UsageError(
            f"{name} has {len(heads)} columns; a table of pages has a page, clicks, impressions, CTR and position."
        )
    return {column: at for at, column in enumerate(_ORDER)}
