"""The pages that Handrail makes stand in whatever navigation a site has, under --strict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured
from tests.support.handbooks import make_handbook

MADE = ["handbook/", "handbook/orphans/", "handbook/stale/", "handbook/queue/", "handbook/unlisted/", "handbook/rules/"]
OPTIONS = {"handrail": {"visibility": {".": "public"}, "today": "2026-11-15", "fiscal_year_end": "01-31"}}
NAVIGATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "whole": {
        "nav": ["index.md", {"People": "people.md"}, {"Company": ["company/index.md", "company/plan.md"]},
                {"Money": ["finance/index.md", "finance/expense-claims.md"]}],
        "validation": {"omitted_files": "warn"},
    },
    "partial": {"nav": ["index.md", {"Money": ["finance/index.md"]}]},
    "naming some of ours": {"nav": ["index.md", {"Everything": "handbook/index.md"}, {"Late": "handbook/stale.md"}]},
    "made by a plugin": {"plugins": ["search", "awesome-nav", OPTIONS]},
    "made by a plugin before ours": {"plugins": [OPTIONS, "awesome-nav"]},
}  # fmt: skip


def order(site: Site) -> list[str]:
    """Follow the links to the next page from the home page; every page must lead back."""
    urls = [""]
    while True:
        links = {
            words.partition(" ")[0]: url for words, url in site.nav(urls[-1]) if words.startswith(("Next", "Previous"))
        }
        if len(urls) > 1:
            assert links["Previous"] == urls[-2]
        if "Next" not in links:
            return urls
        assert links["Next"] not in urls
        urls.append(links["Next"])


@pytest.mark.parametrize("name", NAVIGATIONS)
def test_every_navigation_holds_what_handrail_makes(name: str, tmp_path: Path) -> None:
    files = dict(BASE)
    if "plugin" in name:
        files["content/.nav.yml"] = "nav:\n  - index.md\n  - Money: finance\n  - people.md\n"
    theme = {"name": "material", "features": ["navigation.footer"]}
    site = build(make_handbook(tmp_path, files, config={"theme": theme, **NAVIGATIONS[name]}))
    for url in ("", "finance/expense-claims/", "handbook/stale/", "404.html"):
        there = {target for _, target in site.nav(url)}
        assert set(MADE) <= {target.removeprefix("/") for target in there}, url
    walk = order(site)
    assert [url for url in walk if url in MADE] == MADE or name == "naming some of ours"
    assert set(MADE) <= set(walk)
    if "nav" in NAVIGATIONS[name] or "plugin" in name:
        assert walk.index(MADE[-1]) == len(walk) - 1 or "plugin" in name
    assert site.dead_links() == []


def test_an_entry_of_ours_that_a_navigation_names_keeps_the_authors_title(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config=NAVIGATIONS["naming some of ours"]))
    nav = site.nav()
    assert ("Everything", "handbook/") in nav
    assert ("Late", "handbook/stale/") in nav
    assert [words for words, url in nav if url == "handbook/"] == ["Everything"]


def test_our_pages_follow_the_home_page_where_nobody_wrote_a_navigation(tmp_path: Path) -> None:
    theme = {"name": "material", "features": ["navigation.footer"]}
    walk = order(build(make_handbook(tmp_path, BASE, config={"theme": theme})))
    assert walk[:3] == ["", "handbook/", "handbook/find/"]


def test_a_department_gives_its_folder_its_name(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {**BASE, "content/finance/more/deep.md": sop("deep")}))
    html = site.html("")
    assert "Finance &amp; Books" in html
    assert ">Finance<" not in html.replace(" ", "").replace("\n", "")


def test_a_title_that_a_plugin_gives_a_folder_stays(tmp_path: Path) -> None:
    files = {**BASE, "content/finance/.nav.yml": "title: All about money\n"}
    site = build(make_handbook(tmp_path, files, config={"plugins": ["awesome-nav", OPTIONS]}))
    assert "All about money" in site.html("")


def test_the_pages_of_rules_are_on_the_site_and_not_in_the_navigation(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE))
    assert site.has("handbook/rules/hb001/")
    assert "handbook/rules/hb001/" not in [url for _, url in site.nav("")]


def test_a_later_plugin_sees_a_whole_navigation(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**BASE, "content/secret.md": sop("secret", visibility="internal")})
    config = configured(tmp_path)
    seen: list[tuple[Navigation, Files]] = []

    def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        del config
        seen.append((nav, files))

    config.plugins.events["nav"].append(on_nav)
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415

    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    [(nav, files)] = seen
    assert {page.file.src_uri for page in nav.pages} >= {"index.md", "handbook/index.md"}
    assert all(page.file.src_uri != "secret.md" for page in nav.pages)
    assert files.get_file_from_path("secret.md") is None
    for section in (item for item in nav.items if item.is_section):
        assert all(child.parent is section for child in section.children or ())
