"""Several files are written, or none of them is."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.edit.all_or_none import Change, write_all
from handrail.errors import UsageError


def test_all(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"before")
    write_all(tmp_path, [Change("a.yml", b"before", b"after"), Change("b/c.txt", None, b"new")])
    assert (tmp_path / "a.yml").read_bytes() == b"after"
    assert (tmp_path / "b/c.txt").read_bytes() == b"new"


@pytest.mark.parametrize(
    "last",
    [Change("c.yml", b"other", b"after"), Change("a.yml", None, b"after"), Change("gone.yml", b"x", b"y")],
    ids=["changed meanwhile", "there already", "gone"],
)
def test_none(tmp_path: Path, last: Change) -> None:
    (tmp_path / "a.yml").write_bytes(b"before")
    (tmp_path / "c.yml").write_bytes(b"somebody's")
    changes = [Change("a.yml", b"before", b"after"), Change("new.txt", None, b"new"), last]
    with pytest.raises(UsageError):
        write_all(tmp_path, changes)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yml": b"before", "c.yml": b"somebody's"}
