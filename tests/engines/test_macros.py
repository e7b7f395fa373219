"""Macros for authors: registered by the plugin, or as a module of mkdocs-macros; run on no page that isn't listed."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, read_html
from tests.support.handbooks import make_handbook

OPTIONS: dict[str, Any] = {
    "visibility": {".": "public"},
    "today": "2026-11-15",
    "fiscal_year_end": "01-31",
    "macros": ["lists/", "index.md"],
}
CALLS = """
    # Lists

    All: {{ hb_sops() | length > 0 }}

    ## Of the plan
    {{ hb_sops(vpmom="company") }}

    ## Of finance
    {{ hb_sops(department="finance") }}

    ## Drafts
    {{ hb_sops(state="draft") }}

    ## Of nothing
    {{ hb_sops(vpmom="nowhere") }}

    ## Orphans
    {{ hb_orphans() }}

    ## Stale
    {{ hb_stale() }}

    ## Everyone
    {{ hb_people() }}

    ## Books
    {{ hb_people(group="books") }}

    See {{ hb_link("sop:expense-claims") }}, {{ hb_link("vpmom:company", "the *plan*") }}, {{ hb_link("sop:secret") }}
    and {{ hb_link("sop:secret", "that one") }}; {{ page.title }}.

    {{ hb_toc() }}
"""
PAGES = {
    **BASE,
    "content/lists/all.md": CALLS,
    "content/finance/begun.md": sop("begun", state="draft"),
    "content/finance/alone.md": sop("alone", vpmom="", serves="", sign_offs=""),
    "content/finance/odd.md": sop("odd", title='"*Odd* [x](javascript:alert(1)) `y` {.z} <i>"'),
    "content/secret.md": sop("secret", visibility="internal"),
    "content/code.md": "# Code\n\n`{{ hb_sops() }}` and\n\n```\n{% raw %}\n```\n",
}


def draw(folder: Path, *plugins: Any) -> Path:
    return make_handbook(folder, PAGES, config={"plugins": ["search", *plugins]})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build(draw(tmp_path_factory.mktemp("macros"), "macros", {"handrail": OPTIONS}))


def part(site: Site, title: str, url: str = "lists/all/") -> str:
    article = site.article(url)
    start = article.index(f">{title}")
    end = article.find("<h2", start)
    return article[start:end]


def test_procedures_by_plan_department_and_state(site: Site) -> None:
    def titles(title: str) -> list[str]:
        return [words for words, _ in [(w, h) for h, w in read_html(part(site, title)).links] if words != "¶"]

    assert titles("Of the plan") == ["*Odd* [x](javascript:alert(1)) `y` {.z} <i>", "Begun", "Expense claims"]
    assert titles("Of finance") == ["Alone", "Expense claims"]
    assert titles("Drafts") == ["Begun"]
    assert "None." in part(site, "Of nothing")
    assert titles("Orphans") == ["Alone"]
    assert titles("Stale") == ["Alone"]


def test_people_of_a_group(site: Site) -> None:
    assert "Mara Okafor, chief executive" in part(site, "Everyone")
    books = part(site, "Books")
    assert "Tom Lindqvist, head of finance" in books
    assert "Mara Okafor" not in books


def test_links_count_from_the_page_and_withheld_ones_are_words(site: Site) -> None:
    links = site.links("lists/all/")
    assert links["Expense claims"] == "finance/expense-claims/"
    assert links["the *plan*"] == "company/plan/"
    assert "an internal page and that one; Lists." in site.says("lists/all/")
    assert site.dead_links() == []
    assert site.naming("secret") == []


def test_no_text_of_a_field_becomes_markdown(site: Site) -> None:
    html = site.html("lists/all/")
    assert "javascript:alert" in html
    assert not [found for tag, found in read_html(html).tags if tag == "a" and "javascript" in str(found.get("href"))]
    assert "<em>Odd</em>" not in html
    assert "<code>y</code>" not in html


def test_code_of_other_pages_is_text(site: Site) -> None:
    says = site.says("code/")
    assert "{{ hb_sops() }}" in says
    assert "{% raw %}" in says


@pytest.mark.filterwarnings("ignore:GitWildMatchPattern:DeprecationWarning")  # raised by mkdocs-macros
@pytest.mark.parametrize("plugins", [[], [{"handrail": OPTIONS}]], ids=["alone", "beside the plugin"])
def test_the_module_of_mkdocs_macros_gives_the_same(plugins: list[Any], site: Site, tmp_path: Path) -> None:
    macros = {"modules": ["handrail.engines.macros"], "render_by_default": False, "force_render_paths": "lists/\n"}
    built = build(draw(tmp_path, {"macros": macros}, *plugins), strict=False)
    for title in ("Of the plan", "Of finance", "Drafts", "Everyone", "Books"):
        # Without the plugin nothing is sanitised, which writes characters for entities.
        assert unescape(part(built, title)) == unescape(part(site, title)), title
    assert built.links("lists/all/")["Expense claims"] == "finance/expense-claims/"
    assert "an internal page and that one" in built.says("lists/all/")
