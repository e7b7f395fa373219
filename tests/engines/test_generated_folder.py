"""The setting `generated` moves every page that Handrail makes, and the handbook has the address `handbook/` for itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build

from handrail.model.site_contents import Lies
from handrail.model.urls import page_url
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, configured, read_html
from tests.pages.views import handbook_of
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

OWN = "about/handbook"
FILES = {
    **BASE,
    "content/handbook/index.md": "# Our handbook\n\n[Everything](../about/handbook/index.md), [late](../about/handbook/stale.md)\n",
    "content/handbook/rules/hb301.md": "# Rule 301 of the house\n",
    "content/about/index.md": "# About us\n",
    "content/finance/old.md": sop(
        "old", sign_offs="[{role: D, by: mok, date: 2025-01-15}]", redirect_from="[handbook/bills/]"
    ),
}


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, bool]:
    root = make_handbook(
        tmp_path_factory.mktemp("moved"),
        FILES,
        {"generated": OWN},
        {"site_url": "https://example.org/x/", "use_directory_urls": request.param},
    )
    build(configured(root, strict=False))
    return Site(root / "site"), request.param


def test_every_generated_page_lies_there_and_none_where_it_lay_before(built: tuple[Site, bool]) -> None:
    site, directories = built
    for path in (
        "index.md",
        "find.md",
        "changes.md",
        "queue.md",
        "signing.md",
        "rules/index.md",
        "rules/hb301.md",
        "measures/sops-tied.md",
    ):
        assert site.has(page_url(f"{OWN}/{path}", directories=directories)), path
    ours = {page.removesuffix("index.html").removesuffix(".html").rstrip("/") for page in site.pages()}
    assert {page for page in ours if page.startswith("handbook")} == {
        "handbook",
        "handbook/rules/hb301",
        "handbook/bills",
    }


def test_what_an_earlier_release_called_otherwise_leads_on(built: tuple[Site, bool]) -> None:
    site, directories = built
    old, new = (page_url(f"{OWN}/{name}.md", directories=directories) for name in ("reports", "scorecard"))
    assert old in site.redirects()
    assert new in {site.resolve(old, href) for href, _ in read_html(site.html(old)).links}
    assert site.has(new)


def test_whatever_links_to_a_generated_page_links_there(built: tuple[Site, bool]) -> None:
    site, directories = built
    contents, late = (page_url(f"{OWN}/{name}", directories=directories) for name in ("index.md", "stale.md"))
    links = site.links(page_url("handbook/index.md", directories=directories))
    assert (links["Everything"], links["late"]) == (contents, late)
    assert ("All procedures", contents) in site.nav(page_url("people.md", directories=directories))
    signing = page_url(f"{OWN}/signing.md", directories=directories)
    page = page_url("finance/expense-claims.md", directories=directories)
    assert site.links(page)["What a sign-off means"] == signing
    assert "hr-finder" in site.article(page_url(f"{OWN}/find.md", directories=directories))
    assert site.dead_links() == []


def test_the_site_is_proved_and_nothing_is_found_in_its_text(built: tuple[Site, bool]) -> None:
    site, _ = built
    done = handrail(site.root.parent, "verify")
    assert (done.code, done.out.splitlines()[:-1]) == (0, [])
    done = handrail(site.root.parent, "check")
    assert "HB013" not in done.out
    assert "HB204" not in done.out
    assert "HB207" not in done.out


def test_a_link_to_where_a_page_was_made_once_is_none_to_nothing(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    page = book.by_src_uri["index.md"]
    assert book.site.leads(page, "handbook/reports/", from_file=False).lies is Lies.MADE
    assert book.site.leads(page, "handbook/measures/sops-tied/", from_file=False).lies is Lies.MADE
    assert book.site.leads(page, "handbook/measures/", from_file=False).lies is Lies.NOTHING
    assert book.site.leads(page, "handbook/reports.md", from_file=True).lies is Lies.MADE
    assert book.site.leads(page, "handbook/gone.md", from_file=True).lies is Lies.NOTHING
