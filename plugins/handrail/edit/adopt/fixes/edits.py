"""What an edit is, and how edits are put into a page's bytes."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from handrail.edit.adopt.fixes.addresses import Addresses
from handrail.model.handbook import Handbook
from handrail.model.page import Page


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in a page's text from `start` to before `end`, and the words that take its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """A handbook, with the addresses that its pages have and had; `redirects` are those that another program's settings keep."""

    handbook: Handbook
    addresses: Addresses
    redirects: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fix:
    """A kind of edit: its name on the command line, what it does, what finds its edits in a page.

    `rules` are the codes of the rules that say what it mends, and what is left of that for a person.
    """

    name: str
    what: str
    find: Callable[[Book, Page], Iterable[Edit]]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A page with the edits of one kind in it."""

    page: Page
    edits: tuple[Edit, ...]
    before: bytes
    after: bytes


def fixed_pages(book: Book, fix: Fix) -> Iterator[Fixed]:
    """Yield every page that a kind of edit changes."""
    for page in book.handbook.pages:
        fixed = fixed_page(book, fix, page)
        if fixed is not None:
            yield fixed


def fixed_page(book: Book, fix: Fix, page: Page) -> Fixed | None:
    """Return a page with the edits of a kind; None where there are none, or where more would be found in the result."""
    edits = tuple(sorted(fix.find(book, page), key=lambda edit: edit.start))
    if not edits:
        return None
    text = page.source.text
    before, after = text.encode(), with_edits(text, edits).encode()
    if any(True for _ in fix.find(book, book.handbook.page_as(page.src_uri, after))):
        return None
    return Fixed(page, edits, before, after)


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits in it, which are in order and don't overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def raw_of(read: bytes, fixed: Fixed) -> tuple[bytes, bytes] | None:
    """Return a file's bytes before and after; None where it no longer holds the text that was read."""
    mark = BOM_UTF8 if read.startswith(BOM_UTF8) else b""
    return (read, mark + fixed.after) if read == mark + fixed.before else None
