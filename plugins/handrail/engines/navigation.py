"""MkDocs' navigation: what is withheld goes out of it, and the pages that Handrail makes come in."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title

from handrail.engines.meta import without_markup
from handrail.model.project import Project
from handrail.rules.hb9_site import judges_all
from handrail.site.generated import GeneratedPage

_TITLE = "Procedures"


def say_once(config: MkDocsConfig, project: Project) -> None:
    """Leave it to Handrail to say what leads nowhere; MkDocs would say it a second time, and of what is known too."""
    config.validation.links.not_found = logging.INFO
    if judges_all(project):
        config.validation.nav.not_found = logging.INFO


def cleared(nav: Any, withheld: Callable[[str], bool]) -> Any:
    """Return what `nav:` says without the entries of pages that are withheld, and groups that held nothing else."""
    if isinstance(nav, str):
        return None if any(map(withheld, _meant(nav))) else nav
    if isinstance(nav, dict):
        entries = {title: cleared(entry, withheld) for title, entry in nav.items()}
        return {title: entry for title, entry in entries.items() if entry not in (None, [], {})} or None
    if isinstance(nav, list):
        return [kept for kept in (cleared(entry, withheld) for entry in nav) if kept is not None]
    return nav


def _meant(entry: str) -> Iterator[str]:
    """Yield the paths that an entry may mean: MkDocs would show its title whether it finds the page or not."""
    path = posixpath.normpath(unquote(re.split(r"[?#]", entry, maxsplit=1)[0])).lstrip("/")
    bare = path.removesuffix(".html")
    yield from (path, f"{bare}.md", f"{bare}/index.md", f"{bare}/README.md")


def without(nav: Navigation, withheld: AbstractSet[str]) -> Navigation:
    """Take withheld pages, given by path, out of the navigation, and sections that held nothing else."""
    if not withheld:
        return nav
    nav.items = _kept(nav.items, withheld)
    nav.pages = [page for page in nav.pages if page.file.src_uri not in withheld]
    if nav.homepage is not None and nav.homepage.file.src_uri in withheld:
        nav.homepage = None
    _chain(nav.pages)
    return nav


def _kept(items: Iterable[Any], withheld: AbstractSet[str]) -> list[Any]:
    kept = []
    for item in items:
        if isinstance(item, Section) and item.children:
            item.children = _kept(item.children, withheld)
            if item.children:
                kept.append(item)
        elif not (isinstance(item, Page) and item.file.src_uri in withheld):
            kept.append(item)
    return kept


def _chain(pages: list[Page]) -> None:
    """Give each page those before and after it."""
    for earlier, later in pairwise([None, *pages, None]):
        if later is not None:
            later.previous_page = earlier
        if earlier is not None:
            earlier.next_page = later


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
    _chain(nav.pages)
    return nav


def named_by_index(nav: Navigation, titles: Mapping[str, str]) -> None:
    """Name the sections made from folders by the department whose page is their index, and let no name be markup.

    `titles` are those pages' titles by path; a folder's name would make “Messaging math” of “Messaging & Math”.
    """
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, Section):
            waiting.extend(item.children)
            for child in item.children:
                if isinstance(child, Page) and (title := titles.get(child.file.src_uri)):
                    folder = posixpath.basename(posixpath.dirname(child.file.src_uri))
                    # A plugin that makes the navigation may have let someone choose another.
                    item.title = title if item.title == dirname_to_title(folder) else item.title
            # The theme prints it as it is, and a folder may have any name.
            item.title = without_markup(item.title)
