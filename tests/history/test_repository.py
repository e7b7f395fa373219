"""Which commits made a page what it is, on repositories of every odd shape."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.history import git
from handrail.history.git import Blobs, GitError, ask, refusal
from handrail.history.repository import find_checkout, fingerprint, read_history
from handrail.model.gitfacts import Author, GitFacts
from tests.history.repos import LENA, OMAR, Repo, bare_environment, sop

LINES = "".join(f"Line {number} of a page\n" for number in range(20))
LENA_IS, OMAR_IS = Author("Lena", "lena@example.org"), Author("Omar", "omar@example.org")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def days(repo: Repo, path: str) -> list[str]:
    return [revision.commit.day.isoformat() for revision in repo.history.revisions.get(path, ())]


# What a page's history is


def test_a_page_has_its_first_day_and_its_authors_in_order(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.commit("2026-02-05", {"a.md": "two\n", "b.md": "b\n"}, by=OMAR)
    head = repo.commit("2026-03-05", {"a.md": "three\n"})
    facts = repo.history.facts
    assert facts.available
    assert (facts.shallow, facts.reason, facts.since) == (False, "", date(2026, 1, 5))
    assert facts.pages["a.md"].first_day == date(2026, 1, 5)
    assert facts.pages["a.md"].authors == (LENA_IS, OMAR_IS)
    assert facts.pages["b.md"].authors == (OMAR_IS,)
    assert repo.history.head == head == find_checkout(repo.docs).head


def test_the_day_is_the_authors_own_and_outlives_a_rebase(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.git("commit", "--quiet", "--amend", "--no-edit")  # the committer's day is the last of the year
    assert days(repo, "a.md") == ["2026-01-05"]


def test_those_who_helped_are_authors_too(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"}, said="Write\n\nCo-authored-by: Omar <omar@example.org>")
    assert repo.history.facts.pages["a.md"].authors == (LENA_IS, OMAR_IS)


def test_two_addresses_of_one_person_are_one_where_the_repository_says_so(repo: Repo) -> None:
    (repo.root / ".mailmap").write_text("Lena <lena@example.org> <lena@home.example>\n", "utf-8")
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.commit("2026-01-06", {"a.md": "two\n"}, by="lbk <lena@home.example>")
    assert repo.history.facts.pages["a.md"].authors == (LENA_IS,)


def test_uncommitted_pages_and_changes_are_not_there(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.write({"a.md": "two\n", "b.md": "b\n"})
    repo.git("add", "--all")
    assert set(repo.history.revisions) == {"a.md"}
    assert days(repo, "a.md") == ["2026-01-05"]


def test_a_moved_page_keeps_its_history_and_who_moves_it_writes_nothing(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": LINES})
    repo.commit("2026-01-06", {"a.md": None, "deep/b.md": LINES}, by=OMAR)
    repo.commit("2026-01-07", {"deep/b.md": None, "c.md": LINES + "one more\n"})
    repo.commit("2026-01-08", {"a.md": "another page\n"}, by=OMAR)
    assert set(repo.history.revisions) == {"a.md", "c.md"}
    assert days(repo, "c.md") == ["2026-01-07", "2026-01-06", "2026-01-05"]
    assert days(repo, "a.md") == ["2026-01-08"]
    assert repo.history.facts.pages["c.md"].authors == (LENA_IS,)


def test_a_page_that_comes_from_outside_the_folder_keeps_its_history(repo: Repo) -> None:
    (repo.root / "docs").mkdir()
    (repo.root / "docs" / "a.md").write_text(LINES, "utf-8")
    repo.commit("2026-01-05", {"b.md": "b\n"})
    (repo.root / "docs" / "a.md").unlink()
    repo.commit("2026-01-06", {"a.md": LINES})
    assert days(repo, "a.md") == ["2026-01-06", "2026-01-05"]


def test_pages_elsewhere_and_hidden_ones_are_none_of_ours(repo: Repo) -> None:
    (repo.root / "README.md").write_text("Read me\n", "utf-8")
    repo.commit("2026-01-04", {".hidden/a.md": "a\n", "data.csv": "1\n"})
    assert repo.history.reason == git.NO_PAGE
    repo.commit("2026-01-05", {"A.MD": "one\n", "b.markdown": "b\n"})
    assert set(repo.history.revisions) == {"A.MD", "b.markdown"}
    assert repo.history.facts.since == date(2026, 1, 5)


def test_a_page_deleted_and_added_again_has_one_history(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.commit("2026-01-06", {"a.md": None}, by=OMAR)
    repo.commit("2026-01-07", {"a.md": "something else\n"})
    assert days(repo, "a.md") == ["2026-01-07", "2026-01-05"]
    assert repo.history.facts.pages["a.md"].authors == (LENA_IS,)


def test_two_pages_that_change_places_change_their_texts(repo: Repo) -> None:
    other = LINES.replace("page", "plan")
    repo.commit("2026-01-05", {"a.md": LINES, "b.md": other})
    repo.commit("2026-01-06", {"a.md": other, "b.md": LINES})
    assert days(repo, "a.md") == days(repo, "b.md") == ["2026-01-06", "2026-01-05"]


def test_a_link_is_no_page(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    (repo.docs / "b.md").symlink_to("a.md")
    (repo.docs / "a.md").unlink()
    (repo.docs / "a.md").symlink_to("b.md")
    repo.commit("2026-01-06")
    assert days(repo, "a.md") == ["2026-01-05"]
    assert days(repo, "b.md") == []


# Branches


def branch(repo: Repo, on_branch: dict[str, str | bytes | None], on_main: dict[str, str | bytes | None]) -> None:
    """Write on a branch as Omar, on the main line as Lena, and merge without committing."""
    repo.commit("2026-01-05", {"a.md": LINES})
    repo.git("checkout", "--quiet", "-b", "work")
    repo.commit("2026-01-07", on_branch, by=OMAR)
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-01-06", on_main)


def merge(repo: Repo, day: str = "2026-01-09") -> None:
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "work", by="Third <third@example.org>", day=day)


def test_a_merge_leaves_a_text_its_author_and_day(repo: Repo) -> None:
    branch(repo, {"a.md": LINES + "more\n"}, {"b.md": "b\n"})
    merge(repo)
    assert days(repo, "a.md") == ["2026-01-07", "2026-01-05"]
    assert repo.history.facts.pages["a.md"].authors == (LENA_IS, OMAR_IS)


def test_a_text_that_only_the_merge_made_is_read_and_has_no_new_author(repo: Repo) -> None:
    branch(repo, {"a.md": LINES + "more\n"}, {"a.md": "before\n" + LINES})
    merge(repo)
    revisions = repo.history.revisions["a.md"]
    assert [revision.commit.day.day for revision in revisions] == [9, 7, 6, 5]
    assert [revision.wrote for revision in revisions] == [False, True, True, True]
    blob = revisions[0].blob
    assert dict(repo.history.blobs.read([blob])) == {blob: f"before\n{LINES}more\n".encode()}
    assert repo.history.facts.pages["a.md"].authors == (LENA_IS, OMAR_IS)


def test_a_page_that_a_merge_added_itself_has_its_author(repo: Repo) -> None:
    branch(repo, {"c.md": "c\n"}, {"b.md": "b\n"})
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", "work")
    repo.commit("2026-01-09", {"new.md": "new\n"}, by=OMAR)
    assert repo.history.facts.pages["new.md"].authors == (OMAR_IS,)


@pytest.mark.parametrize("moved_by", ["branch", "main"])
def test_what_was_written_at_the_old_path_beside_a_move_belongs_to_the_page(repo: Repo, moved_by: str) -> None:
    moved: dict[str, str | bytes | None] = {"a.md": None, "b.md": LINES}
    written: dict[str, str | bytes | None] = {"a.md": LINES + "more\n"}
    branch(repo, *((moved, written) if moved_by == "branch" else (written, moved)))
    merge(repo)
    assert (repo.docs / "b.md").read_text("utf-8") == LINES + "more\n"
    assert set(repo.history.revisions) == {"b.md"}
    assert {"2026-01-05", "2026-01-06", "2026-01-07"} <= set(days(repo, "b.md"))


def test_a_change_that_a_branch_took_back_is_history_too(repo: Repo) -> None:
    branch(repo, {"a.md": LINES + "more\n"}, {"b.md": "b\n"})
    repo.git("checkout", "--quiet", "work")
    repo.commit("2026-01-08", {"a.md": LINES}, by=OMAR)
    repo.git("checkout", "--quiet", "main")
    merge(repo)
    assert days(repo, "a.md") == ["2026-01-08", "2026-01-07", "2026-01-05"]


# Where the folder lies and what it is called

NAMES = ["with space.md", "ünï.md", "two\nlines.md", ":colon.md", '"quotes".md', "tab\t.md", "-dash.md", "*[a].md"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("docs", ["content", "a\nb/c d", "."], ids=["plain", "odd", "root"])
def test_any_name_is_read_as_the_file_system_gives_it(tmp_path: Path, docs: str) -> None:
    repo = Repo(tmp_path / "repo", docs)
    names = {*NAMES, os.fsdecode(b"latin-\xe9.md"), os.fsdecode(b"d\xff/x.md")}
    repo.commit("2026-01-05", {name: f"{name!r} {LINES}" for name in names})
    assert set(repo.history.revisions) == names
    moves: dict[str, str | bytes | None] = dict.fromkeys(names)
    repo.commit("2026-01-06", moves | {f"to/{name}": f"{name!r} {LINES}" for name in names})
    assert {path: len(revisions) for path, revisions in repo.history.revisions.items()} == {f"to/{n}": 2 for n in names}


@pytest.mark.parametrize(
    "by", ["Ünï Cödé <u@example.org>", "commit 0123 :100644 <a@example.org>", "  Spaced   <spaced@example.org>", "x <>"]
)
def test_any_author_is_read(repo: Repo, by: str) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"}, by=by, said="commit deadbeef\n\n:100644 A\n\nCo-authored-by: nobody")
    name, _, email = by.partition("<")
    found = repo.history.facts.pages["a.md"].authors
    assert found == (Author(name.strip(), email.rstrip(">")), Author("nobody", ""))


def test_a_repository_of_the_other_hash_is_read(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", "content", "--object-format=sha256")
    repo.commit("2026-01-05", {"a.md": "one\n"})
    assert len(repo.history.head) == 64
    assert days(repo, "a.md") == ["2026-01-05"]


HOSTILE_SETTINGS = {
    "log.showSignature": "true", "diff.relative": "true", "log.follow": "true", "color.ui": "always",
    "core.quotePath": "true", "diff.renames": "copies", "log.diffMerges": "remerge", "log.date": "relative",
    "core.abbrev": "7", "diff.external": "false", "i18n.logOutputEncoding": "latin1", "diff.renameLimit": "1",
    "core.pager": "false", "log.decorate": "full", "format.pretty": "email",
}  # fmt: skip


def test_neither_the_settings_of_a_user_nor_a_hooks_environment_change_anything(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch(repo, {"b.md": LINES, "ü.md": "u\n", "a.md": None}, {"c.md": "c\n"})
    merge(repo)
    expected = repo.history
    for name, value in HOSTILE_SETTINGS.items():
        repo.git("config", name, value)
    elsewhere = Repo(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(elsewhere.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(elsewhere.root))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert repo.history.revisions == expected.revisions


def test_git_needs_no_home_and_no_name(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"}, by=LENA)
    monkeypatch.setattr(os, "environ", bare_environment(tmp_path / "nobody"))
    assert days(repo, "a.md") == ["2026-01-05"]
    monkeypatch.setattr(os, "environ", {"PATH": os.environ["PATH"]})
    assert days(repo, "a.md") == ["2026-01-05"]


# Where nothing is proved


def nothing(folder: Path, reason: str, *, shallow: bool = False) -> None:
    facts = read_history(folder).facts
    assert facts == GitFacts(available=False, shallow=shallow, reason=reason)
    assert facts.reason.endswith(".")


def test_no_program(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    monkeypatch.setenv("PATH", "")
    nothing(repo.docs, git.NO_PROGRAM)
    assert dict(Blobs(repo.docs).read(["0" * 40])) == {}


def test_no_repository(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "plain").mkdir()
    nothing(tmp_path / "plain", git.NO_REPOSITORY)
    nothing(repo.root / ".git", git.NO_REPOSITORY)
    assert not read_history(tmp_path / "gone").facts.available


def test_nothing_committed(repo: Repo) -> None:
    repo.write({"a.md": "one\n"})
    nothing(repo.docs, git.NO_COMMIT)
    repo.docs.rename(repo.root / "later")
    repo.docs.mkdir()
    repo.commit("2026-01-05")
    nothing(repo.docs, git.NO_PAGE)


def test_a_shallow_clone_claims_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    repo.commit("2026-01-06", {"a.md": "two\n"})
    repo.git("clone", "--quiet", "--depth", "1", repo.root.as_uri(), str(tmp_path / "clone"))
    nothing(tmp_path / "clone" / "content", git.SHALLOW, shallow=True)
    assert len(read_history(tmp_path / "clone" / "content").revisions["a.md"]) == 1


def test_a_clone_without_texts_claims_nothing_and_fetches_none(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-05", {"a.md": LINES})
    repo.commit("2026-01-06", {"a.md": None, "b.md": LINES + "more\n"})
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--filter=blob:none", "--no-checkout", repo.root.as_uri(), str(clone))
    (clone / "content").mkdir()
    found = read_history(clone / "content")
    assert found.reason.startswith("This clone lacks former texts")


def test_a_repository_of_another_user_is_said(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    repo.commit("2026-01-05", {"a.md": "one\n"})
    monkeypatch.setattr(os, "environ", bare_environment(tmp_path, GIT_TEST_ASSUME_DIFFERENT_OWNER="1"))
    assert "another user" in read_history(repo.docs).reason


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Let a script be what is run for git."""
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(program))
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'fatal: the disk is on fire' >&2; exit 128", "“the disk is on fire”"),
        ("exit 3", "could not read"),
        ("echo true; echo false; echo gibberish", "committed"),
        (
            'for a; do [ "$a" = log ] && { echo nonsense; exit 0; }; done; echo true; echo false; echo ' + 40 * "a",
            "git",
        ),
    ],
)
def test_a_git_that_fails_is_said(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    program = stand_in(tmp_path, monkeypatch, script)
    found = read_history(repo.docs)
    assert said in found.reason
    assert not found.facts.available
    program.unlink()
    with pytest.raises(GitError, match="can't be run"):
        ask(repo.docs, "version")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_git_that_never_ends_is_given_up(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exec sleep 3600")
    monkeypatch.setattr(ask, "__kwdefaults__", {"given": b"", "seconds": 0.1})
    assert "longer than 0.1 seconds" in read_history(repo.docs).reason


def test_git_is_run_twice_however_long_the_history_is(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 6):
        repo.commit(f"2026-01-0{day}", {f"{number}.md": f"{day} {number}\n" for number in range(5)})
    runs = []
    run = subprocess.run

    def counted(arguments: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        runs.append(arguments)
        return run(arguments, **options)

    monkeypatch.setattr("handrail.history.git.subprocess.run", counted)
    found = read_history(repo.docs)
    assert (len(found.facts.pages), len(found.revisions["1.md"])) == (5, 5)
    assert len(runs) == 2


def test_a_fingerprint_tells_one_history_from_another(repo: Repo) -> None:
    seen = [fingerprint(repo.docs)]
    for day in ("2026-01-05", "2026-01-06"):
        repo.commit(day, {"a.md": f"{day}\n"})
        seen += [fingerprint(repo.docs)]
    repo.write({"a.md": "not committed\n"})
    assert fingerprint(repo.docs) == seen[-1]
    assert seen[0] == git.NO_COMMIT
    assert len({*seen, fingerprint(repo.root)}) == 4


def test_a_damaged_repository_is_said(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop("one")})
    tree = repo.git("rev-parse", "HEAD^{tree}")
    repo.commit("2026-01-06", {"a.md": sop("two")})
    (repo.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    found = read_history(repo.docs)
    assert found.reason.startswith("Git could not read the repository (“")
    assert refusal("") == "Git could not read the repository, so nothing can be said about who wrote a page and when."
