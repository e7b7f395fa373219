"""A page is written whole or not at all: not through links, not over someone's change, and not torn by a kill."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.edit import files
from handrail.edit.files import create, replace
from handrail.errors import UsageError

KILLS = 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "a").mkdir(parents=True)
    (tmp_path / "content" / "a" / "b.md").write_bytes(b"old")
    return tmp_path / "content"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_page_is_replaced_and_keeps_its_mode(folder: Path) -> None:
    page = folder / "a" / "b.md"
    page.chmod(0o640)
    replace(folder, "a/b.md", b"old", b"new\r\n")
    assert page.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert names(folder / "a") == ["b.md"]


def test_a_page_that_someone_changed_is_left(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"a/b\.md has changed since it was read"):
        replace(folder, "a/b.md", b"older", b"new")
    assert (folder / "a" / "b.md").read_bytes() == b"old"
    assert names(folder / "a") == ["b.md"]


def test_a_page_that_changes_at_the_last_moment_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: (folder / "a" / "b.md").write_bytes(b"theirs"))
    with pytest.raises(UsageError, match="has changed since it was read"):
        replace(folder, "a/b.md", b"old", b"new")
    assert (folder / "a" / "b.md").read_bytes() == b"theirs"
    assert names(folder / "a") == ["b.md"]


def test_a_page_that_is_gone_is_not_made_again(folder: Path) -> None:
    (folder / "a" / "b.md").unlink()
    with pytest.raises(UsageError, match="no longer there"):
        replace(folder, "a/b.md", b"old", b"new")
    assert names(folder / "a") == []


def test_never_through_a_link(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    (folder / "a").rename(elsewhere)
    (folder / "a").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="a is a link, and nothing is written through links"):
        replace(folder, "a/b.md", b"old", b"new")
    (folder / "a").unlink()
    (folder / "a").mkdir()
    (folder / "a" / "b.md").symlink_to(elsewhere / "b.md")
    with pytest.raises(UsageError, match=r"a/b\.md is a link"):
        replace(folder, "a/b.md", b"old", b"new")
    assert (elsewhere / "b.md").read_bytes() == b"old"
    assert names(elsewhere) == ["b.md"]


def test_never_over_a_folder(folder: Path) -> None:
    with pytest.raises(UsageError, match="a is no file"):
        replace(folder, "a", b"old", b"new")


def test_a_disk_that_refuses_leaves_the_old_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace(folder, "a/b.md", b"old", b"new")
    assert (folder / "a" / "b.md").read_bytes() == b"old"
    assert names(folder / "a") == ["b.md"]


def test_file_and_folder_reach_the_disk_in_this_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[bool, bytes]] = []

    def sync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append((is_folder, (folder / "a" / "b.md").read_bytes()))

    monkeypatch.setattr("os.fsync", sync)
    replace(folder, "a/b.md", b"old", b"new")
    assert synced == [(False, b"old"), (True, b"new")]


def test_a_new_page_where_files_have_one_name_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    create(tmp_path / "c.md", "text\n")
    assert (tmp_path / "c.md").read_bytes() == b"text\n"
    with pytest.raises(UsageError, match="already there"):
        create(tmp_path / "c.md", "other\n")
    assert (tmp_path / "c.md").read_bytes() == b"text\n"
    assert names(tmp_path) == ["c.md"]


def test_a_new_page_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    create(tmp_path / "c.md", "text\n")
    assert (tmp_path / "c.md").stat().st_mode == (tmp_path / "usual").stat().st_mode


# Signs a page and takes the signature back, again and again, in a process that is killed: in every other one while it writes,
# else at some moment after it has written once. A page of many blocks, so that a write in place would be seen half done.
LOOP = """
import os, random, signal, sys, time
from pathlib import Path
from handrail.edit.files import replace
from handrail.edit.frontmatter import with_entry
from handrail.model.exclusions import Exclusions
from handrail.model.files import list_files

folder, page = Path(sys.argv[1]), Path(sys.argv[1], "page.md")
old = page.read_bytes()
entry = {"role": "D", "by": "lbk", "date": "2026-03-03"}
new = with_entry(old, entry)
chance = random.Random(4)
seen, parts = {old: 0, new: 0}, 0
sync = os.fsync

def write(writing, is_caught):
    synced = []

    def tell(descriptor):
        sync(descriptor)
        synced.append(descriptor)  # the text, and once it is in its place, the folder
        if len(synced) == (1 if is_caught else 2):
            os.write(writing, b"!")
        if is_caught:
            signal.pause()

    os.fsync = tell
    while True:
        before = page.read_bytes()
        replace(folder, "page.md", before, old if before == new else new)

for number in range(int(sys.argv[2])):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        write(writing, is_caught=number % 2 == 0)
    os.close(writing)
    assert os.read(reading, 1)
    os.close(reading)
    time.sleep(chance.uniform(0, 0.02) * (number % 2))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    seen[page.read_bytes()] += 1
    assert list_files(folder, Exclusions()).pages == ["page.md"]
    for left in folder.glob(".*"):
        left.unlink()
        parts += 1
print(seen[old], seen[new], parts)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no way to copy a process")
def test_a_kill_at_any_moment_leaves_the_old_page_or_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("---\nid: a\n---\n" + "A line of text.\n" * 3_900, "utf-8")
    answer = subprocess.run(
        [sys.executable, "-c", LOOP, str(tmp_path), str(KILLS)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    old, new, parts = map(int, answer.stdout.split())
    assert old + new == KILLS
    # Or the kills would show nothing.
    assert min(old, new) > 0
    assert parts >= KILLS // 2


def test_what_is_left_of_a_killed_write_is_no_page(tmp_path: Path) -> None:
    with files._beside(tmp_path / "a.md", b"x") as written:
        assert written.name.startswith(".a.md.")
        assert not written.name.endswith(".md")
        assert written.read_bytes() == b"x"
