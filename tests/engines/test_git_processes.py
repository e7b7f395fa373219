"""How often a build and a verification of its site ask git: the history is read once, and one process gives all contents."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what git is asked from now on, by its commands."""
    found: list[str] = []
    start = subprocess.Popen.__init__

    def noted(self: Any, arguments: Any, *rest: Any, **more: Any) -> None:
        if Path(arguments[0]).name == "git":
            command = next(word for word in arguments if word in ("rev-parse", "log", "cat-file"))
            # The history of the pages is the log that ends its lines otherwise; another one is of mkdocs.yml.
            kinds = {"-z": "history", "--first-parent": "months"}
            kind = next((kind for word, kind in kinds.items() if word in arguments), command)
            found.append(kind if command == "log" else command)
        start(self, arguments, *rest, **more)

    monkeypatch.setattr(subprocess.Popen, "__init__", noted)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Draw a handbook of many pages whose texts changed after they were signed, three times each."""
    pages = {f"content/finance/p{number}.md": sop(f"p{number}", f"Do it {number} times.") for number in range(12)}
    make_handbook(tmp_path, {**BASE, **pages})
    repo = Repo(tmp_path)
    repo.commit("2026-03-01")
    for month, words in (("04", "at once"), ("05", "tomorrow"), ("06", "never")):
        repo.commit(
            f"2026-{month}-01",
            {path.removeprefix("content/"): text.replace("Do it", f"Do it {words}") for path, text in pages.items()},
        )
    return tmp_path


def test_one_build_starts_git_five_times(folder: Path, asked: list[str]) -> None:
    build(folder, strict=False)
    assert sorted(asked) == ["cat-file", "history", "log", "months", "rev-parse"]


def test_a_verification_reads_the_history_once(folder: Path, asked: list[str]) -> None:
    build(folder, strict=False)
    asked.clear()
    done = handrail(folder, "verify")
    assert done.code in (0, 1), done.err
    # How measures went is on no page that a verification makes again.
    assert sorted(asked) == ["cat-file", "history", "log", "rev-parse"]
