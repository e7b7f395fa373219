"""What stands round a page's own text, as data: sentences, banners, rows and lists. No markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from handrail.site.audience import Link
from handrail.text.worddiff import Piece

Words = tuple[str | Link, ...]
"""A sentence, with links in it."""


@dataclass(frozen=True, slots=True)
class Banner:
    """What a reader has to know before reading on."""

    title: str
    words: Words
    tone: str = "warning"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of facts; `explained` says what its name means."""

    name: str
    words: Words
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: what it is, a few words on its state, and what stands below it."""

    words: Words
    state: str = ""
    note: str = ""
    label: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every cell is a sentence."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own; `anchor` is the end of its address.

    `heading` is the page that the heading leads to, `level` the heading's: a section of level 3 lies below the last one
    of level 2.
    """

    title: str
    anchor: str
    entries: tuple[Entry, ...] = ()
    table: Table | None = None
    words: Words = ()
    ordered: bool = False
    action: Link | None = None
    heading: Link | None = None
    state: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class Folded:
    """What is folded away until someone asks: a sentence, facts, the difference between two texts, lines to copy."""

    summary: str
    rows: tuple[Row, ...] = ()
    words: Words = ()
    difference: tuple[Piece, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press that leads elsewhere; `note` stands beside it. Of a page's buttons one at most is filled."""

    words: str
    url: str
    note: str = ""
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """The part below a text in which it is signed: for whom it is, what has changed since, and what to press or to add."""

    anchor: str
    words: Words
    changed: Folded | None = None
    buttons: tuple[Button, ...] = ()
    to_paste: Folded | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that Handrail adds to a page, in the order in which it stands.

    Banners, lead, facts and what is folded come between the title and the text; `sections` before the text and `after` below
    it, both with headings. `signing` follows the text. `text_title` is the heading of the text itself, where it needs one.
    """

    banners: tuple[Banner, ...] = ()
    statement: str = ""
    lead: Words = ()
    status: str = ""
    rows: tuple[Row, ...] = ()
    folded: tuple[Folded, ...] = ()
    signing: Signing | None = None
    sections: tuple[Section, ...] = ()
    text_title: str = ""
    after: tuple[Section, ...] = ()
    progress: int | None = field(default=None)
