"""Links whose target a template was to work out, where the handbook knows the page that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.edit.adopt.fixes.addresses import link_to
from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.text.markdown import without_code

_BLANK = r"[ \t]*+"
_QUOTED = r"(?:\"(?P<{0}>[^\"\r\n{{}}]++)\"|'(?P<{0}2>[^'\r\n{{}}]++)')"
_TARGET = re.compile(
    r"(?:(?<=\]\()|(?<=\]: ))[ \t]*+<?(?P<code>"
    # Hugo's, in both its brackets
    rf"\{{\{{[<%]{_BLANK}(?:rel)?ref[ \t]++{_QUOTED.format('ref')}{_BLANK}[>%]\}}\}}"
    # Jekyll's by file, and Eleventy's by address
    rf"|(?:\{{\{{-?{_BLANK}\w++\.base_?url{_BLANK}-?\}}\}})?\{{%-?{_BLANK}link[ \t]++(?P<link>[^\s%{{}}]++){_BLANK}-?%\}}"
    rf"|\{{%-?{_BLANK}page[ \t]++{_QUOTED.format('page')}{_BLANK}-?%\}}"
    # Jekyll's by address
    rf"|\{{\{{-?{_BLANK}\w++\.base_?url{_BLANK}-?\}}\}}(?P<base>/[^\s(){{}}<>#]*+)"
    rf"|\{{\{{-?{_BLANK}{_QUOTED.format('filter')}{_BLANK}\|{_BLANK}(?:relative_url|absolute_url|url){_BLANK}-?\}}\}}"
    r")(?P<part>#[^\s(){}<>]*+)?(?=>?[ \t]*+(?:\)|[ \t][\"']|[\r\n]|\Z))"
)
_BY_FILE = ("ref", "ref2", "link")
_BY_ADDRESS = ("page", "page2", "base", "filter", "filter2")


def template_links(book: Book, page: Page) -> Iterator[Edit]:
    """Find links that template code was to make, to pages that the handbook has."""
    body = page.source.body
    if "{{" not in body and "{%" not in body:
        return
    for match in _TARGET.finditer(without_code(body)):
        said = next(match[name] for name in (*_BY_FILE, *_BY_ADDRESS) if match[name])
        path, _, part = said.partition("#")
        by_file = any(match[name] for name in _BY_FILE)
        there = _by_file(book, page, path) if by_file else _by_address(book, path)
        if there is not None and not (part and match["part"]):
            start, end = (page.source.body_offset + place for place in match.span("code"))
            yield Edit(start, end, link_to(page, there.src_uri) + (f"#{part}" if part else ""))


def _by_address(book: Book, path: str) -> Page | None:
    return book.addresses.page_at(path) if path.startswith("/") else None


def _by_file(book: Book, page: Page, path: str) -> Page | None:
    """Return the page that a path names: beside the page, from the folder of pages, or the only one of that name."""
    folders = [""] if path.startswith("/") else [page.folder, ""]
    found = (book.addresses.page_of_file(folder, path.lstrip("/")) for folder in folders)
    there = next((one for one in found if one is not None), None)
    return there or (None if "/" in path else _only_one_named(book, path))


def _only_one_named(book: Book, name: str) -> Page | None:
    named = [page for page in book.handbook.pages if name in (page.src_uri.rpartition("/")[2], page.file_name)]
    return named[0] if len(named) == 1 else None
