"""Says what is wrong with a line of front matter in words for its author, and shows the line fixed.

libyaml speaks of block mappings and simple keys; an author wrote a title with a colon in it. So what libyaml found
serves only to find the line, and the line itself tells what to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handrail.text.lines import LINE_END
from handrail.text.problems import Problem

_FIELD = re.compile(
    r"(?P<head>\s*(?:- +)?(?:[^\s:#'\"\[\]{},&*!|>%@`-][^:#]*|\"[^\"]*\"|'[^']*'):[ \t]+)(?P<value>\S(?:.*\S)?)\s*$"
)
_ITEM = re.compile(r"(?P<head>\s*- +)(?P<value>\S(?:.*\S)?)\s*$")
_NO_SPACE = re.compile(
    r"(?P<head>\s*(?:- +)?[A-Za-z_][\w-]*):(?P<gap>[^\S\r\n\t ]*)(?P<value>[^\s/:](?:[^:]*[^\s:])?)\s*$"
)
_PLAIN_WORDS = re.compile(r"\s*[A-Za-z_][\w-]*\s*$")
_QUOTED_THEN_MORE = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*[^\s,}\]#]")
_WITHIN_A_WORD = re.compile(r"(?<=\w)'(?=\w)")
_TAB = re.compile(r"[ ]*\t")
_COLON = re.compile(r":(?:\s|$)")
_SHOWN = 60

# Word processors make them of straight ones.
OPENING_QUOTES = "\u201c\u2018\u201e\u201a\u00ab"
CLOSING_QUOTES = "\u201d\u2019\u201c\u2018\u00bb"

# YAML 1.2 reads these as text; libyaml, at YAML 1.1, as line ends. They travel through it as characters that mean
# nothing in any text.
FOREIGN_LINE_ENDS = {0x85: "\ufdd0", 0x2028: "\ufdd1", 0x2029: "\ufdd2"}
RESTORED = {ord(stand_in): chr(original) for original, stand_in in FOREIGN_LINE_ENDS.items()}


def shorten(text: str) -> str:
    """Return text fit for a message: on one line, of bounded length, with nothing invisible in it."""
    shown = _printable(text[: _SHOWN + 1])
    return shown if len(text) <= _SHOWN else shown[:_SHOWN] + "…"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text.translate(RESTORED))


def line_at(text: str, offset: int) -> str:
    """Return the whole line that holds the character at `offset`."""
    return text[line_start(text, offset) : _line_end(text, offset)]


def source_tag(text: str, offset: int) -> str:
    """Return a tag as its author wrote it, for libyaml reports it expanded."""
    found = re.compile(r"(?:&\S+\s+)?(![^\s,\[\]{}]*)").match(text, offset)
    return found[1] if found else "!"


def quote(value: str) -> str:
    """Put a value into double quotes, as YAML reads them."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def fixed_line(line: str) -> str | None:
    """Return the line with its value in quotes, or None where it is not plain which part the value is."""
    for pattern in (_FIELD, _ITEM):
        match = pattern.match(line)
        if match:
            head, value = match["head"], match["value"]
            inner = _FIELD.match(value) if pattern is _ITEM else None
            if inner and value[0] not in "\"'[{":
                head, value = head + inner["head"], inner["value"]
            return head.strip(" \t") + (" " if head.endswith((" ", "\t")) else "") + quote(_unquoted(value))
    return None


def quoted_hint(line: str, signs: str, otherwise: str) -> str:
    """Advise `otherwise`, or to quote the value; the fixed line is shown where the value holds one of `signs`."""
    fixed = fixed_line(line)
    match = _FIELD.match(line) or _ITEM.match(line)
    if fixed is None or match is None or (match["value"][0] in "[{" and match["value"][0] not in signs):
        return f"{otherwise}, or put quotes round the text."
    if not any(sign in match["value"] for sign in signs):
        return f"{otherwise}."
    return f"{otherwise}; if it is text, put quotes round it: {shorten_line(fixed)}"


def shorten_line(line: str) -> str:
    """Return a fixed line fit for a hint; a long one keeps both ends, so that its quotes show."""
    line = _printable(line)
    return line if len(line) <= 2 * _SHOWN else line[:_SHOWN] + " … " + line[-_SHOWN // 2 :]


def swallowed(text: str, start: int) -> tuple[str, str]:
    """Say that a quoted text took the fields below it in; libyaml allows that, and no author means it."""
    message = "A quotation mark opens here and takes in the fields below it, up to the next one."
    return message, _show("Close it at the end of the text", _closed_quote(line_at(text, start)))


def wrong_indent(key: str) -> tuple[str, str]:
    """Say that a line is indented with something that only looks like a space."""
    message = f"This line is indented with U+{ord(key[0]):04X}, which looks like a space and is none."
    return message, f"Use spaces, two for each level:   {shorten(key.strip())}: …"


def syntax_problem(text: str, base: int, error: Any) -> Problem:
    """Turn libyaml's first syntax error into one sentence about the author's own line."""
    stumble = _stumble(text, error)
    offset, message, hint = next(found for explain in _EXPLAINERS if (found := explain(stumble)) is not None)
    return Problem("yaml", base + offset, message, hint, None)


@dataclass(frozen=True, slots=True)
class _Stumble:
    """Where libyaml stopped: its own words, where it stood, and where what it was reading had begun."""

    text: str
    found: str
    context: str
    at: int
    begin: int

    @property
    def start(self) -> int:
        """Return where the line that is to blame begins."""
        offset = self.begin if "simple key" in self.context else self.at
        while not line_at(self.text, offset).strip() and offset > 0:
            offset = line_start(self.text, offset) - 1
        start = line_start(self.text, offset)
        above = _line_above(self.text, start)
        if _PLAIN_WORDS.match(line_at(self.text, above)) and "simple key" not in self.context:
            # A word alone on its line is read on into the next one; the fault is the word's.
            return above
        return start

    @property
    def line(self) -> str:
        """Return the line that is to blame."""
        return line_at(self.text, self.start)

    @property
    def indent(self) -> int:
        """Return where the first word of that line stands."""
        return self.start + len(self.line) - len(self.line.lstrip())


_Explanation = tuple[int, str, str]
"""The offset of what is wrong, what is wrong, and what to do."""


def _stumble(text: str, error: Any) -> _Stumble:
    mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    at = min(mark.index, len(text)) if mark is not None else 0
    return _Stumble(
        text,
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        at,
        min(context_mark.index, len(text)) if context_mark is not None else at,
    )


def _about_quotes(stumble: _Stumble) -> _Explanation | None:
    if "quoted scalar" not in stumble.context and "quoted scalar" not in stumble.found:
        return None
    if "escape" in stumble.found or "hexdecimal" in stumble.found or "escape" in stumble.context:
        return (
            stumble.at,
            "Between double quotes a backslash begins a special sign, and this one is not known.",
            "Put single quotes round the text instead of double ones.",
        )
    return (
        stumble.begin,
        "A quotation mark opens here and is never closed.",
        _show("Close it at the end of the text", _closed_quote(line_at(stumble.text, stumble.begin))),
    )


def _about_a_tab(stumble: _Stumble) -> _Explanation | None:
    line = line_at(stumble.text, stumble.at)
    if not _TAB.match(line) or not (line.strip() or "cannot start any token" in stumble.found):
        return None
    return (
        line_start(stumble.text, stumble.at),
        "This line is indented with a tab, which front matter does not allow.",
        "Use spaces, two for each level: " + shorten_line(line.replace("\t", "  ").rstrip()),
    )


def _about_brackets(stumble: _Stumble) -> _Explanation | None:
    if "flow" not in stumble.context:
        return None
    # Where a value is looked for, and the text has none, it begins behind the bracket.
    opens = max(stumble.text.rfind(one, 0, stumble.at) for one in "[{")
    begin = max(opens, 0) if "node" in stumble.context else stumble.begin
    opening, closing = ("[", "]") if stumble.text[begin : begin + 1] == "[" else ("{", "}")
    line = line_at(stumble.text, stumble.at)
    if line_at(stumble.text, begin) != line:
        return (
            begin,
            f"The bracket {opening} that opens here is never closed.",
            f"Put a {closing} after the last item; text that begins with {opening} needs quotes round it.",
        )
    if opening * 2 in line[: stumble.at - line_start(stumble.text, stumble.at) + 1] or "{%" in line:
        return (
            begin,
            "Template code begins here, and front matter takes none.",
            "Delete it, or put quotes round the value.",
        )
    return (
        stumble.at,
        f"Something is wrong between {opening} and {closing} on this line.",
        _show(
            "Put quotes round each item that holds a sign such as : or @, or round the whole if it is text",
            fixed_line(line),
        ),
    )


def _about_a_field(stumble: _Stumble) -> _Explanation | None:
    line = stumble.line
    field = _FIELD.match(line)
    if not field:
        return None
    about_value = _about_a_value(field["value"], stumble.found)
    if about_value is not None:
        message, advice = about_value
        return stumble.start + len(field["head"]), message, _show(advice, fixed_line(line))
    return (
        stumble.indent,
        "This field does not stand where one can: the lines around it are indented differently.",
        "Begin it in the same column as the fields that it belongs to.",
    )


def _about_a_value(value: str, found: str) -> tuple[str, str] | None:
    """Say what is wrong with a field's value, and what to do; None where the value is not to blame."""
    sign = value[0]
    if sign in "@`%*&" or value[:2] in ("- ", "? ") or "cannot start any token" in found:
        return f"The value begins with {sign}, which has a meaning of its own here.", "Put quotes round the value"
    if sign in "\"'" and _QUOTED_THEN_MORE.match(value):
        return "Text goes on after the closing quotation mark.", "Put quotes round the whole value"
    if sign in "[{":
        return (
            f"The text goes on after the bracket that opens with {sign}.",
            "If it is text, put quotes round it",
        )
    if _COLON.search(value):
        return (
            "The value holds a colon followed by a space, which would begin another field.",
            "Put quotes round the value",
        )
    if sign in "|>" and len(value) > 1:
        return (
            f"The sign {sign} begins a text that stands on the lines below, and nothing may follow it here.",
            "If it is part of the text, put quotes round it",
        )
    return None


def _about_a_missing_space(stumble: _Stumble) -> _Explanation | None:
    match = _NO_SPACE.match(stumble.line)
    if not match:
        return None
    instead = f" but U+{ord(match['gap'][0]):04X}, which only looks like one" if match["gap"] else ""
    return (
        stumble.indent,
        f"There is no space after the colon{instead}, so this line is not read as a field.",
        _show("Put a space there", f"{match['head'].strip()}: {match['value']}"),
    )


def _about_a_word(stumble: _Stumble) -> _Explanation | None:
    word = stumble.line.strip()
    if not _PLAIN_WORDS.match(stumble.line):
        return None
    return (
        stumble.indent,
        f"The line `{shorten(word)}` is a word without a colon, so it is no field.",
        _show("Write the field's name, a colon, a space and its value", f"{word}: …"),
    )


def _about_an_item(stumble: _Stumble) -> _Explanation | None:
    if not _ITEM.match(stumble.line):
        return None
    return (
        stumble.indent,
        "This item of a list does not stand where one can, or begins with a sign that has a meaning of its own.",
        _show("Indent it like the items around it, or put quotes round it", fixed_line(stumble.line)),
    )


def _about_the_line(stumble: _Stumble) -> _Explanation:
    return (
        stumble.indent,
        f"The line `{shorten(stumble.line.strip())}` can't be read as a field.",
        "Write each field as its name, a colon, a space and its value; put quotes round text that holds other signs.",
    )


# Tried in this order: what libyaml is sure of first, then what the author's line looks like.
_EXPLAINERS: tuple[Callable[[_Stumble], _Explanation | None], ...] = (
    _about_quotes,
    _about_a_tab,
    _about_brackets,
    _about_a_field,
    _about_a_missing_space,
    _about_a_word,
    _about_an_item,
    _about_the_line,
)


def _show(advice: str, line: str | None) -> str:
    return f"{advice}: {shorten_line(line)}" if line else f"{advice}."


def _closed_quote(line: str) -> str | None:
    match = _FIELD.match(line) or _ITEM.match(line)
    if not match:
        return None
    return match["head"].strip(" \t") + " " + quote(_unquoted(match["value"]))


def _unquoted(value: str) -> str:
    """Return the text that an author meant between quotation marks of whatever kind, closed or not."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inside = value[1:-1]
        if value[0] not in _WITHIN_A_WORD.sub("", inside):  # an apostrophe closes nothing
            return inside
    if len(value) > 1 and value[0] in OPENING_QUOTES and value[-1] in CLOSING_QUOTES:
        return value[1:-1]
    if value[0] in "\"'" and value.count(value[0]) == 1:
        return value[1:]
    if value[-1] in "\"'" and value.count(value[-1]) == 1:
        return value[:-1]
    return value


def line_start(text: str, offset: int) -> int:
    """Return where the line that holds the character at `offset` begins."""
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)


def _line_above(text: str, start: int) -> int:
    """Return where the line above the one that starts at `start` begins."""
    end = start - 2 if text[max(start - 2, 0) : start] == "\r\n" else start - 1
    return line_start(text, max(end, 0))


def _line_end(text: str, offset: int) -> int:
    match = LINE_END.search(text, offset)
    return match.start() if match else len(text)


def control_character(char: str) -> tuple[str, str]:
    """Say that a character can't be read, and what to do about it."""
    return (
        f"The front matter holds the invisible control character U+{ord(char):04X}, so it can't be read.",
        "Delete the character; retyping the line is the surest way.",
    )
