"""What stands in a preview in the place of a page that is withheld: its title, why, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handrail.model.publication import publication
from handrail.pages.withheld import withheld
from tests.engines.drawn import BASE, sop
from tests.engines.sites import read_html, words_of
from tests.pages.views import FORGE, handbook_of, shown

_AS_IT_IS = "Nothing, if that is right. Who may read it is said"
_FOOT = "Fix what is listed at the foot of this page."


def said(folder: Path, path: str, text: str, settings: dict[str, Any] | None = None) -> str:
    """Return the words in the place of a page of this path and text."""
    book = handbook_of(folder, {**BASE, f"content/{path}": text}, settings)
    reason = publication(book, book.settings.audience, leniently=True).withheld[path]
    return words_of(withheld(shown(book), book.by_src_uri[path], reason))


@pytest.mark.parametrize(
    ("path", "text", "why", "to_do"),
    [
        (
            "a.md",
            sop("pay", visibility="internal"),
            "It is internal, and this site is public.",
            f"{_AS_IT_IS} in line 6 of the page.",
        ),
        (
            "a.md",
            sop("pay", visibility="confidential"),
            "It is confidential, so it is on no site.",
            f"{_AS_IT_IS} in line 6 of the page.",
        ),
        (
            "inner/a.md",
            "# Pay\n",
            "It is internal, and this site is public.",
            f"{_AS_IT_IS} for its folder under `visibility`, below `handrail:` in mkdocs.yml.",
        ),
        (
            "inner/a.md",
            sop("pay", visibility="internal"),
            "It is internal, and this site is public.",
            f"{_AS_IT_IS} in line 6 of the page and for its folder under `visibility`, below `handrail:` in mkdocs.yml.",
        ),
        (
            "inner/a.md",
            sop("pay"),
            "It is internal, and this site is public.",
            f"{_AS_IT_IS} for its folder under `visibility`, below `handrail:` in mkdocs.yml.",
        ),
        ("a.md", sop("pay", visibility="everyone"), "It is withheld, because nothing says who may see it.", _FOOT),
        ("a.md", "---\ndraft: true\n---\n# Pay\n", "It says `draft`, so it is withheld.", _FOOT),
        (
            "a.md",
            "---\nKind: SOP\ntitle: Pay\n---\n",
            "Nothing says what it is, so nobody knows who may read it.",
            _FOOT,
        ),
        (
            "a.md",
            "# Pay\n\nvisibility: internal\n",
            "It is withheld, because its first lines look like",
            _FOOT,
        ),
    ],
)
def test_a_page_is_named_with_why_it_is_withheld_and_what_to_do(
    path: str, text: str, why: str, to_do: str, tmp_path: Path
) -> None:
    settings = {"visibility": {".": "public", "inner": "internal"}}
    words = said(tmp_path, path, text, settings)
    assert words.startswith(f"Pay Not on this site. {why}")
    assert "Only this preview says so; the site itself has no such page." in words
    assert f"To do {to_do} File content/{path}" in words


def test_prose_in_a_folder_of_which_nothing_is_said_is_told_what_to_add(tmp_path: Path) -> None:
    words = said(tmp_path, "new/a.md", "# Pay\n", {"visibility": {"finance": "public"}})
    assert "It is withheld, because nothing says who may see it." in words
    assert 'below `handrail:` in mkdocs.yml, add `"new": public` to `visibility`.' in words


def test_its_title_is_no_markup_and_its_file_leads_to_where_it_is_edited(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/a.md": sop("pay", visibility="internal", title="'<b>Pay</b>'")})
    reason = publication(book, "public").withheld["a.md"]
    html = withheld(shown(book), book.by_src_uri["a.md"], reason)
    assert "<h1>&lt;b&gt;Pay&lt;/b&gt;</h1>" in html
    assert FORGE is not None
    assert read_html(html).links == [(FORGE.edit("content/a.md"), "content/a.md")]
    html = withheld(shown(book, forge=None), book.by_src_uri["a.md"], reason)
    assert read_html(html).links == []
