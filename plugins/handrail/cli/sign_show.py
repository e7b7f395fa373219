"""`handrail sign --show`: how a page's sign-off stands, and what has changed since its text was last signed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from handrail.cli import common
from handrail.edit import standing
from handrail.model.signed_content import bytes_of
from handrail.report.changes import change_since
from handrail.report.difference import difference_lines
from handrail.report.plain import disarmed, without_surrogates
from handrail.text.visible import one_line

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.model.signoff import Given

_COLOURS = {"old": "red", "new": "green"}


def show(handbook: Handbook, page: Page) -> None:
    """Print how a page's sign-off stands."""
    lines = [disarmed(one_line(line)) for line in standing.standing(handbook, page)]
    given = handbook.sign_off(page).changed_since
    if given is not None:
        lines += ["", *_change(handbook, page, given)]
    common.write("".join(f"{line}\n" for line in lines))


def as_json(handbook: Handbook, pages: Iterable[Page]) -> str:
    """Return how the sign-offs of pages stand as JSON in ASCII."""
    data = [standing.standing_data(handbook, page) for page in pages]
    return json.dumps(json.loads(without_surrogates(json.dumps(data, ensure_ascii=False))), indent=2) + "\n"


def signed_bytes(handbook: Handbook, page: Page) -> bytes:
    """Return the very bytes that the first half of a page's digest is taken of."""
    return bytes_of(page, handbook.registry)


def _change(handbook: Handbook, page: Page, given: Given) -> list[str]:
    """Return what has changed since a signature, as lines."""
    change = change_since(handbook, page, given)
    lines = [change.sentence, *(f"  {line}" for line in change.lines)]
    return [
        *map(one_line, lines[:1]),
        *map(disarmed, lines[1:]),
        *map(disarmed, difference_lines(change.pieces, _coloured)),
    ]


def _coloured(line: str, kind: str) -> str:
    return click.style(line, fg=_COLOURS[kind]) if common.has_colour() else line
