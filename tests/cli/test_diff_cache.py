"""What a change did is remembered for exactly that change, and believed only where this installation wrote it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from handrail.build import today
from handrail.cli import diff
from tests.cli.changing import changing, edit
from tests.history.repos import Repo
from tests.support.commands import Outcome, handrail


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return changing(tmp_path_factory.mktemp("change") / "handbook")


@pytest.fixture
def repo(made: Repo, tmp_path: Path) -> Repo:
    shutil.copytree(made.root, tmp_path / "handbook")
    shutil.rmtree(tmp_path / "handbook/.cache", ignore_errors=True)
    return Repo(tmp_path / "handbook")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often a change is worked out."""
    counted: list[int] = []
    work = diff._told

    def tell(*arguments: Any) -> Any:
        counted.append(1)
        return work(*arguments)

    monkeypatch.setattr(diff, "_told", tell)
    return counted


def asked(repo: Repo, *arguments: str) -> Outcome:
    return handrail(repo.root, "diff", *(arguments or ("base",)), "--format", "json")


@pytest.mark.parametrize("arguments", [("base",), ("base", "HEAD"), ("base", "HEAD", "--settings", "base")])
def test_the_same_asked_again_is_answered_alike_in_every_format(
    repo: Repo, told: list[int], arguments: tuple[str, ...]
) -> None:
    first = asked(repo, *arguments)
    assert asked(repo, *arguments) == first
    texts = [handrail(repo.root, "diff", *arguments, "--format", format_) for format_ in ("text", "md")]
    assert len(told) == 1
    shutil.rmtree(repo.root / ".cache")
    assert texts == [handrail(repo.root, "diff", *arguments, "--format", format_) for format_ in ("text", "md")]
    assert len(told) == 2


def replaced(path: str, old: str, new: str) -> Callable[[Repo], None]:
    def replace(repo: Repo) -> None:
        file = repo.root / path
        text = file.read_text("utf-8") if file.exists() else ""
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(old, new) if old else text + new, "utf-8")

    return replace


CHANGES: dict[str, Callable[[Repo], object]] = {
    "a page": lambda repo: edit(repo, "pay.md", "14", "15"),
    "a new page": lambda repo: repo.write({"new.md": "# New\n"}),
    "a page less": lambda repo: repo.write({"added.md": None}),
    "a picture": lambda repo: repo.write({"map.png": b"\x89PNG three"}),
    "a commit": lambda repo: repo.commit("2026-10-05"),
    "where git is told that a page has moved": lambda repo: repo.git("mv", "content/added.md", "content/put.md"),
    "the settings": replaced("mkdocs.yml", '"fiscal_year_end": "01-31"', '"fiscal_year_end": "12-31"'),
    "the day in the settings": replaced("mkdocs.yml", "2026-11-15", "2026-11-16"),
    "a schema": replaced("schemas/own.schema.json", "", '{"title": "Own"}'),
    "a record": replaced("records/runs.csv", "", "date,procedure,text,result,step,minutes,from,key\n"),
    "what the base is": lambda repo: repo.git("branch", "--force", "base", "HEAD"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_anything_else_is_worked_out_anew(repo: Repo, told: list[int], change: Callable[[Repo], object]) -> None:
    asked(repo)
    change(repo)
    found = asked(repo)
    assert len(told) == 2
    shutil.rmtree(repo.root / ".cache")
    assert asked(repo) == found


def test_another_day_and_another_question_are_worked_out_anew(
    repo: Repo, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (
        ("base",),
        ("base", "--today", "2026-12-01"),
        ("HEAD",),
        ("base", "HEAD"),
        ("base", "HEAD", "--settings", "base"),
    ):
        asked(repo, *arguments)
    assert len(told) == 5
    monkeypatch.setenv("HANDRAIL_TODAY", "2026-12-02")
    assert json.loads(asked(repo, "base", "HEAD").out)["today"] == "2026-12-02"


def test_where_the_clock_says_which_day_it_is_the_next_day_is_another(
    repo: Repo, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced("mkdocs.yml", '"today": "2026-11-15"', '"timezone": "Pacific/Kiritimati"')(repo)
    repo.commit("2026-10-05")

    hours = [0]

    class Clock:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime(2026, 11, 30, hours[-1], tzinfo=zone)

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(today, "datetime", Clock)
    days = []
    for hour in (8, 9, 10, 11):  # there midnight comes at ten
        hours.append(hour)
        days.append(json.loads(asked(repo, "base", "HEAD").out)["today"])
    assert days == ["2026-11-30", "2026-11-30", "2026-12-01", "2026-12-01"]
    assert len(told) == 2


def test_what_somebody_has_changed_in_the_cache_is_not_believed(repo: Repo, told: list[int]) -> None:
    first = asked(repo)
    (file,) = (repo.root / ".cache").rglob("diff-*.json")
    for text in (file.read_text("ascii").replace("HB207", "HB208"), "", "[]", '{"key": 1}', "[" * 100_000):
        file.write_text(text, "ascii")
        assert asked(repo) == first
    assert len(told) == 6


def test_a_check_and_a_diff_share_their_verdict_on_the_files(repo: Repo) -> None:
    checked = handrail(repo.root, "check", "--format", "json")
    (file,) = (repo.root / ".cache").rglob("check-*.json")
    verdict = file.read_bytes()
    found = asked(repo)
    assert file.read_bytes() == verdict
    shutil.rmtree(repo.root / ".cache")
    assert asked(repo) == found
    assert file.read_bytes() == verdict
    assert handrail(repo.root, "check", "--format", "json") == checked
