"""Formats and patterns of schemas, held to tables of values; and patterns that no schema may hold."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from handrail.errors import SchemaError
from handrail.model.formats import FORMATS
from handrail.model.validation import Validator
from tests.model.tables import table

STANDARD = {
    "date", "time", "date-time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uri-template", "uuid", "json-pointer", "relative-json-pointer", "regex",
}  # fmt: skip
"""The formats of draft 2020-12, in the order of its section 7.3."""


def holding(keyword: str, asked: str) -> Validator:
    return Validator("a.schema.json", {"a.schema.json": {keyword: asked}})


def held(keyword: str, asked: str, value: object) -> tuple[bool, list[str]]:
    validator = holding(keyword, asked)
    return validator.is_valid(value), [violation.keyword for violation in validator.violations(value)]


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_a_format_is_held_to_its_table(name: str) -> None:
    for asked, value, verdict in table("formats"):
        if asked == name:
            assert held("format", name, value) == (verdict, [] if verdict else ["format"]), ascii(value)


@pytest.mark.parametrize("pattern", dict.fromkeys(asked for asked, _, _ in table("patterns")))
def test_a_pattern_is_held_to_its_table(pattern: str) -> None:
    for asked, value, verdict in table("patterns"):
        if asked == pattern:
            assert held("pattern", pattern, value) == (verdict, [] if verdict else ["pattern"]), ascii(value)


@pytest.mark.parametrize("name", ["formats", "patterns"])
def test_a_table_holds_eight_values_of_each_and_both_verdicts(name: str) -> None:
    rows = table(name)
    assert len(rows) == len(set(rows))
    assert min(Counter(asked for asked, _, _ in rows).values()) >= 8
    assert {asked for asked, _, verdict in rows if verdict} == {asked for asked, _, verdict in rows if not verdict}


def test_every_format_of_the_standard_is_known_and_in_the_table() -> None:
    assert set(FORMATS) == STANDARD == {asked for asked, _, _ in table("formats")}


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_the_example_of_a_format_would_do(name: str) -> None:
    assert held("format", name, FORMATS[name].example) == (True, [])


@pytest.mark.parametrize("value", [5, None, True, [], {}, 1.5])
def test_a_format_judges_texts_alone(value: object) -> None:
    for name in STANDARD:
        assert holding("format", name).is_valid(value)


# pattern, what the sentence advises
REFUSED = {
    r"^(?=.*\d).+$": "as several patterns under `allOf`",
    r"^(?!secret)": '"not": {"pattern": …}',
    r"(?<=a)b": "looking ahead or back",
    r"(?<!a)b": "looking ahead or back",
    r"^(a|b)\1$": "referring back",
    r"(?<q>['\"]).*\k<q>": "referring back",
    r"(": "no regular expression",
    r"\p{Nothing}": "no regular expression",
    r"a{2": "no regular expression",
    r"a\Z": "no regular expression",
    r"(?>a)": "no regular expression",
    r"[\w-z]": "no regular expression",
    r"\ud83e\uddfe": "no regular expression",
    r"(\p{L}{1,100}){100}": "a very large one",
}


@pytest.mark.parametrize("pattern", REFUSED)
@pytest.mark.parametrize("keyword", ["pattern", "patternProperties"])
def test_a_pattern_that_can_not_be_used_is_refused_in_its_place(pattern: str, keyword: str) -> None:
    value = {pattern: True} if keyword == "patternProperties" else pattern
    with pytest.raises(SchemaError) as error:
        Validator("a.schema.json", {"a.schema.json": {"properties": {"a/b": {keyword: value}}}})
    message = str(error.value)
    assert message.startswith(f"a.schema.json#/properties/a~1b/{keyword}")
    assert REFUSED[pattern] in message
    assert "\n" not in message


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"^(a|aa)+$", r"(.*)*x", r"^(\w+\s?)*$"])
def test_no_pattern_takes_for_ever(pattern: str) -> None:
    start = time.process_time()
    assert not holding("pattern", pattern).is_valid("a" * 50_000 + "!")
    assert time.process_time() - start < 2
