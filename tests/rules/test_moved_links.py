"""Of a link to where a page was before it moved a check says what the site makes of it: it works while git's history is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.history.material import read_material
from handrail.history.texts import history_of
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.rules.check import check
from handrail.web.redirects import redirects
from tests.history.repos import Repo

TEXT = "# How to claim\n\n" + "".join(f"Line {number} of what everyone needs to know of it.\n" for number in range(12))
SAID = "which is an old address, and works only on a site that is made with git's whole history"


def found(repo: Repo) -> list[tuple[int, str, str]]:
    return [(one.line, one.message, one.hint) for one in check(repo.handbook, ("HB207",)).findings]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "handbook")
    repo.commit("2026-01-01", {"claims.md": TEXT})
    note = "[a](claims/)\n[b](/claims/#line)\n[c](claims.md)\n[d](/gone/)\n"
    repo.commit(
        "2026-01-02", {"claims.md": None, "paying-back.md": TEXT, "note.md": note.replace("(claims/", "(../claims/")}
    )
    return repo


def test_it_says_where_the_page_is_now(repo: Repo) -> None:
    assert found(repo) == [
        (1, f"The link leads to `../claims/`, {SAID}.", "Write paying-back.md."),
        (2, f"The link leads to `/claims/#line`, {SAID}.", "Write paying-back.md."),
        (3, "The link leads to `claims.md`, which is not there.", "Fix or delete the link."),
        (4, "The link leads to `/gone/`, which is not there.", "Fix or delete the link."),
    ]


def test_the_site_sends_on_from_there_and_from_nowhere_else(repo: Repo) -> None:
    book = repo.handbook
    material = read_material(history_of(book), book)
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material)
    assert {one.file for one in redirects(shown, (), {})} == set(book.site.moved) == {"claims/index.html"}


def test_what_lies_there_today_is_no_old_address(repo: Repo) -> None:
    repo.commit("2026-01-03", {"claims.md": "# Claims of others\n\nAnother text, for another matter.\n"})
    assert [line for line, *_ in found(repo)] == [4]
    assert repo.handbook.site.moved == {}


def test_without_history_it_is_not_there(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    shallow = Repo(tmp_path / "shallow")
    assert {message for _, message, _ in found(shallow)} & {"The link leads to `../claims/`, which is not there."}
    assert [line for line, *_ in found(shallow)] == [1, 2, 3, 4]
