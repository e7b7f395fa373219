"""Where a page is edited and begun on the web, by forge."""

from __future__ import annotations

import pytest

from handrail.forge.forge import Forge, with_quoted_name

GITHUB = "https://github.com/example/handbook"
GITLAB = "https://gitlab.com/group/sub/handbook"
OWN_GITLAB = "https://code.example/group/handbook"
CODEBERG = "https://codeberg.org/example/handbook"
OWN_GITEA = "https://git.example/example/handbook"

KNOWN = [
    (GITHUB, "edit/main/content/", "main", "content", "github"),
    (GITHUB + "/", "edit/main/content", "main", "content", "github"),
    (GITHUB, "blob/trunk/docs/handbook/", "trunk", "docs/handbook", "github"),
    (GITHUB, "edit/main/", "main", "", "github"),
    (GITHUB, f"{GITHUB}/edit/main/content/", "main", "content", "github"),
    ("https://github.example.com/a/b", "edit/main/content/", "main", "content", "github"),
    (GITLAB, "edit/main/content/", "main", "content", "gitlab"),
    (OWN_GITLAB, "-/edit/main/content/", "main", "content", "gitlab"),
    (CODEBERG, "_edit/main/content/", "main", "content", "gitea"),
    (CODEBERG, "edit/main/content/", "main", "content", "gitea"),
    (OWN_GITEA, "_edit/main/content/", "main", "content", "gitea"),
    (OWN_GITEA, "src/branch/main/content/", "main", "content", "gitea"),
]
UNKNOWN = [
    ("", ""),
    (GITHUB, ""),
    ("", "edit/main/content/"),
    (OWN_GITEA, "edit/main/content/"),
    ("https://bitbucket.org/a/b", "src/default/docs/"),
    (GITHUB, "?file="),
    (GITHUB, "#"),
    (GITHUB, "wiki/"),
]


@pytest.mark.parametrize(("repo", "edit_uri", "branch", "folder", "style"), KNOWN)
def test_a_forge_is_known_by_its_address_and_the_way_to_edit(
    repo: str, edit_uri: str, branch: str, folder: str, style: str
) -> None:
    assert Forge.of(repo, edit_uri) == Forge(repo.rstrip("/"), branch, folder, style)


@pytest.mark.parametrize(("repo", "edit_uri"), UNKNOWN)
def test_no_forge_is_guessed(repo: str, edit_uri: str) -> None:
    assert Forge.of(repo, edit_uri) is None


@pytest.mark.parametrize(
    ("repo", "edit_uri", "edit", "new"),
    [
        (
            GITHUB,
            "edit/main/content/",
            f"{GITHUB}/edit/main/content/a%20b/c.md",
            f"{GITHUB}/new/main/content/a%20b?filename=c%26d.md&value=title%3A%20A%20%26%20B%0A",
        ),
        (
            GITLAB,
            "edit/main/content/",
            f"{GITLAB}/-/edit/main/content/a%20b/c.md",
            f"{GITLAB}/-/new/main/content/a%20b?file_name=c%26d.md",
        ),
        (
            CODEBERG,
            "_edit/main/content/",
            f"{CODEBERG}/_edit/main/content/a%20b/c.md",
            f"{CODEBERG}/_new/main/content/a%20b?filename=c%26d.md",
        ),
    ],
)
def test_links_of_each_forge(repo: str, edit_uri: str, edit: str, new: str) -> None:
    forge = Forge.of(repo, edit_uri)
    assert forge is not None
    assert forge.edit(forge.page("a b/c.md")) == edit
    assert forge.new(forge.page("a b/c&d.md"), "title: A & B\n") == new


def test_pages_at_the_top_of_a_repository() -> None:
    forge = Forge.of(GITHUB, "edit/main/")
    assert forge is not None
    assert forge.edit(forge.page("a.md")) == f"{GITHUB}/edit/main/a.md"
    assert forge.new(forge.page("a.md"), "x") == f"{GITHUB}/new/main/?filename=a.md&value=x"


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        (f"{GITHUB}/edit/main/a/b.md", "a/b.md", f"{GITHUB}/edit/main/a/b.md"),
        (f'{GITHUB}/edit/main/a"><b c%2F#?.md', 'a"><b c%2F#?.md', f"{GITHUB}/edit/main/a%22%3E%3Cb%20c%252F%23%3F.md"),
        (f"{GITHUB}/edit/main/a%20b.md", "a b.md", f"{GITHUB}/edit/main/a%20b.md"),
        (f'{GITHUB}?file=a"b', 'a"b.md', f"{GITHUB}?file=a%22b"),
        (f"{GITHUB}/edit/main/\udce9.md", "\udce9.md", f"{GITHUB}/edit/main/%E9.md"),
    ],
)
def test_a_name_of_any_signs_stays_one_in_an_address(address: str, path: str, expected: str) -> None:
    assert with_quoted_name(address, path) == expected


def test_a_name_that_is_not_in_utf_8_is_edited_as_the_forge_has_it() -> None:
    forge = Forge.of("https://github.com/example/handbook", "edit/main/content/")
    assert forge is not None
    assert forge.edit(forge.page("a\udcff.md")) == "https://github.com/example/handbook/edit/main/content/a%FF.md"
