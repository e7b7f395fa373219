"""A new handbook's workflows are this repository's own, but for what they install; and they too give nobody a way in."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from handrail.edit.workflows import FOLDER, FORM, feedback_forms, workflows
from tests.workflows.test_linted import lint

_ROOT = Path(__file__).resolve().parents[2]
_INSTALL = "pip install --quiet --requirement requirements.txt"
_OF_HANDRAIL = {"tests", "lowest", "properties", "reading", "forms", "plugins", "properdocs", "zensical"}
WAYS = list(product([True, False], repeat=3))


def jobs(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return found


@pytest.mark.parametrize(("publishes", "has_owners", "asks"), WAYS)
def test_nothing_is_found_in_them(tmp_path: Path, *, publishes: bool, has_owners: bool, asks: bool) -> None:
    for path, text in workflows(publishes=publishes, has_owners=has_owners, asks=asks).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    run = lint(tmp_path / FOLDER)
    assert (run.returncode, run.stderr) == (0, "")
    assert "No findings to report" in run.stdout


def test_all_of_ours_are_among_them_but_what_tries_the_program() -> None:
    texts = workflows(publishes=True, has_owners=True, asks=True)
    ours = {path.relative_to(_ROOT).as_posix() for path in (_ROOT / FOLDER / "workflows").glob("*.yml")}
    forms = {path.relative_to(_ROOT).as_posix() for path in (_ROOT / FOLDER / "ISSUE_TEMPLATE").iterdir()}
    assert set(texts) == ours | forms
    assert [form for form in forms if texts[form] != (_ROOT / form).read_text("utf-8")] == []
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


@pytest.mark.parametrize(("publishes", "has_owners", "asks"), WAYS)
def test_they_need_nothing_of_this_checkout(*, publishes: bool, has_owners: bool, asks: bool) -> None:
    texts = workflows(publishes=publishes, has_owners=has_owners, asks=asks)
    for path, text in texts.items():
        assert not [
            word for word in ("make ", ".venv", "pytest", "tests") if f" {word}" in text or f"/{word}" in text
        ], path
        commands = (
            [step.get("run", "") for job in jobs(text).values() for step in job.get("steps", ())]
            if "ISSUE_TEMPLATE" not in path
            else []
        )
        runs = [index for index, command in enumerate(commands) if "handrail " in command and "gh " not in command]
        assert not runs or _INSTALL in commands[: runs[0]], path
    check = texts[f"{FOLDER}/workflows/check.yml"]
    assert "handrail check\n          mkdocs build --strict --quiet\n          handrail verify\n" in check
    assert ("codeowners --check" in check) == has_owners
    assert ("pages: write" in "".join(texts.values())) == publishes


def test_a_change_leaves_its_site_for_a_look() -> None:
    check = workflows(publishes=True, has_owners=True, asks=True)[f"{FOLDER}/workflows/check.yml"]
    [steps] = [job["steps"] for job in jobs(check).values()]
    made = next(at for at, step in enumerate(steps) if "mkdocs build" in step.get("run", ""))
    [left] = [at for at, step in enumerate(steps) if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert left > made
    assert steps[left]["with"]["path"] == "site"


def test_the_day_of_publication_is_the_calendars() -> None:
    publish = workflows(publishes=True, has_owners=True, asks=True)[f"{FOLDER}/workflows/publish.yml"]
    assert "- run: |\n          export HANDRAIL_TODAY=$(date -u +%F)\n          handrail check\n" in publish


def test_where_no_page_asks_nothing_collects() -> None:
    asking, silent = (workflows(publishes=True, has_owners=True, asks=asks) for asks in (True, False))
    assert {path.rpartition("/")[2] for path in set(asking) - set(silent)} == {
        "feedback.yml", "record-feedback.yml", "it-worked.yml", "something-wrong.yml", "run.yml", "read.yml",
    }  # fmt: skip
    assert f"{FOLDER}/{FORM}" in silent


def test_gitea_gets_the_forms_in_its_own_folder_and_gitlab_none() -> None:
    assert sorted(feedback_forms("gitea")) == [
        f".gitea/ISSUE_TEMPLATE/{name}.yml" for name in ("it-worked", "read", "run", "something-wrong")
    ]
    assert feedback_forms("gitlab") == {}
