"""The report for people."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from rich.cells import cell_len

from handrail.report import text
from handrail.report.tables import render_table
from handrail.rules.finding import Finding, Report, Severity
from handrail.text.visible import one_line, visible
from tests.report.sample import CLEAN, NOTHING_READ, NOUNS, PLAN, REPORT, source_line


def shown(report: Report, *, width: int = 80, colour: bool = False) -> str:
    return text.render(report, source_line=source_line, width=width, colour=colour, nouns=NOUNS)


def note(rule: str, path: str) -> Finding:
    return Finding(rule, "no-description", Severity.INFO, path, 1, 1, 1, 1, "It has no description.")


def test_colour_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in shown(REPORT)
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[1;31m" in shown(REPORT, colour=True)


def test_colour_adds_nothing_but_colour() -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown(REPORT, colour=True)) == shown(REPORT)


@pytest.mark.parametrize("width", [40, 72, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    found = [line for line in shown(REPORT, width=width).splitlines() if " | " in line]
    assert max(map(cell_len, found)) <= width


def test_no_line_is_a_command_to_a_build() -> None:
    lines = shown(REPORT).splitlines()
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
    evil = replace(REPORT, findings=(note("HB503", "::error title=x::y ##[error].md"),))
    assert ": :error title=x::y ## [error].md" in shown(evil).splitlines()


def test_the_gravest_pages_come_last() -> None:
    heads = [line for line in shown(REPORT).splitlines() if line.startswith("content/")]
    assert heads[-2] == PLAN
    assert heads[-1].startswith("content/sales/")


def test_many_notes_of_a_rule_are_counted_not_shown() -> None:
    many = replace(CLEAN, findings=tuple(note("HB503", f"content/{number:03}.md") for number in range(300)))
    lines = shown(many).splitlines()
    assert len(lines) < 30
    assert "300 notes." in lines
    assert any(
        line.startswith("290 more notes beyond the first 10 of a rule: HB503 no-description (290)") for line in lines
    )


def test_summary() -> None:
    assert shown(CLEAN) == "1 page read: 1 procedure.\nNothing to fix.\n"
    assert shown(replace(CLEAN, ignored=1)).endswith(
        "Nothing to fix. 1 finding is ignored, as a page or the settings ask.\n"
    )
    assert shown(NOTHING_READ) == "No page was read, so nothing was checked.\n"
    assert shown(REPORT).endswith("To read about a rule: handrail rule HB201\n")


def test_a_report_on_fields_leads_to_what_their_kind_says_of_them() -> None:
    of_a_field = replace(note("HB104", "content/pay.md"), kind="sop")
    assert shown(replace(CLEAN, findings=(of_a_field,))).endswith(
        "To read about a rule: handrail rule HB104\nTo read about the fields of a kind: handrail kind sop\n"
    )
    assert "handrail kind" not in shown(replace(CLEAN, findings=(replace(of_a_field, kind=""),)))


def test_unknown_kinds_keep_their_name() -> None:
    report = Report("2026-11-22", {"risk": 2, "prose": 1}, (), 0)
    assert shown(report).startswith("3 pages read: 2 risk, 1 other page.")


@pytest.mark.parametrize(
    ("line", "column", "end", "expected"),
    [
        ("vpmom: x", 8, 8, "vpmom: x\n       ^"),
        ("vpmom: sales", 8, 13, "vpmom: sales\n       ^^^^^"),
        ("\tvpmom: x", 2, 7, "    vpmom: x\n    ^^^^^"),
        ("a\tb c", 1, 4, "a    b c\n^^^^^^"),
        ("会社: x", 1, 3, "会社: x\n^^^^"),
        ("会社: x", 3, 4, "会社: x\n    ^"),
        ("cafe\u0301: x", 1, 6, "cafe\u0301: x\n^^^^"),
        ("cafe\u0301: x", 8, 9, "cafe\u0301: x\n      ^"),
        ("a\x07b", 2, 4, "aU+0007b\n ^^^^^^^"),
        ("x ##[error] y", 3, 12, "x ## [error] y\n  ^^^^^^^^^^"),
        ("x ##[error] y", 13, 14, "x ## [error] y\n             ^"),
        ("short", 99, 120, "short\n     ^"),
        ("short", 3, 99, "short\n  ^^^"),
        ("short", 3, 2, "short\n  ^"),
        ("", 1, 1, "\n^"),
        ("x" * 30 + "HERE" + "y" * 30, 31, 35, "…xxxxxxxxxHEREyyyyy…\n          ^^^^"),
        ("x" * 30 + "HERE", 31, 35, "…xxxxxxxxxxxxxxxHERE\n                ^^^^"),
        ("HERE" + "y" * 30, 1, 35, "HEREyyyyyyyyyyyyyyy…\n^^^^^^^^^^^^^^^^^^^^"),
        ("会" * 30, 16, 18, "…会会会会会会会会会…\n           ^^^^"),
    ],
)
def test_carets(line: str, column: int, end: int, expected: str) -> None:
    quoted, before, carets = text.quote(line, column, end, 20)
    assert f"{quoted}\n{' ' * before}{'^' * carets}" == expected


def test_carets_stand_under_the_first_line_of_a_longer_value() -> None:
    finding = replace(note("HB105", PLAN), severity=Severity.ERROR, column=8, end_line=3, end_column=4)
    lines = text.render(
        replace(CLEAN, findings=(finding,)), source_line=lambda _path, _line: "title: A long"
    ).splitlines()
    marked = next(line for line in lines if "^" in line)
    assert marked.rstrip("^").endswith(" |            ")
    assert marked.count("^") == len("A long")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("zero\u200bwidth", "zeroU+200Bwidth"),
        ("id\u200djoined", "idU+200Djoined"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001 - Persian
        ("👩\u200d", "👩U+200D"),
        ("\ufeffstart\u2028", "U+FEFFstartU+2028"),
        ("Ünï “x” \u00a0", "Ünï “x” \u00a0"),
    ],
)
def test_hidden_characters_are_shown(written: str, expected: str) -> None:
    assert visible(written) == expected


def test_one_line_keeps_words_apart() -> None:
    assert one_line(" a\r\n\tb\u2028c ") == "a b c"


def test_table_columns_stand_in_line() -> None:
    lines = render_table(["Name", "N"], [["会社", "1"], ["abc", "2"]], "text").splitlines()
    assert lines == ["Name  N", "----  -", "会社  1", "abc   2"]


@pytest.mark.parametrize("number", ["-3", "+12.5", "-1,5", "-50 %", "7"])
def test_numbers_stay_numbers_in_csv(number: str) -> None:
    assert (
        render_table(["N"], [[number]], "csv") == f"N\n{number if ',' not in number else chr(34) + number + chr(34)}\n"
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", " =1", "\t=1", "\n=1", "＝1", "-3\n=1"])  # noqa: RUF001
def test_formulas_are_text_in_csv(cell: str) -> None:
    assert render_table(["N"], [[cell]], "csv").split("\n", 1)[1].lstrip('"').startswith("'")


def test_rich_and_xml_are_imported_only_where_they_print() -> None:
    code = (
        "import sys; from handrail.report.formats import FORMATS, Context;"
        "from handrail.rules.finding import Report;"
        "FORMATS['json'](Report('2026-11-22', {'sop': 1}, (), 0), Context(lambda path, line: ''));"
        "print([name for name in ('rich', 'xml', 'csv', 'mkdocs') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
