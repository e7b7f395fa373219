"""Changes values in the front matter of a page in place: nothing else of what its author wrote changes, comments included.

The result is read again and has to say what the page said before, with the values changed; else nothing is.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from handrail.edit.frontmatter import behind_field, says, sound
from handrail.errors import UsageError
from handrail.text.lines import LINE_END
from handrail.text.problems import DataPath
from handrail.text.source import Source
from handrail.text.syntax_errors import line_start, quote
from handrail.text.yaml_writer import scalar

_ITEM = re.compile(r"[ \t]*-[ \t]+")
_REST_OF_LINE = re.compile(r"[ \t]*(?P<comment>#[^\r\n]*)?(?=[\r\n])")
_COMMA_AFTER = re.compile(r"\s*,[ \t]*")
_QUOTES = "\"'"


class Edit(NamedTuple):
    """A piece of a text, by offsets, and what is to stand there."""

    start: int
    end: int
    text: str


class Added(NamedTuple):
    """A field to add to the group of fields at `path`, behind the first of the fields `behind` that it has."""

    path: DataPath
    field: str
    value: str
    behind: tuple[str, ...]


class Rewritten(NamedTuple):
    """A text as its author spelt it, in pieces that change, and the text that it then means."""

    edits: tuple[Edit, ...]
    means: str


def with_values(
    raw: bytes,
    values: Mapping[DataPath, str | None],
    *,
    rewritten: Mapping[DataPath, Rewritten] | None = None,
    added: Added | None = None,
) -> bytes:
    """Return a page with other texts at some paths; None takes an item out of its list.

    `rewritten` are texts of which only pieces change. Raises UsageError with the line where it can't be done safely.
    """
    source = sound(raw)
    wanted = deepcopy(source.data)
    edits: list[Edit] = []
    for path, change in (rewritten or {}).items():
        edits += change.edits
        _put(wanted, path, change.means)
    for path, value in values.items():
        if value is not None:
            edits.append(_replacing(source, path, value))
            _put(wanted, path, value)
    gone = [path for path, value in values.items() if value is None]
    for path in sorted(gone, key=lambda path: -_index(path)):
        edits.append(_without(source, path, frozenset(gone)))
        del _at(wanted, path[:-1])[_index(path)]
    for more in _additions(source, wanted, added):
        result = _edited(raw, source, [*edits, *more])
        if result is not None and says(result, source, wanted):
            return result
    line = source.place(next(iter((*values, *(rewritten or {}), *((added.path,) if added else ()))), ())).line
    raise UsageError(
        f"The fields from line {line} on are written in a way that can't be changed safely; write one field on each line."
    )


def _additions(source: Source, wanted: dict[str, Any], added: Added | None) -> list[list[Edit]]:
    """Return the ways in which a field could be added, and say in what is wanted that it is there."""
    if added is None:
        return [[]]
    group = _at(wanted, added.path)
    name = next((name for name in added.behind if name in group), None)
    if name is None:
        return []
    wider: dict[str, Any] = {}
    for key, value in group.items():
        wider[key] = value
        if key == name:
            wider[added.field] = added.value
    _put(wanted, added.path, wider)
    said = f"{added.field}: {scalar(added.field, added.value)}"
    return [
        [Edit(offset, offset, text) for offset, text in insertions]
        for insertions in behind_field(source, (*added.path, name), said)
    ]


def _at(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _put(data: Any, path: DataPath, value: Any) -> None:
    _at(data, path[:-1])[path[-1]] = value


def _index(path: DataPath) -> int:
    return path[-1] if isinstance(path[-1], int) else -1


def _span(source: Source, path: DataPath) -> tuple[int, int]:
    return source.positions.value(path) or source.positions.nearest(path)


def _replacing(source: Source, path: DataPath, value: str) -> Edit:
    """Return the change of one text, in the quotes that it stands in."""
    start, end = _span(source, path)
    sign = source.text[start : start + 1]
    if sign in _QUOTES and not any(char in value for char in "\"'\\"):
        return Edit(start, end, f"{sign}{value}{sign}")
    if sign in _QUOTES:
        return Edit(start, end, quote(value))
    return Edit(start, end, scalar(str(path[-1]), value))


def _without(source: Source, path: DataPath, gone: frozenset[DataPath]) -> Edit:
    """Return the change that takes an item out of its list; a comment behind it keeps its line."""
    text, (start, end) = source.text, _span(source, path)
    listed, _ = _span(source, path[:-1])
    if text.startswith("[", listed):
        after = _COMMA_AFTER.match(text, end)
        count = len(_at(source.data, path[:-1]))
        is_followed = any((*path[:-1], index) not in gone for index in range(_index(path) + 1, count))
        if after is not None and is_followed:
            return Edit(start, after.end(), "")
        return Edit(comma_before(text, listed, start), end, "")
    begin = line_start(text, start)
    dash, rest = _ITEM.match(text, begin), _REST_OF_LINE.match(text, end)
    if dash is None or dash.end() != start or rest is None:
        return Edit(start, end, "")  # what is read then is not what is wanted
    if rest["comment"]:
        return Edit(start - len(text[begin:start].lstrip()), rest.start("comment"), "")
    line = LINE_END.match(text, rest.end())
    return Edit(begin, line.end() if line is not None else rest.end(), "")


def comma_before(text: str, begin: int, start: int) -> int:
    """Return where the comma before an item begins, with the blanks before it; the item's start where there is none."""
    before = text[begin:start].rstrip()
    return begin + len(before[:-1].rstrip()) if before.endswith(",") else start


def _edited(raw: bytes, source: Source, edits: list[Edit]) -> bytes | None:
    """Return the page with all changes; None where two of them are of the same piece."""
    parts, at = [], 0
    for edit in sorted(edits):
        if edit.start < at:
            return None
        parts += [source.text[at : edit.start], edit.text]
        at = edit.end
    bom = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    return bom + "".join([*parts, source.text[at:]]).encode()
