"""Drawings as the site hands them out, each opened by itself in a real browser: nothing runs, and nobody else is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import Visit, served
from tests.engines.drawn import BASE
from tests.engines.sites import Site, mkdocs
from tests.model.drawings import drawing
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("few_rules")]
_SEEDS = range(30)
_HOSTILE = range(100, 130)


def test_drawings_with_fonts_are_published_and_load_nothing(browser: Browser, tmp_path: Path) -> None:
    drawn = {f"good{seed}.svg": drawing(seed).raw for seed in _SEEDS}
    drawn |= {f"bad{seed}.svg": drawing(seed, is_hostile=True).raw for seed in _HOSTILE}
    page = "# Pictures\n\n" + "\n".join(f"![A drawing](pictures/{name})" for name in drawn)
    files: dict[str, str | bytes] = {f"content/pictures/{name}": raw for name, raw in drawn.items()}
    make_handbook(tmp_path, {**BASE, "content/pictures.md": page, **files})
    assert mkdocs(tmp_path, "build", "--quiet").code == 0
    site = Site(tmp_path / "site")
    there = {path.name for path in (site.root / "pictures").glob("*.svg")}
    assert there == {name for name in drawn if name.startswith("good")}
    assert handrail(tmp_path, "verify").code == 0

    with served(site.root) as address:
        visit = Visit(browser.new_page(), address)
        for name in sorted(there):
            visit.open(f"pictures/{name}").evaluate("document.fonts.ready.then(() => true)")
            assert visit.page.evaluate("document.documentElement.localName") == "svg"
        visit.page.close()
        assert visit.asked == []
        assert [said for said in visit.complaints if "404" not in said] == []  # a browser asks for the site's icon
