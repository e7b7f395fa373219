"""Holds the table of what was asked of Handrail, `requirements.tsv`, to the tests and to what users see.

A row has the number of what was asked, the same in plain words, the tests that hold it, where a user sees it (a page or file
of the example's site, a command, a rule), and what of it is open, with the reason. What is open has no test; so a row without a
test says why.
"""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from handrail.cli.app import app
from handrail.cli.report import LISTS
from handrail.model.generated import Data
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.model.urls import page_url
from handrail.pages.audience import Shown
from handrail.pages.generated.every import generated_pages
from handrail.rules.registry import all_rules
from handrail.web import calendars
from tests.rules.cases import read_cases

ROOT = Path(__file__).resolve().parents[1]
_BETWEEN = "; "
_RULE = re.compile(r"HB\d{3}")
_TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


class Row(NamedTuple):
    """What was asked, by its number, and what became of it."""

    requirement: str
    asks: str
    tests: list[str]
    seen: list[str]
    is_open: str


def _rows() -> list[Row]:
    head, *lines = (ROOT / "tests/requirements.tsv").read_text("utf-8").splitlines()
    assert head.split("\t") == ["requirement", "asks", "tests", "seen", "open"]
    cells = [line.split("\t") for line in lines]
    return [Row(number, asks, _parts(tests), _parts(seen), is_open) for number, asks, tests, seen, is_open in cells]


def _parts(cell: str) -> list[str]:
    return cell.split(_BETWEEN) if cell else []


ROWS = _rows()
EACH = pytest.mark.parametrize("row", [pytest.param(row, id=row.requirement) for row in ROWS])


def test_each_stands_there_once_in_order() -> None:
    assert [row.requirement for row in ROWS] == [f"R{number}" for number in range(1, 48)]


@EACH
def test_it_has_a_test_and_a_place_or_says_why_not(row: Row) -> None:
    assert row.asks
    assert (row.tests and row.seen) or row.is_open


@EACH
def test_its_tests_are_there(row: Row) -> None:
    missing = [name for name in row.tests if name.partition("::")[2] not in _tests_of(name.partition("::")[0])]
    assert missing == []


@functools.cache
def _tests_of(path: str) -> frozenset[str]:
    """Return the tests of a module by their names, and the cases of a rule by their titles."""
    file = ROOT / path
    if file.suffix == ".md":
        return frozenset(case.title for case in read_cases(file))
    return frozenset(
        node.name
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@EACH
def test_users_see_it(row: Row, addresses: frozenset[str]) -> None:
    assert [place for place in row.seen if not _is_there(place, addresses)] == []


def _is_there(place: str, addresses: frozenset[str]) -> bool:
    if _RULE.fullmatch(place):
        return any(rule.code == place for rule in all_rules())
    program, _, rest = place.partition(" ")
    if program == "make":
        return rest in _TARGET.findall((ROOT / "Makefile").read_text("utf-8"))
    if program == "handrail":
        name, _, part = rest.partition(" ")
        command = app.get_command(click.Context(app), name)
        parts = LISTS if name == "report" else command.commands if isinstance(command, click.Group) else ("",)
        return command is not None and part in parts
    return place in addresses


@pytest.fixture(scope="module")
def addresses() -> frozenset[str]:
    """Return the addresses of the example's site, as far as Handrail knows them before it is built."""
    book = _example()
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"))
    pages = [page.url for page in shown.pages(book.pages)]
    made = [page_url(path, directories=True) for path in generated_pages(shown)]
    data = [book.settings.generated.data(data) for data in Data]
    return frozenset(address or "./" for address in (*pages, *made, *data, *calendars.places(shown)))


def _example() -> Handbook:
    project = load_project(ROOT / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)
