"""Pages may lie beside `mkdocs.yml`: the site holds them, and nothing else of what lies there."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from handrail.engines.pages_beside import watch
from handrail.model.project import load_project
from tests.engines.sites import Site, configured
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

FILES: dict[str, str | bytes] = {
    "README.md": "# Home\n\n[Pay](hr/pay.md) ![Chart](img/chart.png)\n",
    "hr/pay.md": "# Pay\n",
    "img/chart.png": b"\x89PNG a picture",
    "notes.txt": "Zephyrine's notes",
    "bin/zephyrine.md": "# Of a program\n",
    "package.json": "{}",
    "records/README.md": "# What we keep\n\n[The list](runs.csv)\n",
    "records/runs.csv": "date,procedure,text,result,step,minutes,from,key\n",
}
BESIDE = {"docs_dir": ".", "exclude_docs": "/bin/\n"}


def test_the_site_holds_the_pages_twice_over(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, FILES, None, BESIDE)
    for _ in range(2):  # the second build finds the site of the first
        mkdocs_build(configured(root, strict=False))
        site = Site(root / "site")
        assert [page for page in site.pages() if not page.startswith("handbook/")] == [
            "404.html",
            "hr/pay/index.html",
            "index.html",
            "records/index.html",
        ]
        assert not (site.root / "records/runs.csv").exists()
        assert site.links("")["Pay"] == "hr/pay/"
        assert (site.root / "img/chart.png").read_bytes() == FILES["img/chart.png"]
        assert not site.naming("zephyrine")
        check = handrail(root, "check", "hr/pay.md")
        assert (check.code, check.out.split(":")[0]) == (0, "3 pages read")
        assert handrail(root, "verify").code == 0


def test_without_the_plugin_mkdocs_refuses_as_ever(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, FILES, None, BESIDE)
    load_config(str(root / "mkdocs.yml"))
    plain = root / "plain.yml"
    plain.write_text("site_name: A\ndocs_dir: .\n", "utf-8")
    with pytest.raises(Abort):
        load_config(str(plain))
    inside = root / "inside.yml"
    inside.write_text("site_name: A\ndocs_dir: hr\nsite_dir: hr/site\nplugins: [handrail]\n", "utf-8")
    with pytest.raises(Abort):
        load_config(str(inside))


def test_a_preview_watches_no_folder_that_a_build_writes_into(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, {**FILES, "site/index.html": "x", ".cache/x": "x"}, None, BESIDE)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    try:
        watch(server, load_project(root / "mkdocs.yml"))
        watched = {Path(path).name for path in server._watched_paths}
    finally:
        server.server_close()
    assert watched == {"README.md", "hr", "img", "notes.txt", "package.json", "content", "records"}
