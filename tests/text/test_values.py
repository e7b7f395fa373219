"""What a word without quotes means: YAML 1.2's core schema, where PyYAML would follow YAML 1.1."""

from __future__ import annotations

import math
from typing import Any

import pytest

from handrail.text.scalars import FIRST_CHARACTERS, resolve
from tests.text.reading import read

MEANINGS: list[tuple[str, Any]] = [
    # Text in YAML 1.2, something else in YAML 1.1
    *((word, word) for word in ("yes", "no", "on", "off", "NO", "No", "y", "N", "Yes", "OFF")),
    *((day, day) for day in ("2026-03-31", "2026-02-30", "2026-13-01", "2026-1-2", "2026-03-31T10:00:00Z")),
    *((time, time) for time in ("12:30", "12:30:45", "190:20:30.15", "1:1")),
    *((number, number) for number in ("1_000", "0b11", "0o8", "0xG", "1e", "1.2.3", "+-1", "--1", "0x", ".", "+", "-.", "1 000")),
    *((word, word) for word in ("TrUe", "nULL", ".Nan", "inf", ".infinity", "nan", "none", "undefined", "=", "truer")),
    # Nothing
    *((word, None) for word in ("~", "null", "Null", "NULL", "")),
    # Truth
    *((word, True) for word in ("true", "True", "TRUE")),
    *((word, False) for word in ("false", "False", "FALSE")),
    # Whole numbers, a leading nought being no octal
    ("0", 0), ("-0", 0), ("+12", 12), ("-12", -12), ("010", 10), ("0o10", 8), ("0xFf", 255), ("9" * 64, int("9" * 64)),
    # Other numbers
    ("1.10", 1.1), ("1.", 1.0), (".5", 0.5), ("-1.5e3", -1500.0), ("1e3", 1000.0), ("1e400", math.inf),
    (".inf", math.inf), ("+.INF", math.inf), ("-.Inf", -math.inf),
    # Longer than any number a page needs, and than Python converts
    ("9" * 65, "9" * 65), ("1" * 5000, "1" * 5000), ("0." + "1" * 70, "0." + "1" * 70),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), MEANINGS, ids=[repr(written[:30]) for written, _ in MEANINGS])
def test_a_word_without_quotes(written: str, meant: Any) -> None:
    read_as = read(f"x: {written}").data["x"]
    assert (type(read_as), read_as) == (type(meant), meant)
    assert resolve(written) == meant


@pytest.mark.parametrize("written", [".nan", ".NaN", ".NAN"])
def test_not_a_number_is_a_number(written: str) -> None:
    assert math.isnan(read(f"x: {written}").data["x"])


@pytest.mark.parametrize("written", [written for written, _ in MEANINGS])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_in_quotes_everything_is_text(written: str, quote: str) -> None:
    assert read(f"x: {quote}{written}{quote}").data["x"] == written


def test_the_reader_asks_for_the_meaning_of_every_word_that_has_one() -> None:
    for written, meant in MEANINGS:
        if written and meant != written:
            assert written[0] in FIRST_CHARACTERS


TEXTS = [
    ("folded, without the last line end", "x: >-\n  Pay an\n  invoice", "Pay an invoice"),
    ("folded", "x: >\n  Pay an\n  invoice", "Pay an invoice\n"),
    ("kept", "x: |+\n  a\n\ny: b", "a\n\n"),
    ("as it stands", "x: |\n  a\n   b", "a\n b\n"),
    ("on two lines", "x: Pay an\n  invoice", "Pay an invoice"),
    ("in quotes, on two lines", 'x: "Pay an\n  invoice"', "Pay an invoice"),
    ("with signs of other planes", "x: 🧾 Pay \U0001d4d0", "🧾 Pay \U0001d4d0"),
    ("with line ends of YAML 1.1", "x: a\u2028b\x85c\u2029d", "a\u2028b\x85c\u2029d"),
    ("with escapes", r'x: "a\tb\u00e9\x41\n"', "a\tb\u00e9A\n"),
    ("with a doubled quote", "x: 'don''t'", "don't"),
    ("with a number sign inside a word", "x: C#1 and F#", "C#1 and F#"),
    ("with a colon inside a word", "x: a:b http://c", "a:b http://c"),
    ("behind a tab", "x:\ta", "a"),
    ("with a real comment", "x: a # b", "a"),
    ("with a field in quotes", '"x": a', "a"),
    ("with a field in a longer form", "? x\n: a", "a"),
]


@pytest.mark.parametrize(("written", "meant"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_text(written: str, meant: str) -> None:
    source = read(written)
    assert source.problems == []
    assert source.data["x"] == meant
