"""Sign-offs that say little: those that only repeat one of the same text, and those that came many at once.

It is about the practice, not about people. Where every second review moves nothing but a date, readers can't trust the
others either, and whoever leads can see by these numbers whether that gets better.

**In bulk** is counted by the day in the entries, not by commits: it is the day on which someone signed, and it stays
when a forge makes one commit of a month's work, or of one afternoon's as many as there are pages. What marks a bulk is
that nothing was said of any one document: there is no note, or on each the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handrail.history.repository import History
from handrail.history.signings import all_signings
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.repeated_signatures import repeated, signer_of
from handrail.model.signoff import Signature
from handrail.report.lists import Table, place
from handrail.report.tables import in_markdown, render_table
from handrail.text.visible import one_line

MANY = 5
"""How many documents of one day are a bulk.

To read a procedure, try what can be tried and say what was checked takes the better part of half an hour. Four fit into
a morning; of five or more about which there was nothing to say, most were hardly read.
"""

_YEAR = 12  # months
_NOT_ASKED = "Git was not asked."

NOTHING_SIGNED = "Nobody has signed anything yet."
REPEATED = "repeat an earlier one of the same text, with no note"
IN_BULK = f"came with others: one person, one day, {MANY} documents or more, and nothing said of any one"


@dataclass(frozen=True, slots=True)
class Span:
    """What happened in one stretch of time; `judged` are those of whose text it is known whether it is a repeated one."""

    name: str
    signed: int
    judged: int
    repeated: int
    in_bulk: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """A sign-off that says little; `together` counts the documents of its bulk, and is 0 where it was in none."""

    page: Page
    entry: Signature
    signer: str
    repeats: bool
    together: int


@dataclass(frozen=True, slots=True)
class RubberStamps:
    """The numbers, from the newest span to the whole, and the sign-offs that they are about, newest first.

    `reason` says in a sentence why git proves nothing, and is empty where it does.
    """

    spans: tuple[Span, ...]
    stamps: tuple[Stamp, ...]
    reason: str

    @property
    def whole(self) -> Span:
        return self.spans[-1]


def rubber_stamps(handbook: Handbook, history: History | None, pages: Iterable[Page]) -> RubberStamps:
    """Look through every sign-off that these pages ever had; of other pages nothing shows in any number."""
    latest = handbook.today + timedelta(days=1)
    given = {
        page: [one.signature for one in signings if one.signature.signed_on <= latest]
        for page, signings in all_signings(handbook, history, pages).items()
    }
    repeats = {(page, one.index) for page, entries in given.items() for one in repeated(entries, handbook.registry)}
    bulks = _bulks(handbook, given)
    every = [(page, entry) for page, entries in given.items() for entry in entries]
    stamps = [
        Stamp(page, entry, _name(handbook, entry), (page, entry.index) in repeats, bulks.get((page, entry.index), 0))
        for page, entry in every
        if (page, entry.index) in repeats or (page, entry.index) in bulks
    ]
    stamps.sort(
        key=lambda one: (-one.entry.signed_on.toordinal(), one.page.title.casefold(), one.page.path, one.entry.index)
    )
    since = add_months(handbook.today, -_YEAR)
    lately = [entry for _, entry in every if entry.signed_on > since]
    before = [entry for _, entry in every if entry.signed_on <= since]
    spans = (
        _span("last 12 months", lately, [one for one in stamps if one.entry.signed_on > since]),
        _span("before", before, [one for one in stamps if one.entry.signed_on <= since]),
        _span("in all", [*lately, *before], stamps),
    )
    reason = _NOT_ASKED if history is None else history.reason
    return RubberStamps(spans, tuple(stamps), reason)


def _bulks(handbook: Handbook, given: Mapping[Page, Sequence[Signature]]) -> dict[tuple[Page, int], int]:
    """Return the entries that came in bulk, by page and index, with how many documents came together."""
    alike: dict[tuple[str, date, str], list[tuple[Page, int]]] = defaultdict(list)
    for page, entries in given.items():
        for entry in entries:
            note = " ".join(entry.note.casefold().split())
            alike[signer_of(entry, handbook.registry), entry.signed_on, note].append((page, entry.index))
    found = {}
    for members in alike.values():
        documents = len({page for page, _ in members})
        if documents >= MANY:
            found.update(dict.fromkeys(members, documents))
    return found


def _name(handbook: Handbook, entry: Signature) -> str:
    person = handbook.registry.person(entry.by)
    return person.name if person is not None else entry.by


def _span(name: str, entries: Sequence[Signature], stamps: Sequence[Stamp]) -> Span:
    judged = sum(1 for entry in entries if entry.digest)
    repeats = sum(1 for one in stamps if one.repeats)
    return Span(name, len(entries), judged, repeats, sum(1 for one in stamps if one.together))


# In words, for every reader


def share(count: int, whole: int) -> str:
    """Return a share with what it is a share of; of nothing, nothing is known."""
    if not whole:
        return "unknown"
    percent = 100 * count / whole
    if 0 < percent < 1:
        words = "under 1 %"
    elif 99 < percent < 100:  # noqa: PLR2004 - per cent
        words = "over 99 %"
    else:
        words = f"{round(percent)} %"
    return f"{count} of {whole} ({words})"


def shares_table(found: RubberStamps) -> Table:
    """Return the numbers as a table, one column a span."""
    columns = ("sign-offs that", *(span.name for span in found.spans))
    return columns, [
        (REPEATED, *(share(span.repeated, span.judged) for span in found.spans)),
        (IN_BULK, *(share(span.in_bulk, span.signed) for span in found.spans)),
    ]


def unknown_words(found: RubberStamps, reason: str = "") -> list[str]:
    """Say in sentences what nobody could look at, nothing where everything was; `reason` is said in place of git's."""
    said = []
    if found.reason:
        said.append(f"{reason or found.reason} Only the sign-offs that still stand in the pages are counted.")
    unknown = found.whole.signed - found.whole.judged
    if unknown:
        one = unknown == 1
        said.append(
            f"{'One sign-off names' if one else f'{unknown} sign-offs name'} no text, and nothing shows which it was; "
            f"whether {'it repeats' if one else 'they repeat'} another is unknown."
        )
    return said


def deed(stamp: Stamp) -> str:
    """Say in a few words what marks a sign-off."""
    repeats = "the same text again, with no note" if stamp.repeats else ""
    bulk = f"one of {stamp.together} documents on that day" if stamp.together else ""
    return ", ".join(filter(None, (repeats, bulk)))


def stamps_lines(found: RubberStamps) -> Iterator[str]:
    """Yield the numbers, what is unknown, and the sign-offs as lines for a terminal."""
    if not found.whole.signed:
        yield NOTHING_SIGNED
    else:
        yield from render_table(*shares_table(found), "text").splitlines()
    for sentence in unknown_words(found):
        yield ""
        yield one_line(sentence)
    if found.stamps:
        yield ""
        yield from render_table(*stamps_table(found), "text").splitlines()


def stamps_markdown(found: RubberStamps) -> str:
    """Return the same as Markdown."""
    parts = [render_table(*shares_table(found), "md") if found.whole.signed else f"{NOTHING_SIGNED}\n"]
    parts += [f"{in_markdown(sentence)}\n" for sentence in unknown_words(found)]
    parts += [render_table(*stamps_table(found), "md")] if found.stamps else []
    return "\n".join(parts)


# As data for programs, and as rows for tables


def stamps_data(found: RubberStamps) -> dict[str, Any]:
    """Return the numbers and the sign-offs as plain data; `unknown` counts those whose text nobody knows."""
    return {
        "git": found.reason or None,
        "many": MANY,
        "spans": [
            {
                "name": span.name,
                "signed": span.signed,
                "unknown": span.signed - span.judged,
                "repeated": span.repeated,
                "in_bulk": span.in_bulk,
            }
            for span in found.spans
        ],
        "sign_offs": [
            {
                **place(one.page),
                "role": one.entry.role,
                "by": one.signer,
                "date": one.entry.signed_on.isoformat(),
                "repeats": one.repeats,
                "together": one.together,
            }
            for one in found.stamps
        ],
    }


def stamps_table(found: RubberStamps) -> Table:
    """Return the sign-offs that say little as a table."""
    columns = ("date", "id", "title", "who", "does", "what it says", "path")
    return columns, [
        (
            one.entry.signed_on.isoformat(),
            one.page.id,
            one.page.title,
            one.signer,
            one.entry.role.does,
            deed(one),
            one.page.path,
        )
        for one in found.stamps
    ]
