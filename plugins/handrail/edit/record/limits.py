"""How much of one day counts: one issue of an account about a page, some of an account, and not without end of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

MOST_OF_AN_ACCOUNT = 20
"""So many issues of one account count on one day."""
MOST_OF_A_DAY = 2_000
"""So many issues of all accounts together count on one day."""


class Limits:
    """Counts what was recorded; `days` are those of all issues in the records, also of those that nobody lists now."""

    def __init__(self, days: Iterable[date]) -> None:
        self._of_day = Counter(days)
        self._of_account: Counter[tuple[date, str]] = Counter()
        self._pages: set[tuple[date, str, str]] = set()

    def note(self, day: date, account: str, page: str) -> None:
        """Note whose an issue is that the records hold already."""
        self._of_account[day, account] += 1
        self._pages.add((day, account, page))

    def refusal(self, day: date, account: str, page: str) -> str:
        """Take one more issue, or say, why it is one too many."""
        if (day, account, page) in self._pages:
            return "not the first of its account about the page on that day"
        if self._of_account[day, account] >= MOST_OF_AN_ACCOUNT:
            return f"beyond the {MOST_OF_AN_ACCOUNT} that count of one account on one day"
        if self._of_day[day] >= MOST_OF_A_DAY:
            return f"beyond the {MOST_OF_A_DAY:,} that count on one day"
        self._of_day[day] += 1
        self.note(day, account, page)
        return ""
