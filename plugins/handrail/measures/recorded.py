"""What was recorded of a handbook's use, as far as it is measured: the rows by their pages, up to the day of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeVar

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.record_rows import ISSUE, Answer, Reported, Run, Searched
from handrail.model.recorded_pages import recorded_addresses, recorded_procedures
from handrail.model.records import row_day

_Row = TypeVar("_Row", Run, Answer, Reported, Searched)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Rows of the records by the pages that they are about, each page's by day and line.

    `spans` are the first and last days for which there are rows of a search engine, whichever pages those name. `last_issue` is the
    newest day of a row that came from an issue.
    """

    runs: Mapping[Page, Sequence[Run]]
    survey: Mapping[Page, Sequence[Answer]]
    reports: Mapping[Page, Sequence[Reported]]
    search: Mapping[Page, Sequence[Searched]]
    spans: tuple[tuple[date, date], ...] = ()
    last_issue: date | None = None


def recorded(handbook: Handbook, pages: AbstractSet[Page]) -> Recorded:
    """Return what was recorded of some pages: rows of other pages, of nobody's and of days to come are left out."""
    records, today = handbook.project.records, handbook.today
    by_id = recorded_procedures(handbook) if records.runs or records.survey or records.reports else {}
    page_at = recorded_addresses(handbook) if records.search else by_id.get

    def of_pages(
        rows: Iterable[_Row], page_of: Callable[[str], Page | None], name: Callable[[_Row], str]
    ) -> Mapping[Page, Sequence[_Row]]:
        found: dict[Page, list[_Row]] = defaultdict(list)
        for row in sorted(rows, key=row_day):  # of one day as they stand in the file
            page = page_of(name(row)) if row_day(row) <= today else None
            if page is not None and page in pages:
                found[page].append(row)
        return found

    runs = of_pages(records.runs, by_id.get, lambda row: row.procedure)
    survey = of_pages(records.survey, by_id.get, lambda row: row.procedure)
    reports = of_pages(records.reports, by_id.get, lambda row: row.procedure)
    search = of_pages(records.search, page_at, lambda row: row.page)
    spans = {(row.start, row.end) for row in records.search if row.end <= today}
    told: Iterable[Run | Answer | Reported] = chain(*runs.values(), *survey.values(), *reports.values())
    issues = (row.date for row in told if row.key.startswith(ISSUE))
    return Recorded(runs, survey, reports, search, tuple(sorted(spans)), max(issues, default=None))
