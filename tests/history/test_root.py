"""Where the repository of a folder begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.history.root import repository_root
from tests.history.repos import Repo


def test_the_root_of_a_repository_with_no_commit(tmp_path: Path) -> None:
    docs = Repo(tmp_path / "répo x", "a/content").docs
    for folder in (docs, docs.parent, docs.parent.parent):
        assert repository_root(folder) == tmp_path / "répo x"


def test_no_repository(tmp_path: Path) -> None:
    assert repository_root(tmp_path) is None
    assert repository_root(tmp_path / "nothing") is None


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Repo(tmp_path)
    monkeypatch.setattr("handrail.history.git.shutil.which", lambda _: None)
    assert repository_root(tmp_path) is None
