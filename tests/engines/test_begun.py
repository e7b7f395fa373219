"""A new handbook is built and verified as it stands, whoever may read it and wherever it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.sites import build
from tests.support.commands import handrail

pytestmark = pytest.mark.usefixtures("few_rules")

COMPANY = "A & B <c> *d* _e_ | f [g](h) `i` \\* # 1."
WAYS = {
    "internal": ["--visibility", "internal"],
    "gitlab": ["--repository", "https://gitlab.com/acme/handbook"],
    "no forge, at an address": ["--site", "https://handbook.acme.example/sub"],
}


@pytest.mark.parametrize("way", WAYS)
def test_its_site_holds_what_it_may(tmp_path: Path, way: str) -> None:
    begun = handrail(tmp_path, "init", "new", "--company", COMPANY, "--person", "Ada Roth", *WAYS[way])
    assert begun.code == 0
    folder = tmp_path / "new"
    site = build(folder)
    assert handrail(folder, "verify").code == 0
    assert site.dead_links() == []
    for url in ("", "people/", "company/", "company/change-the-handbook/", "handbook/"):
        assert site.has(url), url
    assert f"This is how {COMPANY} works:" in site.says("")
    assert f"the plan of {COMPANY}" in site.says("")
    assert "Ada Roth" in site.says("people/")


def test_a_page_that_is_begun_as_the_site_itself_offers_gives_nothing_away(tmp_path: Path) -> None:
    handrail(tmp_path, "init", "new", "--company", "Acme", "--person", "Ada Roth", "--repository", "acme/handbook")
    folder = tmp_path / "new"
    assert "It is internal" in handrail(folder, "new", "sop", "--title", "Water the plants").out
    build(folder)
    outcome = handrail(folder, "verify")
    assert outcome.code == 0, outcome.out
