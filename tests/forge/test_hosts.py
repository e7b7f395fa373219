"""What a forge takes for a pattern fits the same files as ours."""

from __future__ import annotations

import re

import pytest

from handrail.forge.hosts import GITHUB, host_of
from handrail.model.project import Project
from tests.model.building import ROOT, settings


def on(repo_url: str, edit_uri: str = "") -> Project:
    return Project(ROOT, ROOT / "mkdocs.yml", ROOT / "content", settings(), repo_url=repo_url, edit_uri=edit_uri)


GITEA = host_of(on("https://codeberg.org/acme/handbook"))


@pytest.mark.parametrize(
    ("pattern", "fits", "misses"),
    [
        ("*", ["a.md", "a/b.md"], []),
        ("/content/", ["content/a.md", "content/b/c.md"], ["content", "other/content/a.md"]),
        ("/content/a.md", ["content/a.md"], ["content/aXmd", "content/a.md.md"]),
        ("/content/a\\ b(1).md", ["content/a b(1).md"], ["content/a b1.md"]),
        ("/content/a?b.md", ["content/a#b.md"], ["content/ab.md"]),
        ("/mkdocs*.yml", ["mkdocs.yml", "mkdocs-staff.yml"], ["mkdocs/a.yml"]),
        ("/**/.gitattributes", [".gitattributes", "a/b/.gitattributes"], ["a/gitattributes"]),
    ],
)
def test_gitea_takes_regular_expressions(pattern: str, fits: list[str], misses: list[str]) -> None:
    # Gitea takes one of two backslashes away before it reads the expression, and looks at the whole path.
    regex = re.compile(re.sub(r"\\(.)", r"\1", GITEA.pattern(pattern)))
    assert [path for path in (*fits, *misses) if regex.fullmatch(path)] == fits


@pytest.mark.parametrize(
    ("repo_url", "edit_uri", "file"),
    [
        ("https://github.com/a/b", "", ".github/CODEOWNERS"),
        ("", "", ".github/CODEOWNERS"),
        ("https://gitlab.com/a/b", "", ".gitlab/CODEOWNERS"),
        ("https://code.example/a/b", "-/edit/main/content/", ".gitlab/CODEOWNERS"),
        ("https://git.example/a/b", "_edit/main/content/", ".gitea/CODEOWNERS"),
    ],
)
def test_a_forge_reads_its_own_folder(repo_url: str, edit_uri: str, file: str) -> None:
    assert host_of(on(repo_url, edit_uri)).file == file


def test_gitlab_knows_handles_with_dots() -> None:
    gitlab = host_of(on("https://gitlab.com/a/b"))
    assert gitlab.person.fullmatch("@ada.roth")
    assert gitlab.team.fullmatch("@acme/docs/editors")
    assert not GITHUB.person.fullmatch("@ada.roth")
