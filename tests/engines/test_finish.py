"""What is done to finished pages is done to them as the theme made them, whatever another plugin makes of them after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from handrail.proof.heads import read_head
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured
from tests.support.handbooks import make_handbook

_OTHER = {
    "content/company/pay.md": sop("pay", department="company", sign_offs="[{role: D, by: mok, date: 2025-02-03}]"),
    "content/company/note.md": "# A note\n",
}


class NoOptions(Config):
    """A plugin that is asked for nothing."""


class Shortens(BasePlugin[NoOptions]):
    """Takes the quotes from all attributes that can do without, as what makes pages smaller does."""

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del page, config
        return re.sub(r'=\s*"([\w:/.-]+)"', r"=\1", output)


@pytest.fixture(scope="module")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("shortened")
    place = {"site_url": "https://handbook.example/", "repo_url": "https://github.com/example/x"}
    make_handbook(folder, BASE, config=place)
    config = configured(folder)
    config.plugins["shortens"] = Shortens()
    mkdocs_build(config)
    return Site(folder / "site").html("")


def test_the_finder_is_in_front_of_the_search_of_a_page_that_is_made_smaller(shortened: str) -> None:
    assert "id=__config" in shortened
    assert "finder-worker.js" in shortened


def test_a_page_that_is_made_smaller_has_one_address_and_asks_no_forge_for_its_stars(shortened: str) -> None:
    assert len(re.findall(r"rel=\"?canonical", shortened)) == 1
    assert not re.search(r"data-md-component=\"?source\"?[\s>]", shortened)


def test_a_page_that_is_made_smaller_has_its_policy(shortened: str) -> None:
    assert 'http-equiv="Content-Security-Policy"' in shortened


def test_a_page_of_a_theme_without_titles_has_its_own_and_one_address(tmp_path: Path) -> None:
    theme = {
        "theme/main.html": "\ufeff<!DOCTYPE html>\r\n<html><head><meta name=viewport><meta charset=utf-8></head>\r\n<head>"
        "<link rel=Canonical href={{ page.canonical_url }}></head>"
        "<body><svg><title>A drawing</title></svg>{{ page.content }}",
    }
    config = {"site_url": "https://handbook.example/", "theme": {"name": None, "custom_dir": str(tmp_path / "theme")}}
    said = build(make_handbook(tmp_path, {**BASE, **_OTHER, **theme}, config=config), strict=False).html("company/pay/")
    head = read_head(said)
    assert (head.title.split(" - ")[0], len(head.canonicals), head.headings) == ("Pay", 1, 1)
    assert head.description
    assert re.search(r'<meta charset=utf-8><meta http-equiv="Content-Security-Policy"', said)
    assert "<title>A drawing</title>" in said


@pytest.mark.parametrize("titled", ["", "<h1 class=t>{{ page.title }}</h1>"])
def test_each_page_says_its_title_once_whether_its_theme_does_or_not(titled: str, tmp_path: Path) -> None:
    files = {
        "theme/main.html": f"<html><head><title>a</title></head><body><h1>Our site</h1>{titled}<main>{{{{ page.content }}}}</main>",
        "content/named.md": "---\ntitle: A & B\n---\n\nText.\n\n# Later\n",
    }
    config = {"theme": {"name": None, "custom_dir": str(tmp_path / "theme")}}
    site = build(make_handbook(tmp_path, {**BASE, **_OTHER, **files}, config=config), strict=False)
    for address, title in (
        ("named/", "A &amp; B"),
        ("company/pay/", "Pay"),
        ("handbook/find/", "Find a procedure"),
    ):
        headings = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h1[^>]*>(.*?)</h1>", site.html(address))]
        assert headings == ["Our site", title], address


def test_where_the_finder_cannot_stand_in_front_the_build_says_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(make_handbook(tmp_path, BASE, config={"theme": {"name": "readthedocs"}}))
    said = capsys.readouterr().err
    assert "The search of the theme readthedocs is none that the finder knows" in said
    assert "handbook/find/" in said


def test_nothing_is_said_where_all_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    features = ["navigation.path", "navigation.indexes"]
    build(
        make_handbook(tmp_path, {**BASE, **_OTHER}, config={"theme": {"name": "material", "features": features}}),
        strict=False,
    )
    said = capsys.readouterr().err
    assert "the finder knows" not in said
    assert "found on no page" not in said


def test_the_build_says_once_what_was_found_on_no_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = {
        "header": "<header>{{ config.site_name }}</header>",
        "nav": "<nav>{% for page in nav.pages %}<a href='{{ page.url | url }}'>{{ page.title }}</a>{% endfor %}</nav>",
        "path": "<p>{{ page.title }}</p>",
    }
    overrides = {f"overrides/partials/{name}.html": text for name, text in parts.items()}
    theme = {"name": "material", "features": ["navigation.path"], "custom_dir": str(tmp_path / "overrides")}
    build(make_handbook(tmp_path, {**BASE, **_OTHER, **overrides}, config={"theme": theme}), strict=False)
    said = capsys.readouterr().err
    assert said.count("Handrail found on no page of this site") == 1
    for lacking in (
        "how far it can be trusted",
        "that fold",
        "the path to a page",
        "the search has no name",
        "the switch of",
    ):
        assert lacking in said
    assert "states what browsers may run" not in said  # every page has a head


def test_pages_that_are_no_whole_ones_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overrides = {
        "overrides/raw.html": "{{ page.content }}",
        "overrides/main.html": '{% extends "raw.html" if page and page.url == "raw/" else "base.html" %}',
    }
    hook = "from mkdocs.structure.files import File\ndef on_files(files, config):\n    files.append(File.generated(config, 'raw.md', content='# Raw'))\n"
    theme = {"name": "material", "custom_dir": str(tmp_path / "overrides")}
    build(
        make_handbook(tmp_path, {**BASE, **overrides, "hook.py": hook}, config={"theme": theme, "hooks": ["hook.py"]}),
        strict=False,
    )
    assert "On one page nothing says what browsers may run" in capsys.readouterr().err


def test_the_build_says_what_extensions_make_that_readers_do_not_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formula = "# A formula\n\n$x^2$ and <math>x</math>\n"
    files = {
        **BASE,
        "content/formula.md": formula,
        "content/another.md": formula,
        "content/plain.md": "# x\n\n`<script>`\n",
    }
    build(make_handbook(tmp_path, files, config={"markdown_extensions": ["pymdownx.arithmatex"]}), strict=False)
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Readers get nothing of")]
    assert len(said) == 1
    assert "`<script>` on 2 pages such as another.md" in said[0]
    assert "`<math>`" not in said[0]  # its author wrote it, and the check says so


class AddsCharts(BasePlugin[NoOptions]):
    """Puts an element into texts that only a program could draw."""

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        del page, config, files
        return markdown.replace("CHART", "<vegachart>{}</vegachart>")


def test_the_build_says_what_another_plugin_puts_into_texts_that_readers_do_not_get(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_handbook(tmp_path, {**BASE, "content/chart.md": "# A chart\n\nCHART\n"})
    config = configured(tmp_path, strict=False)
    config.plugins["charts"] = AddsCharts()
    mkdocs_build(config)
    assert "Readers get nothing of `<vegachart>` in chart.md, where" in capsys.readouterr().err


def test_nothing_is_said_of_what_extensions_make_for_readers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extensions = [
        {"pymdownx.arithmatex": {"generic": True}},
        "pymdownx.superfences",
        "pymdownx.tasklist",
        "admonition",
        "footnotes",
    ]
    text = "# A formula\n\n$x^2$[^1]\n\n- [ ] Do it\n\n```python\nx\n```\n\n!!! note\n    Text\n\n[^1]: Note\n"
    build(
        make_handbook(tmp_path, {**BASE, "content/formula.md": text}, config={"markdown_extensions": extensions}),
        strict=False,
    )
    assert "Readers get nothing" not in capsys.readouterr().err
