"""The published schemas accept what Handrail accepts, so that an editor shows no error on a page that has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handrail.model.page import Page
from handrail.text.source import read_source
from tests.model.building import document, handbook, only
from tests.model.published import editor

ROOT = Path(__file__).parents[2]
FOLDERS = ("content", "tests/rules/base/content", "tests/adversarial/common")
PAGES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.md"))]


def faults(path: Path) -> list[str]:
    data = read_source(path.read_bytes()).data
    return [error.message for error in editor(data["kind"]).iter_errors(data)] if "kind" in data else []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_editor_shows_no_error_on_a_page_of_the_handbooks(path: Path) -> None:
    assert faults(path) == []


def plan(*items: str) -> Page:
    lines = ["state: draft", "period: FY27", "vision: Nobody waits.", "methods:", *(f"  - {item}" for item in items)]
    return only(handbook({"a.md": document("vpmom", "a", *lines)}), "a.md")


# an item as it is typed, whether Handrail accepts it, whether an editor does
ITEMS = [
    ("Any colleague can read the books.", True, True),
    ("Plain books: any colleague can read them", True, True),
    ("(Finance) Plain books: any colleague can read them", True, True),
    ("Paid on time: true", True, True),
    ("Days to pay: 10", True, True),
    ("Share: 0.5", True, True),
    ("{label: Plain books, text: any colleague can read them}", True, True),
    ("text: any colleague can read them", True, True),
    ("{text: Pay, metric: days-to-pay, target: 10, result: 12}", True, True),
    # A label that is nearly a field's name is only known for a slip by its spelling, which no schema can tell.
    ("labell: Plain books", False, True),
    ("label: Plain books", False, False),
    ("metric: days-to-pay", False, False),
    ("Plain books: [a, b]", False, False),
    ("Plain books: {a: b}", False, False),
    ("Plain books:", False, False),
    ("{Plain books: a, Others: b}", False, False),
    ("{text: a, labell: b}", False, False),
    ("{}", False, False),
    ("[a]", False, False),
    ("5", False, False),
    ('" "', False, False),
]


@pytest.mark.parametrize(("typed", "accepted", "shown"), ITEMS, ids=[item[0] for item in ITEMS])
def test_forms_of_an_item(typed: str, accepted: bool, shown: bool) -> None:  # noqa: FBT001 - the table's columns
    page = plan(typed)
    assert page.is_valid is accepted
    assert editor("vpmom").is_valid(page.source.data) is shown


def test_a_slip_in_an_item_is_still_a_slip() -> None:
    page = plan("labell: Plain books")
    assert next((found.path, found.keyword) for found in page.violations) == (("methods", 0, "labell"), "unknown field")


@pytest.mark.parametrize("title", [None, "A page"])
def test_an_editor_lets_the_heading_be_the_title(title: str | None) -> None:
    lines = [f"title: {title}"] if title else []
    text = "\n".join(["---", "kind: page", "id: a", "visibility: public", *lines, "---", "# A page", "", "Text.", ""])
    page = only(handbook({"a.md": text}), "a.md")
    assert page.is_valid
    assert editor("page").is_valid(page.source.data)


@pytest.mark.parametrize(
    "fault", [{"owner": 5}, {"onwer": "finance"}, {"sign_offs": [{"role": "D"}]}, {"visibility": "all"}], ids=str
)
def test_an_editor_shows_what_is_wrong(fault: dict[str, Any]) -> None:
    data: dict[str, Any] = {"kind": "sop", "id": "a", "title": "A", "visibility": "public", "state": "draft"}
    assert editor("sop").is_valid(data)
    assert not editor("sop").is_valid(data | fault)
