"""What a page's text may be edited into: pairs of bodies that are one edit apart, made from tables.

`meant` says what the edit was written for: to change what a reader gets, not to, or to change only what the rule on signed
texts allows although readers may see it. The browser judges each pair as well (`oracle.py`), and its verdicts lie beside
this in `verdicts.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tests.rendering import layout, markup, meaning
from tests.rendering.renderer import Extensions

Meant = Literal["same", "allowed", "differs"]


@dataclass(frozen=True)
class Pair:
    """An edit by its name, the extensions that the bodies are rendered with, and the bodies before and after it."""

    name: str
    meant: Meant
    extensions: Extensions
    old: str
    new: str


@cache
def pairs() -> tuple[Pair, ...]:
    """Return every pair, in a stable order."""
    return (*_of_markup(), *_of(layout.EDITS, "same"), *_of(layout.ALLOWED, "allowed"), *_of(meaning.EDITS, "differs"))


def _of(edits: dict[str, tuple[str, str, str]], meant: Meant) -> Iterator[Pair]:
    """Return a pair for each set of extensions that an edit is for: `AB` makes two."""
    for name, (sets, old, new) in edits.items():
        for extensions in Extensions:
            if extensions.value in sets:
                yield Pair(f"{name} ({extensions.value})", meant, extensions, old, new)


def _of_markup() -> Iterator[Pair]:
    """Return what HTML in a text can be edited into: each element gone and spelled anew, each attribute changed and spelled anew."""
    for element, text in markup.ELEMENTS.items():
        yield Pair(f"<{element}> gone", "differs", Extensions.FEW, text, markup.without(text, element))
        yield Pair(f"<{element}> in capitals", "same", Extensions.FEW, text, markup.in_capitals(text, element))
    for (element, attribute), (text, other) in markup.ATTRIBUTES.items():
        edit = f"<{element} {attribute}>"
        meant: Meant = "same" if (element, attribute) in markup.FREE else "differs"
        if other is not None:
            yield Pair(f"{edit} changed", meant, Extensions.FEW, text, markup.with_value(text, attribute, other))
        yield Pair(f"{edit} gone", meant, Extensions.FEW, text, markup.without_attribute(text, attribute))
        yield Pair(f"{edit} quoted anew", "same", Extensions.FEW, text, markup.quoted_anew(text, attribute))
