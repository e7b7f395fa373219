"""What holds for any page: any bytes yield a source, data come back as they were written, places point at them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.text.problems import DataPath
from handrail.text.source import Source, read_source
from handrail.text.yaml_reader import MAX_PROBLEMS
from tests.text.reading import page

# What YAML's own grammar can hold in quotes: no surrogates, and nothing that PyYAML would write as a line end of its own.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\t\n\x85\u2028\u2029")
TEXTS = st.text(st.one_of(CHARACTERS, st.sampled_from(":#-?*&!|>'\"%@`{}[], \n\t")), max_size=12)
DATA = st.dictionaries(
    TEXTS,
    st.recursive(
        TEXTS,
        lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(TEXTS, below, max_size=4)),
        max_leaves=12,
    ),
    max_size=5,
)
PIECES = st.sampled_from([
    b"---\n", b"---\r\n", b"---\r", b"---", b"...\n", b"kind: sop\n", b"id: a\n", b"- ", b"  ", b"\t", b": ", b" #", b"&a ", b"*a ",
    b"!t ", b"<<: ", b"? ", b"[", b"]", b"{", b"}", b"'", b'"', b"|\n", b">-\n", b"\n", b"\r", b"\xe2\x80\x9c", b"\xe2\x80\xa8", b"\xc2\x85",
    b"\xef\xbb\xbf", b"\xff", b"\x00", b"\\", b"a", b"1", b"true", b"~", b",", b"%YAML 1.2\n", b"# c\n", b"```\n", b"[x](y.md)", b"{{",
])  # fmt: skip
BYTES = st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=30).map(b"".join))


def paths(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from paths(below, (*path, index))


def check_places(source: Source) -> None:
    for path, _ in paths(source.data):
        for span in (source.positions.value(path), source.positions.key(path)):
            if span is not None:
                assert 0 <= span[0] <= span[1] <= len(source.text)
        place = source.place(path)
        assert 1 <= place.line <= len(source.lines)
        assert 1 <= place.column <= len(source.lines.line(place.line)) + 2
        for key in (False, True):
            check_span(source, *source.span(path, key=key))


def check_span(source: Source, start: int, end: int | None) -> None:
    """Hold that a place ends on a line that is there, behind its beginning and not behind the line's last character."""
    span = source.lines.span(start, end)
    assert (1, 1) <= span[:2] <= span[2:]
    for line, column in (span[:2], span[2:]):
        assert line <= len(source.lines)
        assert 1 <= column <= len(source.lines.line(line)) + 1


@settings(max_examples=600, deadline=None)
@given(BYTES, st.booleans())
@example(b"---\n*a\n---\n", False)  # noqa: FBT003
@example(b"---\n&a\n---\n", False)  # noqa: FBT003
@example(b"---\n? \n---\n", False)  # noqa: FBT003
@example(b"---\n\xe2\x80\xa8: &\xe2\x80\xa8 a\n---\n", False)  # noqa: FBT003
def test_any_bytes_yield_a_source(raw: bytes, fenced: bool) -> None:  # noqa: FBT001 - drawn
    source = read_source(b"---\n" + raw + b"\n---\n[x](y.md)\n" if fenced else raw)
    assert all(isinstance(key, str) for key in source.data)
    assert 0 <= source.body_offset <= len(source.text)
    assert source.text[source.body_offset :] == source.body
    assert len(source.problems) <= 2 * MAX_PROBLEMS
    for problem in source.problems:
        assert 0 <= problem.offset <= len(source.text)
        check_span(source, problem.offset, problem.end)
        assert problem.message
        assert (problem.message + problem.hint + "".join(words for _, words in problem.related)).isprintable()
        assert all(0 <= offset <= len(source.text) for offset, _ in problem.related)
    check_places(source)
    for link in source.links:
        assert 0 <= link.offset < link.end <= len(source.body)
        check_span(source, source.body_offset + link.offset, source.body_offset + link.end)
    assert all(source.body_offset <= offset <= len(source.text) for _, offset in source.first_headings)


@settings(max_examples=300, deadline=None)
@given(BYTES, st.integers(-3, 80), st.one_of(st.none(), st.integers(-3, 80)))
@example(b"a\r\nb", 2, 3)
def test_any_offsets_have_places_on_their_lines(raw: bytes, start: int, end: int | None) -> None:
    check_span(read_source(raw), start, end)


@settings(max_examples=300, deadline=None)
@given(DATA, st.sampled_from([True, False, None]), st.sampled_from(["\n", "\r\n"]), st.integers(20, 200))
def test_what_was_written_is_read(data: dict[str, Any], flow: Any, end: str, width: int) -> None:
    data = {"kind": "sop"} | data
    written = yaml.safe_dump(
        data, default_style='"', default_flow_style=flow, allow_unicode=True, width=width, sort_keys=False
    )
    source = read_source(page(written.rstrip("\n")).replace(b"\n", end.encode()))
    assert source.problems == []
    assert source.data == data
    check_places(source)
    for path, value in paths(data):
        span = source.positions.value(path)
        assert span is not None
        if isinstance(value, str):
            assert source.text[span[0]] == source.text[span[1] - 1] == '"'
        elif not value or flow:
            assert source.text[span[0]] == ("[" if isinstance(value, list) else "{")


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,3}", fullmatch=True),
        st.one_of(
            st.integers(), st.booleans(), st.none(), st.floats(allow_nan=True), st.lists(st.integers(), max_size=3)
        ),
        min_size=1,
    )
)
def test_numbers_and_truth_values_that_yaml_writes_are_read(data: dict[str, Any]) -> None:
    source = read_source(page(yaml.safe_dump(data).rstrip("\n")))
    if set(data) & {"y", "n", "yes", "no", "on", "off"}:
        return  # PyYAML writes these in quotes, for its own sake
    assert source.problems == []
    for key, value in data.items():
        found = source.data[key]
        if isinstance(value, float) and math.isnan(value):
            assert math.isnan(found)
        elif isinstance(value, int) and not isinstance(value, bool) and len(str(value)) > 64:
            assert found == str(value)
        else:
            assert (type(found), found) == (type(value), value)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): shape(below) for key, below in value.items()}
    return [shape(below) for below in value] if isinstance(value, list) else "text"


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=14).map(b"".join))
def test_the_structure_is_what_any_reader_of_yaml_sees(raw: bytes) -> None:
    try:
        text = b"kind: sop\n" + raw
        source = read_source(b"---\n" + text + b"\n---\n")
        expected = yaml.load(text.decode(), yaml.CBaseLoader)  # noqa: S506 - it builds texts, lists and dictionaries
    except (yaml.YAMLError, UnicodeDecodeError, TypeError):
        return
    # What YAML 1.1 breaks lines at is text for us, as in YAML 1.2.
    foreign = re.search("[\x85\u2028\u2029]", text.decode())
    if not source.problems and isinstance(expected, dict) and b"---" not in raw and b"..." not in raw and not foreign:
        assert shape(source.data) == shape(expected)
