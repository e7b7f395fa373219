"""Files that have moved are found again where git shows where they went, and nothing is claimed where it doesn't."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from handrail.history import git, moves
from handrail.history.moves import between, moved
from tests.history.repos import Repo

TEXT = "".join(f"Line {number} of a page that is long enough to be known again.\n" for number in range(12))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "handbook")
    repo.commit("2026-01-01", {"pay.md": TEXT, "other.md": "Something else.\n"})
    return repo


def go(repo: Repo, source: str, target: str, *, staged: bool = True) -> None:
    (repo.docs / target).parent.mkdir(parents=True, exist_ok=True)
    if staged:
        repo.git("mv", f"content/{source}", f"content/{target}")
    else:
        (repo.docs / source).rename(repo.docs / target)


def places(repo: Repo, *gone: str) -> dict[str, str]:
    found = moved(repo.root, [f"content/{path}" for path in gone])
    return {old.removeprefix("content/"): new.removeprefix("content/") for old, new in found.items()}


def test_a_committed_move(repo: Repo) -> None:
    go(repo, "pay.md", "finance/pay.md")
    repo.commit("2026-01-02")
    repo.commit("2026-01-03", {"other.md": "More.\n"})
    assert places(repo, "pay.md") == {"pay.md": "finance/pay.md"}


def test_a_move_with_a_change(repo: Repo) -> None:
    go(repo, "pay.md", "finance/pay.md")
    repo.commit("2026-01-02", {"finance/pay.md": TEXT + "One more line.\n"})
    assert places(repo, "pay.md") == {"pay.md": "finance/pay.md"}


@pytest.mark.parametrize("staged", [True, False])
def test_a_move_that_is_not_committed(repo: Repo, staged: bool) -> None:  # noqa: FBT001 - a parameter of the test
    go(repo, "pay.md", "finance/pay.md", staged=staged)
    assert places(repo, "pay.md") == {"pay.md": "finance/pay.md"}


def test_one_move_after_another_the_last_not_committed(repo: Repo) -> None:
    for day, (source, target) in enumerate([("pay.md", "a/pay.md"), ("a/pay.md", "b/pay.md")], 2):
        go(repo, source, target)
        repo.commit(f"2026-01-0{day}")
    go(repo, "b/pay.md", "c/pay.md", staged=False)
    assert places(repo, "pay.md", "a/pay.md") == {"pay.md": "c/pay.md", "a/pay.md": "c/pay.md"}


def test_a_whole_folder_moves(repo: Repo) -> None:
    files = {f"old/p{number}.md": TEXT.replace("page", f"page {number}") for number in range(40)}
    repo.commit("2026-01-02", dict(files))
    go(repo, "old", "new")
    repo.commit("2026-01-03")
    assert places(repo, *files) == {path: path.replace("old/", "new/") for path in files}


def test_a_move_on_a_branch_that_was_merged(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    go(repo, "pay.md", "finance/pay.md")
    repo.commit("2026-01-02")
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-01-02", {"other.md": "Changed meanwhile.\n"})
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    assert places(repo, "pay.md") == {"pay.md": "finance/pay.md"}


def test_odd_names(repo: Repo) -> None:
    names = ["a b.md", "[x]*?.md", ":(top)x.md", "tab\there.md", "line\nend.md", "-z.md", os.fsdecode(b"\xe9.md")]
    repo.commit("2026-01-02", {name: f"{TEXT}{index}\n" for index, name in enumerate(names)})
    for index, name in enumerate(names):
        (repo.docs / name).rename(repo.docs / f"new{index}.md")
    repo.commit("2026-01-03")
    assert places(repo, *names) == {name: f"new{index}.md" for index, name in enumerate(names)}


def test_a_deleted_page_went_nowhere(repo: Repo) -> None:
    repo.commit("2026-01-02", {"pay.md": None, "new.md": "A page of its own.\n"})
    assert places(repo, "pay.md", "never-there.md") == {}


def test_a_page_that_moved_and_was_deleted_went_nowhere(repo: Repo) -> None:
    go(repo, "pay.md", "a/pay.md")
    repo.commit("2026-01-02")
    repo.commit("2026-01-03", {"a/pay.md": None})
    assert places(repo, "pay.md") == {}


def test_the_last_move_from_a_place_counts(repo: Repo) -> None:
    go(repo, "pay.md", "first.md")
    repo.commit("2026-01-02")
    repo.commit("2026-01-03", {"pay.md": TEXT.upper()})
    go(repo, "pay.md", "second.md")
    repo.commit("2026-01-04")
    assert places(repo, "pay.md") == {"pay.md": "second.md"}


def test_a_project_below_the_root_of_its_repository(repo: Repo) -> None:
    go(repo, "pay.md", "finance/pay.md")
    repo.commit("2026-01-02")
    assert moved(repo.docs, ["pay.md"]) == {"pay.md": "finance/pay.md"}


def test_without_git_nothing_is_claimed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    go(repo, "pay.md", "finance/pay.md")
    shutil.rmtree(repo.root / ".git")
    assert places(repo, "pay.md") == {}
    monkeypatch.setenv("PATH", str(repo.root))
    assert places(repo, "pay.md") == {}


def test_git_is_asked_for_few_things(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    go(repo, "pay.md", "finance/pay.md")
    repo.commit("2026-01-02")
    asked: list[str] = []

    def count(folder: Path, *arguments: str) -> tuple[int, bytes, str]:
        asked.append(arguments[0])
        return git.ask(folder, *arguments)

    monkeypatch.setattr(moves, "ask", count)
    places(repo, "pay.md")
    assert asked == ["diff", "log", "log"]


def test_what_became_of_files_between_two_commits_and_the_folder(repo: Repo) -> None:
    base = repo.commit("2026-01-02", {"picture.png": b"\x89one", "gone.md": "Gone.\n"})
    go(repo, "pay.md", "finance/pay.md")
    head = repo.commit("2026-01-03", {"picture.png": b"\x89two", "gone.md": None, "new.md": "New.\n"})
    found = between(repo.root, base, head)
    assert found.moves == {"content/pay.md": "content/finance/pay.md"}
    assert set(found.touched) == {f"content/{name}" for name in ("picture.png", "new.md")}
    assert found.gone == ["content/gone.md"]
    assert between(repo.root, base) == found
    go(repo, "finance/pay.md", "pay again.md", staged=False)
    repo.write({"drawing.svg": "<svg/>"})
    found = between(repo.root, base)
    assert found.moves == {"content/pay.md": "content/pay again.md"}
    assert {"content/drawing.svg", "content/pay again.md"} <= set(found.touched)


def test_nothing_is_said_of_commits_that_git_does_not_know(repo: Repo, tmp_path: Path) -> None:
    for folder, commit in ((repo.root, "0" * 40), (tmp_path, "HEAD")):
        assert between(folder, commit, commit).moves == {}


@pytest.mark.parametrize("is_committed", [True, False])
def test_what_was_rewritten_after_it_had_moved_is_followed_through_the_commits(
    repo: Repo, *, is_committed: bool
) -> None:
    base = repo.git("rev-parse", "HEAD")
    for day, (source, target) in enumerate([("pay.md", "a/pay.md"), ("a/pay.md", "b/pay.md")], 2):
        go(repo, source, target)
        repo.commit(f"2026-01-0{day}")
    head = repo.commit("2026-01-05", {"b/pay.md": "Nothing of it is left.\n"})
    expected = {"content/pay.md": "content/b/pay.md"}
    if is_committed:
        repo.commit("2026-01-06", {"b/pay.md": None})
        assert between(repo.root, base, head).moves == expected
        assert between(repo.root, base).gone == ["content/pay.md"]
    else:
        assert between(repo.root, base).moves == expected
