"""Redirects: whatever somebody types, they stay inside the site, off what is there, and lead to pages that may be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.history.material import Material
from handrail.model.generated import GeneratedFolder
from handrail.model.publication import publishable
from handrail.model.redirects import place
from handrail.pages.audience import Shown
from handrail.web.metadata import Site
from handrail.web.redirects import redirect_page, redirects
from tests.engines.drawn import BASE, sop
from tests.engines.sites import read_html
from tests.pages.views import handbook_of

HOSTILE = [
    "", "/", ".", "..", "../evil", "../../etc/passwd", "a/../../b", "a/./b", "//evil.example", "///evil", "a//b",
    "\\evil", "a\\..\\b", "..\\..\\evil", "%2e%2e/evil", "%2E%2E%2Fevil", "a%2f..%2fb", "a%00b", "a\0b", "a\nb",
    "a\u202eb", "a\u2028b", "https://evil.example/", "javascript:alert(1)", "data:text/html,x", "C:/evil", "c:evil",
    "a?b", "a#b", "a/../..", ".git/config", "a/.htaccess", "~root", "con", "a/NUL.html", "lpt1", "a.", "a/b./c",
    "a.js", "a.css", "x.xml", "sitemap.xml", "robots.txt", "CNAME.txt", 'a"b', "a'b", "<b>", "a>b", "a|b", "a*",
    "./a", "a" * 101, "a/" * 200, "\u00e9" * 60, " a", "a /b", "-/..",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_an_unsafe_address_is_none(text: str) -> None:
    assert place(text, GeneratedFolder()) is None


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("old", "old/index.html"),
        ("/old/", "old/index.html"),
        ("old/pay", "old/pay/index.html"),
        ("old/pay.html", "old/pay.html"),
        ("old/pay.htm", "old/pay.htm"),
        ("v1.2/", "v1.2/index.html"),
        ("älter/übrig", "älter/übrig/index.html"),
        ("old papers/pay", "old papers/pay/index.html"),
    ],
)
def test_an_address_has_the_file_that_serves_it(text: str, file: str) -> None:
    assert place(text, GeneratedFolder()) == file


def found(
    folder: Path,
    files: dict[str, str],
    moved: dict[str, tuple[str, ...]] | None = None,
    settings: dict[str, str] | None = None,
) -> dict[str, str]:
    """Return where each redirect of a handbook leads; the site has a file of its own."""
    book = handbook_of(folder, {**BASE, **files}, {"severity": {"HB201": "warning"}, **(settings or {})})
    material = Material(is_known=True, moved_from=moved or {})
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material)
    at = {page.url: page.src_uri for page in book.pages}
    return {one.file: at[one.url] for one in redirects(shown, ["Taken/index.html", "file.html"], {})}


@pytest.mark.parametrize("text", [one for one in HOSTILE if "\n" not in one and "\0" not in one])
def test_an_unsafe_address_makes_no_file(text: str, tmp_path: Path) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    for file in found(tmp_path, {"content/a.md": sop("a", redirect_from=f"[{quoted}]")}):
        assert not file.startswith("/")
        assert not {"..", ".", ""} & set(file.split("/")), file
        assert "\\" not in file
        assert file.endswith((".html", ".htm"))


def test_old_ids_paths_and_addresses_lead_to_the_page(tmp_path: Path) -> None:
    redirect_from = "[old-id, papers/claims.md, /docs/claims/, claims.html]"
    assert found(tmp_path, {"content/finance/a.md": sop("a", redirect_from=redirect_from)}) == {
        "claims.html": "finance/a.md",
        "docs/claims/index.html": "finance/a.md",
        "finance/old-id/index.html": "finance/a.md",
        "old-id/index.html": "finance/a.md",
        "papers/claims/index.html": "finance/a.md",
    }


def test_nothing_leads_from_where_something_is(tmp_path: Path) -> None:
    files = {
        "content/a.md": sop("a", redirect_from="[taken, finance/, FINANCE/Expense-Claims, people.md, secret/plan.md, "
                            "logo.html/, file.html/x, handbook/stale/, assets/x, 404.html, index.html]"),
        "content/secret/plan.md": sop("plan", visibility="internal"),
        "content/logo.html": "a file",
    }  # fmt: skip
    assert found(tmp_path, files) == {}


def test_nothing_leads_from_the_folder_of_generated_pages_wherever_it_lies(tmp_path: Path) -> None:
    claims = "[About/Handbook, about/handbook/old, about/handbooks, about, handbook/old]"
    files = {"content/a.md": sop("a", redirect_from=claims)}
    assert set(found(tmp_path, files, settings={"generated": "about/handbook"})) == {
        "about/handbooks/index.html",
        "about/index.html",
        "handbook/old/index.html",
    }


def test_a_page_with_the_name_of_a_folder_of_the_site_may_have_moved(tmp_path: Path) -> None:
    assert found(tmp_path, {"content/a.md": sop("a", redirect_from="[search, assets/]")}) == {
        "assets/index.html": "a.md",
        "search/index.html": "a.md",
    }


def test_prose_keeps_its_old_addresses(tmp_path: Path) -> None:
    files = {
        "content/a.md": "---\nredirect_from: /old/a\naliases: [/older/a/, a.htm, Another name]\n---\nText.\n",
        "content/b.md": "---\nredirect_from:\n  - b.html\n  - 1\n---\nText.\n",
        "content/c.md": "---\ndraft: true\nredirect_from: /old/c\n---\nText.\n",
    }
    assert found(tmp_path, files) == {
        "a.htm": "a.md",
        "b.html": "b.md",
        "old/a/index.html": "a.md",
        "older/a/index.html": "a.md",
    }


def test_a_document_keeps_an_address_that_prose_claims_too(tmp_path: Path) -> None:
    files = {
        "content/a.md": "---\nredirect_from: [/old/a/, /old/b/]\n---\nText.\n",
        "content/b.md": sop("b", redirect_from="/old/a/"),
        "content/c.md": "---\nredirect_from: /old/b/\n---\nText.\n",
    }
    assert found(tmp_path, files) == {"old/a/index.html": "b.md"}


def test_two_pages_that_claim_one_address_get_none(tmp_path: Path) -> None:
    files = {"content/a.md": sop("a", redirect_from="[x/y, only]"), "content/b.md": sop("b", redirect_from="[X/Y]")}
    assert found(tmp_path, files, {"people.md": ("x/y.md",)}) == {"only/index.html": "a.md"}


def test_whoever_may_see_the_two_pages_that_claim_one_address_get_none(tmp_path: Path) -> None:
    files = {
        "content/a.md": sop("a", redirect_from="[x/y]"),
        "content/b.md": sop("b", redirect_from="[x/y, b/old]", visibility="internal"),
    }
    assert found(tmp_path, files) == {}


def test_a_page_that_moved_leaves_a_redirect_where_nothing_came_after_it(tmp_path: Path) -> None:
    files = {
        "content/a.md": sop("a"),
        "content/old/there.md": sop("there"),
        "content/b.md": sop("b", visibility="internal"),
    }
    moved = {"a.md": ("old/a.md", "old/there.md", "old papers/a.md", ".x/a.md"), "b.md": ("old/b.md",)}
    assert found(tmp_path, files, moved) == {"old papers/a/index.html": "a.md", "old/a/index.html": "a.md"}


def test_only_what_took_the_place_of_a_page_that_is_gone_stands_in_for_it(tmp_path: Path) -> None:
    files = {
        "content/new/signed.md": sop("signed", replaces="gone"),
        "content/new/unsigned.md": sop("unsigned", replaces="gone-too", sign_offs=""),
        "content/new/draft.md": sop("draft", replaces="gone-three", state="draft"),
        "content/new/other.md": sop("other", replaces="expense-claims"),
    }
    assert found(tmp_path, files) == {"gone/index.html": "new/signed.md", "new/gone/index.html": "new/signed.md"}


def test_the_page_of_a_redirect_holds_nothing_but_the_way_on(tmp_path: Path) -> None:
    title = '"</title><script>x()</script>\\" onload=x() {{ 7 }}"'
    book = handbook_of(tmp_path, {**BASE, "content/a b.md": sop("a", title=title, redirect_from="[old/pay]")})
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"))
    [redirect] = redirects(shown, [], {})
    text = redirect_page(redirect, Site("S", "https://example.org/base/"))
    tags = read_html(text).tags
    assert {tag for tag, _ in tags} == {"html", "head", "meta", "title", "link", "body", "main", "h1", "p", "a"}
    assert {"http-equiv": "refresh", "content": "0; url=../../a%20b/"} in [found for _, found in tags]
    assert {"name": "robots", "content": "noindex"} in [found for _, found in tags]
    assert ("link", {"rel": "canonical", "href": "https://example.org/base/a%20b/"}) in tags
    assert "canonical" not in redirect_page(redirect, Site("S"))
