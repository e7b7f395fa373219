"""A file as its author wrote it: its text, front matter and body. Any bytes yield a source; a broken one says why."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from handrail.text import markdown
from handrail.text.complexity import too_complex
from handrail.text.conflicts import conflicts
from handrail.text.frontmatter import FIELDS, split
from handrail.text.headings import headings
from handrail.text.lines import LineIndex, Position
from handrail.text.positions import Positions
from handrail.text.problems import DataPath, Problem
from handrail.text.yaml_reader import read_yaml

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
MOST_BYTES = 8 * 1024 * 1024
"""Of a file, more than any page that is not refused for its length can hold."""
_PARTS_OF_NULS = 4
"""A text of which more than this part is NUL bytes is one of UTF-16."""
_SPLIT_IT = (
    "Split the page into several, or take out what nobody would read; what makes it so may be a paste gone wrong."
)
_LIKE_A_FIELD = frozenset("abcdefghijklmnopqrstuvwxyz")
_MOST_OF_A_COSTLY_BODY = 10_000
"""Characters: rules look no further into what was found to keep them busy."""
_SENTENCE = 3  # words; fewer are a lone value
_FIELD_LINE = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*+[{\"']*+[a-z][\w-]*+[\"']?[ \t]*+:(?!//)")


_Found = TypeVar("_Found")


@dataclass
class Source:
    """One page, read: `data` is the front matter, empty where there is none or it is no mapping.

    `readable` is false where the data are not whole: a fence is wrong, a syntax error ended the reading, or the bytes
    are no text. `text` is without the byte order mark; `body_offset` and `body_end` count from its beginning. Of a body
    that is more than can be read, `body` is just the beginning.
    """

    text: str
    data: dict[str, Any]
    body_offset: int
    body_end: int
    positions: Positions
    problems: list[Problem] = field(default_factory=list)
    has_front_matter: bool = False
    readable: bool = True
    known: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)
    """What was found out about it, where more than one handbook is made of it; None where nothing is kept."""

    @property
    def body(self) -> str:
        """What stands below the front matter. It is cut from the text each time: kept, it would be nearly all of that once more."""
        return self.text[self.body_offset : self.body_end]

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.text)

    @cached_property
    def first_headings(self) -> list[tuple[str, int]]:
        """Every heading of the first level in the body: its text and its offset in the file."""
        return [(text, offset + self.body_offset) for text, offset in markdown.first_headings(self.body)]

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The words of every heading of the body."""
        return tuple(headings(self.body))

    @cached_property
    def links(self) -> list[markdown.BodyLink]:
        """Every link of the body; offsets count from the beginning of the body."""
        return markdown.links(self.body)

    def find(self, what: Hashable, find: Callable[[], _Found]) -> _Found:
        """Return what there is to find out about the text alone, and nothing else than `what` says; it is found once where it is kept."""
        if self.known is None:
            return find()
        if what not in self.known:
            self.known[what] = find()
        found: _Found = self.known[what]
        return found

    def place(self, path: DataPath = (), *, key: bool = False) -> Position:
        """Return where the value (or key) at `path` stands, or the nearest thing around it."""
        return self.lines.place(self.positions.nearest(path, key=key)[0])

    def span(self, path: DataPath = (), *, key: bool = False) -> tuple[int, int | None]:
        """Return the offsets of the value (or key) at `path`, or of the nearest thing around it.

        All of the front matter together is marked by its first line, which None as the end stands for.
        """
        while path and self.positions.value(path) is None:
            path = path[:-1]
        if not path:
            return self.positions.nearest(())[0], None
        if key and isinstance(path[-1], str):
            return self.positions.nearest(path, key=True)
        value: Any = self.data
        for step in path:
            value = value[step]
        return self.positions.nearest(path)[0], self._end(path, value)

    def _end(self, path: DataPath, value: Any) -> int:
        """Return where a value ends; libyaml ends a list or group without brackets where the next thing begins."""
        start, end = self.positions.nearest(path)
        if not isinstance(value, (dict, list)) or not value or self.text.startswith(("[", "{"), start):
            return end
        last = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
        return self._end((*path, last), value[last])

    def distrusts(self, path: DataPath) -> bool:
        """Say whether a problem makes the data at `path` unfit to be judged."""
        return not self.readable or any(
            problem.path is not None and problem.path == path[: len(problem.path)] and problem.rule != "curly-quotes"
            for problem in self.problems
        )


def read_source(raw: bytes | None) -> Source:
    """Read the bytes of a page; None stands for those of a file that can't be opened."""
    if raw is None or len(raw) > MOST_BYTES:
        return _unread(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_text(raw, error.start)
    parts = split(text)
    if parts.start is None and b"\0" in raw:
        # UTF-16 without a mark at its beginning is UTF-8, with a NUL in nearly each letter of most languages.
        return _not_text(raw, raw.index(b"\0"), is_utf_16=raw.count(b"\0") * _PARTS_OF_NULS > len(raw))
    left = conflicts(text, parts.body)
    if parts.problem is not None:
        return Source(text, {}, 0, len(text), _nowhere(), left or [parts.problem], readable=False)
    costly = left or _costly(text, parts.body if parts.start is not None else 0)
    looked_at = parts.body + _MOST_OF_A_COSTLY_BODY if costly and not left else len(text)
    if parts.start is None:
        return Source(text, {}, 0, looked_at, _nowhere(), costly, readable=not costly)
    block = text[parts.start : parts.end]
    reading = read_yaml(block, parts.start)
    problems, data, readable = reading.problems, reading.data, reading.complete
    if _is_prose(block, data, complete=readable):
        problems, readable = [_prose_between_rules(parts.start + len(block) - len(block.lstrip()))], False
    elif readable and data is not None and not isinstance(data, dict):
        problems, readable = [*problems, _not_a_mapping(data, parts.start, block)], False
    problems = left or [*problems, *costly]
    if any(problem.path is None for problem in problems):
        readable = False
    return Source(
        text,
        data if isinstance(data, dict) else {},
        parts.body,
        looked_at,
        reading.positions if isinstance(data, dict) else _nowhere(parts.start),
        problems,
        has_front_matter=True,
        readable=readable,
    )


def _unread(raw: bytes | None) -> Source:
    if raw is None:
        return _without_text(
            "unopened", "The file can't be opened, so nobody knows what it says.", "Let the one who runs this read it."
        )
    return _without_text(
        "too-complex", f"The page is larger than {MOST_BYTES >> 20} MiB, so it was not read.", _SPLIT_IT
    )


def failed_source(words: str) -> Source:
    """Return what stands for a page at which the reader itself failed; `words` say how."""
    return _without_text("unopened", words, "Until then, leave the page out, or undo what was changed in it last.")


def _without_text(rule: str, message: str, hint: str) -> Source:
    return Source("", {}, 0, 0, _nowhere(), [Problem(rule, 0, message, hint)], readable=False)


def _nowhere(offset: int = 0) -> Positions:
    return Positions(None, array("i"), offset)


def _not_text(raw: bytes, start: int, *, is_utf_16: bool = False) -> Source:
    text = raw.decode("utf-8", "replace")
    before = raw[:start].decode("utf-8", "replace")
    message = f"The page is not UTF-8 text: byte {start + 1} (0x{raw[start]:02X}) belongs to another encoding."
    hint = "Save the page again as UTF-8; most editors offer it under “Save with encoding”."
    if raw[start] == 0 and not is_utf_16:
        message = f"The page is no text: byte {start + 1} is 0 (NUL), which stands for no sign."
        hint = "Delete it; editors show it as ^@, as NUL or as a small box. Where there are many, the file is no page."
    problem = Problem("not-utf-8", len(before), message, hint, end=len(before) + 1)
    return Source(text, {}, len(text), len(text), _nowhere(), [problem], readable=False)


def _costly(text: str, body: int) -> list[Problem]:
    """Return what makes a body more than can be read; such a page is published by nobody, whatever its front matter says."""
    found = too_complex(text[body:] if body else text)
    if found is None:
        return []
    return [Problem("too-complex", body + found[0], f"{found[1]} It would keep the build busy for long.", _SPLIT_IT)]


def _is_prose(block: str, data: Any, *, complete: bool) -> bool:
    """Say whether what stands between two --- is text: no line begins a field as a front matter's fields are named."""
    if not block.strip():
        return False
    if complete and isinstance(data, str):
        return len(data.split()) >= _SENTENCE and _FIELD_LINE.search(block) is None
    if complete:
        # `Note: …` alone is a sentence; a front matter names its fields in small letters, or names ones that are known.
        return isinstance(data, dict) and bool(data) and not any(map(_names_a_field, data))
    return _FIELD_LINE.search(block) is None


def _names_a_field(key: str) -> bool:
    return (key[:1] in _LIKE_A_FIELD and " " not in key) or key.casefold() in FIELDS


def _prose_between_rules(offset: int) -> Problem:
    return Problem(
        "prose-between-rules",
        offset,
        "The text between the first two lines --- would be read as front matter and vanish from the page.",
        "Write *** for a horizontal rule, or begin the page with its heading.",
    )


def _not_a_mapping(data: Any, offset: int, block: str) -> Problem:
    kind = "a list" if isinstance(data, list) else "a single value"
    first = block.lstrip().split("\n")[0]
    name, colon, value = first.partition(":")
    spaced = f"{name}: {value.strip()}" if colon and not isinstance(data, list) else ""
    return Problem(
        "not-a-mapping",
        offset,
        f"The front matter is {kind}, not fields with names.",
        f"Put a space after the colon: {spaced.strip()}"
        if spaced
        else "Write each field as its name, a colon, a space and its value.",
    )
