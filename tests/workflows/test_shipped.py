"""A new handbook's workflows are this repository's own, but for what they install; and they too give nobody a way in."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.edit.workflows import FOLDER, FORM, workflows
from tests.workflows.test_linted import lint

_ROOT = Path(__file__).resolve().parents[2]
_INSTALL = "pip install --quiet --requirement requirements.txt"
_OF_HANDRAIL = {"tests", "lowest", "properties", "reading"}
WAYS = list(product([True, False], repeat=2))


def jobs(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return found


@pytest.mark.parametrize(("publishes", "has_owners"), WAYS)
def test_nothing_is_found_in_them(tmp_path: Path, *, publishes: bool, has_owners: bool) -> None:
    for path, text in workflows(publishes=publishes, has_owners=has_owners).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    run = lint(tmp_path / FOLDER)
    assert (run.returncode, run.stderr) == (0, "")
    assert "No findings to report" in run.stdout


def test_all_of_ours_are_among_them_but_what_tries_the_program() -> None:
    texts = workflows(publishes=True, has_owners=True)
    ours = {path.relative_to(_ROOT).as_posix() for path in (_ROOT / FOLDER / "workflows").glob("*.yml")}
    assert set(texts) == {*ours, f"{FOLDER}/{FORM}"}
    assert texts[f"{FOLDER}/{FORM}"] == (_ROOT / FOLDER / FORM).read_text("utf-8")
    for path in ours:
        own, shipped = jobs((_ROOT / path).read_text("utf-8")), jobs(texts[path])
        assert set(shipped) == set(own) - _OF_HANDRAIL, path
        for name, job in shipped.items():
            assert _without_runs(job) == _without_runs(own[name]), (path, name)
            assert {**job, "steps": None} == {**own[name], "steps": None}


def _without_runs(job: dict[str, Any]) -> list[Any]:
    return [step for step in job.get("steps", ()) if not _installs(step.get("run", ""))]


def _installs(command: str) -> bool:
    return any(word in command for word in ("make ", "pip install", "handrail "))


@pytest.mark.parametrize(("publishes", "has_owners"), WAYS)
def test_they_need_nothing_of_this_checkout(*, publishes: bool, has_owners: bool) -> None:
    texts = workflows(publishes=publishes, has_owners=has_owners)
    for path, text in texts.items():
        assert not [
            word for word in ("make ", ".venv", "pytest", "tests") if f" {word}" in text or f"/{word}" in text
        ], path
        commands = (
            [step.get("run", "") for job in jobs(text).values() for step in job.get("steps", ())]
            if path != f"{FOLDER}/{FORM}"
            else []
        )
        runs = [index for index, command in enumerate(commands) if "handrail " in command and "gh " not in command]
        assert not runs or _INSTALL in commands[: runs[0]], path
    check = texts[f"{FOLDER}/workflows/check.yml"]
    assert "handrail check\n          mkdocs build --strict --quiet\n          handrail verify\n" in check
    assert ("codeowners --check" in check) == has_owners
    assert ("pages: write" in "".join(texts.values())) == publishes


def test_the_day_of_publication_is_the_calendars() -> None:
    publish = workflows(publishes=True, has_owners=True)[f"{FOLDER}/workflows/publish.yml"]
    assert "- run: |\n          export HANDRAIL_TODAY=$(date -u +%F)\n          handrail check\n" in publish
