"""What authors change is noticed, however they change it, and what a build writes is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.engines.zensical.watch import changes, places_of
from handrail.model.project import load_project
from tests.support.handbooks import make_handbook

FILES = {"content/index.md": "# Home\n", "content/a.md": "# A\n"}


def edit(root: Path) -> None:
    (root / "content/a.md").write_text("# A, and more\n", "utf-8")


def add(root: Path) -> None:
    (root / "content/new").mkdir()
    (root / "content/new/b.md").write_text("# B\n", "utf-8")


def delete(root: Path) -> None:
    (root / "content/a.md").unlink()


def set_(root: Path) -> None:
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text("utf-8") + "copyright: Us\n", "utf-8")


def build(root: Path) -> None:
    (root / ".cache/handrail").mkdir(parents=True)
    (root / ".cache/handrail/a.md").write_text("# A\n", "utf-8")
    (root / "content/.a.md.part").mkdir()
    (root / "content/.a.md.part/a").write_text("", "utf-8")


class _LookedEnoughError(Exception):
    pass


def noticed(root: Path, change: Callable[[Path], None]) -> int:
    """Return how often something is noticed when this is changed while the first look is slept on."""
    project = load_project(root / "mkdocs.yml")
    slept: list[float] = []
    found = -1  # the first time nothing has changed yet

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            change(root)
        if len(slept) == 3:
            raise _LookedEnoughError

    try:
        for _ in changes(lambda: places_of(project), sleep):
            found += 1
    except _LookedEnoughError:
        return found
    raise AssertionError


@pytest.mark.parametrize("change", [edit, add, delete, set_])
def test_what_authors_change_is_noticed_once(change: Callable[[Path], None], tmp_path: Path) -> None:
    assert noticed(make_handbook(tmp_path, FILES), change) == 1


def test_what_a_build_writes_is_not_noticed(tmp_path: Path) -> None:
    assert noticed(make_handbook(tmp_path, FILES), build) == 0
