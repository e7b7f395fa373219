"""A theme says which files it brings, whatever a link asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.theme_files import ThemeFiles


@pytest.fixture
def look(tmp_path: Path) -> Path:
    for path in ("logo.png", "img/a.png", "main.html", "README.txt", ".hidden/a.png", "tools/a.py", "notes.md"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    return tmp_path


@pytest.mark.parametrize("path", ["logo.png", "img/a.png", "assets/images/favicon.png", "404.html"])
def test_what_the_site_gets_of_a_theme(path: str, look: Path) -> None:
    assert ThemeFiles("material", look).brings(path) is True


@pytest.mark.parametrize(
    "path",
    [
        *("gone.png", "img", "img/", "", "main.html", "README.txt", ".hidden/a.png", "tools/a.py", "notes.md"),
        *(
            "mkdocs_theme.yml",
            "img/../logo.png",
            "/etc/hosts",
            f"{'a' * 5000}.png",
            "a\0.png",
            "\udcff.png",
            "logo.png/x",
        ),
    ],
)
def test_what_it_does_not(path: str, look: Path) -> None:
    assert ThemeFiles("material", look).brings(path) is False


def test_which_themes_are_known(look: Path, tmp_path: Path) -> None:
    assert ThemeFiles("material").is_known
    assert ThemeFiles("material", look).is_known
    assert ThemeFiles("", look).is_known
    assert not ThemeFiles("", tmp_path / "gone").is_known
    assert not ThemeFiles("company").is_known
    assert not ThemeFiles("company", look).is_known
