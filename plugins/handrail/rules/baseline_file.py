"""The text of a baseline, as git keeps it: one line for findings of one path, rule and subject, sorted.

No two lines say the same, and none says anything of another, so that git brings together what two branches have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from handrail.errors import SettingsError
from handrail.model.dates import parse_day
from handrail.rules.finding import Entry

_HEADER = """\
# What is known to be wrong in this handbook. `handrail check`, the build and `handrail verify` leave it out, and fail only
# on what is not listed here.
#
# A line is: the page, the rule, how many findings, and what the rule names there, with a tab between them.
# Delete the line of what is fixed, or write the file anew: handrail check --write-baseline
# To be told again after a day, write it behind the number: 1 until 2027-03-31
# What a rule means: handrail rule HB207
"""
_COLUMNS = (3, 4)
_RULE = re.compile(r"(?P<code>HB[0-9]{3})(?: (?P<name>[a-z0-9-]+))?")
_COUNT = re.compile(r"(?P<count>[1-9][0-9]{0,8})(?: until (?P<until>\S+))?")
_OF_A_MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_SHORT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_LONG = {short: char for char, short in _SHORT.items()}
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|.|$)", re.DOTALL)


def text_of(entries: Iterable[Entry]) -> str:
    """Return entries as the text of a baseline."""
    return "".join((_HEADER, *(_line(entry) for entry in sorted(entries, key=lambda entry: entry.key))))


def read(text: str, file: str) -> Iterator[Entry]:
    """Yield the entries of a baseline; raises SettingsError with file and line where a line can't be read."""
    for number, line in enumerate(text.split("\n"), 1):
        told = line.rstrip("\r\t ")
        if told and not told.startswith("#"):
            yield _entry(told, f"{file}, line {number}")


def _line(entry: Entry) -> str:
    count = f"{entry.count} until {entry.until}" if entry.until else f"{entry.count}"
    columns = (_escaped(entry.path), f"{entry.rule} {entry.name}".rstrip(), count, _escaped(entry.subject))
    return "\t".join(columns).rstrip("\t") + "\n"


def _entry(line: str, place: str) -> Entry:
    if line.startswith(_OF_A_MERGE):
        _refuse(place, "is left from a merge in git; keep the lines of both sides and delete this one.")
    columns = line.split("\t")
    if len(columns) not in _COLUMNS:
        _refuse(place, "can't be read; page, rule, number and what is named stand there with one tab between them.")
    path, rule, number, subject = (*columns, "")[:4]
    told, counted = _RULE.fullmatch(rule.strip()), _COUNT.fullmatch(number.strip())
    if told is None:
        _refuse(place, f"names `{rule}` where a rule is meant, such as HB207.")
    if counted is None:
        _refuse(place, f"says `{number}` where a number of findings is meant, such as 1, or 1 until 2027-03-31.")
    until = parse_day(counted["until"])
    if counted["until"] and until is None:
        _refuse(place, f"says `{counted['until']}`, which is no day; write it as 2027-03-31.")
    return Entry(
        _read(path, place), told["code"], told["name"] or "", _read(subject, place), int(counted["count"]), until
    )


def _refuse(place: str, why: str) -> NoReturn:
    raise SettingsError(f"{place} {why}")


def _escaped(text: str) -> str:
    """Return a text with no sign in it that a line or an editor could lose: what is not seen, blanks at its ends, a first #."""
    inner = "".join(_SHORT.get(char) or (char if char.isprintable() else _code(char)) for char in text)
    start = _code(inner[0]) + inner[1:] if inner.startswith((" ", "#", *_OF_A_MERGE)) else inner
    return start[:-1] + _code(" ") if start.endswith(" ") else start


def _code(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < 1 << 8 else f"\\u{number:04x}" if number < 1 << 16 else f"\\U{number:08x}"


def _read(text: str, place: str) -> str:
    def char(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in _LONG:
            return _LONG[sign]
        digits = match[1] or match[2] or match[3]
        number = int(digits, 16) if digits else -1
        if not 0 <= number <= 0x10FFFF:  # noqa: PLR2004 - the last code point
            _refuse(place, f"holds `{sign}`, which stands for nothing; write a backslash as \\\\.")
        return chr(number)

    return _ESCAPE.sub(char, text)
