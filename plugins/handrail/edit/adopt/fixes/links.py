"""Links that name a page in a way that only another program's site knew: by its HTML, its folder or its whole address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from handrail.edit.adopt.fixes.addresses import link_to
from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.text.markdown import BodyLink
from handrail.text.source import SUFFIXES

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<rest>[?#].*)?\Z", re.DOTALL)
_HTML = (".html", ".htm")


def html_links(book: Book, page: Page) -> Iterator[Edit]:
    """Find links to `x.html` where the handbook has `x.md`."""
    for link, path in _inner(book.handbook, page):
        if not path.endswith(_HTML):
            continue
        stem = posixpath.splitext(path)[0]
        there = book.addresses.page_at(path) if path.startswith("/") else _page_of_html(book, page, stem)
        if there is not None and there.src_uri.endswith(".md"):
            is_beside = (
                not path.startswith("/") and posixpath.basename(unquote(stem)) == there.src_uri[:-3].rpartition("/")[2]
            )
            yield _edit(page, link, path, f"{stem}.md" if is_beside else link_to(page, there.src_uri))


def _page_of_html(book: Book, page: Page, stem: str) -> Page | None:
    """Return the page that the HTML of a name was made of; a folder's page had the name `index`, whatever its file's."""
    found = book.addresses.page_of_file(page.folder, f"{stem}.md")
    folder, name = posixpath.split(stem)
    return found or (book.addresses.page_of_file(page.folder, f"{folder or '.'}/") if name == "index" else None)


def folder_links(book: Book, page: Page) -> Iterator[Edit]:
    """Find links that name a page by its folder or without its ending, where file and address can't mean two pages."""
    for link, path in _inner(book.handbook, page):
        if path.lower().endswith((*SUFFIXES, *_HTML)) or _is_picture(page, link):
            continue
        by_file = None if path.startswith("/") else book.addresses.page_of_file(page.folder, path)
        by_address = book.addresses.page_at(_from_root(page, path))
        there = by_file or by_address
        if there is None or (by_address is not None and by_address is not there):
            continue
        yield _edit(page, link, path, link_to(page, there.src_uri))


def own_addresses(book: Book, page: Page) -> Iterator[Edit]:
    """Find links to whole addresses of the handbook's own site."""
    site = urlsplit(book.handbook.project.site_url)
    if not site.netloc:
        return
    home = site.path.rstrip("/")
    for link in _markdown(page):
        parts = _split(link.target)
        if parts is None or parts[0] != site.netloc.casefold() or not parts[1].startswith(home):
            continue
        target = _there(book, parts[1].removeprefix(home))
        if target is not None:
            yield _edit(page, link, link.target.partition("#")[0], link_to(page, target))


def _there(book: Book, path: str) -> str | None:
    """Return the file that stands at an address of the site."""
    found = book.addresses.page_at(path)
    if found is not None:
        return found.src_uri
    file = unquote(path).lstrip("/")
    return file if file in book.handbook.files.assets else None


def _split(target: str) -> tuple[str, str] | None:
    """Return the host and path of a web address; None where it is none, or asks for more than a page."""
    try:
        parts = urlsplit(target)
    except ValueError:  # such as brackets without an end
        return None
    return (parts.netloc.casefold(), parts.path) if parts.scheme in ("http", "https") and not parts.query else None


def _inner(handbook: Handbook, page: Page) -> Iterator[tuple[BodyLink, str]]:
    """Yield the links of a page that lead to nothing by their files, with the path of each."""
    for link in _markdown(page):
        parts = _PARTS.match(link.target)
        if parts is None or not parts["path"] or _ELSEWHERE.match(link.target) or (parts["rest"] or "").startswith("?"):
            continue
        path = parts["path"]
        full = posixpath.normpath(posixpath.join(page.folder, unquote(path, errors="surrogateescape")))
        if full not in handbook.by_src_uri and full not in handbook.files.beside:
            yield link, path


def _markdown(page: Page) -> Iterator[BodyLink]:
    return (link for link in page.source.links if link.form == "markdown")


def _is_picture(page: Page, link: BodyLink) -> bool:
    return page.source.text.startswith("!", page.source.body_offset + max(link.offset - 1, 0))


def _from_root(page: Page, path: str) -> str:
    """Return the address that a link has when it counts from its page's own."""
    if path.startswith("/"):
        return path
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(unquote(page.url)), path))


def _edit(page: Page, link: BodyLink, path: str, new: str) -> Edit:
    start = page.source.body_offset + link.target_at
    return Edit(start, start + len(path), new)
