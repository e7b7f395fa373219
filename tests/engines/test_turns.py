"""Two builds at once: the second waits for the first, and both sites are whole."""

from __future__ import annotations

import subprocess
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from handrail.engines.turns import Turn
from tests.engines.drawn import BASE
from tests.engines.sites import Site, build, command, environment
from tests.support.handbooks import make_handbook

PATIENCE = 300
WITHHELD = "---\nkind: page\nid: bonus\ntitle: Bonus\nvisibility: internal\n---\nText.\n"


def test_the_second_says_that_it_waits_and_goes_on_after_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, order, said = Event(), [], []

    def hear(words: str, **_: Any) -> None:
        said.append(words)
        waits.set()

    def second() -> None:
        turn = Turn()
        turn.take(tmp_path, tmp_path / "site")
        order.append("second")
        turn.end()

    monkeypatch.setattr("handrail.engines.turns.click.echo", hear)
    first = Turn()
    first.take(tmp_path, tmp_path / "site")
    thread = Thread(target=second)
    thread.start()
    assert waits.wait(PATIENCE)
    order.append("first")
    first.end()
    thread.join(PATIENCE)
    assert order == ["first", "second"]
    assert said == [f"Another build is writing into {tmp_path / 'site'}; this one waits for it."]


def test_builds_into_other_folders_do_not_wait(tmp_path: Path) -> None:
    one, other = Turn(), Turn()
    one.take(tmp_path, tmp_path / "site")
    other.take(tmp_path, tmp_path / "other")
    one.end()
    other.end()


def test_where_no_lock_can_be_kept_a_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("no folder")
    Turn().take(tmp_path, tmp_path / "site")


@pytest.mark.parametrize("where", [".cache", ".cache/handrail"])
def test_no_lock_is_kept_through_a_link(where: str, tmp_path: Path) -> None:
    outside, link = tmp_path / "outside", tmp_path / "project" / where
    outside.mkdir()
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    Turn().take(tmp_path / "project", tmp_path / "site")
    assert not list(outside.iterdir())


def test_a_build_that_failed_leaves_the_turn_to_the_next(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**BASE, "content/a.md": "---\nkind: sop\nid: a\n---\n"})
    for _ in range(2):
        with pytest.raises(SystemExit):
            build(folder)
    (folder / "content" / "a.md").unlink()
    build(folder)


def test_two_builds_at_once_make_whole_sites(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**BASE, "content/bonus.md": WITHHELD})
    program = command("build", "--quiet")
    runs = [
        subprocess.Popen(program, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    said = [run.communicate(timeout=PATIENCE)[0].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    site = Site(folder / "site")
    assert site.dead_links() == []
    assert {"index.html", "finance/expense-claims/index.html", "handbook/index.html"} <= set(site.pages())
    assert "bonus/index.html" not in site.pages()
