"""Whatever pages say and are called, what a change does is told: in the form that the schema says, and with every finding counted."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings

from handrail.report.diff.data import schema_text
from tests.engines.drawn import BASE
from tests.engines.test_any_pages import write
from tests.history.repos import Repo
from tests.support.any_pages import Drawn, handbooks
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

CHANGES = max(6, settings().max_examples // 15)
SCHEMA = jsonschema.Draft202012Validator(json.loads(schema_text()))


def found(folder: Path) -> int:
    run = handrail(folder, "check", "--format", "json")
    assert run.code in (0, 1), run.err
    return len(json.loads(run.out)["findings"])


def told(folder: Path, *arguments: str) -> Any:
    run = handrail(folder, "diff", "HEAD", *arguments, "--format", "json")
    assert (run.code, run.err) == (0, "")
    data = json.loads(run.out)
    SCHEMA.validate(data)
    return data


@given(handbooks(10), handbooks(6))
@settings(max_examples=CHANGES, suppress_health_check=list(HealthCheck), deadline=None)
def test_any_change_is_told_with_every_finding(before: Drawn, after: Drawn) -> None:
    with TemporaryDirectory(prefix="handrail-any-") as place:
        repo = Repo(Path(place) / "handbook")
        make_handbook(repo.root, BASE)
        write(repo.docs, before)
        repo.git("add", "--all", "--force")
        repo.git("commit", "--quiet", "--message", "Before")
        were = found(repo.root)
        assert told(repo.root)["documents"] == []
        for path in list(before.files)[::2]:
            if (repo.docs / path).is_file():
                (repo.docs / path).unlink()
        write(repo.docs, after)
        data = told(repo.root)
        new, gone = data["findings"]["new"], data["findings"]["gone"]
        assert len(new) - len(gone) == found(repo.root) - were
        for format_ in ("text", "md"):
            run = handrail(repo.root, "diff", "HEAD", "--format", format_)
            assert (run.code, run.err) == (0, "")
            assert len(run.out) <= 60_000 or format_ == "text"
        repo.git("add", "--all", "--force")
        repo.git("commit", "--quiet", "--allow-empty", "--message", "After")
        told(repo.root, "HEAD~1", "--settings", "base")
