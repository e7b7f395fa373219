"""A build and the check are of one mind about names that are one on some disks, or no text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from handrail.engines.snippets import Reach
from handrail.model.names import is_utf_8
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, mkdocs
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

NFC, NFD = "caf\u00e9", "cafe\u0301"
NO_TEXT = os.fsdecode(b"caf\xe9")
PNG = b"\x89PNG zephyrine"
WORDS = "# Zephyrine\n\nZephyrine earns a lot.\n"
FILES: dict[str, str | bytes] = {
    **BASE,
    "content/int/a.md": WORDS,
    "content/Int/b.md": WORDS,
    "content/Int/zephyrine.png": PNG,
    f"content/{NFC}/c.md": WORDS,
    f"content/{NFD}/d.md": WORDS,
    f"content/{NFD}/said.md": sop("zephyrine", "Zephyrine earns a lot."),
    f"content/{NO_TEXT}.md": WORDS,
    f"content/{NO_TEXT}/e.md": sop("zephyrine-too", "Zephyrine earns a lot."),
    f"content/{NO_TEXT}/.pages": "title: Zephyrine\n",
    f"content/{NO_TEXT}.png": PNG,
    "content/open.md": "# Open\n\n![it](caf%E9.png) [that](caf%E9.md) [there](caf%E9/f.md) ![this](Int/zephyrine.png)\n",
}
SETTINGS: dict[str, Any] = {
    "visibility": {".": "public", "int": "internal", NFC: "internal"},
    "assets": ["**"],
}
LOWERED = {"severity": {"HB020": "warning", "HB021": "warning"}}


def drawn(folder: Path, settings: dict[str, Any], config: dict[str, Any] | None = None) -> Path:
    try:
        make_handbook(folder, FILES, {**SETTINGS, **settings}, config)
    except OSError:
        pytest.skip("this disk takes only text for names")
    if len(list((folder / "content").iterdir())) < len({path.split("/")[1] for path in FILES}):
        pytest.skip("this disk takes two of the names for one")
    return folder


def test_a_build_ends_with_the_findings_of_the_check_and_leaves_the_site(tmp_path: Path) -> None:
    drawn(tmp_path, {})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("before", "utf-8")
    run = mkdocs(tmp_path, "build", "--quiet")
    assert run.code == 1
    assert "Traceback" not in run.said
    checked = handrail(tmp_path, "check", "--select", "HB0")
    assert checked.code == 1
    for rule, count in (("HB020 same-name", 2), ("HB021 name-not-utf-8", 3)):
        assert run.said.count(rule) == checked.out.count(rule) == count
    assert [file.name for file in (tmp_path / "site").rglob("*")] == ["index.html"]


@pytest.mark.parametrize(("audience", "directories"), [("public", True), ("internal", False)])
def test_a_build_that_goes_on_publishes_nothing_of_them(audience: str, directories: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case of the test
    config = {
        "site_url": "https://example.org/handbook/",
        "repo_url": "https://github.com/acme/handbook",
        "edit_uri": "edit/main/content/",
        "use_directory_urls": directories,
    }
    drawn(tmp_path, {**LOWERED, "audience": audience}, config)
    repo = Repo(tmp_path)
    repo.commit("2026-01-02")
    repo.git("mv", f"content/{NO_TEXT}/e.md", f"content/{NO_TEXT}/f.md")
    repo.commit("2026-01-03", {"open.md": f"{FILES['content/open.md']!s}\nMore.\n"})
    site = build(tmp_path)
    assert handrail(tmp_path, "verify").code == 0
    assert not [path for path in site.root.rglob("*") if not is_utf_8(str(path))]
    # What may be seen by the staff is in their site, but for what has no address.
    named = [name for name in site.naming("zephyrine") if not name.startswith("handbook/")]
    assert bool(named) == (audience == "internal")
    assert site.naming("caf\ufffd") == []
    assert not site.dead_links()


@pytest.mark.parametrize(
    ("path", "may_be_read"),
    [
        ("content/open.md", True),
        ("content/shut.md", False),
        ("CONTENT/shut.md", False),
        ("Content/Open.md", False),
        (f"{NFC}/.cache/handrail/a/shut.md", True),
        (".CACHE/handrail/a/shut.md", False),
        ("contents/shut.md", True),
        ("outside.md", True),
    ],
)
def test_no_spelling_of_the_folder_s_own_name_lets_a_page_read_what_is_withheld(path: str, may_be_read: bool) -> None:  # noqa: FBT001 - the table's last column
    root = Path("/home/me")
    reach = Reach(root, root / "content", root / ".cache" / "copy", frozenset(("open.md",)))
    assert reach.permits(root / path) is may_be_read


def test_a_preview_shows_the_site_and_says_what_is_wrong(tmp_path: Path) -> None:
    drawn(tmp_path, {})
    site: Site = build(tmp_path, command="serve")
    assert "is not UTF-8 text" in site.html("")
    # Its author reads there which pages the site will lack, by their titles, and nothing of what they say.
    assert "int/a/index.html" in site.naming("zephyrine")
    assert site.naming("earns a lot") == []
