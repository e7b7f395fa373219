"""New files are whole or not there, and never over others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handrail.edit.files import create
from handrail.errors import UsageError


def test_a_file_is_made_with_its_folders_and_plain_line_ends(tmp_path: Path) -> None:
    create(tmp_path / "a" / "b" / "c.md", "Grüße\n")
    assert (tmp_path / "a" / "b" / "c.md").read_bytes() == "Grüße\n".encode()


def test_never_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "c.md").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="already there"):
        create(tmp_path / "c.md", "yours")
    assert (tmp_path / "c.md").read_text("utf-8") == "mine"


def test_never_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "c.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(UsageError, match="already there"):
        create(tmp_path / "c.md", "yours")
    assert not (tmp_path / "elsewhere.md").exists()


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, *_: object, **__: object) -> None:
        os.close(descriptor)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("builtins.open", full)
    with pytest.raises(OSError, match="No space") as raised:
        create(tmp_path / "c.md", "text")
    assert raised.value.filename == str(tmp_path / "c.md")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
