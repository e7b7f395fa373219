"""Days of review that pages carry for other programs, and what git tells of how they came there.

Where such a day moves on many pages in one commit, most were hardly read: of the days in one handbook 42 in 100 came so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.history.repository import Commit, History
from handrail.model.dates import parse_day
from handrail.model.gitfacts import Author
from handrail.model.page import Page
from handrail.report.rubber_stamps import MANY
from handrail.text.source import read_source

_KEYS = frozenset(
    ("last_reviewed", "last_reviewed_at", "last_reviewed_on", "last_review", "last_review_date", "reviewed_at", "reviewed_on")
)  # fmt: skip
_DAY = 10  # signs of 2026-03-31


@dataclass(frozen=True, slots=True)
class Review:
    """A day of review: its page and key, who brought it to git, and on how many pages the same commit moved one."""

    page: Page
    key: str
    day: date
    author: Author
    together: int

    @property
    def is_in_bulk(self) -> bool:
        return self.together >= MANY


def key_and_day(data: Mapping[str, Any]) -> tuple[str, date] | None:
    """Return the day of review that fields tell, with its key; None where they tell none."""
    for key, value in data.items():
        if str(key).casefold().replace("-", "_").replace(" ", "_") in _KEYS and isinstance(value, str):
            day = parse_day(value.strip()[:_DAY])
            if day is not None:
                return key, day
    return None


def reviews(history: History, pages: Iterable[Page]) -> list[Review]:
    """Return the days of review of pages whose commits git knows, by path."""
    found = [
        (page, *told, commit)
        for page in pages
        if (told := key_and_day(page.source.data)) and (commit := _commit(history, page, told[1]))
    ]
    together = Counter(commit.id for _, _, _, commit in found)
    return [Review(page, key, day, commit.authors[0], together[commit.id]) for page, key, day, commit in found]


def _commit(history: History, page: Page, day: date) -> Commit | None:
    """Return the commit that brought a page its day of review: the oldest of the newest ones that have it."""
    brought = None
    for commit, told in _told(history, page):
        if told != day:
            break
        brought = commit
    return brought if brought is not None and brought.authors else None


def _told(history: History, page: Page) -> Iterator[tuple[Commit, date | None]]:
    """Yield the commits of a page, the newest first, each with the day of review that it left there."""
    for revision in history.revisions.get(page.src_uri, ()):
        for _, raw in history.blobs.read([revision.blob]):
            told = key_and_day(read_source(raw).data)
            yield revision.commit, told[1] if told is not None else None
