"""The measure of what a search of the web leads to: what a search engine counted, and beside it what makes that likely."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from handrail.measures.leads import to_made
from handrail.measures.measure import Beside, Counted, Kind, Measure, Named, Unknown
from handrail.measures.own_search import FIRST
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.measures.unreadable import not_readable, unreadable
from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.record_rows import SEARCH, Searched
from handrail.words.language import in_words

_LEAST_SPAN = timedelta(days=28)
_RECENT = timedelta(days=100)
_FIRST_PAGE = 10
_SEARCH_CONSOLE = "https://search.google.com/search-console"
FOUND = Named("sops-found", "Found by a web search", "Do people who search the web come to the procedures?")
_OWN, _READY = "by the site's own search", "ready for search engines"
Span = tuple[date, date]


def found(scope: Scope) -> Measure:
    """Measure how many public procedures in use a search engine showed on its first page."""
    pages = scope.used.get("public", ())
    span = _newest_span(scope)
    lost = unreadable(scope, SEARCH)
    rows = {page: rows for page, rows in scope.records.search.items() if page in pages}
    return Measure(
        *FOUND,
        Kind.SHARE,
        sum(_counted(page, shown, span).counts is True for page, shown in rows.items()),
        len(pages),
        target_of(scope, FOUND.name, "90 %"),
        scope.told(
            _counted(page, rows.get(page, ()), span) if lost is None else Counted(page, not_readable(SEARCH), None)
            for page in pages
        ),
        beside=tuple(_beside(scope, pages)),
        unknown=_unknown(scope, pages, span, lost),
        counts=f"Public procedures in use that a search engine showed at position {_FIRST_PAGE} or better at least once, in the newest "
        f"{_LEAST_SPAN.days} days or more that are on record, of all public procedures in use. Beside it stand those that the site's own "
        f"search has among the first {FIRST} for their title and for all that they are asked as, and those that nothing on the "
        "finished site keeps from search engines, which `handrail report scorecard --site` tells.",
    )


def _newest_span(scope: Scope) -> Span | None:
    """Return the first and last day of the newest span that is long enough and not long past; None where there is none."""
    one_day = timedelta(days=1)
    spans = [span for span in scope.records.spans if span[1] - span[0] + one_day >= _LEAST_SPAN]
    newest = max(spans, key=lambda span: (span[1], span[0]), default=None)
    return newest if newest is not None and scope.handbook.today - newest[1] < _RECENT else None


def _counted(page: Page, rows: Sequence[Searched], span: Span | None) -> Counted:
    if span is None:
        return Counted(page, "no numbers of a search engine on record", None)
    shown = [row for row in rows if (row.start, row.end) == span and row.impressions]
    best = min(shown, key=lambda row: row.position, default=None)
    if best is None:
        return Counted(page, "no search showed it", counts=False)
    times = "once" if best.impressions == 1 else f"{best.impressions:,} times"
    return Counted(page, f"shown {times}, at position {best.position:g} on average", best.position <= _FIRST_PAGE)


def _unknown(scope: Scope, pages: Collection[Page], span: Span | None, lost: Unknown | None) -> Unknown | None:
    if not pages:
        contents = to_made(scope.handbook, Made.CONTENTS)
        return Unknown(
            "No procedure in use is public.", "Set `visibility: public` in one that everyone may read.", contents
        )
    if lost is not None:
        return lost
    if span is None:
        ended = in_words(scope.handbook.today - _RECENT)
        why = f"No {_LEAST_SPAN.days} days that ended after {ended} are on record from a search engine."
        do = "Export the pages that Google Search Console lists, and run `handrail record search FILE`."
        return Unknown(why, do, _SEARCH_CONSOLE)
    return None


def _beside(scope: Scope, pages: Collection[Page]) -> list[Beside]:
    """Return what makes it likely that a search leads to a procedure: the site's own search finds it, and nothing keeps others from it."""
    if not scope.asks_search:
        return []
    own = len(scope.own_search.found(pages))
    ready = None
    if scope.finished is not None:
        met = {one.page for one in scope.finished.procedures if not one.missed}
        ready = sum(page in met for page in pages)
    return [Beside("own search", own, len(pages), _OWN), Beside("ready", ready, len(pages), _READY)]
