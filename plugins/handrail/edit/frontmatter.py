"""Adds to the `sign_offs` of a page in place: nothing of what its author wrote changes, down to the byte.

Where an addition goes is found with the reader's own positions. The result is read again and has to say what the page
said before, and the addition; where no place does that, nothing is changed.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import Any

from handrail.errors import UsageError
from handrail.text.frontmatter import split
from handrail.text.lines import LINE_END
from handrail.text.problems import DataPath
from handrail.text.source import Source, read_source
from handrail.text.syntax_errors import line_start
from handrail.text.yaml_writer import Fields, scalar, written

FIELD = "sign_offs"
_BEFORE = ("digest", "date", "by", "role")
"""Behind which field of an entry another is put, what its author would have done first."""
_HARMLESS = "curly-quotes"
_INDENT = 2
_AFTER_ITEM = re.compile(r"(?P<comma>[ \t]*,)?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])")

Insertions = tuple[tuple[int, str], ...]
"""Texts to put in, each with the offset in the old text that it goes to, in order."""


def with_entry(raw: bytes, entry: Fields) -> bytes:
    """Return a page with one more entry in its `sign_offs`; raises UsageError where it can't be put in safely."""
    source = sound(raw)
    if FIELD in source.data and not isinstance(source.data[FIELD], list):
        line = source.place((FIELD,), key=True).line
        what = "has no value" if source.data[FIELD] is None else "is no list"
        raise UsageError(f"`{FIELD}` on line {line} {what}; delete the line, and sign again.")
    wanted = {**source.data, FIELD: [*source.data.get(FIELD, ()), dict(entry)]}
    for insertions in _candidates(source, written(entry)):
        text = _bytes(raw, source, insertions)
        if says(text, source, wanted):
            return text
    raise UsageError(
        f"The fields of the page are written in a way that `{FIELD}` can't be added to; write one field on each line, "
        f"and below `{FIELD}:` one entry on each line."
    )


def with_field(raw: bytes, index: int, field: str, value: str | Fields) -> bytes:
    """Return a page with one more field in an entry of its `sign_offs`; raises UsageError where that isn't safe.

    `index` is the entry's place in the list.
    """
    source = sound(raw)
    entries = source.data.get(FIELD)
    if not isinstance(entries, list) or index >= len(entries) or not isinstance(entries[index], dict):
        raise UsageError(f"`{FIELD}` of the page has no entry {index + 1}.")
    entry, line = entries[index], source.place((FIELD, index)).line
    if field in entry:
        raise UsageError(f"The entry of `{FIELD}` on line {line} has a `{field}` already.")
    said = f"{field}: {scalar(field, value) if isinstance(value, str) else written(value)}"
    for name in (name for name in _BEFORE if name in entry):
        wider = _with_behind(entry, name, field, value)
        wanted = {**source.data, FIELD: [*entries[:index], wider, *entries[index + 1 :]]}
        for insertions in behind_field(source, (FIELD, index, name), said):
            text = _bytes(raw, source, insertions)
            if says(text, source, wanted):
                return text
    raise UsageError(
        f"The entry of `{FIELD}` on line {line} is written in a way that `{field}` can't be added to; write one field on "
        "each line."
    )


def _with_behind(entry: Mapping[str, Any], name: str, field: str, value: str | Fields) -> dict[str, Any]:
    """Return an entry with one more field behind one of its own."""
    wider: dict[str, Any] = {}
    for key, known in entry.items():
        wider[key] = known
        if key == name:
            wider[field] = value if isinstance(value, str) else dict(value)
    return wider


def sound(raw: bytes) -> Source:
    """Read a page whose front matter has no fault; raises UsageError where it has one, or isn't there."""
    source = read_source(raw)
    if not source.has_front_matter:
        raise UsageError("The page has no front matter that anything could be written into.")
    problem = next((problem for problem in source.problems if problem.rule != _HARMLESS), None)
    if problem is not None:
        line = source.lines.place(problem.offset).line
        raise UsageError(f"Line {line} of the page has a fault, so nothing is written into it: {problem.message}")
    return source


def _bytes(raw: bytes, source: Source, insertions: Insertions) -> bytes:
    bom = raw[: len(BOM_UTF8)] if raw.startswith(BOM_UTF8) else b""
    return bom + inserted(source.text, insertions).encode()


def says(raw: bytes, before: Source, wanted: Mapping[str, Any]) -> bool:
    """Say whether a page says what is wanted in its fields, and the same as before below them."""
    after = read_source(raw)
    harmless = sum(problem.rule == _HARMLESS for problem in before.problems)
    return (
        [problem.rule for problem in after.problems] == [_HARMLESS] * harmless
        and after.readable
        # As text, which tells 1 from true, keeps the order, and takes a value that equals nothing for itself.
        and repr(after.data) == repr(wanted)
        and after.body == before.body
    )


def inserted(text: str, insertions: Insertions) -> str:
    """Return a text with something put in at some places of it, given in their order."""
    parts, at = [], 0
    for offset, addition in insertions:
        parts += [text[at:offset], addition]
        at = offset
    return "".join([*parts, text[at:]])


def _candidates(source: Source, entry: str) -> Iterator[Insertions]:
    """Yield where the entry could go, what its author would have done first."""
    if FIELD not in source.data:
        yield from _as_new_field(source, entry)
        return
    span = source.positions.value((FIELD,))
    if span is None:
        return
    if source.text.startswith("[", span[0]):
        yield from _into_brackets(source, entry, span)
    else:
        indent = " " * (span[0] - line_start(source.text, span[0]))
        for offset in _places(source.text, span[0], line_start(source.text, min(span[1], _fence(source)))):
            yield ((offset, f"{indent}- {entry}{_line_end(source.text, offset)}"),)


def _as_new_field(source: Source, entry: str) -> Iterator[Insertions]:
    text, fence = source.text, _fence(source)
    first = source.positions.nearest(())[0] if source.data else fence
    indent = " " * (first - line_start(text, first))
    _, behind_comment, end = _places(text, first, fence)
    # A comment at the end stays with the field that it stands below.
    for offset in (behind_comment, end):
        line_end = _line_end(text, offset)
        yield ((offset, f"{indent}{FIELD}:{line_end}{indent}{' ' * _INDENT}- {entry}{line_end}"),)


def _places(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Return the line starts behind the last line with a value in it, behind the last comment, and at the end."""
    behind_comment = behind_value = begin = start
    for match in LINE_END.finditer(text, start, end):
        line = text[begin : match.start()].strip()
        begin = match.end()
        if line:
            behind_comment = begin
            if not line.startswith("#"):
                behind_value = begin
    return behind_value, behind_comment, end


def _into_brackets(source: Source, entry: str, span: tuple[int, int]) -> Iterator[Insertions]:
    text = source.text
    items = source.data[FIELD]
    last = source.positions.value((FIELD, len(items) - 1)) if items else None
    if last is None:
        yield ((span[0] + 1, entry),)
        return
    start = line_start(text, last[0])
    indent = text[start : last[0]]
    rest = _AFTER_ITEM.match(text, last[1])
    if rest is not None and not indent.strip():
        # The item has its lines to itself, and so does the new one; a comment stays with the item.
        end = LINE_END.match(text, rest.end())
        after = end.end() if end is not None else rest.end()
        line = f"{indent}{entry}{',' if rest['comma'] else ''}{_line_end(text, after)}"
        yield ((after, line),) if rest["comma"] else ((last[1], ","), (after, line))
    yield ((last[1], f", {entry}"),)


def behind_field(source: Source, path: DataPath, field: str) -> Iterator[Insertions]:
    """Yield where one more field could stand, as text, behind the one at a path."""
    key, value = source.positions.key(path), source.positions.value(path)
    if key is None or value is None:
        return
    text, end = source.text, value[1]
    yield ((end, f", {field}"),)
    indent = " " * (key[0] - line_start(text, key[0]))
    # A text of several lines ends where the next line begins.
    line = LINE_END.search(text, end) if end > line_start(text, end) else None
    after = line.end() if line is not None else end
    yield ((after, f"{indent}{field}{_line_end(text, after)}"),)


def _fence(source: Source) -> int:
    """Return where the closing fence begins."""
    return split(source.text).end


def _line_end(text: str, offset: int) -> str:
    """Return how the line above `offset` ends."""
    return "\r\n" if text.endswith("\r\n", 0, offset) else text[offset - 1]
