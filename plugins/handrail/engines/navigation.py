"""MkDocs' navigation: what is withheld goes out of it, and the pages that Handrail makes come in."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from html import escape
from itertools import pairwise
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title

from handrail.build.build import Build
from handrail.build.tree import Tree
from handrail.engines.meta import without_markup
from handrail.model.page import Page as Ours
from handrail.model.project import Project
from handrail.pages.audience import Shown
from handrail.pages.generated.every import GeneratedPage
from handrail.pages.groups import Group as Found
from handrail.pages.groups import groups
from handrail.rules.hb9_site import judges_all

GROUP_BEGINS = '<span class="hr-group">'
_ABOUT = "About this handbook"


def say_once(config: MkDocsConfig, project: Project) -> None:
    """Leave it to Handrail to say what leads nowhere; MkDocs would say it a second time, and of what is known too."""
    config.validation.links.not_found = logging.DEBUG
    if judges_all(project):
        config.validation.nav.not_found = logging.DEBUG


def completed(nav: Navigation, build: Build, tree: Tree, config: MkDocsConfig, files: Files) -> Navigation:
    """Put the pages that Handrail makes into a navigation, wherever it comes from, and group the pages of each department."""
    departments = {page.src_uri: page for page in build.shown.pages(build.handbook.departments)}
    if config.nav is None:
        named_by_index(nav, departments)
        nav = with_generated_placed(nav, build, tree)
    nav = with_generated(nav, build.generated.values(), departments.keys(), config, files)
    return grouped(nav, build.shown, build.pages, config.theme.name)


def without(nav: Navigation, paths: AbstractSet[str]) -> Navigation:
    """Take pages, given by path, out of the navigation, and sections that held nothing else."""
    if not paths:
        return nav
    nav.items = _kept(nav.items, paths)
    nav.pages = [page for page in nav.pages if page.file.src_uri not in paths]
    if nav.homepage is not None and nav.homepage.file.src_uri in paths:
        nav.homepage = None
    _chain(nav.pages)
    return nav


def _kept(items: Iterable[Any], paths: AbstractSet[str]) -> list[Any]:
    kept = []
    for item in items:
        if isinstance(item, Section) and item.children:
            item.children = _kept(item.children, paths)
            if item.children:
                kept.append(item)
        elif not (isinstance(item, Page) and item.file.src_uri in paths):
            kept.append(item)
    return kept


def _chain(pages: list[Page]) -> None:
    """Give each page those before and after it."""
    for earlier, later in pairwise([None, *pages, None]):
        if later is not None:
            later.previous_page = earlier
        if earlier is not None:
            earlier.next_page = later


def places(texts: Iterable[str], folder: str) -> bool:
    """Say whether any of the texts by which authors order folders names the folder of the pages that Handrail makes."""
    named = re.compile(rf"(?<![\w-]){re.escape(posixpath.basename(folder))}(?![\w-])")
    return any(named.search(text) for text in texts)


def with_generated_placed(nav: Navigation, build: Build, tree: Tree) -> Navigation:
    """Leave the pages that Handrail makes where authors have put their folder; else they get their usual places later."""
    texts = [(tree.pages / path).read_text("utf-8", "replace") for path in build.publication.folder_settings]
    if not places(texts, build.handbook.settings.generated.name):
        return without(nav, build.generated.keys())
    with_generated_named(nav, build.generated)
    return nav


def with_generated_named(nav: Navigation, made: Mapping[str, GeneratedPage]) -> None:
    """Name the part of a navigation in which an author has put the folder of the generated pages, and put these in their order."""
    order = list(made)
    for section in _sections(nav.items):
        if (paths := [page.file.src_uri for page in _pages([section])]) and made.keys() >= set(paths):
            folder = posixpath.basename(posixpath.commonpath(map(posixpath.dirname, paths)))
            section.title = _ABOUT if section.title == dirname_to_title(folder) else section.title
            pages = sorted(_pages([section]), key=lambda page: order.index(page.file.src_uri))
            for page in pages:
                page.parent = section
            section.children = [*pages]
            break


def _sections(items: Iterable[Any]) -> Iterator[Section]:
    """Yield the parts of a navigation, each before those in it."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def with_generated(
    nav: Navigation,
    made: Iterable[GeneratedPage],
    departments: AbstractSet[str],
    config: MkDocsConfig,
    files: Files,
) -> Navigation:
    """Add the generated pages that the navigation does not hold yet.

    The first of them lists every department with what it does: it becomes the page of the folder in which the departments lie,
    where that has none of its own, or else follows the home page. The others are about the handbook, and come last.
    `departments` are the paths of the departments' pages.
    """
    there = {page.file.src_uri for page in nav.pages}
    added: list[Page] = []
    for generated in made:
        file = files.get_file_from_path(generated.src_uri)
        if file is not None and generated.in_nav and generated.src_uri not in there:
            added.append(file.page if isinstance(file.page, Page) else Page(generated.title, file, config))
    if added and _is_first(added[0], made):
        contents = added.pop(0)
        folder = _folder_of(nav, departments)
        if folder is not None:
            contents.parent = folder
            folder.children.insert(0, contents)
        else:
            nav.items.insert(1 if nav.items and nav.items[0] is nav.homepage else 0, contents)
    if added:
        nav.items.append(_section(_ABOUT, added))
    _put_in_order(nav)
    return nav


def _is_first(page: Page, made: Iterable[GeneratedPage]) -> bool:
    return page.file.src_uri == next(iter(made)).src_uri


def _folder_of(nav: Navigation, departments: AbstractSet[str]) -> Section | None:
    """Return the part of the navigation in which all departments lie; None where that has a page of its own, or is more than one."""
    found = [item for item in nav.items if any(page.file.src_uri in departments for page in _pages([item]))]
    only = found[0] if len(found) == 1 else None
    if not isinstance(only, Section) or any(isinstance(child, Page) and child.is_index for child in only.children):
        return None
    return only


def _section(title: str, pages: Iterable[Page]) -> Section:
    section = Section(title, list(pages))
    for page in section.children:
        page.parent = section
    return section


def _pages(items: Iterable[Any]) -> Iterator[Page]:
    """Yield the pages of a navigation, or of a part of it, in the order in which they stand."""
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)


def _put_in_order(nav: Navigation) -> None:
    nav.pages = list(_pages(nav.items))
    _chain(nav.pages)


class Group(Section):
    """Pages of one section under a name of their own: open wherever that section is."""

    @property
    def active(self) -> bool:
        """Whether the section is that of the page that is shown."""
        return self.parent is not None and self.parent.active

    @active.setter
    def active(self, value: bool) -> None:
        if self.parent is not None:
            self.parent.active = value


def grouped(nav: Navigation, shown: Shown, by_src_uri: Mapping[str, Ours], theme: str | None) -> Navigation:
    """Put the pages of each department under what people call them: its plan first, then what it does.

    A department's part of the navigation is the one that its own page begins. Where other parts lie in it they come last.
    """
    waiting = list(nav.items)
    while waiting:
        section = waiting.pop()
        if not isinstance(section, Section):
            continue
        waiting.extend(section.children)
        pages = {by_src_uri[child.file.src_uri]: child for child in section.children
                 if isinstance(child, Page) and child.file.src_uri in by_src_uri}  # fmt: skip
        own = [page for page in pages if page.counted_as == "department"]
        if len(own) == 1:
            index = pages.pop(own[0])
            found = groups(shown, pages)
            if len(found) > 1:
                others = [child for child in section.children if child is not index and child not in pages.values()]
                children = [_group(group, pages, section, theme) for group in found]
                section.children = [index, *children, *others]
    _put_in_order(nav)
    return nav


def _group(found: Found, pages: Mapping[Ours, Page], parent: Section, theme: str | None) -> Group:
    title = escape(found.title)
    # The theme that our style knows prints a title as it is; by this it is told from parts that fold.
    title = f"{GROUP_BEGINS}{title}</span>" if theme == "material" else title
    group = Group(title, [pages[page] for page in found.pages])
    for page in group.children:
        page.parent = group
    group.parent = parent
    return group


def named_by_index(nav: Navigation, departments: Mapping[str, Ours]) -> None:
    """Name the sections made from folders by the department whose page is their index, and let no name be markup.

    `departments` are given by path; a folder's name would make “Messaging math” of “Messaging & Math”.
    """
    waiting = list(nav.items)
    while waiting:
        item = waiting.pop()
        if isinstance(item, Section):
            waiting.extend(item.children)
            for child in item.children:
                department = departments.get(child.file.src_uri) if isinstance(child, Page) else None
                if department is not None and department.is_index:
                    title = escape(department.title)
                    folder = posixpath.basename(posixpath.dirname(department.src_uri))
                    # A plugin that makes the navigation may have let someone choose another.
                    item.title = title if item.title == dirname_to_title(folder) else item.title
            # The theme prints it as it is, and a folder may have any name.
            item.title = without_markup(item.title)


def name_rail(config: MkDocsConfig) -> None:
    """Call the list of a page's parts what it is: the theme's name for it is that of a list of the whole handbook.

    To be done when all pages are made, for an extension of Markdown reads the same setting.
    """
    if config.theme.name == "material" and config.theme.get("language", "en") == "en":
        config.mdx_configs.setdefault("toc", {}).setdefault("title", "On this page")
