"""What stands round a page's own text, as data: sentences, rows and lists. No markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from handrail.pages.audience import Link
from handrail.pages.chart import Chart
from handrail.pages.process_drawing import Drawing
from handrail.report.kinds import FieldWords
from handrail.text.worddiff import Piece

Words = tuple[str | Link, ...]
"""A sentence, with links in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of facts; `explained` says what its name means, `is_searched` whether words of it are to be found."""

    name: str
    words: Words
    explained: str = ""
    is_searched: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: what it is, a few words on its state, and what stands below it.

    `trust` chooses the mark and colour of the state, where it is one of the line of trust.
    """

    words: Words
    state: str = ""
    note: str = ""
    label: str = ""
    team: str = ""
    trust: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing of several that are shown side by side: its name, which leads there, what it is, a count, and states with counts."""

    link: Link
    words: str
    count: str
    states: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Inserted:
    """A view within a page's own text: a field to search in, a sentence with counted states, cards, a list, where there is more.

    `finder` is the address of the page that answers the field.
    """

    finder: str = ""
    words: Words = ()
    states: tuple[Entry, ...] = ()
    cards: tuple[Card, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every cell is a sentence."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure as leaders read it: its question, which leads to the list behind it, how it stands, and its numbers.

    `state` chooses the mark and colour of the `verdict`, which may be empty; `value` is large, `small` says of what and the target.
    `chart` shows how it went, and where there is none `no_trend` says so.
    """

    question: Link
    state: str
    verdict: str
    words: Words
    value: str
    small: str
    chart: Chart | None = None
    no_trend: str = ""


@dataclass(frozen=True, slots=True)
class GateCell:
    """One of the things that get a goal done: what it is, how it stands, and what meets it or adds it.

    `state` chooses the mark, `said` says it to those who don't see that.
    """

    name: str
    state: str
    said: str
    words: Words


@dataclass(frozen=True, slots=True)
class Gate:
    """An open objective: its name, which leads there, its owner and day, how far it is and when that was told, facts, and its cells."""

    link: Link
    words: Words
    progress: int | None
    told: str
    rows: tuple[Row, ...]
    cells: tuple[GateCell, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A time on a line of time that all of a section share: what it is, and where it begins and how long it lasts, in per cent of the line.

    `today` is where the day of today lies on it. `length` is None where the time is not known; then none is drawn.
    """

    link: Link
    words: Words
    note: Words
    start: float = 0
    length: float | None = None
    today: float = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in a tree: its name, which leads there, how it stands, a few words on it, what to do about it, and what lies below it.

    `trust` chooses the mark and colour of the state, as an entry's.
    """

    link: Link
    state: str
    trust: str
    words: Words
    to_do: Words
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class MapBox:
    """One thing on the map: its name, which leads there, what it is and how it stands, what else it is tied to, and what it holds.

    Boxes follow each other as they are read, and `level` says on which a box hangs: the last one before it of the level above.
    What hangs on one that `is_across` stands beside it where there is room, else below it; one that `is_wide` is as long as its words. `held` says how much a box holds,
    `entries` list it, and where that is not all of it `more` leads to the rest.
    """

    link: Link
    called: Words
    level: int
    is_across: bool
    is_wide: bool = False
    state: str = ""
    trust: str = ""
    note: str = ""
    ties: tuple[Words, ...] = ()
    held: str = ""
    entries: tuple[Entry, ...] = ()
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own; `anchor` is the end of its address.

    `heading` is the page that the heading leads to, `level` the heading's: a section of level 3 lies below the last one
    of level 2. `is_large` writes its words large, `is_beside` puts it beside the section before or after it that is so too.
    `is_one_of_many` lets a browser leave what stands below the heading until it is nearly in sight.
    Entries that are `folded` away stand behind that sentence, rows behind `rows_folded`. `trust` chooses the mark and colour of the state, as an entry's.
    `is_in_lines` puts each entry on a line of its own with its state at the end.
    `drawing` stands above the table that says the same. `pieces` are the difference between two texts. `lines` are to be copied as they are, `fields` those of a kind, each under a heading of its own. `letters` lead to the sections below whose titles begin with them, where no rail beside the page lists those.
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
    is_large: bool = False
    is_beside: bool = False
    is_one_of_many: bool = False
    folded: str = ""
    rows: tuple[Row, ...] = ()
    rows_folded: str = ""
    trust: str = ""
    measures: tuple[Measured, ...] = ()
    letters: tuple[Link, ...] = ()
    is_in_lines: bool = False
    chart: Chart | None = None
    pieces: tuple[Piece, ...] = ()
    drawing: Drawing | None = None
    gates: tuple[Gate, ...] = ()
    spans: tuple[Span, ...] = ()
    branches: tuple[Branch, ...] = ()
    boxes: tuple[MapBox, ...] = ()
    lines: tuple[str, ...] = ()
    fields: tuple[FieldWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """What is folded away until someone asks: a sentence, lines to copy."""

    summary: str
    words: Words = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed between two texts: words, with what went and what came, and facts on the rest."""

    title: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """What the line of trust opens to: sentences, what has changed, who signed which text, and what that means."""

    said: tuple[Words, ...]
    changed: Difference | None
    rows: tuple[Row, ...]
    meaning: Words


@dataclass(frozen=True, slots=True)
class TrustLine:
    """Whether readers can rely on a page, in one sentence that begins in bold; without a fold it may hold links.

    `state` chooses its mark and colour, `warns` gives it a ground; `more` names what it opens to, where that matters most.
    """

    state: str
    begins: str
    words: Words
    warns: bool
    more: str = ""
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press that leads elsewhere; `note` stands beside it. Of a page's buttons one at most is filled."""

    words: str
    url: str
    note: str = ""
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """The part below a text in which it is signed: for whom it is, and what to press or to add."""

    anchor: str
    words: Words
    buttons: tuple[Button, ...] = ()
    to_paste: Folded | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The part below a text on the page itself: where it is signed, facts, and what to press."""

    anchor: str
    signing: Signing | None = None
    rows: tuple[Row, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """What those who followed a text are asked below it: what to press, and what that does; `said` is what others found."""

    buttons: tuple[Button, ...] = ()
    note: str = ""
    said: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Everything that Handrail adds to a page, in the order in which it stands.

    The line of trust, the lead and the facts come between the title and the text; `sections` before the text and
    `after` below it, both with headings; `feedback` and `about` come last. `text_title` is the heading of the text itself, where it needs one.
    `is_one_page` says that the sections are one page of paper, `has_boxes` that steps can have boxes to tick.
    """

    trust: TrustLine | None = None
    statement: str = ""
    lead: Words = ()
    status: str = ""
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    text_title: str = ""
    after: tuple[Section, ...] = ()
    feedback: Feedback | None = None
    about: About | None = None
    progress: int | None = field(default=None)
    is_one_page: bool = False
    has_boxes: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding as a preview says it: how grave, where, what, and what to do; `url` is that of the place, where it has one.

    `explained` is the address at which it is said what the field is for that it is about.
    """

    word: str
    state: str
    place: str
    message: str
    url: str = ""
    to_do: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    rule: str = ""
    explained: str = ""


@dataclass(frozen=True, slots=True)
class Faults:
    """Findings under a title, with a word on those that are not listed."""

    title: str
    faults: tuple[Fault, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """What a preview says at the foot of a page: a sentence that begins in bold, and the findings that it opens to."""

    begins: str
    goes_on: str
    parts: tuple[Faults, ...]
    state: str
    is_open: bool
