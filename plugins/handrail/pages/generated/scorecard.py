"""The page on how the handbook is doing: what a leader reads in a minute, then each list with its count.

Every number is counted over what the audience may see, so that none gives away how much is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from handrail.model.generated import Data, Made
from handrail.model.urls import page_url, relative
from handrail.pages.audience import Link, Shown
from handrail.pages.generated.attention import changed, goes_wrong, overdue, without_plan
from handrail.pages.generated.measure_trends import declining_metrics
from handrail.pages.generated.measures import measures
from handrail.pages.generated.repeating import repeating
from handrail.pages.views import Entry, Section, Table, View
from handrail.report.minute import standing_words


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that has a page of its own, and what it holds, in a sentence."""

    src_uri: str
    title: str
    holds: str
    view: Callable[[Shown], View]


def scorecard(
    shown: Shown, listed: Iterable[Listed], beside: Iterable[tuple[str, str]], more: tuple[str, str] | None = None
) -> View:
    """Return the scorecard with these lists; `beside` are the pages on how the company is run, by path, with their titles.

    `more` is such a page that goes on from the lists.
    """
    project = shown.handbook.project
    here = project.settings.generated.url(Made.SCORECARD, directories=project.use_directory_urls)
    sections = (
        *measures(shown, here),
        *declining_metrics(shown),
        overdue(shown, here),
        without_plan(shown),
        goes_wrong(shown),
        changed(shown, here),
        _lists(shown, listed, more, here),
        *_beside(shown, beside, here),
        *repeating(shown),
        _for_programs(shown),
    )
    return View(lead=(standing_words(shown.scorecard),), sections=sections)


def _lists(shown: Shown, listed: Iterable[Listed], more: tuple[str, str] | None, here: str) -> Section:
    directories = shown.handbook.project.use_directory_urls
    rows = tuple(
        (
            (Link(one.title, url=relative(page_url(one.src_uri, directories=directories), here)),),
            (str(_count(one.view(shown))),),
            (one.holds,),
        )
        for one in listed
    )
    action = Link(more[1], url=relative(page_url(more[0], directories=directories), here)) if more is not None else None
    return Section("Lists", "lists", table=Table(("List", "Entries", "What stands in it"), rows), action=action)


def _beside(shown: Shown, pages: Iterable[tuple[str, str]], here: str) -> Iterator[Section]:
    """Yield what leads to the pages on how the company is run; nothing where there are none."""
    directories = shown.handbook.project.use_directory_urls
    links = [Link(title, url=relative(page_url(path, directories=directories), here)) for path, title in pages]
    if links:
        entries = tuple(Entry((link,)) for link in links)
        yield Section("How the company is run", "how-it-is-run", entries, is_in_lines=True)


def _count(view: View) -> int:
    return sum(len(section.entries) for section in view.sections)


def _for_programs(shown: Shown) -> Section:
    return Section("For other programs", "for-programs", words=tuple(_files(shown)))


def _files(shown: Shown) -> Iterator[str | Link]:
    for data, holds in (
        (Data.MEASURES, "has all of these numbers, and why each document counts or does not. "),
        (Data.HANDBOOK, "has the documents, how each stands, and who answers for it. "),
    ):
        yield shown.data(data)
        yield " ("
        yield shown.schema(data, "its schema")
        yield f") {holds}"
