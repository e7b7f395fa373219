"""MkDocs' navigation: what is withheld goes out of it, and the pages that Handrail makes come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from handrail.site.generated import GeneratedPage

_TITLE = "Procedures"


def without(nav: Any, withheld: AbstractSet[str]) -> Any:
    """Return the setting `nav` without entries for withheld pages, nor sections that held nothing else."""
    if isinstance(nav, list):
        kept = [item for item in (without(entry, withheld) for entry in nav) if item is not None]
        return kept or (None if nav else nav)
    if isinstance(nav, dict):
        kept_items = {title: item for title, entry in nav.items() if (item := without(entry, withheld)) is not None}
        return kept_items or None
    return None if nav in withheld else nav


def with_generated(nav: Navigation, made: Iterable[GeneratedPage], config: MkDocsConfig, files: Files) -> Navigation:
    """Add a section of the generated pages that the navigation does not hold yet.

    It follows the home page where MkDocs made the navigation from the folders, and comes last where someone wrote one.
    """
    there = {page.file.src_uri for page in nav.pages}
    added: list[Page] = []
    for generated in made:
        file = files.get_file_from_path(generated.src_uri)
        if file is not None and generated.src_uri not in there:
            added.append(file.page if isinstance(file.page, Page) else Page(generated.title, file, config))
    if not added:
        return nav
    section = Section(_TITLE, list(added))
    for page in added:
        page.parent = section
    first = (
        1 if config.nav is None and nav.pages and nav.items[0] is nav.pages[0] and nav.pages[0].is_homepage else None
    )
    nav.items.insert(len(nav.items) if first is None else first, section)
    at = len(nav.pages) if first is None else first
    nav.pages[at:at] = added
    for earlier, later in pairwise([None, *nav.pages, None]):
        if later is not None:
            later.previous_page = earlier
        if earlier is not None:
            earlier.next_page = later
    return nav


def named_by_index(nav: Navigation, titles: Mapping[str, str]) -> None:
    """Name the sections that MkDocs made from folders by the department whose page is their index.

    `titles` are those pages' titles by path; a folder's name would make “Messaging math” of “Messaging & Math”.
    """
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, Section):
            waiting.extend(item.children)
            for child in item.children:
                if isinstance(child, Page) and child.file.src_uri in titles:
                    item.title = titles[child.file.src_uri]
