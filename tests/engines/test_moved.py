"""Plugins that move pages, as those for several languages do: the lists lead to where the pages are, or the build stops."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.support.handbooks import make_handbook

HOOK = """
from mkdocs.plugins import event_priority


@event_priority({priority})
def on_files(files, config):
    for file in files.documentation_pages():
        if file.name.endswith(".de"):
            file.dest_uri = "de/" + file.dest_uri.replace(".de", "")
            file.abs_dest_path = config.site_dir + "/" + file.dest_uri
            file.url = file._get_url(config.use_directory_urls)
    return files
"""
FILES = {
    **BASE,
    "content/finance/bills.de.md": sop("bills-de", title="Rechnungen zahlen"),
    "content/a.md": "# A\n\n[[sop:bills-de]], [by path](finance/bills.de.md)\n",
}


def handbook(folder: Path, priority: int) -> Path:
    hook = HOOK.replace("{priority}", str(priority))
    return make_handbook(
        folder, {**FILES, "hook.py": hook}, config={"hooks": ["hook.py"], "site_url": "https://example.org/"}
    )


def test_whatever_is_listed_leads_to_where_the_page_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = build(handbook(tmp_path, 0))
    assert site.has("de/finance/bills/")
    assert site.links("handbook/")["Rechnungen zahlen"] == "de/finance/bills/"
    assert site.links("a/") == {"Rechnungen zahlen": "de/finance/bills/", "by path": "de/finance/bills/"}
    assert "https://example.org/de/finance/bills/" in (site.root / "llms.txt").read_text("utf-8")
    assert "finance/bills.de/" not in "".join(text for name, text in site.everything().items() if name != "sitemap.xml")
    assert site.dead_links() == []
    said = " ".join(capsys.readouterr().err.split())
    assert (
        "Another plugin moves one page of the site, such as content/finance/bills.de.md to /de/finance/bills/." in said
    )
    assert "will miss what was moved." in said


def test_a_plugin_that_moves_pages_later_stops_the_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        build(handbook(tmp_path, -200))
    assert "such as content/finance/bills.de.md to /de/finance/bills/, when the links to them are made." in caplog.text
    assert not (tmp_path / "site" / "handbook").exists()
