"""What the finished site will hold, by address, and where a link on a page leads: a check, a build and `verify` ask here.

A link in Markdown counts from the page's file, as the engine takes it; where no such file is there, the engine leaves it as it
stands, and like an address in HTML it counts from the page's address. Whether this audience may see what lies there is
another question (`publication.py`).
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from handrail.model.alike import Alike
from handrail.model.anchors import Anchors
from handrail.model.contents import contents_of
from handrail.model.occupied import Occupied
from handrail.model.redirects import claimed_files, former_files, settled
from handrail.model.settings import fits
from handrail.model.theme_files import ThemeFiles
from handrail.model.urls import SiteAddress, Target, bare_url, file_of, page_url
from handrail.text.markdown import BodyLink
from handrail.text.tags import as_browsers_read

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+!-])")
_OF_ENGINES = frozenset(("404.html", "sitemap.xml", "sitemap.xml.gz", "objects.inv"))
_OF_PROGRAMS = frozenset(("llms.txt", "robots.txt"))
_FEED = "feed.xml"
_FOLDERS_OF_THEMES = ("assets/", "search/", "css/", "js/", "fonts/", "img/")
"""Where themes and the site's search put files that no handbook names."""
_OF_PLUGINS = re.compile(r".+\.(?:css|js|json|map|mjs)|assets/(?:external|images/social)/.+")
"""What other plugins put into these folders: programs and their data, copies of files from elsewhere, and preview pictures."""


class Lies(Enum):
    """What lies where a link leads."""

    PAGE = auto()
    FILE = auto()
    MADE = auto()
    """Something that Handrail, the engine, its theme or another plugin makes, such as the table of contents."""
    NOTHING = auto()
    ELSEWHERE = auto()
    """Another site, a program for mail, and the like: nobody looks there."""
    NO_ADDRESS = auto()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads. `path` is in the folder of pages, of a link to nothing the one that it names.

    `by_address` says that it does so only by the address on the site, not by the name of a file. `fragment` is the part of the
    page that it names.
    """

    lies: Lies
    path: str = ""
    page: Page | None = None
    fragment: str = ""
    by_address: bool = False


def address_of(link: BodyLink) -> str:
    """Return the address of a link as browsers get it: in Markdown signs may be escaped, there and as in HTML."""
    return _ESCAPED.sub(r"\1", html.unescape(link.target)) if link.form == "markdown" else link.target


class SiteContents:
    """The pages, files and anchors of the site that a handbook makes, whoever may see them."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._generated = handbook.settings.generated
        self.address = SiteAddress.of(handbook.project.site_url)
        self.anchors = Anchors(handbook)
        self.reads_html = handbook.project.markdown.reads_html

    def destination(self, page: Page, link: BodyLink) -> Destination:
        """Return where a link of a page's body, other than one in double brackets, leads."""
        return self.leads(page, address_of(link), from_file=link.form == "markdown")

    def leads(self, page: Page, target: str, *, from_file: bool) -> Destination:
        """Return where an address on a page leads; `from_file` says that it stands in Markdown."""
        target = as_browsers_read(target)
        try:
            parts = urlsplit(target)
        except ValueError:
            return Destination(Lies.NO_ADDRESS)
        if from_file and not parts.scheme and not parts.netloc and parts.path:
            found = self._from_file(page, parts.path, unquote(parts.fragment))
            if found is not None:
                return found
        asked = self.address.target(file_of(page.url), target)
        if asked is None:
            return Destination(Lies.ELSEWHERE)
        if not parts.scheme and not parts.netloc and not parts.path:
            return Destination(Lies.PAGE, page.src_uri, page, asked.fragment)
        found = self.at(asked)
        if found.lies is Lies.NOTHING and from_file and not parts.netloc and not parts.path.startswith("/"):
            return Destination(Lies.NOTHING, _named(page, parts.path), fragment=asked.fragment)
        return found

    def may_lead_to(self, page: Page, link: BodyLink) -> Iterator[str]:
        """Yield the paths in the folder of pages and the files of the site that a link asks for, whatever lies there."""
        target = as_browsers_read(address_of(link))
        try:
            path = urlsplit(target).path
        except ValueError:
            return
        asked = self.address.target(file_of(page.url), target)
        yield from asked.files if asked is not None else ()
        if link.form == "markdown" and path:
            yield _named(page, path)

    def meant(self, page: Page, target: str, *, from_file: bool) -> Destination:
        """Return what an address seems to mean: authors mix up paths and addresses, so where one leads to nothing, the other counts.

        So do, at last, the path that a backslash stands in on Windows, and the page that another program would make a file of HTML.
        """
        found = self.leads(page, target, from_file=from_file)
        if found.lies is Lies.NOTHING and not from_file:
            found = self.leads(page, target, from_file=True)
        if found.lies is Lies.NOTHING:
            asked = self.address.target(posixpath.join(page.folder, "index.html"), as_browsers_read(target))
            found = self.at(asked) if asked is not None else found
        slashed = target.replace("\\", "/")
        if found.lies is Lies.NOTHING and slashed != target:
            found = self.meant(page, slashed, from_file=from_file)
        stem, ending = posixpath.splitext(found.path)
        there = self._handbook.by_src_uri.get(f"{stem}.md") if ending.lower() in (".html", ".htm") else None
        if found.lies is Lies.NOTHING and there is not None:
            return Destination(Lies.PAGE, there.src_uri, there, found.fragment, by_address=True)
        return found

    def named(self, target: str) -> Destination:
        """Return what a setting of the site names: a file in the folder of pages, else an address that counts from the site's root."""
        try:
            parts = urlsplit(target)
        except ValueError:
            return Destination(Lies.NO_ADDRESS)
        if parts.scheme or parts.netloc:
            return Destination(Lies.ELSEWHERE)
        path = parts.path
        if path.startswith("/"):
            path = path.lstrip("/") if self._handbook.project.absolute_links_from_pages else ""
        found = self._file(posixpath.normpath(path), unquote(parts.fragment)) if path else None
        if found is not None:
            return found
        asked = self.address.target("index.html", target)
        return self.at(asked) if asked is not None else Destination(Lies.ELSEWHERE)

    def _from_file(self, page: Page, path: str, fragment: str) -> Destination | None:
        """Return what lies at a path that counts from a page's file; None where nothing does."""
        if path.startswith("/") and not self._handbook.project.absolute_links_from_pages:
            return None
        return self._file(_named(page, path), fragment)

    def _file(self, named: str, fragment: str = "") -> Destination | None:
        """Return what lies at a path in the folder of pages; None where nothing does."""
        there = self._handbook.by_src_uri.get(named)
        if there is not None:
            return Destination(Lies.PAGE, named, there, fragment)
        if named in self._handbook.files.beside or named in self.let_in:
            return Destination(Lies.FILE, named, fragment=fragment)
        is_made = self._is_made_page(self._generated.now(named)) or named in self._handbook.project.others.pages
        return Destination(Lies.MADE, named, fragment=fragment) if is_made else None

    def at(self, asked: Target) -> Destination:
        """Return what lies where the site is asked for something."""
        for file in asked.files:
            page = self.by_file.get(file) or self.redirects.get(file)
            if page is not None:
                return Destination(Lies.PAGE, page.src_uri, page, asked.fragment, by_address=True)
            if file in self._handbook.files.beside or file in self.let_in:
                return Destination(Lies.FILE, file, fragment=asked.fragment, by_address=True)
            if self._is_made(file):
                return Destination(Lies.MADE, file, fragment=asked.fragment, by_address=True)
        return Destination(Lies.NOTHING, asked.path, fragment=asked.fragment, by_address=True)

    @cached_property
    def by_file(self) -> dict[str, Page]:
        """Pages by the files that serve them."""
        return {file_of(page.url): page for page in reversed(self._ranked)}

    @cached_property
    def by_address(self) -> dict[str, Page]:
        """Pages by their bare addresses."""
        return {bare_url(unquote(page.url)): page for page in reversed(self._ranked)}

    @property
    def _ranked(self) -> list[Page]:
        """Pages in the order in which they take an address: those that the site leaves out come last."""
        left_out = self._handbook.files.left_out
        return sorted(self._handbook.pages, key=lambda page: page.src_uri in left_out)

    @cached_property
    def redirects(self) -> dict[str, Page]:
        """The pages to which visitors are sent on, by the file at the old address; some may be withheld."""
        occupied = Occupied(self.occupied)
        # A document's word outweighs that of prose.
        return {**settled(self._of_documents, occupied), **settled(self._of_prose, occupied)}

    @cached_property
    def moved(self) -> dict[str, Page]:
        """The pages that git saw elsewhere, by the files at their addresses there: a site that is made without git lacks these."""
        book = self._handbook
        occupied = Occupied((*self.occupied, *self.claimed))
        directories = book.project.use_directory_urls
        former = former_files(book.pages, book.past.moved_from, self._generated, directories=directories)
        return settled(former, occupied)

    def moved_to(self, page: Page, link: BodyLink) -> Page | None:
        """Return the page to which visitors are sent on from where a link leads to nothing, because git saw the page there."""
        asked = self.address.target(file_of(page.url), as_browsers_read(address_of(link)))
        return next(filter(None, map(self.moved.get, asked.files)), None) if asked is not None else None

    @cached_property
    def claimed(self) -> frozenset[str]:
        """The files at all old addresses that pages claim, also those from which nobody is sent on."""
        return frozenset(file for file, _ in (*self._of_documents, *self._of_prose))

    @cached_property
    def _of_documents(self) -> list[tuple[str, Page]]:
        return self._claimed_by(self._handbook.documents)

    @cached_property
    def _of_prose(self) -> list[tuple[str, Page]]:
        return self._claimed_by(page for page in self._handbook.pages if page.is_prose)

    def _claimed_by(self, pages: Iterable[Page]) -> list[tuple[str, Page]]:
        directories = self._handbook.project.use_directory_urls
        return list(claimed_files(pages, self._generated, directories=directories))

    @property
    def occupied(self) -> Iterator[str]:
        """The files of every page and every file of the handbook: those that are withheld have addresses too."""
        yield from ("404.html", "index.html")
        yield from (file_of(page.url) for page in self._handbook.pages)
        yield from self._handbook.files.assets

    @cached_property
    def let_in(self) -> frozenset[str]:
        """Files with names that begin with a dot, or in such folders, that the settings name."""
        contents = contents_of(self._handbook)
        return frozenset(path for name in self._handbook.settings.assets for path in contents.hidden(name))

    def _is_made(self, file: str) -> bool:
        others = self._handbook.project.others
        if file in _OF_ENGINES or file in _OF_PROGRAMS or file in others.files or file in self._of_blogs:
            return True
        if self._is_of_theme(file):
            return True
        if file in self._made_files:
            return True
        if file == _FEED:
            return self._handbook.past.facts.available  # of what else would it tell
        stem, ending = posixpath.splitext(file)
        if ending == ".html" and any(
            self._is_made_page(self._generated.now(path)) and file_of(self._url(path)) == file
            for path in (f"{stem}.md", f"{stem.removesuffix('/index')}.md")
        ):
            return True
        has_twin = ending == ".md" and f"{stem}.html" in self.by_file
        return has_twin or any(fits(pattern, file) for pattern in (*self._handbook.settings.assets, *others.patterns))

    def _url(self, path: str) -> str:
        return page_url(path, directories=self._handbook.project.use_directory_urls)

    def _is_made_page(self, path: str) -> bool:
        """Say whether Handrail makes a page for this handbook; some are there only if there is something to show."""
        if not self._generated.holds(path):
            return False
        return path in self._made or self._generated.is_of_a_rule(path)

    @cached_property
    def _made(self) -> frozenset[str]:
        from handrail.model.made_pages import made_paths  # noqa: PLC0415 - it asks all that a handbook is, this site too

        return made_paths(self._handbook)

    @cached_property
    def _made_files(self) -> frozenset[str]:
        from handrail.model.made_pages import made_files  # noqa: PLC0415 - as above

        return made_files(self._handbook)

    @cached_property
    def _of_blogs(self) -> frozenset[str]:
        """The files of the pages that blogs begin with, and of what lies beside their posts."""
        others, directories = self._handbook.project.others, self._handbook.project.use_directory_urls
        indexes = (file_of(page_url(page, directories=directories)) for page in others.pages)
        moved = (others.place_of(path) for path in (self._handbook.files.assets if others.blogs else ()))
        return frozenset((*indexes, *moved))

    def _is_of_theme(self, file: str) -> bool:
        """Say whether the theme brings a file, or another plugin may; of a theme that is not installed nobody knows its files."""
        if file.startswith(_FOLDERS_OF_THEMES) and (not self._theme.is_known or _OF_PLUGINS.fullmatch(file)):
            return True
        return self._theme.brings(file)

    @cached_property
    def _theme(self) -> ThemeFiles:
        return ThemeFiles(self._handbook.project.theme, self._handbook.project.custom_dir)

    @cached_property
    def pages_alike(self) -> Alike:
        """The paths of pages that a link could have meant."""
        return Alike(self._handbook.by_src_uri)

    @cached_property
    def files_alike(self) -> Alike:
        """The paths of other files that a link could have meant."""
        return Alike(self._handbook.files.assets)


def _named(page: Page, path: str) -> str:
    """Return the path in the folder of pages that a path in a page's Markdown names."""
    # The name of a file need not be text.
    path = unquote(path, errors="surrogateescape")
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(page.folder, path))
