"""The pages that Handrail makes stand in whatever navigation a site has, under --strict."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured, words_of
from tests.support.handbooks import make_handbook

MADE = [
    "handbook/",
    "handbook/orphans/",
    "handbook/stale/",
    "handbook/queue/",
    "handbook/unlisted/",
    "handbook/rules/",
    "handbook/kinds/",
]
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
    assert [url for url in walk if url in MADE[1:]] == MADE[1:] or name == "naming some of ours"
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


def test_the_list_of_all_procedures_follows_the_home_page_and_what_is_about_the_handbook_comes_last(
    tmp_path: Path,
) -> None:
    theme = {"name": "material", "features": ["navigation.footer"]}
    walk = order(build(make_handbook(tmp_path, BASE, config={"theme": theme})))
    assert walk[:2] == ["", "handbook/"]
    assert walk[-12:-10] == ["handbook/find/", "handbook/changes/"]


IN_ONE_FOLDER = {path.replace("content/company", "content/work/company").replace("content/finance", "content/work/finance"): text
                 for path, text in BASE.items()}  # fmt: skip
TABS = {"theme": {"name": "material", "features": ["navigation.indexes", "navigation.tabs", "navigation.path"]}}


def test_the_folder_of_the_departments_leads_to_all_procedures(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, IN_ONE_FOLDER, config=TABS))
    assert ("Work", "handbook/") in site.nav("work/finance/expense-claims/")
    assert ("Work", "handbook/") in site.path("work/finance/expense-claims/")


def test_a_folder_with_a_page_of_its_own_keeps_it(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {**IN_ONE_FOLDER, "content/work/index.md": "# Our work\n"}, config=TABS))
    assert ("Work", "work/") in site.path("work/finance/expense-claims/")
    assert ("All procedures", "handbook/") in site.nav()


def test_the_path_leads_to_what_it_names(tmp_path: Path) -> None:
    files = {**IN_ONE_FOLDER, "content/how/write.md": "# Write\n", "content/how/sign.md": "# Sign\n"}
    site = build(make_handbook(tmp_path, files, config=TABS))
    assert site.path("work/finance/expense-claims/") == [
        ("Welcome", ""),
        ("Work", "handbook/"),
        ("Finance &amp; Books", "work/finance/"),
    ]
    assert site.path("work/finance/") == [("Welcome", ""), ("Work", "handbook/")]
    assert site.path("how/write/") == [("Welcome", ""), ("How", None)]


GROUPED = {
    **IN_ONE_FOLDER,
    "content/work/company/claims.csv": "day,value\n2026-01-01,3\n",
    "content/work/company/a-note.md": "# A note\n",
    "content/work/company/pay.md": sop("pay", department="company"),
    "content/work/company/gone.md": sop("gone", department="company", state="retired"),
    "content/work/company/old.md": BASE["content/company/plan.md"].replace("FY27", "FY26"),
}


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_the_pages_of_a_department_stand_under_what_people_call_them(theme: str, tmp_path: Path) -> None:
    config = {"theme": {**TABS["theme"], "name": "material"} if theme == "material" else {"name": theme}}
    html = build(make_handbook(tmp_path, GROUPED, config=config)).html("work/company/pay/")
    names = ["Plan", "Procedures", "Other years", "No longer in force", "More"]
    if theme == "material":
        assert re.findall(r'<span class="hr-group">([^<]*)</span>', html) == names
        for tag in ("ul", "li", "nav"):
            assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>"), tag
    said = " ".join(words_of(html).split())
    places = [said.index(f" {name} ") for name in names]
    assert places == sorted(places)


def test_a_navigation_that_somebody_wrote_keeps_its_order_within_the_groups(tmp_path: Path) -> None:
    files = {**GROUPED, "content/work/company/ask.md": sop("ask", department="company")}
    company = [f"work/company/{name}.md" for name in ("index", "pay", "ask", "a-note", "old", "plan", "gone")]
    nav = {"nav": ["index.md", {"The firm": [{"Us": company}]}, {"Money": ["work/finance/index.md"]}]}
    features = {"theme": {"name": "material", "features": ["navigation.footer"]}}
    walk = order(build(make_handbook(tmp_path, files, config={**features, **nav})))
    names = [url.split("/")[-2] for url in walk if url.startswith("work/company/")]
    assert names == ["company", "plan", "pay", "ask", "old", "gone", "a-note"]


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
