"""What a build leaves word of lets `verify` know files of other plugins, and pages that they moved; nothing that came later."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from tests.engines.drawn import BASE, sop
from tests.engines.sites import configured
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

FILES = {
    **BASE,
    "content/post.md": sop("post", "A text that moves."),
    "content/secret.md": sop("hid", visibility="internal"),
}


class NoOptions(Config):
    """A plugin that is asked for nothing."""


class Others(BasePlugin[NoOptions]):
    """Moves a page, and writes a page and a file of its own into the finished site."""

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        del config
        file = files.get_file_from_path("post.md")
        assert file is not None
        file.dest_uri = "news/2026/post/index.html"
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        (site / "old").mkdir()
        (site / "old" / "index.html").write_text("<p>It has moved.</p>", "utf-8")
        (site / "own.xml").write_text("<a/>", "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    make_handbook(folder, FILES)
    config = configured(folder, strict=False)
    config.plugins["others"] = Others()
    mkdocs_build(config)
    return folder


def copied(built: Path, folder: Path) -> Path:
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return folder


def verified(folder: Path, *arguments: str) -> Outcome:
    return handrail(folder, "verify", *arguments)


def test_files_that_other_plugins_made_and_pages_that_they_moved_are_known(built: Path) -> None:
    done = verified(built)
    assert done.code == 0, done.out


def test_a_site_that_lies_elsewhere_by_now_is_known_again(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "site", tmp_path / "deployed")
    assert verified(built, str(tmp_path / "deployed")).code == 0


def came_later(site: Path) -> None:
    (site / "later").mkdir()
    (site / "later" / "index.html").write_text("<p>x</p>", "utf-8")


def went(site: Path) -> None:
    shutil.rmtree(site / "news")


def gives_away(site: Path) -> None:
    page = site / "old" / "index.html"
    page.write_text(
        f"{page.read_text('utf-8')}<p>{(site.parent / 'content/secret.md').read_text('utf-8')}</p>", "utf-8"
    )


WRONG: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a page that came after the build": (came_later, "later/index.html"),
    "a page that went": (went, "content/post.md"),
    "another plugin's page that gives something away": (gives_away, "old/index.html"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_all_the_same(name: str, built: Path, tmp_path: Path) -> None:
    spoil, named = WRONG[name]
    folder = copied(built, tmp_path)
    spoil(folder / "site")
    done = verified(folder)
    assert done.code == 1
    assert named in done.out


def test_a_site_of_which_no_build_left_word_is_proved_without_it_and_that_is_said(built: Path, tmp_path: Path) -> None:
    folder = copied(built, tmp_path)
    home = folder / "site" / "index.html"
    home.write_text(home.read_text("utf-8") + "<!-- by another engine -->", "utf-8")
    done = verified(folder)
    assert done.code == 1
    assert "old/index.html" in done.out
    assert "left no word of this site" in done.out
