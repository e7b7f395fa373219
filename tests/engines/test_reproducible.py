"""Two builds of one commit are the same, byte for byte, whatever the machine: folder, time zone, language, hash seed."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.engines.drawn import BASE, CLAIMS, sop
from tests.engines.sites import command, environment
from tests.history.repos import Repo
from tests.support.handbooks import make_handbook

FILES: Mapping[str, str | bytes] = {
    **BASE,
    "content/old/petty-cash.md": sop("petty-cash", "See ![a cat](../cat.png)."),
    "content/cat.png": b"\x89PNG\r\n\x1a\n no picture",
    "content/secret.md": sop("secret", visibility="internal"),
    "content/finance/straße.md": sop("street", redirect_from="[road, lanes/old/]", title="Straße & İstanbul"),
}
MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reproducible") / "handbook"
    folder.mkdir()
    make_handbook(folder, FILES, config={"site_url": "https://handbook.example.org/"})
    repo = Repo(folder)
    repo.commit("2026-10-01")
    repo.git("mv", "content/old/petty-cash.md", "content/finance/petty-cash.md", day="2026-10-05")
    repo.commit("2026-10-05")
    make_handbook(folder, {"content/finance/expense-claims.md": CLAIMS.replace("photograph", "picture")},
                  config={"site_url": "https://handbook.example.org/"})  # fmt: skip
    repo.commit("2026-11-03")
    return folder


def built(folder: Path, site: Path, cwd: Path, **variables: str) -> dict[str, str]:
    """Build a handbook from somewhere; return the digest of every file by path."""
    done = subprocess.run(
        command("build", "--quiet", "-f", str(folder / "mkdocs.yml"), "-d", str(site)),
        cwd=cwd,
        env={**environment(), **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_two_builds_of_one_commit_are_the_same(handbook: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "quite another" / "place"
    shutil.copytree(handbook, elsewhere)
    first = built(handbook, tmp_path / "a", handbook, **MACHINES[0])
    second = built(elsewhere, tmp_path / "b", tmp_path, **MACHINES[1])
    assert {"feed.xml", "llms.txt", "sitemap.xml.gz", "road/index.html", "old/petty-cash/index.html"} <= first.keys()
    assert {path: first.get(path) for path in first.keys() | second.keys() if first.get(path) != second.get(path)} == {}
    compressed = (tmp_path / "a/sitemap.xml.gz").read_bytes()
    assert datetime.fromtimestamp(int.from_bytes(compressed[4:8], "little"), UTC).date() == date(2026, 11, 3)
    # After the handbook's own day come only days that it plans; the machine's would be one more.
    days = {day for path in first for day in re.findall(rb"20\d\d-\d\d-\d\d", (tmp_path / "a" / path).read_bytes())}
    assert {day for day in days if day > b"2026-11-15"} == {b"2026-12-31", b"2027-01-31", b"2027-03-03", b"2031-01-31"}
