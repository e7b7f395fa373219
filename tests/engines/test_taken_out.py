"""What other plugins take out of a site is not asked for, and what they bring into it from elsewhere is nothing that is withheld."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

EXCLUDES = """
from pathlib import Path


def on_pre_build(config):
    (Path(config.docs_dir) / "more").mkdir()
    (Path(config.docs_dir) / "more" / "made.md").write_text("# Made\\n\\nOf another plugin.")
    (Path(config.docs_dir) / "more" / "made.js").write_text("1")


def on_files(files, config):
    files.remove(files.get_file_from_path("drafts/one.md"))
    return files
"""
BRINGS = """
from pathlib import Path
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File


@event_priority({priority})
def on_files(files, config):
    source = Path(config.config_file_path).parent / "content"
    files.append(File("closed/secret.md", str(source), config.site_dir, True))
    files.append(File.generated(config, "copy.md", content=(source / "closed/secret.md").read_text() + "\\n\\n"))
    files.append(File.generated(config, "bands.csv", abs_src_path=str(source / "closed/bands.csv")))
    files.append(File.generated(config, "fine.md", content="# Fine\\n\\nOf another plugin."))
    return files
"""
FILES = {
    **BASE,
    "content/closed/secret.md": sop("hid", "Zephyrine is to be told.", visibility="internal"),
    "content/closed/bands.csv": "grade,zephyrine\n1,2\n",
}


def handbook(folder: Path, hook: str, files: dict[str, str]) -> Path:
    closed = {"visibility": {".": "public", **({"closed": "internal"} if files is FILES else {})}}
    return make_handbook(folder, {**files, "hook.py": hook}, closed, {"hooks": ["hook.py"]})


def test_a_page_that_another_plugin_takes_out_is_not_asked_for_and_one_that_it_writes_is_there(tmp_path: Path) -> None:
    files = {**BASE, "content/drafts/one.md": "# One\n\nA page.\n", "content/a.md": "# A\n\n[One](drafts/one.md)\n"}
    root = handbook(tmp_path, EXCLUDES, files)
    site = build(root)
    assert site.says("a/") == "A One"
    assert not site.links("a/")
    # What another plugin has written into the folder that MkDocs reads is the site's own.
    assert site.says("more/made/") == "Made Of another plugin."
    assert (site.root / "more/made.js").read_text("utf-8") == "1"
    done = handrail(root, "verify")
    assert done.code == 0, done.out
    assert "(nothing withheld, 1 taken out by another plugin)" in " ".join(done.out.split())
    (root / "site/drafts/one").mkdir(parents=True)
    (root / "site/drafts/one/index.html").write_text("<p>A page.</p>", "utf-8")
    assert "content/drafts/one.md, which is withheld" in " ".join(handrail(root, "verify").out.split())


def test_a_withheld_page_that_another_plugin_brings_from_elsewhere_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = build(handbook(tmp_path, BRINGS.replace("{priority}", "0"), FILES))
    assert site.naming("zephyrine") == []
    assert not (site.root / "bands.csv").exists()
    assert site.says("fine/") == "Fine Of another plugin."
    said = " ".join(capsys.readouterr().err.split())
    assert "Another plugin brings 3 files that are withheld into the site; they are taken out again." in said
    assert "secret" not in said


def test_one_that_comes_later_stops_the_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        build(handbook(tmp_path, BRINGS.replace("{priority}", "-200"), FILES))
    assert "Another plugin brings 3 files that are withheld into the site, and later" in caplog.text
    assert Site(tmp_path / "site").root.exists() is False
