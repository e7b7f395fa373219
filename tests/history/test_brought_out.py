"""A commit's files lie in a folder as the commit holds them: nothing is run, left out or written elsewhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from handrail.errors import SettingsError, UsageError
from handrail.history.brought_out import BroughtOut, brought_out
from handrail.history.commits import Commits, commits_of
from handrail.history.texts import look_back
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.rules.check import check
from tests.history.repos import Repo
from tests.model.building import day
from tests.support.handbooks import TODAY, make_handbook

SETTINGS = "site_name: H\ndocs_dir: content\nplugins: [handrail: {today: 2026-11-15}]\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    (repo.root / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return repo


def commits(repo: Repo) -> Commits:
    return commits_of(repo.root / "mkdocs.yml")


def there(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder; of links where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def brought(repo: Repo, revision: str = "HEAD") -> dict[str, bytes]:
    known = commits(repo)
    with brought_out(known, known.find(revision)) as found:
        return there(found.folder)


def test_the_bytes_are_those_of_the_commit_whatever_attributes_filters_and_hooks_ask_for(
    repo: Repo, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    files = {"a.md": b"# One $Id$\r\n", "secret/b.md": b"two\n", "c.csv": b"a;b\n"}
    repo.commit("2026-01-01", files)
    attributes = "*.md text eol=crlf ident filter=hostile\nsecret/ export-ignore\n*.csv export-subst filter=hostile\n"
    (repo.root / ".gitattributes").write_text(attributes, "utf-8")
    (repo.root / ".git/info/attributes").write_text(attributes, "utf-8")
    for name in ("smudge", "clean"):
        repo.git("config", f"filter.hostile.{name}", f"touch {ran}; cat")
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        hook = repo.root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", "utf-8")
        hook.chmod(0o755)
    found = brought(repo)
    assert {path.removeprefix("content/"): raw for path, raw in found.items() if path.startswith("content/")} == files
    assert found["mkdocs.yml"] == SETTINGS.encode()
    assert not ran.exists()


def test_no_link_leads_out(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("# Secret\n", "utf-8")
    repo.write({"deep/er/a.md": "# A\n"})
    for name, target in {
        "inside.md": "deep/er/a.md",
        "up.md": "../../outside.md",
        "absolute.md": str(tmp_path / "outside.md"),
        "nowhere.md": "gone.md",
        "round.md": "round.md",
        "deep/er/home": "../..",
        "through.md": "deep/er/home/../../outside.md",
    }.items():
        (repo.docs / name).symlink_to(target)
    repo.commit("2026-01-01")
    known = commits(repo)
    with brought_out(known, known.find("HEAD")) as found:
        links = [path for path in found.folder.rglob("*") if path.is_symlink()]
        assert len(links) == 7
        assert (found.folder / "content/inside.md").read_text("utf-8") == "# A\n"
        for link in links:
            try:
                assert link.resolve().is_relative_to(found.folder), link
            except RuntimeError:
                continue
            assert not (link.is_file() and b"Secret" in link.read_bytes())
    assert not found.folder.exists()


def tree(repo: Repo, *entries: tuple[str, str, str]) -> str:
    """Write a tree that git itself would refuse to make; return its id."""
    raw = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(id_) for mode, name, id_ in entries)
    return repo.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=raw)


def test_a_forged_tree_writes_nowhere_else(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-01", {"a.md": "# A\n"})
    blob = repo.git("hash-object", "-w", "--stdin", given=b"evil\n")
    target = repo.git("hash-object", "-w", "--stdin", given=str(tmp_path).encode())
    settings = repo.git("hash-object", "-w", "--stdin", given=SETTINGS.encode())
    inner = tree(repo, ("100644", "evil.md", blob))
    link = tree(repo, ("120000", "evil-link", target))
    forged = tree(
        repo,
        ("40000", "..", inner),
        ("40000", ".git", inner),
        ("40000", "b", inner),
        ("120000", "b", target),
        ("120000", "c", target),
        ("40000", "c", link),
        ("100644", "d/../../evil.md", blob),
        ("100644", "mkdocs.yml", settings),
        ("160000", "other", "1" * 40),
    )
    commit = repo.git("commit-tree", forged, "-m", "Forged")
    found = brought(repo, commit)
    assert found["b/evil.md"] == b"evil\n"
    assert not [path for path in found if path.startswith((".git", "other", "d"))]
    assert [path.name for path in tmp_path.rglob("evil*")] == []


def test_names_of_all_kinds(repo: Repo) -> None:
    names = ["a b.md", "é.md", "line\nend.md", "-x.md", "tab\t.md", os.fsdecode(b"\xff.md"), '"q".md', "日本.md"]
    repo.commit("2026-01-01", {name: f"{number}\n" for number, name in enumerate(names)})
    found = brought(repo)
    assert [found[f"content/{name}"] for name in names] == [f"{number}\n".encode() for number in range(len(names))]


@pytest.mark.parametrize(
    "name", ["gone", "", "--all", "-h", "HEAD~99", "$(touch owned)", "a\nb", "a\0b", ":/", "main:content", "0" * 40]
)
def test_a_name_of_no_commit_is_told_in_one_sentence(repo: Repo, name: str) -> None:
    repo.commit("2026-01-01", {"a.md": "# A\n"})
    with pytest.raises(UsageError, match=r"^Git knows no commit `"):
        commits(repo).find(name)


def test_branches_with_any_name_are_found(repo: Repo) -> None:
    first = repo.commit("2026-01-01", {"a.md": "# A\n"})
    for name in ("a;touch-owned", "$(id)", "é/日本", "-dash", "a`b`", "x'y"):
        repo.git("update-ref", f"refs/heads/{name}", first)
        assert commits(repo).find(name) == first
    assert commits(repo).find(first[:8]) == first


def test_a_repository_without_what_is_needed(repo: Repo, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^Nothing is committed to git yet\. What a change does"):
        commits(repo)
    repo.commit("2026-01-01", {"a.md": "# A\n"})
    repo.commit("2026-01-02", {"a.md": "# B\n"})
    subprocess.run(["git", "clone", "--quiet", "--depth=1", repo.root.as_uri(), str(tmp_path / "shallow")], check=True)
    with pytest.raises(UsageError, match="git fetch --unshallow"):
        commits_of(tmp_path / "shallow/mkdocs.yml")
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError, match=r"^The folder of pages lies in no git repository\. What"):
        commits_of(tmp_path / "plain/mkdocs.yml")


def test_a_clone_without_former_texts_fetches_none_and_is_told(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-01", {"a.md": "# A\n"})
    repo.commit("2026-01-02", {"a.md": "# B\n"})
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    subprocess.run(
        ["git", "clone", "--quiet", "--filter=blob:none", repo.root.as_uri(), str(partial)],
        check=True,
        capture_output=True,
    )
    known = commits_of(partial / "mkdocs.yml")
    with brought_out(known, known.find("HEAD")) as found:
        assert (found.folder / "content/a.md").read_text("utf-8") == "# B\n"
    with (
        pytest.raises(
            UsageError, match=r"^This clone lacks files of the commit [0-9a-f]{7}; clone the repository without"
        ),
        brought_out(known, known.find("HEAD~1")),
    ):
        pass


def project_of(repo: Repo) -> None:
    known = commits(repo)
    with brought_out(known, known.find("HEAD")) as found:
        found.project()


def test_settings_that_cannot_be_used(repo: Repo, tmp_path: Path) -> None:
    config = repo.root / "mkdocs.yml"
    for text, said in {
        "a: [": r"^As the commit [0-9a-f]{7} has it, mkdocs\.yml, line 2 is not readable as YAML",
        "docs_dir: gone\n": r"^As the commit [0-9a-f]{7} has it, .*`gone` of the pages is not there",
        f"docs_dir: {tmp_path}\n": r"^As the commit [0-9a-f]{7} has it, mkdocs\.yml names a folder of pages outside",
        f"INHERIT: {tmp_path}/gone.yml\n": r"has it, mkdocs\.yml: INHERIT names",
        "INHERIT: gone.yml\n": r"has it, mkdocs\.yml: INHERIT names gone\.yml, which is not there",
    }.items():
        config.write_text(text, "utf-8")
        repo.commit("2026-01-01", {"a.md": "# A\n"})
        with pytest.raises(SettingsError, match=said):
            project_of(repo)
    config.unlink()
    repo.commit("2026-01-02")
    config.write_text(SETTINGS, "utf-8")
    with pytest.raises(SettingsError, match=r"^The commit [0-9a-f]{7} has no mkdocs\.yml, so"):
        project_of(repo)


def test_what_lies_above_the_handbook_comes_along_where_its_settings_lead_there(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", "texts")
    (repo.root / "book").mkdir()
    (repo.root / "base.yml").write_text("plugins: [handrail]\n", "utf-8")
    (repo.root / "book/mkdocs.yml").write_text("INHERIT: ../base.yml\ndocs_dir: ../texts\n", "utf-8")
    repo.commit("2026-01-01", {"a.md": "# A\n"})
    known = commits_of(repo.root / "book/mkdocs.yml")
    assert known.config == PurePosixPath("book/mkdocs.yml")
    with brought_out(known, known.find("HEAD")) as found:
        project = found.project()
        assert project.docs_dir == found.folder / "texts"
        assert found.look_back(load_handbook(project, {}, day(TODAY))).facts.pages.keys() == {"a.md"}


def test_a_commit_is_judged_as_a_check_of_it_would(tmp_path: Path) -> None:
    page = "---\nkind: sop\nid: pay\ntitle: Pay\nvisibility: public\nstate: active\nrapid: LBK(D)\n---\n[a](gone.md)\n"
    people = "---\nkind: people\nid: people\ntitle: P\nvisibility: public\npeople: [{id: lbk, name: Lena}]\n---\n"
    repo = Repo(tmp_path / "repo")
    make_handbook(repo.root, {"content/pay.md": page, "content/people.md": people, "content/x.png": b"\x89PNG"})
    repo.commit("2026-01-01")
    signed = "sign_offs: [{role: D, by: lbk, date: 2026-01-02}]\n---\n"
    repo.commit("2026-01-02", {"pay.md": page.replace("---\n[a]", f"{signed}[a]")})
    repo.commit("2026-02-02", {"pay.md": page.replace("---\n[a]", f"{signed}Changed [a]")})
    commit = repo.commit("2026-02-03", {"old/pay.md": (repo.docs / "pay.md").read_bytes(), "pay.md": None})
    other = tmp_path / "other"
    subprocess.run(["git", "clone", "--quiet", repo.root.as_uri(), str(other)], check=True)
    repo.commit("2026-03-03", {"new.md": "# New\n", "old/pay.md": None})
    project = load_project(other / "mkdocs.yml")
    expected = check(load_handbook(project, load_kinds(project.root), day(TODAY), look_back=look_back))
    known = commits(repo)
    with brought_out(known, commit) as found:
        assert isinstance(found, BroughtOut)
        own = found.project()
        told = check(load_handbook(own, found.kinds(own), day(TODAY), look_back=found.look_back))
    assert told == expected
    assert {one.name for one in told.findings} >= {"changed-since"}
