"""Puts fields into the front matter of a page, and takes others out: not a byte of its text changes.

The result is read again and has to say in its fields what is wanted, and below them what it said; where it doesn't, there is none.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from handrail.edit.new import scalar
from handrail.text.frontmatter import split
from handrail.text.source import Source, read_source
from handrail.text.syntax_errors import line_start, quote

_LINE_END = re.compile(r"\r\n|\n|\r")


def with_fields(raw: bytes, put: Mapping[str, Any], without: Iterable[str] = ()) -> bytes | None:
    """Return a page with these fields, each in the place of one of its name, and without others; None where that isn't safe."""
    before = read_source(raw)
    gone = set(without) - put.keys()
    if not before.readable or before.problems:
        return None
    wanted = {**{name: value for name, value in before.data.items() if name not in gone}, **put}
    if _as_said(before.data) == _as_said(wanted):
        return raw
    text = _written(before, put, gone)
    if text is None:
        return None
    after = read_source(text.encode())
    is_sound = after.has_front_matter and after.readable and not after.problems and after.body == before.body
    if not is_sound or _as_said(after.data) != _as_said(wanted):
        return None
    return (BOM_UTF8 if raw.startswith(BOM_UTF8) else b"") + text.encode()


def with_entries(raw: bytes, name: str, values: Sequence[Mapping[str, Any]]) -> bytes | None:
    """Return a page with more entries at the end of a list, whose others stay as they are typed; None where that isn't safe."""
    before = read_source(raw)
    there = before.data.get(name)
    if there is None:
        return _with_list(raw, before, name, values)
    last = before.positions.value((name, len(there) - 1)) if isinstance(there, list) else None
    listed = before.positions.value((name,))
    if last is None or listed is None:
        return None
    text, wanted = before.text, {**before.data, name: [*there, *values]}
    start = line_start(text, listed[0])
    # What stands below it without a value, such as a comment, belongs to what comes next.
    said = text[last[0] : last[1]].splitlines(keepends=True)
    while len(said) > 1 and (not said[-1].strip() or said[-1].lstrip().startswith("#")):
        said.pop()
    found = _LINE_END.search(text, last[0] + len("".join(said).rstrip()))
    if found is not None and text.startswith("-", listed[0]):
        lines = [f"{text[start : listed[0]]}- {_inline(value)}{found[0]}" for value in values]
        edited = text[: found.end()] + "".join(lines) + text[found.end() :]
        after = read_source(edited.encode())
        if not after.problems and after.body == before.body and _as_said(after.data) == _as_said(wanted):
            return (BOM_UTF8 if raw.startswith(BOM_UTF8) else b"") + edited.encode()
    return with_fields(raw, {name: wanted[name]})


def _with_list(raw: bytes, before: Source, name: str, values: Sequence[Mapping[str, Any]]) -> bytes | None:
    """Return a page with a list as its last field."""
    parts, text = split(before.text), before.text
    if parts.start is None or not before.readable or before.problems or name in before.data:
        return with_fields(raw, {name: list(values)})
    end = "\r\n" if "\r\n" in text else "\n"
    added = "".join(line + end for line in field_lines(name, list(values)))
    edited = text[: parts.end] + added + text[parts.end :]
    after = read_source(edited.encode())
    is_sound = not after.problems and after.body == before.body
    wanted = {**before.data, name: list(values)}
    return (
        (BOM_UTF8 if raw.startswith(BOM_UTF8) else b"") + edited.encode()
        if is_sound and _as_said(after.data) == _as_said(wanted)
        else None
    )


def field_lines(name: str, value: Any) -> list[str]:
    """Return a field as lines of front matter, with quotes only where a text would mean something else without."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return [f"{name}:", *(f"  - {_inline(item)}" for item in value)]
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        return [f"{name}:", *(f"  - {_inline(item)}" for item in value)]
    return [f"{name}: {_inline(value)}"]


def _inline(value: Any) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_in_brackets(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_brackets, value)) + "]"
    return str(value)


def _in_brackets(value: Any) -> str:
    if not isinstance(value, str):
        return _inline(value)
    read = read_source(f"---\nid: [{value}]\n---\n".encode("utf-8", "replace"))
    return value if not read.problems and read.data == {"id": [value]} else quote(value)


def _as_said(fields: Mapping[str, Any]) -> list[str]:
    # As text, which tells 1 from true; their order says nothing.
    return sorted(repr(pair) for pair in fields.items())


def _written(source: Source, put: Mapping[str, Any], gone: set[str]) -> str | None:
    text, parts = source.text, split(source.text)
    first = _LINE_END.search(text)
    end = first[0] if first else "\n"
    if parts.start is None:
        return "".join(line + end for line in ["---", *_lines(put), "---"]) + text
    # An empty front matter has its fence where its first field would be.
    cuts = sorted((*span, name) for name in source.data if name in gone or name in put for span in _spans(source, name))
    if len(cuts) != sum(name in gone or name in put for name in source.data):
        return None
    new = {name: value for name, value in put.items() if name not in source.data}
    written, at = [text[: parts.start], "".join(line + end for line in _lines(new))], parts.start
    for start, behind, name in cuts:
        written.append(text[at:start])
        written += [line + end for line in field_lines(name, put[name])] if name in put else []
        at = behind
    return "".join([*written, text[at:]])


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield from field_lines(name, value)


def _spans(source: Source, name: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where the lines of a field go; nothing where it shares a line with another."""
    names = list(source.data)
    start = _begins(source, name)
    following = names[names.index(name) + 1 :]
    end = _begins(source, following[0]) if following else split(source.text).end
    if start is not None and end is not None:
        # Comments and empty lines below it belong to what comes next.
        lines = source.text[start:end].splitlines(keepends=True)
        while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith("#")):
            lines.pop()
        yield start, start + len("".join(lines))


def _begins(source: Source, name: str) -> int | None:
    key = source.positions.key((name,))
    return key[0] if key is not None and line_start(source.text, key[0]) == key[0] else None
