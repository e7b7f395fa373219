"""Writes what a change does for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import click

from handrail.report.diff import wording
from handrail.report.diff.model import Diff, Document, Found
from handrail.report.difference import difference_lines
from handrail.report.plain import disarmed
from handrail.report.summary import TO_DO, WORDS
from handrail.text.visible import one_line

_COLOURS = {"old": "red", "new": "green"}
_INDENT, _DEEPER = "  ", "    "


def as_text(found: Diff, *, is_coloured: bool = False) -> str:
    """Return what a change does as text that ends with a line end."""
    lines = [one_line(wording.sides(found)), *map(one_line, found.remarks)]
    if not found.is_empty:
        for heading, section in _sections(found, _style(is_coloured=is_coloured)):
            told = list(section)
            lines += ["", f"{heading}:", *told] if told else []
        lines.append("")
    lines += [*wording.left_out(found), wording.summary(found)]
    return "".join(f"{disarmed(line)}\n" for line in lines)


def _sections(found: Diff, style: Callable[[str, str], str]) -> Iterator[tuple[str, Iterable[str]]]:
    yield wording.DOCUMENTS, (line for one in found.documents for line in _document(one, style))
    yield wording.MEASURES, _measures(found)
    yield wording.GONE, (line for one in found.findings.gone for line in _finding(one, is_gone=True))
    yield wording.SAME, (f"{_INDENT}{_named(one.title, one.path)}" for one in found.sign_offs.reads_the_same)
    for turn in reversed(wording.turns(found)):
        yield turn.heading, (f"{_INDENT}{_named(one.title, one.path)}: {one_line(one.why)}" for one in turn.documents)
    yield wording.VOIDED, _voided(found)
    yield (
        wording.NEW,
        (line for one in wording.by_weight(found.findings.new, gravest_last=True) for line in _finding(one)),
    )


def _named(title: str, path: str) -> str:
    return one_line(f"{title} ({path})")


def _finding(found: Found, *, is_gone: bool = False) -> Iterator[str]:
    yield f"{_INDENT}{one_line(f'{wording.place(found)}: {WORDS[found.severity]}: {found.message} ({found.rule} {found.name})')}"
    if found.hint and not is_gone:
        yield f"{_DEEPER}{one_line(f'{TO_DO}{found.hint}')}"


def _voided(found: Diff) -> Iterator[str]:
    for one in found.sign_offs.voided:
        yield f"{_INDENT}{_named(one.title, one.path)}"
        yield from (f"{_DEEPER}{one_line(wording.whose(lost))}" for lost in one.signatures)


def _measures(found: Diff) -> Iterator[str]:
    for measure in found.measures:
        if measure.differs:
            before, after = wording.before_and_after(measure)
            yield f"{_INDENT}{one_line(measure.title)}: {before} → {after}"


def _document(document: Document, style: Callable[[str, str], str]) -> Iterator[str]:
    yield f"{_INDENT}{_named(document.title, document.path)}: {one_line(wording.what_became(document))}"
    if document.sentence:
        yield f"{_DEEPER}{one_line(document.sentence)}"
    yield from (f"{_DEEPER}{one_line(line)}" for line in document.lines)
    yield from (f"{_DEEPER}{line}" for line in difference_lines(document.pieces, style))


def _style(*, is_coloured: bool) -> Callable[[str, str], str]:
    return lambda line, kind: click.style(line, fg=_COLOURS[kind]) if is_coloured else line
