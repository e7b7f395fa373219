"""Whatever text a page holds, no format fails on it, and none passes on what a terminal would obey."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handrail.report.formats import FORMATS, Context
from handrail.report.tables import TableFormat, render_table
from handrail.report.text import quote
from handrail.rules.finding import Finding, Related, Report, Severity
from tests.report.sample import RULES, parsed
from tests.report.test_programs import SCHEMA

NASTY = (
    "\x00\x07\x1b\x7f\x85\x9b\t\r\n\u200b\u200d\u202e\u2028\ud800\udfff\ufeff\ufffe会👩\u0301%:,[]()<>|`'\"=+-@#\\&;{}"
)
TEXT = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from(NASTY)), max_size=60)
PATH = TEXT.filter(lambda path: path[:1] not in {"", "/"})
COUNT = st.integers(1, 10**6)
RELATED = st.builds(Related, PATH, COUNT, COUNT, COUNT, COUNT, TEXT)
FINDING = st.builds(
    Finding,
    st.just("HB301"),
    st.just("orphan"),
    st.sampled_from(Severity),
    PATH,
    COUNT,
    st.integers(1, 80),
    COUNT,
    st.integers(1, 80),
    TEXT,
    TEXT,
    st.lists(RELATED, max_size=2).map(tuple),
)
REPORTS = st.builds(
    Report,
    st.just("2026-11-22"),
    st.dictionaries(TEXT, st.integers(0, 9), max_size=3),
    st.lists(FINDING, max_size=4).map(tuple),
    st.integers(0, 3),
)
FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(written: str) -> bool:
    written.encode()
    return not any((unicodedata.category(char) in FORBIDDEN and char != "\n") or char in BIDI for char in written)


@settings(max_examples=150, deadline=None)
@given(report=REPORTS, line=TEXT, width=st.integers(0, 200))
def test_reports(report: Report, line: str, width: int) -> None:
    context = Context(lambda _path, _line: line, width=width, rules=RULES)
    written = {name: render(report, context) for name, render in FORMATS.items()}
    for name, output in written.items():
        assert harmless(output), name
        assert output.endswith("\n"), name
    assert Draft202012Validator(SCHEMA).is_valid(json.loads(written["json"]))
    assert len(json.loads(written["sarif"])["runs"][0]["results"]) == len(report.findings)
    assert len(written["github"].splitlines()) == len(report.findings) + 1
    assert parsed(written["junit"]).tag == "testsuites"
    assert not any(part.lstrip().startswith("::") or "##[" in part for part in written["text"].split("\n"))
    coloured = FORMATS["text"](report, replace(context, colour=True))
    assert coloured.count("\x1b") == coloured.count("\x1b[")


@settings(max_examples=200, deadline=None)
@given(line=TEXT, column=st.integers(1, 80), end=st.integers(1, 80), room=st.integers(16, 100))
def test_quoted_lines_fit(line: str, column: int, end: int, room: int) -> None:
    shown, before, carets = quote(line.replace("\n", "").replace("\r", ""), column, end, room)
    assert harmless(shown)
    assert "\n" not in shown
    assert carets >= 1
    assert before + carets <= room + 1


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=3),
    format_=st.sampled_from(["text", "md", "csv"]),
)
def test_tables(rows: list[list[str]], format_: TableFormat) -> None:
    written = render_table(["One", "Two"], rows, format_)
    assert harmless(written)
    if format_ != "csv":
        assert not any(line.lstrip().startswith("::") or "##[" in line for line in written.split("\n"))
    if format_ == "csv":
        assert len(list(csv.reader(io.StringIO(written)))) == len(rows) + 1
    else:
        assert len(written.splitlines()) == len(rows) + 2
