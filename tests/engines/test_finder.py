"""The finder on a built site: its files, its page, and its place in front of the theme's search."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import PluginCollection

from handrail.engines import finder
from handrail.engines.finder import SELECTORS, Search
from handrail.errors import SettingsError
from handrail.text.html_page import HtmlPage, Wanted
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, mkdocs, read_html
from tests.pages.views import handbook_of
from tests.support.handbooks import make_handbook

WORKER = "assets/javascripts/workers/search.0123abcd.min.js"


def page(search: object) -> str:
    """Return a page with the theme's settings."""
    config = json.dumps({"base": "..", "search": search, "tags": None})
    return f'<body><script id="__config" type="application/json">{config}</script><p>"{search}"</p></body>'


def search(folder: Path, **options: Any) -> Search:
    """Return the search of a site."""
    config = MkDocsConfig()
    config.plugins = PluginCollection()
    config.site_dir = str(folder / "site")
    return Search(handbook_of(folder, BASE, options).project, config)


def with_finder(html: str, folder: Path) -> str:
    taken_apart = HtmlPage(html, Wanted(*SELECTORS))
    search(folder).in_front(taken_apart)
    return taken_apart.text


def test_the_theme_s_search_asks_the_finder_first(tmp_path: Path) -> None:
    asked = "../assets/handrail/finder-worker.js?theirs=../javascripts/workers/search.0123abcd.min.js"
    changed = with_finder(page(f"../{WORKER}"), tmp_path)
    assert f'"search":"{asked}"' in changed
    script = '<script src="../assets/handrail/finder-header.js"></script>'
    assert changed.endswith(f'</script>{script}<p>"../{WORKER}"</p></body>')


@pytest.mark.parametrize(
    "html",
    [
        page("../assets/search.js"),
        page(None),
        page({"worker": WORKER}),
        page(f"../{WORKER}?v=2"),
        '<script id="__config" type="application/json">not JSON</script>',
        '<script id="__config" type="application/json">[]</script>',
        f'<script type="application/json">{{"search": "{WORKER}"}}</script>',
        "<p>no search at all</p>",
    ],
)
def test_a_search_that_we_do_not_know_is_left_alone(html: str, tmp_path: Path) -> None:
    assert with_finder(html, tmp_path) == html


def test_a_site_has_the_finder(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE))
    folder = site.root / "assets/handrail"
    index = json.loads((folder / "finder.json").read_text("utf-8"))
    assert "Expense claims" in index["titles"]
    assert {file.name for file in folder.iterdir()} >= {
        "finder.js",
        "finder-page.js",
        "finder-header.js",
        "finder-worker.js",
        "finder.json",
    }
    assert ("Find a procedure", "handbook/find/") in site.nav("handbook/")
    scripts = [said["src"] for tag, said in read_html(site.article("handbook/find/")).tags if tag == "script"]
    assert scripts == ["../../assets/handrail/finder.js", "../../assets/handrail/finder-page.js"]
    assert "hr-finder" not in site.html("handbook/")


def test_it_works_without_directories_in_addresses_too(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config={"use_directory_urls": False}))
    html = site.article("handbook/find.html")
    assert 'data-site="../"' in html
    assert 'src="../assets/handrail/finder.js"' in html
    assert site.dead_links() == []


def test_words_that_stand_for_one_another_come_from_the_site_s_file(tmp_path: Path) -> None:
    files = {**BASE, "words.yml": "- [Kosten, expense]\n"}
    site = build(make_handbook(tmp_path, files, {"synonyms": "words.yml"}))
    index = json.loads((site.root / "assets/handrail/finder.json").read_text("utf-8"))
    assert index["synonyms"] == [["kosten", "expense"]]


def test_a_file_of_words_that_is_wrong_stops_the_build_with_its_line(tmp_path: Path) -> None:
    files = {**BASE, "words.yml": "- [time off, holiday]\n"}
    folder = make_handbook(tmp_path, files, {"synonyms": "words.yml"})
    run = mkdocs(folder, "build")
    assert run.code != 0
    assert "words.yml, line 1 has `time off` where one word is meant" in run.said


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let Pagefind be there, write its program and remember how it was called."""
    called: list[list[str]] = []
    really_run = subprocess.run

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[Any]:
        if "pagefind" not in command:
            return really_run(command, **options)
        called.append(command)
        folder = Path(command[-1]) / "pagefind"
        folder.mkdir()
        for name in ("pagefind.js", "pagefind-ui.js", "pagefind-modular-ui.css"):
            (folder / name).write_text("", "utf-8")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(finder, "find_spec", lambda _name: object())
    monkeypatch.setattr(subprocess, "run", run)
    return called


def test_pagefind_searches_the_text_where_the_site_asks_for_it(tmp_path: Path, commands: list[list[str]]) -> None:
    hidden = sop("hidden-one", search="{exclude: true}")
    site = build(make_handbook(tmp_path, {**BASE, "content/finance/hidden.md": hidden}, {"search": "pagefind"}))
    assert [command[1:] for command in commands] == [["-m", "pagefind", "--site", str(site.root)]]
    assert 'finder-worker.js?pagefind=../../pagefind/pagefind.js"' in site.html("finance/")
    assert "<article data-pagefind-body" in site.html("finance/expense-claims/")
    assert "data-pagefind-body" not in site.html("finance/hidden/")
    assert "data-pagefind-body" not in site.html("handbook/find/")
    assert json.loads((site.root / "search/search_index.json").read_text("utf-8"))["docs"] == []
    assert [file.name for file in (site.root / "pagefind").iterdir()] == ["pagefind.js"]


def test_without_pagefind_its_option_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match="asks for Pagefind, which is not installed: run `pip install"):
        search(tmp_path, search="pagefind")


def test_pagefind_s_own_words_are_passed_on_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess[str]([], 1, "", "some lines\nno such folder\n")
    monkeypatch.setattr(subprocess, "run", lambda *_arguments, **_options: failed)
    monkeypatch.setattr(finder, "find_spec", lambda _name: object())
    config = MkDocsConfig()
    config.site_dir = str(tmp_path)
    with pytest.raises(PluginError, match="Pagefind could not read the site: no such folder"):
        search(tmp_path, search="pagefind").finish(config)


THEME = {"name": "material", "font": False}


def index_of_the_theme(site: Site) -> list[Any]:
    """Return what the theme fetches on every page."""
    docs: list[Any] = json.loads((site.root / "search/search_index.json").read_text("utf-8"))["docs"]
    return docs


def test_no_page_fetches_the_texts_before_somebody_searches(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE))
    assert index_of_the_theme(site) == []
    assert {entry["location"] for entry in site.searched()} >= {"finance/", "finance/expense-claims/"}


def test_a_theme_whose_search_we_do_not_know_keeps_its_index(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config={"theme": {"name": "readthedocs"}}))
    assert index_of_the_theme(site)
    assert not (site.root / "assets/handrail/texts.json").exists()


def test_a_site_to_be_opened_from_a_disk_keeps_the_search_of_the_theme(tmp_path: Path) -> None:
    config = {"theme": THEME, "plugins": ["search", "offline", {"handrail": {"today": "2026-11-15"}}]}
    site = build(make_handbook(tmp_path, BASE, config=config))
    assert index_of_the_theme(site)
    assert "finder-worker.js" not in site.html("finance/index.html")


def test_the_page_for_what_is_not_there_has_the_finder_in_it(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config={"site_url": "https://handbook.example/team"}))
    html = site.html("404.html")
    assert html.count("<h1") == 1
    assert 'data-site="/team/" data-missing' in html
    assert '<script src="/team/assets/handrail/finder-page.js">' in html
    assert '<a href="/team/handbook/">the list of all procedures</a>' in html
    assert "data-missing" not in site.html("handbook/find/")


def test_a_site_s_own_page_for_what_is_not_there_is_left_alone(tmp_path: Path) -> None:
    own = '{% extends "main.html" %}{% block content %}<h1>Lost?</h1>{% endblock %}'
    theme = {**THEME, "custom_dir": "theme"}
    site = build(make_handbook(tmp_path, {**BASE, "theme/404.html": own}, config={"theme": theme}))
    assert "<h1>Lost?</h1>" in site.html("404.html")
    assert "hr-finder" not in site.html("404.html").replace("finder-header", "")
