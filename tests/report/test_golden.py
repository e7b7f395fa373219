"""Every format against the committed output in `golden/`.

After a wanted change, write the files anew with `HANDRAIL_WRITE_GOLDEN=1 pytest tests/report/test_golden.py`
and read their difference before you commit them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.report.formats import FORMATS
from handrail.report.tables import render_table
from tests.report.sample import CONTEXT, REPORT, TABLE

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"text": "txt", "json": "json", "sarif": "sarif", "github": "github.txt", "junit": "xml"}


def hold_to(name: str, written: str) -> None:
    path = GOLDEN / name
    if os.environ.get("HANDRAIL_WRITE_GOLDEN"):
        path.write_bytes(written.encode())
    assert written == path.read_bytes().decode()


def test_every_format_has_a_file() -> None:
    assert set(SUFFIXES) == set(FORMATS)


@pytest.mark.parametrize("name", SUFFIXES)
def test_report(name: str) -> None:
    hold_to(f"report.{SUFFIXES[name]}", FORMATS[name](REPORT, CONTEXT))


def test_table_as_text() -> None:
    hold_to("table.txt", render_table(*TABLE, format="text"))


def test_table_as_markdown() -> None:
    hold_to("table.md", render_table(*TABLE, format="md"))


def test_table_as_csv() -> None:
    hold_to("table.csv", render_table(*TABLE, format="csv"))
