"""When the text of a page last changed, as git has it, and what happened to the pages lately."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from handrail.history.material import UNKNOWN, Change, Material, read_material
from handrail.model.loading import load_handbook
from handrail.model.project import Project
from tests.history.repos import Repo, signed, sop, stream
from tests.model.building import TODAY, kinds, settings

TOMORROW = str(date.fromisoformat(TODAY) + timedelta(days=1))
"""A day that has begun somewhere on earth."""
LATER = str(date.fromisoformat(TODAY) + timedelta(days=2))
PEOPLE = """---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena}
  - {id: oha, name: Omar}
---
"""


def repo(folder: Path, docs: str = "content") -> Repo:
    made = Repo(folder / "handbook", docs)
    made.commit("2026-01-01", {"people.md": PEOPLE})
    return made


def material(made: Repo, **options: Any) -> Material:
    project = Project(
        made.root, made.root / "mkdocs.yml", made.docs, settings(**{"visibility": {".": "public"}, **options})
    )
    book = load_handbook(project, kinds(), date.fromisoformat(TODAY))
    return read_material(made.history, book)


def told(found: Material, path: str = "pay.md") -> list[tuple[str, str, int, int]]:
    return [(str(one.day), what(one), one.came, one.went) for one in found.changes if one.src_uri == path]


def what(change: Change) -> str:
    names = {
        "new": change.is_new,
        "changed": change.text_changed,
        "retired": change.is_retired,
        "signed": change.is_signed,
    }
    return " ".join(name for name, happened in names.items() if happened)


def test_only_what_somebody_reads_is_a_change(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay [it](a.md).")})
    made.commit("2026-09-02", {"pay.md": sop("1. Pay [it](b.md).", "description: How.")})
    made.commit("2026-09-03", {"pay.md": sop("1. Pay [it](b.md) within two days.", "description: How.")})
    found = material(made)
    assert told(found) == [("2026-09-03", "changed", 4, 1), ("2026-09-01", "new", 0, 0)]
    assert found.changed_on["pay.md"] == date(2026, 9, 3)


def test_a_text_laid_out_anew_is_no_news(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("* Pay *now*.\n* Do it.")})
    made.commit("2026-09-02", {"pay.md": sop("- Pay _now_.\n\n- Do\n  it.")})
    found = material(made)
    assert told(found) == [("2026-09-01", "new", 0, 0)]
    assert found.changed_on["pay.md"] == date(2026, 9, 1)


def test_a_change_has_its_commit_and_the_time_at_which_it_was_written(tmp_path: Path) -> None:
    made = repo(tmp_path)
    commit = made.commit("2026-09-01", {"pay.md": sop("1. Pay.")})
    [change] = [one for one in material(made).changes if one.src_uri == "pay.md"]
    assert (change.commit, change.time) == (commit, "2026-09-01T23:30:00-05:00")


def test_signing_and_retiring_change_no_text(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay.")})
    digest = str(made.handbook.texts.digest(made.page("pay.md")))
    made.commit("2026-09-02", {"pay.md": sop("1. Pay.", signed(digest, "A"))})
    made.commit("2026-09-03", {"pay.md": sop("1. Pay.", signed(digest, "A", "D"))})
    made.commit("2026-09-04", {"pay.md": sop("1. Pay.", signed(digest, "A", "D")).replace("active", "retired")})
    found = material(made)
    assert told(found) == [
        ("2026-09-04", "retired", 0, 0), ("2026-09-03", "signed", 0, 0), ("2026-09-01", "new", 0, 0),
    ]  # fmt: skip
    assert found.changed_on["pay.md"] == date(2026, 9, 1)
    assert [one.is_material for one in found.changes if one.src_uri == "pay.md"] == [True, False, True]


def test_a_page_that_was_internal_is_new_on_the_day_on_which_it_became_public(tmp_path: Path) -> None:
    made = repo(tmp_path)
    secret = sop("1. Tell nobody.").replace("visibility: public", "visibility: internal")
    made.commit("2026-09-01", {"pay.md": secret})
    made.commit("2026-09-02", {"pay.md": secret.replace("nobody", "nobody at all")})
    made.commit("2026-09-03", {"pay.md": sop("1. Pay.")})
    made.commit("2026-09-04", {"other.md": secret})
    found = material(made)
    assert told(found) == [("2026-09-03", "new", 0, 0)]
    assert found.changed_on["pay.md"] == date(2026, 9, 3)
    assert "other.md" not in {*found.changed_on, *(one.src_uri for one in found.changes)}
    assert told(material(made, audience="internal"))[0] == ("2026-09-03", "changed", 1, 4)


def test_a_page_that_came_out_of_an_internal_folder_leaves_no_trace_there(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit(
        "2026-09-01", {"board/plans/pay.md": "# Paying\n\nIt is so.\n", "a/pay.md": "# Other\n\nQuite another text.\n"}
    )
    made.git("mv", "content/board/plans/pay.md", "content/pay.md")
    made.git("mv", "content/a/pay.md", "content/b.md")
    made.commit("2026-09-02")
    found = material(made, visibility={".": "public", "board": "internal"})
    assert told(found) == [("2026-09-02", "new", 0, 0)]
    assert found.moved_from == {"b.md": ("a/pay.md",)}
    assert told(material(made)) == [("2026-09-01", "new", 0, 0)]


def test_a_page_that_could_not_be_read_was_not_there(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay.", "owner: [no, name]")})
    made.commit("2026-09-02", {"pay.md": sop("1. Pay.")})
    assert told(material(made)) == [("2026-09-02", "new", 0, 0)]


def test_a_text_is_as_old_as_it_is_however_often_the_page_was_touched(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2020-02-01", {"pay.md": sop("1. Pay.")})
    for number in range(9):
        made.commit(
            f"202{number // 4 + 1}-03-0{number % 4 + 1}", {"pay.md": sop("1. Pay.", f"description: Words {number}.")}
        )
    made.commit("2026-09-01", {"other.md": "# New\n"})
    found = material(made)
    assert found.changed_on["pay.md"] == date(2020, 2, 1)
    assert told(found) == []


def test_a_folder_of_another_name_changes_nothing(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay.")})
    made.git("mv", "content", "docs")
    made.docs = made.root / "docs"
    made.commit("2026-09-05")
    found = material(made)
    assert told(found) == [("2026-09-01", "new", 0, 0)]
    assert found.moved_from == {}


def test_no_day_is_claimed_that_no_sitemap_takes(tmp_path: Path) -> None:
    made = Repo(tmp_path / "handbook")
    page = sop("1. Pay.").encode()
    days = [
        ("1970-01-03", {"pay.md": page}),
        ("2105-01-03", {"other.md": b"# Other"}),
        ("2026-09-01", {"a.md": b"# A"}),
    ]
    made.git("fast-import", "--quiet", given=stream(days))
    made.git("reset", "--quiet", "--hard", "main")
    found = material(made)
    assert found.changed_on == {"a.md": date(2026, 9, 1)}
    assert [one.src_uri for one in found.changes] == ["a.md"]


def test_what_was_recorded_after_the_day_of_the_handbook_is_left_out(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay.")})
    assert not material(made).left_out
    made.commit(TOMORROW, {"other.md": sop("1. Ask.", id_="other")})
    found = material(made)
    assert not found.left_out
    assert found.changed_on["other.md"] == date.fromisoformat(TODAY)
    assert told(found, "other.md") == [(TODAY, "new", 0, 0)]
    made.commit(LATER, {"pay.md": sop("1. Pay at once.")})
    found = material(made)
    assert found.left_out
    assert told(found) == [("2026-09-01", "new", 0, 0)]
    assert "pay.md" not in found.changed_on


def test_where_git_proves_nothing_nothing_is_claimed(tmp_path: Path) -> None:
    made = repo(tmp_path)
    made.commit("2026-09-01", {"pay.md": sop("1. Pay.")})
    shallow = tmp_path / "shallow"
    made.git("clone", "--quiet", "--depth", "1", f"file://{made.root}", str(shallow))
    there = Repo.__new__(Repo)
    there.root, there.docs = shallow, shallow / "content"
    assert material(there) is UNKNOWN
    (tmp_path / "none/content").mkdir(parents=True)
    there.root, there.docs = tmp_path / "none", tmp_path / "none/content"
    assert material(there) is UNKNOWN


@pytest.mark.parametrize("docs", ["content", "handbook/content", "."])
def test_paths_count_from_the_folder_of_pages(docs: str, tmp_path: Path) -> None:
    made = repo(tmp_path, docs)
    made.commit("2026-09-01", {"old/pay.md": sop("1. Pay.")})
    made.git("mv", str(made.docs / "old/pay.md"), str(made.docs / "pay.md"))
    made.commit("2026-09-02")
    found = material(made)
    assert told(found) == [("2026-09-01", "new", 0, 0)]
    assert found.moved_from == {"pay.md": ("old/pay.md",)}
