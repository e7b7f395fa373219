"""The handbook that comes with Handrail, built as its readers get it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.urls import page_url
from handrail.rules.registry import all_rules
from tests.engines.sites import Site, read_html

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(example_site: Path) -> Site:
    return Site(example_site)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    project = load_project(ROOT / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def test_every_public_page_is_there_and_no_other(site: Site, handbook: Handbook) -> None:
    public = {page.url for page in handbook.pages if page.may_be_seen_by("public")}
    generated = {page_url(f"handbook/{made}", directories=True) for made in Made}
    generated |= {f"handbook/rules/{rule.code.lower()}/" for rule in all_rules()}
    generated |= {f"handbook/kinds/{name}/" for name in handbook.kinds}
    measures = json.loads((site.root / "handbook/measures.json").read_text("utf-8"))["measures"]
    generated |= {f"handbook/measures/{one['name']}/" for one in measures}
    there = {path.removesuffix("index.html") for path in site.pages()} - {"404.html"} - site.redirects()
    assert there == public | generated
    said = {"operations/finance/travel-refunds/", "travel-refunds/", "handbook/reports/"}
    moved = {"how/edit-in-forms/", "how/build-with-zensical/"}  # git shows what they are called now
    assert site.redirects() == said | moved


def test_no_link_leads_nowhere(site: Site) -> None:
    assert site.dead_links() == []


def test_nothing_names_what_is_not_public(site: Site, handbook: Handbook) -> None:
    withheld = [page for page in handbook.documents if not page.may_be_seen_by("public")]
    assert withheld
    for page in withheld:
        assert site.naming(page.title) == [], page.path
        assert site.naming(page.url) == [], page.path


def test_a_procedure_says_in_one_line_when_by_whom_and_whom_to_ask(site: Site) -> None:
    says = site.says("operations/finance/expense-claims/")
    assert says.startswith("Claim your expenses Signed by Lena Brandt-Keller · good until 3 March 2027")
    assert "You paid for something for work with your own money. Questions: #ask-finance" in says
    assert "For the plan Finance" in says


def test_a_plan_has_its_table_and_sections_in_order(site: Site) -> None:
    says = site.says("operations/finance/vpmom-fy27/")
    words = [
        "Vetted by",
        "FY27: 1 February 2026",
        "Vision",
        "Priorities",
        "Methods",
        "Obstacles",
        "Measures",
    ]
    assert sorted(words, key=says.index) == words
    titles = [title for title, _ in site.contents("operations/finance/vpmom-fy27/")]
    assert [title for title in titles if title in words] == words[2:]


def test_every_heading_of_the_table_of_contents_leads_somewhere_on_its_page(site: Site) -> None:
    for page in {*site.pages()} - {f"{url}index.html" for url in site.redirects()}:
        url = page.removesuffix("index.html")
        ids = read_html(site.html(url)).ids
        assert len(ids) == len(set(ids)), page
        for words, target in site.contents(url):
            assert target in ids or target.startswith("__"), f"{page}: {words}"


def test_the_search_finds_a_procedure_by_what_people_type(site: Site) -> None:
    index = site.searched()
    claims = [entry for entry in index if entry["location"].startswith("operations/finance/expense-claims/")]
    assert any("Also asked as" in entry["text"] for entry in claims)
    assert not [entry for entry in index if entry["location"].startswith("handbook/")]


def test_the_navigation_leads_to_what_handrail_makes(site: Site) -> None:
    assert ("Operations", "handbook/") in site.nav("operations/finance/expense-claims/")
    assert ("Procedures with no valid sign-off", "handbook/stale/") in site.nav("handbook/queue/")


def test_every_rule_has_a_page_that_says_what_to_do(site: Site) -> None:
    for rule in all_rules():
        says = site.says(f"handbook/rules/{rule.code.lower()}/")
        assert rule.name in says
        assert "What to do." in says
        assert "Severity:" in says


def test_no_column_is_headed_by_nothing(site: Site) -> None:
    for path in site.pages():
        assert re.search(r"<th\b[^>]*>\s*</th>", site.html(path)) is None, path


def test_what_no_search_is_to_find_ends_where_its_tag_ends(site: Site) -> None:
    """The theme's search takes the first end of such a tag within for the end of what it leaves out, and fails at the rest."""
    for path in site.pages():
        reading = _Within()
        reading.feed(site.article(path) if "<article" in site.html(path) else "")
        assert reading.again == [], path


class _Within(HTMLParser):
    """Finds tags within one of the same name that no search is to look into."""

    def __init__(self) -> None:
        super().__init__()
        self.again: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._inside:
            self.again.append(tag)
        if "data-search-exclude" in dict(attrs):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
