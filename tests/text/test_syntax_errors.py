"""What is said of a line that can't be read: where, in the author's words, and the line fixed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.text.syntax_errors import fixed_line, quote, shorten, shorten_line
from tests.text.reading import places, read, rules

# front matter, place, the fixed line that the hint ends with, the text that the author meant
FIXED: list[tuple[str, tuple[int, int], str, str]] = [
    ("x: How to: pay", (2, 4), 'x: "How to: pay"', "How to: pay"),
    ("x: @finance", (2, 4), 'x: "@finance"', "@finance"),
    ("x: `make`", (2, 4), 'x: "`make`"', "`make`"),
    ("x: %d", (2, 4), 'x: "%d"', "%d"),
    ("x: *bold*", (2, 4), 'x: "*bold*"', "*bold*"),
    ("x: **bold** text", (2, 4), 'x: "**bold** text"', "**bold** text"),
    ("x: - a", (2, 4), 'x: "- a"', "- a"),
    ("x: ? a", (2, 4), 'x: "? a"', "? a"),
    ("x: [a] b", (2, 4), 'x: "[a] b"', "[a] b"),
    ("x: {a} b", (2, 4), 'x: "{a} b"', "{a} b"),
    ("x: {% a %}", (2, 4), 'x: "{% a %}"', "{% a %}"),
    ("x: | b", (2, 4), 'x: "| b"', "| b"),
    ("x: > b", (2, 4), 'x: "> b"', "> b"),
    ('x: "a" b', (2, 4), 'x: "\\"a\\" b"', '"a" b'),
    ("x: 'don't'", (2, 4), 'x: "don\'t"', "don't"),
    ('x: "open', (2, 4), 'x: "open"', "open"),
    ("x: 'open", (2, 4), 'x: "open"', "open"),
    ("x: C:\\dir: a", (2, 4), 'x: "C:\\\\dir: a"', "C:\\dir: a"),
    ("x: a: “b”", (2, 4), 'x: "a: “b”"', "a: “b”"),
    ("x: “How to: pay”", (2, 4), 'x: "How to: pay"', "How to: pay"),
    ("x:\u00a0active", (2, 1), "x: active", "active"),
    ("x:\ta: b", (2, 4), 'x: "a: b"', "a: b"),
    ("x: Update #2", (2, 4), 'x: "Update #2"', "Update #2"),
    ("x: #general", (2, 3), 'x: "#general"', "#general"),
    ("x: &a", (2, 4), 'x: "&a"', "&a"),
    ("x: *a", (2, 4), 'x: "*a"', "*a"),
    ("x: !important", (2, 4), 'x: "!important"', "!important"),
    ("x: {{ a }}", (2, 5), 'x: "{{ a }}"', "{{ a }}"),
    ("x:\n  - a: b: c", (3, 8), '- a: "b: c"', "b: c"),
    ("x:\n  - @a", (3, 3), '- "@a"', "@a"),
]


@pytest.mark.parametrize(("front_matter", "place", "line", "meant"), FIXED, ids=[case[0] for case in FIXED])
def test_the_line_fixed(front_matter: str, place: tuple[int, int], line: str, meant: str) -> None:
    source = read(front_matter)
    assert len(source.problems) == 1
    assert places(source) == [place]
    assert source.problems[0].hint.endswith(f": {line}")
    fixed = read(f"list:\n{line}" if line.startswith("- ") else line)
    assert fixed.problems == []
    assert innermost(fixed.data) == meant


def innermost(value: Any) -> Any:
    while isinstance(value, (dict, list)):
        [value] = value.values() if isinstance(value, dict) else value
    return value


# front matter, place, words of the message, words of the hint
SAID: list[tuple[str, tuple[int, int], str, str]] = [
    ("kind: sop\n\tid: a", (3, 1), "indented with a tab", "Use spaces"),
    ("kind: sop\nid:a\ntitle: b", (3, 1), "no space after the colon", "Put a space there: id: a"),
    ("kind: sop\ndraft", (3, 1), "`draft` is a word without a colon", "draft: …"),
    ("kind: sop\ndraft\nid: a", (3, 1), "`draft` is a word without a colon", "draft: …"),
    ("kind: sop\n  id: a", (3, 3), "indented differently", "same column"),
    ("kind: sop\ntags: [a, b\nid: c", (3, 7), "[ that opens here is never closed", "Put a ]"),
    ("kind: sop\nx: {a: b\nid: c", (3, 4), "{ that opens here is never closed", "Put a }"),
    ("kind: sop\ntitle: [\n", (3, 8), "[ that opens here is never closed", "Put a ]"),
    ("kind: sop\ntitle: {\nid: c", (3, 8), "{ that opens here is never closed", "Put a }"),
    ('kind: sop\nx: "a\\q"', (3, 6), "backslash", "single quotes"),
    ('kind: sop\nx: "a\\ud83d"', (3, 8), "backslash", "single quotes"),
    ("kind: sop\n- a", (3, 1), "item of a list", "Indent it"),
    ("kind: sop\n@x: y", (3, 1), "`@x: y` can't be read", "name, a colon, a space"),
    ("kind: sop\n--- b\nid: c", (3, 1), "second document", "Delete the line"),
]


@pytest.mark.parametrize(("front_matter", "place", "message", "hint"), SAID, ids=[case[0] for case in SAID])
def test_what_is_said(front_matter: str, place: tuple[int, int], message: str, hint: str) -> None:
    source = read(front_matter)
    assert rules(source) == ["yaml"]
    assert places(source) == [place]
    assert message in source.problems[0].message
    assert hint in source.problems[0].hint


@pytest.mark.parametrize(
    ("front_matter", "rule"),
    [
        ("kind: sop\ntags: [a #b]", "cut-short"),
        ("kind: sop\ntags: [a,\n  b #c]", "cut-short"),
        ("kind: sop\nx: {{ a }} b", "non-text-key"),
        ("kind: sop\nx: *a b", "alias"),
        ("kind: sop\nx: !a b: c", "tag"),
        ("kind: sop\nx: &a b: c", "alias"),
    ],
)
def test_a_syntax_error_that_follows_from_what_is_known_is_not_said_again(front_matter: str, rule: str) -> None:
    source = read(front_matter)
    assert rules(source) == [rule]
    assert not source.readable


def test_two_causes_are_two_problems() -> None:
    assert rules(read("kind: sop\nid: !a b\nx: c: d")) == ["tag", "yaml"]


VALUES = (
    st.text(st.sampled_from("abz:#@`%*&!|>[]{}\"'?-,.\\ é“💡"), min_size=1, max_size=12).map(str.strip).filter(bool)
)


@settings(max_examples=400, deadline=None)
@given(VALUES, st.sampled_from(["x: ", "title: ", "- "]))
@example("}: :", "- ")
@example(",: :", "- ")
def test_a_fixed_line_can_be_read_and_says_what_was_written(value: str, head: str) -> None:
    fixed = fixed_line(head + value)
    if fixed is None:
        return
    source = read("list:\n" + fixed) if head == "- " else read(fixed)
    assert source.problems == []
    read_as = innermost(source.data)
    # Quotes that were there already are not doubled; all else is as it was written.
    assert read_as in value
    assert len(value) - len(read_as) <= 2 or (head == "- " and ": " in value)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), max_size=40))
def test_a_quoted_text_is_read_as_it_is(text: str) -> None:
    if "\ufeff" not in text:
        assert read(f"x: {quote(text)}").data == {"x": text}


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_what_a_message_shows_is_short_and_printable(text: str) -> None:
    for shown in (shorten(text), shorten_line(text)):
        assert shown.isprintable()
        assert len(shown) < 10 * 130


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\u2029"], ids=ascii)
def test_messages_name_the_sign_that_was_written(sign: str) -> None:
    source = read(f"a{sign}b: c\na{sign}b: d")
    assert f"`aU+{ord(sign):04X}b`" in source.problems[0].message
    assert source.distrusts((f"a{sign}b",))


def test_a_long_line_keeps_both_ends_of_its_fixed_text() -> None:
    long = "a: " + "b" * 200 + " end"
    assert shorten_line(fixed_line("x: " + long) or "").endswith('end"')
