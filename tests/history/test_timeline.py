"""The handbook at a commit is the one that a checkout of it holds."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from handrail.history.texts import look_back
from handrail.history.timeline import Timeline, Unreadable, handbook_at
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.rules.check import check
from handrail.text import source as source_module
from handrail.text.source import Source
from tests.history.repos import Repo, signed, sop
from tests.support.handbooks import make_handbook

TODAY = date(2026, 11, 15)
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='{}'/></svg>"


def _open(root: Path) -> Handbook:
    project = load_project(root / "mkdocs.yml")
    return load_handbook(project, load_kinds(project.root), TODAY, look_back=look_back)


def _written(repo: Repo) -> list[str]:
    """Write a handbook in several commits: pages come, go, move, show pictures, and their folder gets another name."""
    make_handbook(repo.root, {})
    repo.git("config", "core.autocrlf", "false")
    commits = [repo.commit("2026-01-10", {"pay.md": sop("Pay.\n\n![a](a.svg)"), "a.svg": PICTURE.format(1)})]
    digest = str(_open(repo.root).texts.digest(_open(repo.root).by_src_uri["pay.md"]))
    commits.append(repo.commit("2026-02-10", {"pay.md": sop("Pay.\n\n![a](a.svg)", signed(digest, "D", "A"))}))
    commits.append(
        repo.commit("2026-03-10", {"a.svg": PICTURE.format(2), "team/note.md": "# Note\n\n[Pay](../pay.md)\n"})
    )
    commits.append(repo.commit("2026-04-10", {".hidden.md": "x", "team/.pages": "title: x", "tool.sh": "#!/bin/sh"}))
    (repo.docs / "link.md").symlink_to("pay.md")
    commits.append(repo.commit("2026-05-10", {"team/note.md": None, "team/näme ü.md": "# Ü\n"}))
    repo.git("mv", "content", "pages")
    config = repo.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace('"content"', '"pages"'), "utf-8")
    repo.docs = repo.root / "pages"
    commits.append(repo.commit("2026-06-10", {"pay.md": sop("Pay all.\n", signed(digest, "D", "A"))}))
    return commits


@pytest.fixture(name="repo")
def _repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "book")


def test_a_commit_is_what_its_checkout_holds(repo: Repo, tmp_path: Path) -> None:
    commits = _written(repo)
    timeline = Timeline(_open(repo.root))
    for commit in commits:
        clone = tmp_path / commit[:12]
        subprocess.run(["git", "clone", "--quiet", str(repo.root), str(clone)], check=True)
        subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=clone, check=True)
        then, there = timeline.at(commit), _open(clone)
        assert isinstance(then, Handbook)
        assert [page.path for page in then.pages] == [page.path for page in there.pages]
        assert [page.data for page in then.pages] == [page.data for page in there.pages]
        lists = ("pages", "assets", "symlinks", "folder_settings")
        assert [getattr(then.files, name) for name in lists] == [getattr(there.files, name) for name in lists]
        digests = [[str(book.texts.digest(page)) for page in book.documents] for book in (then, there)]
        assert digests[0] == digests[1]
        assert then.past.facts == there.past.facts
        assert check(then).findings == check(there).findings


def test_each_content_is_parsed_once(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = _written(repo)
    book = _open(repo.root)
    read: list[bytes | None] = []
    real = source_module.read_source

    def counted(raw: bytes | None) -> Source:
        read.append(raw)
        return real(raw)

    monkeypatch.setattr("handrail.history.timeline.read_source", counted)
    timeline = Timeline(book)
    for commit in [*commits, *commits]:
        assert isinstance(timeline.at(commit), Handbook)
    assert len(read) == len(set(read))
    today = {page.source.text.encode() for page in book.pages}
    assert today.isdisjoint(filter(None, read))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("a: [", "`mkdocs.yml` can't be read"),
        ("docs_dir: gone\n", "the folder `gone` of the pages is not there"),
        ("site_name: x\n", "the folder `docs` of the pages is not there"),
        ("docs_dir: ../elsewhere\n", "the folder `../elsewhere` of the pages is not there"),
        ("docs_dir: [content]\n", "`docs_dir` in `mkdocs.yml` is no name of a folder"),
        ("INHERIT: base.yml\n", "there is no `base.yml` that is inherited from"),
        ("INHERIT: mkdocs.yml\n", "`INHERIT` in `mkdocs.yml` leads to no file"),
        (None, "there is no `mkdocs.yml`"),
    ],
)
def test_a_commit_that_holds_no_handbook_says_why(repo: Repo, config: str | None, said: str) -> None:
    make_handbook(repo.root, {"content/a.md": "# A\n"})
    good = (repo.root / "mkdocs.yml").read_text("utf-8")
    if config is None:
        (repo.root / "mkdocs.yml").unlink()
    else:
        (repo.root / "mkdocs.yml").write_text(config, "utf-8")
    commit = repo.commit("2026-01-10")
    (repo.root / "mkdocs.yml").write_text(good, "utf-8")
    repo.commit("2026-02-10")
    assert handbook_at(_open(repo.root), commit) == Unreadable(commit, f"In the commit {commit[:7]} {said}.")


def test_the_settings_of_a_commit_may_have_another_name(repo: Repo) -> None:
    """A handbook that went over to ProperDocs keeps its past."""
    make_handbook(repo.root, {"content/a.md": "# A\n"})
    commit = repo.commit("2026-01-10")
    repo.git("mv", "mkdocs.yml", "properdocs.yml")
    repo.commit("2026-02-10")
    project = load_project(repo.root / "properdocs.yml")
    then = handbook_at(load_handbook(project, load_kinds(project.root), TODAY, look_back=look_back), commit)
    assert isinstance(then, Handbook)
    assert [page.src_uri for page in then.pages] == ["a.md"]


def test_what_a_commit_inherits_is_its_own(repo: Repo) -> None:
    make_handbook(repo.root, {"content/a.md": "# A\n", "base.yml": "docs_dir: old\n", "old/b.md": "# B\n"})
    good = (repo.root / "mkdocs.yml").read_text("utf-8")
    (repo.root / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    commit = repo.commit("2026-01-10")
    (repo.root / "mkdocs.yml").write_text(good, "utf-8")
    (repo.root / "base.yml").write_text("docs_dir: content\n", "utf-8")
    repo.commit("2026-02-10")
    then = handbook_at(_open(repo.root), commit)
    assert isinstance(then, Handbook)
    assert [page.src_uri for page in then.pages] == ["b.md"]


@pytest.mark.parametrize("commit", ["0" * 40, "", "nobody", "HEAD\nHEAD", "-h", "\0"])
def test_what_is_no_commit_is_said(repo: Repo, commit: str) -> None:
    _written(repo)
    assert isinstance(handbook_at(_open(repo.root), commit), Unreadable)


def test_without_a_repository_nothing_is_read(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/a.md": "# A\n"})
    found = handbook_at(_open(tmp_path), "HEAD")
    assert isinstance(found, Unreadable)
    assert "no git repository" in found.why


def test_a_handbook_below_the_root_of_its_repository(repo: Repo) -> None:
    make_handbook(repo.root / "sub", {"content/a.md": "# A\n"})
    repo.commit("2026-01-10")
    (repo.root / "sub/content/a.md").write_text("# B\n", "utf-8")
    then = handbook_at(_open(repo.root / "sub"), "HEAD")
    assert isinstance(then, Handbook)
    assert [page.title for page in then.pages] == ["A"]
