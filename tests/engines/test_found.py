"""What search engines, feed readers and programs find on a site: built once from a small handbook in git."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.engines.drawn import BASE, CLAIMS, sop
from tests.engines.sites import Site, build, read_html
from tests.history.repos import Repo
from tests.support.handbooks import make_handbook

URL = "https://handbook.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
OFFERED = ("handbook/", "handbook/find/", "handbook/scorecard/")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BEFORE = {
    **BASE,
    "content/old/petty cash.md": sop("petty-cash", "1. Open the box.\n2. Take what you need.", title="Petty cash"),
    "content/internal/secret-merger.md": sop("merger", "1. Tell nobody.", title="Secret merger", visibility="internal"),
    "content/finance/opened.md": sop("opened", "1. Shred it.", title="Zebra codename", visibility="internal"),
    "content/company/pay.md": sop("pay", title="Pay", department="company"),
    "content/finance/pay.md": sop("pay-out", title="Pay", department="finance"),
}
CLAIMS_NOW = CLAIMS.replace(
    "1. Take a photograph", "See [the list](../people.md). <!-- unsaid -->\n\n    1. Take a picture"
)
OPENED = sop("opened", "1. Write it down.", title="Keeping notes", redirect_from="[taking-notes, old/notes/]")
STEPS = sop("steps", "# First step\n\nGo.\n\n# Second step\n\nStay.", title="Going")
HEADINGS = "# Working\n\nWords.\n\n# Resting\n\n## At night\n\nMore words.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("found") / "handbook"
    folder.mkdir()
    config = {"site_url": URL, "site_description": "How we work.", "site_name": "Example & Co"}
    make_handbook(folder, BEFORE, config=config)
    repo = Repo(folder)
    repo.commit("2026-10-01")
    repo.git("mv", "content/old/petty cash.md", "content/finance/petty-cash.md", day="2026-10-05")
    repo.commit("2026-10-05")
    make_handbook(folder, {"content/finance/expense-claims.md": CLAIMS_NOW, "content/finance/opened.md": OPENED,
                           "content/headings.md": HEADINGS, "content/steps.md": STEPS}, config=config)  # fmt: skip
    repo.commit("2026-11-03", said="Secret merger: <b>words of the commit</b>")
    make_handbook(folder, {"content/finance/new.md": "# Not committed\n\nYet.\n"}, config=config)
    return build(folder)


def head(site: Site, url: str) -> list[tuple[str, dict[str, str | None]]]:
    text = site.html(url)
    return read_html(text[: text.index("</head>")]).tags


def meta(site: Site, url: str, key: str = "name") -> dict[str, str]:
    return {str(found[key]): str(found["content"]) for tag, found in head(site, url) if tag == "meta" and key in found}


def graph(site: Site, url: str) -> dict[str, Any]:
    """Return what a page says of itself, by type."""
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.html(url), re.DOTALL)
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    return {one["@type"]: one for one in data["@graph"]}


def title(site: Site, url: str) -> str:
    [found] = re.findall(r"<title>(.*?)</title>", site.html(url))
    return str(found)


def authored(site: Site) -> list[str]:
    pages = (page.removesuffix("index.html") for page in site.pages())
    return [page for page in pages if not page.startswith(("handbook/", "404")) and page not in site.redirects()]


def test_every_page_has_a_title_and_a_description_of_its_own(site: Site) -> None:
    pages = authored(site)
    titles = [title(site, page) for page in pages]
    descriptions = [meta(site, page)["description"] for page in pages]
    assert len(pages) == 13
    assert len(set(titles)) == len(titles), titles
    assert len(set(descriptions)) == len(descriptions), descriptions
    assert all(descriptions)
    assert title(site, "company/pay/") == "Pay (Company) - Example &amp; Co"
    assert title(site, "finance/pay/") == "Pay (Finance &amp; Books) - Example &amp; Co"


def test_every_page_names_its_one_address(site: Site) -> None:
    for page in authored(site):
        links = [found["href"] for tag, found in head(site, page) if tag == "link" and found.get("rel") == "canonical"]
        assert links == [f"{URL}{page}"]
        assert meta(site, page, "property")["og:url"] == f"{URL}{page}"


def test_every_page_has_one_heading_of_the_first_level(site: Site) -> None:
    for page in site.pages():
        assert site.html(page).count("<h1") == 1, page
    assert [words for words, _ in site.contents("headings/")][1:] == ["Resting", "At night"]
    assert "<h2" in site.article("headings/")
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", site.html("steps/")) == ["Going"]
    assert [words for words, _ in site.contents("steps/")][1:] == ["First step", "Second step", "About this page"]


def test_a_procedure_says_what_it_is_and_who_read_it_when(site: Site) -> None:
    found = graph(site, "finance/expense-claims/")
    page, article, trail = found["WebPage"], found["TechArticle"], found["BreadcrumbList"]
    assert page["url"] == f"{URL}finance/expense-claims/"
    assert page["description"] == "How you get your money back."
    assert page["isPartOf"]["name"] == "Example & Co"
    assert "lastReviewed" not in page  # its text has changed since
    assert article["alternateName"] == ["get my money back", "refund"]
    assert article["dateModified"] == page["dateModified"] == "2026-11-03"
    assert page["mainEntity"]["@id"] == article["@id"]
    assert [(one["name"], one["item"]) for one in trail["itemListElement"]] == [
        ("Example & Co", URL),
        ("Finance & Books", f"{URL}finance/"),
        ("Expense claims", f"{URL}finance/expense-claims/"),
    ]
    plan = graph(site, "company/plan/")["WebPage"]
    assert plan["lastReviewed"] == "2026-02-04"
    assert plan["reviewedBy"] == {"@type": "Person", "name": "Mara Okafor", "jobTitle": "Chief executive"}


def test_whatever_a_page_says_to_programs_it_says_to_people_too(site: Site) -> None:
    for page in authored(site):
        found = graph(site, page)
        said = site.says(page)
        if day := found["WebPage"].get("dateModified"):
            assert re.search(rf"(?:This text last changed on|Text of) {int(day[-2:])} ", said), page
        for phrase in found.get("TechArticle", {}).get("alternateName", ()):
            assert phrase in said
        if reviewer := found["WebPage"].get("reviewedBy"):
            assert reviewer["name"] in said


def test_a_page_can_be_passed_on(site: Site) -> None:
    found = meta(site, "finance/expense-claims/", "property")
    assert found["og:title"] == "Expense claims"
    assert found["og:type"] == "article"
    assert found["og:site_name"] == "Example & Co"
    assert meta(site, "", "property")["og:type"] == "website"


def test_the_sitemap_says_when_texts_changed_and_lists_only_what_is_to_be_found(site: Site) -> None:
    listed = {
        str(one.findtext(f"{SITEMAP}loc")): one.findtext(f"{SITEMAP}lastmod")
        for one in ET.fromstring((site.root / "sitemap.xml").read_text("utf-8"))  # noqa: S314 - our own
    }
    assert {url.removeprefix(URL) for url in listed} == {*authored(site), *OFFERED}
    assert listed[f"{URL}finance/expense-claims/"] == "2026-11-03"
    assert listed[f"{URL}finance/petty-cash/"] == "2026-10-01"  # moved, not changed
    assert listed[f"{URL}finance/opened/"] == "2026-11-03"
    assert listed[f"{URL}finance/new/"] is None  # in no commit yet
    assert all(listed[f"{URL}{page}"] is None for page in OFFERED)


def test_pages_about_running_the_handbook_stay_out_of_web_searches(site: Site) -> None:
    for page in site.pages():
        is_kept_out = meta(site, page).get("robots") == "noindex"
        assert is_kept_out == (page.removesuffix("index.html") not in {*authored(site), *OFFERED}), page


def test_crawlers_are_told_where_the_pages_are(site: Site, tmp_path: Path) -> None:
    assert (site.root / "robots.txt").read_text() == f"User-agent: *\nDisallow:\n\nSitemap: {URL}sitemap.xml\n"
    own = build(make_handbook(tmp_path, {**BASE, "content/robots.txt": "# ours\n"}, {"assets": ["robots.txt"]}))
    assert (own.root / "robots.txt").read_text() == "# ours\n"
    assert not (own.root / "feed.xml").exists()
    assert "without the whole history" in own.says("handbook/changes/")
    assert "](people/index.md)" in (own.root / "llms.txt").read_text()


def test_nothing_of_a_site_for_the_staff_is_to_be_found(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, BASE, {"audience": "internal"}, {"site_url": URL}))
    assert (site.root / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert all(meta(site, page).get("robots") == "noindex" for page in site.pages())
    assert "<url>" not in (site.root / "sitemap.xml").read_text()


def test_the_feed_tells_what_changed_to_those_who_may_know(site: Site) -> None:
    feed = ET.fromstring((site.root / "feed.xml").read_text("utf-8"))  # noqa: S314 - our own
    entries = {
        (one.findtext(f"{ATOM}title"), str(one.findtext(f"{ATOM}updated"))[:10]): one
        for one in feed.findall(f"{ATOM}entry")
    }
    changed = entries["Expense claims", "2026-11-03"]
    assert changed.findtext(f"{ATOM}summary") == "Changed: 7 words came, one word went."
    assert changed.findtext(f"{ATOM}updated") == "2026-11-03T23:30:00-05:00"
    assert re.fullmatch(r"tag:handbook\.example\.org,2026-11-03:sop:expense-claims/[0-9a-f]{12}",
                        str(changed.findtext(f"{ATOM}id")))  # fmt: skip
    assert [one.get("term") for one in changed.findall(f"{ATOM}category")] == ["Finance & Books"]
    # What was internal was not there for the readers.
    assert entries["Keeping notes", "2026-11-03"].findtext(f"{ATOM}summary") == "New."
    assert ("Petty cash", "2026-10-05") not in entries
    ids = [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(f"{ATOM}updated") == "2026-11-03T23:30:00-05:00"


def test_the_page_of_changes_goes_by_day_and_department(site: Site) -> None:
    says = site.says("handbook/changes/")
    days = (
        "3 November 2026 Company Going new, signed Keeping notes new Finance & Books Expense claims changed",
        "Other pages headings new 1 October 2026 Company Company new",
    )
    assert all(words in says for words in days), says
    assert "Expense claims changed: 7 words came, one word went" in says
    assert says.count("3 November 2026") == 1


@pytest.mark.parametrize(
    "word", ["Secret merger", "secret-merger", "Zebra", "Tell nobody", "Shred", "words of the commit"]
)
def test_nothing_names_what_was_or_is_not_public(site: Site, word: str) -> None:
    assert site.naming(word) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/petty cash/", "finance/petty-cash/"),
        ("old/notes/", "finance/opened/"),
        ("taking-notes/", "finance/opened/"),
        ("finance/taking-notes/", "finance/opened/"),
    ],
)
def test_an_old_address_leads_to_the_page(site: Site, old: str, new: str) -> None:
    tags = read_html(site.html(old)).tags
    [refresh] = [str(found["content"]) for tag, found in tags if found.get("http-equiv") == "refresh"]
    assert site.resolve(old.replace(" ", "%20"), refresh.removeprefix("0; url=")) == new
    assert [found["href"] for tag, found in tags if found.get("rel") == "canonical"] == [f"{URL}{new}"]
    assert [site.resolve(old, str(found["href"])) for tag, found in tags if tag == "a"] == [new]
    assert old.split("/")[-2] not in (site.root / "sitemap.xml").read_text()
    assert not [entry for entry in site.searched() if old in entry["location"]]


def test_each_page_has_a_twin_for_programs_that_read_text(site: Site) -> None:
    for page in authored(site):
        twin = (site.root / page / "index.md").read_text("utf-8")
        assert f'url: "{URL}{page}"' in twin
        [alternate] = [found for _, found in head(site, page) if found.get("type") == "text/markdown"]
        assert alternate["href"] == "index.md"
    twin = (site.root / "finance/expense-claims/index.md").read_text("utf-8")
    assert twin.startswith('---\ntitle: "Expense claims"\ndescription: "How you get your money back."\n')
    assert 'state: "active"' in twin
    assert "See [the list](../../people/)." in twin
    assert "unsaid" not in twin
    assert 'signed: "Vetted 4 February 2026."' in (site.root / "company/plan/index.md").read_text("utf-8")


def test_the_list_for_programs_goes_by_department(site: Site) -> None:
    text = (site.root / "llms.txt").read_text("utf-8")
    assert text.startswith("# Example & Co\n\n> How we work.\n\n## Company\n")
    assert f"- [Expense claims]({URL}finance/expense-claims/index.md): How you get your money back.\n" in text
    assert text.index("## Finance & Books") < text.index("Expense claims") < text.index("## Other pages")


def test_a_site_of_files_has_its_twins_and_redirects_as_files(tmp_path: Path) -> None:
    files = {**BASE, "content/new.md": sop("new", redirect_from="[old, papers/older.md]")}
    site = build(make_handbook(tmp_path, files, config={"site_url": URL, "use_directory_urls": False}))
    assert (site.root / "finance/expense-claims.md").is_file()
    assert (site.root / "finance/index.md").is_file()
    assert site.redirects() == {"old.html", "papers/older.html", "handbook/reports.html"}
    assert 'url=../new.html"' in site.html("papers/older.html")
    assert {"href": "expense-claims.md"}.items() <= next(
        found for _, found in head(site, "finance/expense-claims.html") if found.get("type") == "text/markdown"
    ).items()
    assert site.dead_links() == []


def test_a_dirty_build_keeps_nothing_of_a_page_that_was_withheld(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**BASE, "content/gone.md": sop("gone", title="Zebra", redirect_from="[old/gone.html]")},
                  config={"site_url": URL})  # fmt: skip
    site = build(tmp_path)
    assert {"gone/index.md", "old/gone.html"} <= set(site.naming("zebra"))
    make_handbook(
        tmp_path, {"content/gone.md": sop("gone", title="Zebra", visibility="internal")}, config={"site_url": URL}
    )
    (site.root / "feed.xml").write_text("Zebra", "utf-8")  # of an earlier build; without git there is no feed
    assert build(tmp_path, dirty=True, strict=False).naming("zebra") == []


def test_the_sitemap_that_each_page_loads_says_each_address_in_one_line(site: Site) -> None:
    lines = (site.root / "sitemap.xml").read_text("utf-8").splitlines()[2:-1]
    assert len(lines) > 5
    assert [
        line for line in lines if not re.fullmatch(r"<url><loc>[^<]+</loc>(<lastmod>[^<]+</lastmod>)?</url>", line)
    ] == []


def test_the_site_s_search_reads_what_a_page_says_now(site: Site) -> None:
    docs = site.searched()
    said = " ".join(doc["text"] for doc in docs if doc["location"].startswith("finance/expense-claims/"))
    assert "Also asked as get my money back, refund" in said
    assert "photograph" in site.says("finance/expense-claims/")
    assert "photograph" not in said
    assert "Text of 3 November 2026" in site.says("finance/expense-claims/")
    assert "3 November 2026" not in said


def test_no_link_leads_nowhere(site: Site) -> None:
    assert site.dead_links() == []
