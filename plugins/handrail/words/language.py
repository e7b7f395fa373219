"""English that knows nothing of signatures: values, fields, people and days as sentences say them, and words joined."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from handrail.model.dates import MONTHS
from handrail.model.people import Person
from handrail.text.problems import DataPath
from handrail.text.syntax_errors import shorten

_ENDING = ".?!:;…。\uff01\uff1f\uff0e\uff61\u061f\u06d4\u0964\u0965\u0589\u1362"
"""Signs that end a sentence, in the Latin, Chinese, Japanese, Arabic, Urdu, Indian, Armenian and Ethiopic scripts."""
_CLOSING = "\"')]}»”\u2019」』\uff09】"
_WITHOUT_SPACES = ("CJK ", "HIRAGANA", "KATAKANA")


def quoted(value: Any) -> str:
    """Return a value fit for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "a group of fields"
    return f"`{shorten(str(value))}`"


def field_name(path: DataPath) -> str:
    """Return a path as people read it: `sign_offs`, entry 2, `date`."""
    words = [f"entry {step + 1}" if isinstance(step, int) else f"`{shorten(step)}`" for step in path]
    return ", ".join(words)


def person_words(person: Person) -> str:
    """Return a person's name and job: Lena Brandt-Keller, head of finance."""
    job = person.job[:1].lower() + person.job[1:] if person.job[1:2].islower() else person.job
    return f"{person.name}, {job}" if job else person.name


def person_subject(person: Person) -> str:
    """Return a person's name and job as a sentence begins with them."""
    return f"{person_words(person)}," if person.job else person.name


def in_words(day: date) -> str:
    """Return a day as people write it: 3 March 2026, whatever the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def join_words(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does."""
    known = list(words)
    if len(known) < 2:  # noqa: PLR2004 - two words are the fewest to join
        return "".join(known)
    return f"{', '.join(known[:-1])} {last} {known[-1]}"


def as_sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends with one, or with another sign that ends a sentence."""
    said = text.rstrip()
    last = said.rstrip(_CLOSING)[-1:]
    if not last or last in _ENDING:
        return text
    return f"{said}{'。' if unicodedata.name(last, '').startswith(_WITHOUT_SPACES) else '.'}"


def capital(text: str) -> str:
    """Return a text as it begins a line."""
    return text[:1].upper() + text[1:]


def count_of(count: int, noun: str) -> str:
    """Return a number of things in words: one word, 12 words."""
    return f"one {noun}" if count == 1 else f"{count} {noun}s"
