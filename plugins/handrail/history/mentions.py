"""Whether anything leads to a page of a past handbook, without asking each link of each page where it led.

What a page names stays the same while it stands where it does: the ids, paths and addresses in it. Only what names a page in
one of these ways can lead to it, and is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.links import body_links
from handrail.model.page import Page
from handrail.model.redirects import claimed_files
from handrail.model.references import parse_reference
from handrail.model.urls import file_of


class Mentions:
    """What pages name, found once for each of them."""

    def __init__(self) -> None:
        self._by_page: dict[Page, frozenset[str]] = {}

    def of(self, page: Page, handbook: Handbook) -> frozenset[str]:
        """Return the ids, paths and files that a page names."""
        if page not in self._by_page:
            self._by_page[page] = frozenset(_mentions(page, handbook))
        return self._by_page[page]


class Leads:
    """What leads to the pages of one handbook."""

    def __init__(self, handbook: Handbook, mentions: Mentions) -> None:
        self._handbook = handbook
        self._targets: dict[Page, frozenset[Page]] = {}
        self._naming: dict[str, list[Page]] = defaultdict(list)
        for page in handbook.pages:
            for name in mentions.of(page, handbook):
                self._naming[name].append(page)

    def to(self, page: Page) -> bool:
        """Say whether a link or a reference of another page leads to one."""
        naming = dict.fromkeys(other for name in self._names(page) for other in self._naming.get(name, ()))
        return any(page in self._led_to(other) for other in naming if other is not page)

    def _names(self, page: Page) -> Iterator[str]:
        project = self._handbook.project
        yield from (page.id, page.src_uri, file_of(page.url))
        claimed = claimed_files([page], project.settings.generated, directories=project.use_directory_urls)
        yield from (file for file, _ in claimed)

    def _led_to(self, page: Page) -> frozenset[Page]:
        if page not in self._targets:
            book = self._handbook
            linked = [link.page for link in body_links(page, book.site, book.index)]
            referred = [reference.target for reference in book.references_in(page)]
            self._targets[page] = frozenset(target for target in (*linked, *referred) if target is not None)
        return self._targets[page]


def _mentions(page: Page, handbook: Handbook) -> Iterator[str]:
    for link in page.source.links:
        if link.form == "wiki":
            yield from _ids(link.target)
        else:
            yield from handbook.site.may_lead_to(page, link)
    for _, node, text in page.kind.meanings(page.data) if page.kind is not None else ():
        if node.ref is not None:
            yield from _ids(text)


def _ids(text: str) -> Iterator[str]:
    parts = parse_reference(text)
    if parts is not None:
        yield parts.id
