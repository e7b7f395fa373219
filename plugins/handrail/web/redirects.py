"""Redirects: small pages at addresses where something stood before, which lead to where it stands now.

Whatever an author typed, a redirect lies inside the site, where nothing else is, and leads to a page that the audience
may see. Which addresses pages claim is settled in the model, so that a check says of a link what the site does with it.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handrail.model.occupied import Occupied
from handrail.model.page import Page
from handrail.model.redirects import former_files, of_id, place, settled
from handrail.model.references import parse_reference
from handrail.model.replaced import FIELD, takes_effect
from handrail.model.urls import file_of, page_url, relative
from handrail.pages.audience import Shown
from handrail.pages.generated.every import GeneratedPage
from handrail.report.plain import without_surrogates
from handrail.web.metadata import Site

MARK = "<!doctype html>\n<!-- Made by Handrail: this page has moved. -->\n"
"""What each redirect begins with, and nothing else does."""
_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n"


@dataclass(frozen=True, slots=True)
class Redirect:
    """A file of the site that leads to a page, which has this title and this address relative to the site."""

    file: str
    title: str
    url: str


def redirects(shown: Shown, taken: Iterable[str], generated: Mapping[str, GeneratedPage]) -> list[Redirect]:
    """Return the redirects of the site, by file; `taken` are the files that it has anyway.

    `generated` are the pages that Handrail makes, by path.
    """
    occupied = Occupied(taken)
    said = {file: page for file, page in shown.handbook.site.redirects.items() if not occupied.has(file)}
    # What an author says outweighs what git has seen, also where several pages say it and none is made.
    occupied.add((*shown.handbook.site.occupied, *shown.handbook.site.claimed))
    handbook = shown.handbook
    former = former_files(
        shown.pages(handbook.pages),
        shown.material.moved_from,
        handbook.settings.generated,
        directories=handbook.project.use_directory_urls,
    )
    found = {**said, **settled(_replaced(shown), occupied), **settled(former, occupied)}
    made = [Redirect(file, page.title, page.url) for file, page in found.items() if shown.shows(page)]
    return sorted((*made, *_of_generated(shown, occupied, generated)), key=lambda one: one.file)


def _of_generated(shown: Shown, occupied: Occupied, generated: Mapping[str, GeneratedPage]) -> Iterator[Redirect]:
    """Yield the redirects from where earlier releases had a page that Handrail makes."""
    directories = shown.handbook.project.use_directory_urls
    for old, new in shown.handbook.settings.generated.former.items():
        file = file_of(page_url(old, directories=directories))
        if new in generated and not occupied.has(file):
            yield Redirect(file, generated[new].title, page_url(new, directories=directories))


def redirect_page(redirect: Redirect, site: Site) -> str:
    """Return the HTML of a redirect."""
    url = html.escape(relative(redirect.url, posixpath.normpath(redirect.file)))
    canonical = f'<link rel="canonical" href="{html.escape(site.address(redirect.url))}">\n' if site.url else ""
    title = html.escape(without_surrogates(redirect.title))
    return (
        f'{MARK}<html lang="{html.escape(site.language)}">\n<head>\n<meta charset="utf-8">\n{_POLICY}'
        f'<title>{title}</title>\n<meta name="robots" content="noindex">\n{canonical}'
        f'<meta http-equiv="refresh" content="0; url={url}">\n</head>\n'
        f'<body>\n<main>\n<h1>This page has moved</h1>\n<p><a href="{url}">{title}</a></p>\n</main>\n</body>\n</html>\n'
    )


def _at(shown: Shown, page: Page, claimed: Iterable[str]) -> Iterator[tuple[str, Page]]:
    """Yield the files of the addresses that a page claims, as far as each is one that a page can have."""
    for address in claimed:
        if (file := place(address, shown.handbook.settings.generated)) is not None:
            yield file, page


def _replaced(shown: Shown) -> Iterator[tuple[str, Page]]:
    """Yield the files of ids that are no document's any more and that a page in force says to have taken the place of."""
    directories = shown.handbook.project.use_directory_urls
    for page in shown.pages(shown.handbook.documents):
        for reference in shown.handbook.references.get(page, ()):
            parts = parse_reference(reference.text)
            is_gone = reference.path[0] == FIELD and reference.resolution.status == "unknown"
            if is_gone and parts is not None and takes_effect(shown.handbook, page):
                yield from _at(shown, page, of_id(page, parts.id, directories=directories))
