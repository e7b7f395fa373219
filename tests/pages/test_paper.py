"""The foot of a printed page: what it is a copy of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handrail.history.material import read_material
from handrail.pages.generated.finder import entries
from handrail.pages.paper import foot
from handrail.text.digest import digits
from tests.engines.drawn import BASE, sop
from tests.history import repos
from tests.history.repos import Repo
from tests.pages.views import handbook_of, shown

ADDRESS = "https://handbook.example/finance/x/"
_ESCAPE = re.compile(r"\\([0-9a-f]+) ")


def _read(style: str) -> list[str]:
    """Return the strings of a style sheet, as a browser reads them."""
    return [_ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), text) for text in re.findall(r'content: "([^"]*)"', style)]


def test_it_says_title_address_day_digits_and_that_it_gets_old(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-03-05", {"x.md": repos.sop("1. Do it.")})
    book = repo.handbook
    seen = shown(book, leniently=True)
    known = next(entry.texts[0] for entry in entries(seen) if entry.title == "Pay")
    seen.material = read_material(repo.history, book)
    left, right = _read(foot(seen, book.by_src_uri["x.md"], ADDRESS))
    assert left == f"Pay\n{ADDRESS}"
    assert right == f"Text of 5 March 2026 · {known}\nPrinted copies are not kept up to date · "


def test_without_git_and_without_an_address_it_says_what_is_known(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/notes.md": "# Notes\n\nWords.\n"})
    seen = shown(book)
    claims = book.by_src_uri["finance/expense-claims.md"]
    known = digits(book.texts.digest(claims).text)
    copy = "Printed copies are not kept up to date · "
    assert _read(foot(seen, claims, "")) == ["Expense claims", f"Text · {known}\n{copy}"]
    assert _read(foot(seen, book.by_src_uri["notes.md"], ADDRESS)) == [f"Notes\n{ADDRESS}", copy]


@pytest.mark.parametrize("title", ['"}@page{x', "</style><script>alert(1)</script>", "\\", "a\\", "é\n ü", "{{ 7*7 }}"])
def test_no_title_can_end_it(tmp_path: Path, title: str) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/finance/x.md": sop("x", title=json.dumps(title))})
    page = book.by_src_uri["finance/x.md"]
    style = foot(shown(book, leniently=True), page, ADDRESS)
    assert _read(style)[0] == f"{page.title}\n{ADDRESS}"
    inside = style.removeprefix('<style media="print">').removesuffix("</style>\n")
    assert not set(re.sub(r'"[^"]*"', "", inside)) & set('<"\\')
    assert "<" not in inside
