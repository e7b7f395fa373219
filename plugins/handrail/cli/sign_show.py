"""`handrail sign --show`: how a page's sign-off stands, and what has changed since its text was last signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from handrail.cli import common
from handrail.edit import standing
from handrail.model.dates import in_words
from handrail.report import changes
from handrail.report.difference import difference_lines
from handrail.report.plain import disarmed
from handrail.text.visible import one_line

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.model.signoff import Entry

_COLOURS = {"old": "red", "new": "green"}


def show(handbook: Handbook, page: Page) -> None:
    """Print how a page's sign-off stands."""
    lines = [disarmed(one_line(line)) for line in standing.standing(handbook, page)]
    entry = changes.last_signed(handbook, page)
    if entry is not None:
        lines += ["", *_change(handbook, page, entry)]
    common.write("".join(f"{line}\n" for line in lines))


def _change(handbook: Handbook, page: Page, entry: Entry) -> list[str]:
    """Return what has changed since a signature, as lines."""
    former = handbook.past.text_with_digest(page, entry.digest)
    signed = former.page if former is not None else None
    read = f"the text that was signed on {in_words(entry.signed_on)}"
    change = changes.change(handbook, page, read, signed, handbook.past.facts.reason)
    return [one_line(change.sentence), *map(disarmed, difference_lines(change.pieces, _coloured))]


def _coloured(line: str, kind: str) -> str:
    return click.style(line, fg=_COLOURS[kind]) if common.has_colour() else line
