"""What people found with a procedure, on its page and in lists: sentences, with links to the issues that are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from handrail.measures.experience import Report
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.phrases import commas
from handrail.pages.views import Words
from handrail.report.experience import MOST_NAMED, issue_number, rate_words, report_words, step_words
from handrail.words.language import capital

ANYONE = "anyone"
"""The value of the setting `feedback_counts` with which what the public tells counts too."""


def found_by_people(shown: Shown, page: Page) -> Iterator[Words]:
    """Yield sentences on what people found with a page: an error rate once it is known, where it fails often, and reports."""
    found = shown.scorecard.scope.experiences.of(page)
    counts_public = shown.handbook.settings.feedback_counts == ANYONE
    failed = (rate_words(found, counts_public=counts_public), step_words(found, partial(shown.steps.name, page)))
    if any(failed):
        yield (" ".join(filter(None, failed)),)
    number, state = report_words(found)
    if number:
        links = issue_links(shown, [one for one in found.reports if one.is_open])
        yield (f"{capital(number)}, {state}", *((": ", *links) if links else ()), ".")


def issue_links(shown: Shown, reports: Sequence[Report]) -> Words:
    """Return links to the issues of some reports, the first few of many; nothing where no forge or no issue is known."""
    numbers = [number for one in reports if (number := issue_number(one.row.key))]
    if shown.forge is None or not numbers:
        return ()
    more = len(numbers) - MOST_NAMED
    links = commas(Link(f"#{number}", url=shown.forge.issue(number)) for number in numbers[:MOST_NAMED])
    return (*links, f" and {more} more") if more > 0 else links
