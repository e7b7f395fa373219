"""Where the pages lie at the root of a repository, its own files are no unused files of the handbook; pictures there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.rules.check import check
from tests.rules.cases import kinds
from tests.support.handbooks import TODAY


def test_what_belongs_to_the_repository_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: .\nplugins: [{handrail: {visibility: {.: public}}}]\n", "utf-8"
    )
    (tmp_path / "scripts").mkdir()
    for name in ("LICENSE", "package.json", "chart.png", "old.html", "leave.md.erb", "CNAME", "scripts/build.js"):
        (tmp_path / name).write_text("text", "utf-8")
    (tmp_path / "README.md").write_text("# A\n\nText.\n", "utf-8")
    handbook = load_handbook(load_project(tmp_path / "mkdocs.yml"), kinds(), date.fromisoformat(TODAY))
    told = {finding.path for finding in check(handbook, ("HB212",)).findings}
    assert told == {"chart.png", "old.html", "leave.md.erb", "CNAME", "scripts/build.js"}
