"""The report for people at a terminal, grouped by page; the gravest findings stand last, next to the summary.

Colour only repeats what the words say. Everything goes through `plain` and becomes `rich.text.Text`, so that
nothing in a page is taken for markup. Every line of a finding stands behind a bar, so that none can look
like a command to the program that runs a build.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Protocol

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from handrail.report.neglect import Neglect, by_folder
from handrail.report.plain import disarmed, disarmed_within
from handrail.report.summary import (
    TO_DO,
    WORDS,
    Nouns,
    counted,
    found_sentence,
    known_sentence,
    read_sentence,
    related_sentence,
)
from handrail.rules.finding import Finding, Report, Severity
from handrail.text.visible import one_line, visible, visible_lines

SourceLine = Callable[[str, int], str]
"""Returns the line of that number from the file at that path, or nothing where there is none."""

_NARROWEST = 40
_NOTES_OF_A_RULE = 10
_FIXED = 10
_INDENT = "    "
_CUT = "…"
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "dim"}
_WORD = max(map(len, WORDS.values()))
_WEIGHT = {severity: weight for weight, severity in enumerate(reversed(Severity))}


def render(
    report: Report,
    *,
    source_line: SourceLine,
    width: int = 100,
    colour: bool = False,
    nouns: Nouns | None = None,
    is_part: bool = False,
) -> str:
    """Return the report as text that ends with a line end; of a part of the handbook, each finding is shown."""
    # Each of these would otherwise be guessed from the environment.
    console = Console(
        file=io.StringIO(),
        width=max(width, _NARROWEST),
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        force_jupyter=False,
        legacy_windows=False,
    )
    neglects, single = ([], list(report.findings)) if is_part else by_folder(report.findings)
    shown, hidden = _choose(single, len(single) if is_part else _NOTES_OF_A_RULE)
    blocks: list[_Block] = [_Folder(neglect, console, nouns) for neglect in neglects]
    blocks += [_Page(path, findings, console, source_line) for path, findings in _pages(shown)]
    lines: list[Text] = []
    was_loud = False
    for block in sorted(blocks, key=lambda block: _WEIGHT[block.severity]):
        loud = block.severity is not Severity.INFO
        if lines and (loud or was_loud):
            lines.append(Text())
        lines.append(Text(disarmed(visible(block.path)), "bold" if loud else "dim"))
        lines += block.lines()
        was_loud = loud
    if lines:
        lines.append(Text())
    lines += _summary(report, hidden, nouns)
    if neglects:
        lines.append(Text(f"To see each finding of a folder: handrail check {one_line(neglects[-1].folder)}"))
    with console.capture() as capture:
        console.print(Text("\n").join(lines), soft_wrap=True)
    return capture.get()


def _choose(findings: Iterable[Finding], most: int) -> tuple[list[Finding], Counter[tuple[str, str]]]:
    """Leave out the notes of a rule past the first few, which would bury the rest; count them by rule."""
    shown: list[Finding] = []
    notes: Counter[tuple[str, str]] = Counter()
    for finding in sorted(findings, key=lambda finding: finding.order):
        if finding.severity is Severity.INFO:
            notes[finding.rule, finding.name] += 1
            if notes[finding.rule, finding.name] > most:
                continue
        shown.append(finding)
    notes.subtract(dict.fromkeys(notes, most))
    return shown, +notes


def _pages(findings: list[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    return ((path, list(group)) for path, group in groupby(findings, key=lambda finding: finding.path))


def _summary(report: Report, hidden: Counter[tuple[str, str]], nouns: Nouns | None) -> Iterator[Text]:
    yield Text(disarmed(read_sentence(report, nouns)))
    worst = max((finding.severity for finding in report.findings), key=_WEIGHT.__getitem__, default=None)
    style = _STYLES[worst] if worst else "bold green" if report.read else ""
    if found := found_sentence(report):
        yield Text(found, style)
    if known := known_sentence(report):
        yield Text(disarmed(known))
        yield from _fixed(report)
    if hidden:
        rules = ", ".join(f"{one_line(f'{code} {name}')} ({number})" for (code, name), number in sorted(hidden.items()))
        yield Text(
            f"{counted(hidden.total(), 'more note')} beyond the first {_NOTES_OF_A_RULE} of a rule: {rules}. "
            "Every other format lists them all.",
            "dim",
        )
    if report.remark:
        yield Text(disarmed(one_line(report.remark)), "dim")
    if report.findings:
        gravest = max(report.findings, key=lambda finding: _WEIGHT[finding.severity])
        yield Text(f"To read about a rule: handrail rule {one_line(gravest.rule)}")
    of_schema = next((one for one in report.findings if one.is_of_fields), None)
    if of_schema is not None:
        yield Text(f"To read about the fields of a kind: handrail kind {one_line(of_schema.kind)}")


def _fixed(report: Report) -> Iterator[Text]:
    """Yield the first lines of the baseline that can go, where it can't just be written anew."""
    for entry in report.fixed[:_FIXED] if report.findings else ():
        line = one_line(f"{entry.path} {entry.rule} {entry.name} {entry.subject}")
        yield Text(f"{_INDENT}{disarmed_within(line)[0]}", "dim")


class _Block(Protocol):
    """What is told under one path."""

    path: str
    severity: Severity

    def lines(self) -> Iterator[Text]:
        """Yield what is told there."""


class _Folder:
    """What several pages of one folder lack, in one sentence."""

    def __init__(self, neglect: Neglect, console: Console, nouns: Nouns | None) -> None:
        self.path, self.severity = neglect.folder, neglect.severity
        self._neglect = neglect
        self._nouns = nouns
        self._console = console

    def lines(self) -> Iterator[Text]:
        head = f"  {WORDS[self.severity]:<{_WORD}}"
        room = max(self._console.width - len(head) - len(" | "), _NARROWEST // 2)
        said = one_line(f"{self._neglect.sentence(self._nouns)} ({', '.join(self._neglect.rules)})")
        for number, line in enumerate(Text(disarmed_within(said)[0]).wrap(self._console, room, overflow="fold")):
            line.rstrip()
            left = Text(" " * len(head)) if number else Text(head, _STYLES[self.severity])
            yield Text.assemble(left, (" | ", "dim"), line)


class _Page:
    """The findings of one page, with severity and place in a column at the left."""

    def __init__(self, path: str, findings: list[Finding], console: Console, source_line: SourceLine) -> None:
        self.path = path
        self.severity = min((finding.severity for finding in findings), key=list(Severity).index)
        self._findings = findings
        self._console = console
        self._source_line = source_line
        self._places = max(len(_place(finding)) for finding in findings)
        self._left = len(_head(findings[0], self._places))
        self._room = max(console.width - self._left - len(" | "), _NARROWEST // 2)

    def lines(self) -> Iterator[Text]:
        loud = False
        for number, finding in enumerate(self._findings):
            was_loud, loud = loud, _is_loud(finding)
            if number and (loud or was_loud):
                yield Text()
            yield from self._lines(finding, list(self._loud(finding) if loud else self._quiet(finding)))

    def _lines(self, finding: Finding, body: list[Text]) -> Iterator[Text]:
        head = _head(finding, self._places)
        for number, line in enumerate(body):
            left = Text(" " * self._left) if number else Text(head, _STYLES[finding.severity])
            yield Text.assemble(left, (" | ", "dim"), line)

    def _loud(self, finding: Finding) -> Iterator[Text]:
        yield from self._wrapped(one_line(finding.message), "bold")
        yield from self._quoted(finding)
        for number, line in enumerate(visible_lines(finding.hint)):
            yield from self._wrapped(line, "", " " * len(TO_DO) if number else TO_DO)
        for related in finding.related:
            yield from self._wrapped(related_sentence(related), "", _INDENT)
        yield from self._wrapped(one_line(f"{finding.rule} {finding.name}"), "dim")

    def _quiet(self, finding: Finding) -> Iterator[Text]:
        parts = (finding.message, finding.hint, f"({finding.rule} {finding.name})")
        return self._wrapped(one_line(" ".join(parts)), "dim")

    def _wrapped(self, text: str, style: str, before: str = "") -> Iterator[Text]:
        wrapped = Text(disarmed_within(text)[0], style).wrap(self._console, self._room - len(before), overflow="fold")
        for number, line in enumerate(wrapped):
            line.rstrip()
            yield Text.assemble(" " * len(before) if number else before, line)

    def _quoted(self, finding: Finding) -> Iterator[Text]:
        line = self._source_line(finding.path, finding.line)
        if line.strip():
            # Of a value of several lines the first is shown.
            end = finding.end_column if finding.end_line == finding.line else len(line) + 1
            shown, before, carets = quote(line, finding.column, end, self._room - len(_INDENT))
            yield Text(_INDENT + shown)
            yield Text(_INDENT + " " * before + "^" * carets, _STYLES[finding.severity])


def _is_loud(finding: Finding) -> bool:
    return finding.severity is not Severity.INFO


def _place(finding: Finding) -> str:
    return f"{finding.line}:{finding.column}"


def _head(finding: Finding, places: int) -> str:
    return f"  {WORDS[finding.severity]:<{_WORD}} {_place(finding):>{places}}"


def quote(line: str, column: int, end: int, room: int) -> tuple[str, int, int]:
    """Return what is shown of an author's line in `room` cells, the number of cells before its carets, and of those."""
    start = max(0, min(column - 1, len(line)))
    length = disarmed_within(line, max(start, min(end - 1, len(line))))[1]
    line, at = disarmed_within(line, start)
    length -= at
    # A tab stands for four spaces wherever it is, so that a part of a long line looks as the whole would.
    before = visible(line[max(0, at - room) : at].replace("\t", _INDENT))
    after = visible(line[at : at + room].replace("\t", _INDENT))
    marked = cell_len(visible(line[at : at + min(length, room)].replace("\t", _INDENT)))
    cut_before, cut_after = at > room, at + room < len(line)
    # At least half of the room is kept for what stands before the caret, and more where little follows.
    for_after = max(room // 2, room - cell_len(before) - cut_before)
    if cell_len(after) + cut_after > for_after:
        after, cut_after = _fitting(after, for_after - 1), True
    for_before = room - cell_len(after) - cut_after
    if cell_len(before) + cut_before > for_before:
        before, cut_before = _fitting(before[::-1], for_before - 1)[::-1], True
    before = _CUT * cut_before + before
    carets = max(1, min(marked, cell_len(after) + cut_after))
    return (before + after + _CUT * cut_after).rstrip(), cell_len(before), carets


def _fitting(text: str, room: int) -> str:
    """Return the beginning of a text that takes no more than `room` cells."""
    cells = 0
    for index, char in enumerate(text):
        cells += cell_len(char)
        if cells > room:
            return text[:index]
    return text
