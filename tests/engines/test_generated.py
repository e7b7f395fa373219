"""The pages that Handrail makes, and the links that open the forge's editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from handrail.edit.new import template_texts
from handrail.edit.new_page_links import NewPageLinks
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.pages import audience
from handrail.text.source import read_source
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, read_html, words_of
from tests.support.handbooks import make_handbook

FORGE = {
    "repo_url": "https://github.com/example/handbook",
    "edit_uri": "edit/main/content/",
    "theme": {"name": "material", "features": ["content.action.edit"]},
}
PAGES = {
    **BASE,
    "content/finance/alone.md": sop("alone", vpmom="", serves="", sign_offs=""),
    "content/finance/lost.md": sop("lost", vpmom="nowhere", serves=""),
    "content/finance/old.md": sop("old", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"),
    "content/finance/half.md": sop("half", rapid="MOK(D), TLI(A)"),
    "content/finance/known.md": sop("known", "", state="stub"),
    "content/finance/begun.md": sop("begun", state="draft"),
    "content/finance/gone.md": sop("gone", state="retired"),
    "content/governed/kindless.md": "---\ntitle: Kindless\n---\nNobody said what this is.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("generated")
    make_handbook(folder, PAGES, {"governed": ["governed"], "severity": {"HB201": "warning"}}, FORGE)
    return build(folder)


def under(site: Site, anchor: str) -> str:
    """Return the HTML from a heading of the table of contents to the next."""
    article = site.article("handbook/")
    start = article.index(f'id="{anchor}"')
    ends = [end for tag in ("<h2", "<h3") if (end := article.find(tag, start)) > 0]
    return article[start : min(ends, default=len(article))]


def test_the_table_of_contents_holds_each_procedure_under_its_plan(site: Site) -> None:
    line = under(site, "plan-company")
    assert [words for _, words in read_html(line).links] == [
        "Company plan FY27", "Begun", "Expense claims", "Half", "Known", "Old",
    ]  # fmt: skip
    assert [word for word, _ in site.contents("handbook/") if word in ("Company", "Company plan FY27", "No plan")] == [
        "Company", "Company plan FY27", "No plan",
    ]  # fmt: skip


def test_stubs_and_drafts_are_marked_and_retired_procedures_left_out(site: Site) -> None:
    says = site.says("handbook/")
    assert "Begun draft" in says
    assert "Known known, not written yet" in says
    assert "Gone" not in says


def test_procedures_with_no_plan_or_an_unknown_one_stand_under_no_plan(site: Site) -> None:
    assert [words for _, words in read_html(under(site, "no-plan")).links] == ["Alone", "Lost"]


def test_a_department_with_no_plan_says_so_and_offers_to_write_one(site: Site) -> None:
    section = under(site, "finance")
    assert "No plan yet. Tom Lindqvist, head of finance, leads the department." in words_of(section)
    [new] = [href for href, words in read_html(section).links if words == "New plan"]
    begun = read_source(parse_qs(urlsplit(new).query)["value"][0].encode())
    assert begun.readable
    assert (begun.data["kind"], begun.data["id"]) == ("vpmom", "finance")
    assert urlsplit(new).path == "/example/handbook/new/main/content/finance"


def test_new_procedures_begin_in_the_department_with_a_filled_template(site: Site) -> None:
    for url, folder in (("company/", "/company"), ("finance/", "/finance"), ("handbook/", "")):
        new = urlsplit(site.links(url)["New procedure"])
        assert new.path == f"/example/handbook/new/main/content{folder}", url
        query = parse_qs(new.query)
        assert query["filename"][0].endswith(".md")
        begun = read_source(query["value"][0].encode())
        assert begun.readable
        assert begun.data["kind"] == "sop"
    assert "vpmom: company" in parse_qs(urlsplit(site.links("company/")["New procedure"]).query)["value"][0]


def test_a_new_procedure_may_be_read_by_whom_its_folder_allows(tmp_path: Path) -> None:
    visibility = {"visibility": {".": "public", "finance": "internal"}}
    site = build(
        make_handbook(tmp_path, PAGES, {**visibility, "audience": "internal", "severity": {"HB201": "off"}}, FORGE)
    )
    for url, level in (("company/", "public"), ("finance/", "internal")):
        text = parse_qs(urlsplit(site.links(url)["New procedure"]).query)["value"][0]
        assert f"\nvisibility: {level}\n" in text, url


def test_all_that_such_links_say_is_known_to_be_the_programs(site: Site) -> None:
    project = load_project(site.root.parent / "mkdocs.yml")
    handbook = load_handbook(project, load_kinds(), date(2026, 11, 15))
    known = "\n".join(NewPageLinks(handbook, handbook.pages).texts())
    begun = {href for page in site.pages() for href, _ in read_html(site.html(page)).links if "/new/main/" in href}
    assert len(begun) > 3
    for link in begun:
        assert parse_qs(urlsplit(link).query)["value"][0] in known
    assert all(text in known for text in template_texts())


def test_orphans_stale_and_unlisted_are_listed_with_whom_to_ask(site: Site) -> None:
    orphans, stale, unlisted = (site.says(f"handbook/{name}/") for name in ("orphans", "stale", "unlisted"))
    assert "2 pages" in orphans
    assert "Alone no plan named" in orphans
    assert "Lost unknown line" in orphans
    for words in ("Alone never signed", "Old sign-off has run out on 15 January 2026", "Half sign-off not complete"):
        assert words in stale
    assert "Ask Mara Okafor, Chief executive" in stale
    assert "Expense claims" not in stale
    assert "Kindless page without a kind" in unlisted
    assert site.links("handbook/orphans/")["Alone"] == "finance/alone/"


def test_empty_lists_say_so(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE))
    assert "Every active procedure is tied to a plan." in site.says("handbook/orphans/")
    assert "Every active procedure has a sign-off in force." in site.says("handbook/stale/")


def test_there_is_a_page_for_each_rule(site: Site) -> None:
    assert site.links("handbook/rules/")["HB001 yaml"] == "handbook/rules/hb001/"
    says = site.says("handbook/rules/hb001/")
    assert "The front matter can't be read." in says
    assert "What to do." in says
    assert "Severity: error." in says


def edit_buttons(site: Site, url: str) -> list[str | None]:
    return [found["href"] for tag, found in read_html(site.html(url)).tags if tag == "a" and found.get("rel") == "edit"]


@pytest.mark.parametrize(("url", "path"), [("", "index.md"), ("finance/expense-claims/", "finance/expense-claims.md")])
def test_a_page_has_a_button_with_which_it_is_edited(url: str, path: str, site: Site) -> None:
    assert edit_buttons(site, url) == [f"https://github.com/example/handbook/edit/main/content/{path}"]


@pytest.mark.parametrize("url", ["handbook/", "handbook/stale/", "handbook/rules/hb001/"])
def test_a_generated_page_has_no_button_that_edits_nothing(url: str, site: Site) -> None:
    assert edit_buttons(site, url) == []


def test_generated_pages_are_kept_out_of_the_search(site: Site) -> None:
    assert site.searched()
    assert not [entry for entry in site.searched() if entry["location"].startswith("handbook/")]


def test_a_template_for_edit_links_tells_the_forge_too(tmp_path: Path) -> None:
    template = "https://github.com/example/handbook/edit/main/content/{path}"
    site = build(make_handbook(tmp_path, BASE, config={"edit_uri_template": template}))
    assert "New procedure" in site.links("handbook/")
    assert site.links("handbook/")["New procedure"].startswith("https://github.com/example/handbook/new/main/content?")


def test_without_a_known_forge_there_is_no_link_that_leads_nowhere(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, config={"repo_url": "https://git.example/x/y", "edit_uri": "?file="}))
    assert "New procedure" not in site.links("handbook/")
    assert "New plan" not in site.links("finance/")
    assert site.dead_links() == []


def test_a_build_counts_the_measures_once_however_many_pages_show_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: Counter[str] = Counter()

    def once(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*given: Any, **options: Any) -> Any:
            counted[name] += 1
            return do(*given, **options)

        return counting

    for name in ("scorecard", "with_series", "by_department", "queue"):
        monkeypatch.setattr(audience, name, once(name, getattr(audience, name)))
    site = build(make_handbook(tmp_path, BASE))
    assert "1 of 1" in site.says("handbook/measures/sops-tied/")
    assert counted == {"scorecard": 1, "with_series": 1, "by_department": 1, "queue": 1}
