"""The types of YAML 1.2's core schema: what a word without quotes means.

PyYAML follows YAML 1.1, where `no` is false, `12:30` a number and a date an object; here they are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

Scalar = str | int | float | bool | None

# No reader needs a longer number, and Python refuses to convert one of more than 4,300 digits.
_LONGEST_NUMBER = 64
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), partial(int, base=8)),
    (re.compile(r"0x[0-9a-fA-F]+"), partial(int, base=16)),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}
FIRST_CHARACTERS = frozenset("-+.0123456789~nNtTfF")
SHORT = 12
"""Characters of a text that many pages have, such as a state, a role or a day: it is worth sharing."""


def resolve(text: str) -> Scalar:
    """Return what a plain scalar means; a number too long to be one stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    for form, read in _NUMBERS:
        if form.fullmatch(text):
            return read(text)
    return text
