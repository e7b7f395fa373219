"""A CODEOWNERS file of before is read as its forge reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.edit.adopt.owners import Owners, owners_in, read_owners
from handrail.forge.codeowners import MARK
from handrail.forge.hosts import host_of_style

GITHUB, GITLAB, GITEA = map(host_of_style, ("github", "gitlab", "gitea"))


def of(lines: str, path: str) -> str:
    return " ".join(read_owners(lines, GITHUB).of(path))


FITS = {
    "a folder anchored": (
        "/pages/travel/ @a",
        ["pages/travel/x.md", "pages/travel/deep/x.md"],
        ["other/pages/travel/x.md"],
    ),
    "a folder at any depth": ("travel/ @a", ["travel/x.md", "pages/travel/x.md"], ["pages/travel", "travels/x.md"]),
    "a path with a slash inside": ("pages/travel @a", ["pages/travel/x.md", "pages/travel"], ["b/pages/travel/x.md"]),
    "a star of a folder": ("pages/travel/* @a", ["pages/travel/x.md"], ["pages/travel/deep/x.md"]),
    "an ending": ("*.md @a", ["x.md", "pages/x.md"], ["x.mdx"]),
    "a name": ("leave.md @a", ["leave.md", "pages/leave.md"], ["pages/sick-leave.md"]),
    "two stars before": ("**/travel @a", ["travel/x.md", "a/b/travel/x.md"], ["a/travels.md"]),
    "two stars between": ("/a/**/c.md @a", ["a/c.md", "a/b/c.md", "a/b/d/c.md"], ["b/a/c.md"]),
    "two stars behind": ("/a/** @a", ["a/b.md", "a/b/c.md"], ["a", "ab/c.md"]),
    "a star in a name": ("/a/v*.md @a", ["a/v1.md"], ["a/b/v1.md", "a/w.md"]),
    "one sign": ("/a?.md @a", ["ab.md"], ["a.md", "a/.md"]),
    "a blank in a name": ("/two\\ words/ @a", ["two words/x.md"], ["two/x.md"]),
    "an address": ("/a/ a@corp.example", ["a/x.md"], []),
}


@pytest.mark.parametrize(("lines", "fits", "others"), FITS.values(), ids=FITS)
def test_what_a_pattern_fits(lines: str, fits: list[str], others: list[str]) -> None:
    assert [path for path in [*fits, *others] if of(lines, path)] == fits


def test_the_last_line_that_fits_counts() -> None:
    lines = "/pages/ @org/people\n/pages/tech/ @org/tech @ada\n/pages/*.md @eve # not for long\n"
    assert of(lines, "pages/tech/x.md") == "@org/tech @ada"
    assert of(lines, "pages/hr/x.md") == "@org/people"
    assert of(lines, "pages/x.md") == "@eve"


def test_a_line_that_names_nobody_takes_owners_away() -> None:
    assert of("/pages/ @a\n/pages/free/\n", "pages/free/x.md") == ""


@pytest.mark.parametrize("line", ["* @org/all", "/** @org/all", "**/* @org/all"])
def test_who_looks_after_everything_owns_no_page(line: str) -> None:
    read = read_owners(f"{line}\n/pages/ @a\n", GITHUB)
    assert (read.of("x.md"), read.of("pages/x.md")) == ((), ("@a",))
    assert read.of_everything == ("@org/all",)


def test_everything_named_last_takes_all_pages_away() -> None:
    assert of("/pages/ @a\n* @org/all\n", "pages/x.md") == ""


@pytest.mark.parametrize("line", ["/pages/ @a, b", "!/pages/ @a", "/[a-z]/ @a", "/pages/ @", "# /pages/ @a", ""])
def test_a_line_that_no_forge_understands_counts_for_nothing(line: str) -> None:
    assert of(f"/pages/ @first\n{line}\n", "pages/x.md") == "@first"


def test_sections_of_gitlab() -> None:
    lines = "[Docs][2] @docs\n/pages/\n/pages/tech/ @tech @@maintainer\n^[Tests]\n*.md @tests\n[docs]\n/pages/hr/ @hr/people/ops\n"
    read = read_owners(lines, GITLAB)
    assert read.of("pages/x.md") == ("@docs",)
    assert read.of("pages/tech/x.md") == ("@tech",)
    assert read.of("pages/hr/x.md") == ("@hr/people/ops",)
    assert read.of("x.md") == ("@tests",)
    # There a path without a slash at its start lies anywhere.
    assert read_owners("tech/x.md @a", GITLAB).of("pages/tech/x.md") == ("@a",)


def test_expressions_of_gitea() -> None:
    read = read_owners("pages/.*\\\\.md @a\n!pages/x\\\\.md @b\npages/( @c\n", GITEA)
    assert (read.of("pages/x.md"), read.of("pages/xmd")) == (("@a",), ())


def test_the_file_that_the_forge_heeds_is_read(tmp_path: Path) -> None:
    assert owners_in(tmp_path, GITHUB) == Owners()
    for folder in (".github", ".gitlab"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "CODEOWNERS").write_text(f"/pages/ {'@own'}\n")
    (tmp_path / "CODEOWNERS").write_text("/pages/ @root\n")
    assert owners_in(tmp_path, GITHUB).of("pages/x.md") == ("@own",)
    assert owners_in(tmp_path, GITLAB).of("pages/x.md") == ("@root",)


def test_what_handrail_wrote_says_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text(f"/old/ @a\n{MARK}\n/pages/ @b\n")
    read = owners_in(tmp_path, GITHUB)
    assert (read.of("old/x.md"), read.of("pages/x.md")) == (("@a",), ())
