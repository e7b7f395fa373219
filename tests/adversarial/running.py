"""Runs a check over a small sound handbook with something nasty in it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.report.formats import FORMATS, Context
from handrail.rules.check import check
from handrail.rules.finding import Finding, Report
from tests.support.handbooks import make_handbook

HERE = Path(__file__).parent
TODAY = "2025-06-15"
SOUND = {"people": 1, "vpmom": 1, "department": 1}
CONTROL = (HERE / "cases" / "000-control-valid" / "sop.md").read_bytes()

kinds = lru_cache(maxsize=1)(load_kinds)


def copy(
    folder: Path, case: Path | None = None, files: Mapping[str, bytes] | None = None, *, unbound: str = "off"
) -> Path:
    """Write the common handbook into `folder`, with a case's files beside it; return the folder of pages.

    The cases are signed without digests, for each of them changes the text; `unbound` is what that rule says to it.
    """
    make_handbook(folder, {}, {"today": TODAY, "severity": {"unbound": unbound}})
    settings = folder / "mkdocs.yml"  # with a plugin that would run template code
    settings.write_text(settings.read_text("utf-8").replace('"search", ', '"search", "macros", '), "utf-8")
    content = folder / "content"
    shutil.copytree(HERE / "common", content, dirs_exist_ok=True)
    if case is not None:
        shutil.copytree(case, content, dirs_exist_ok=True)
    for name, raw in (files or {}).items():
        (content / name).write_bytes(raw)
    return content


def run(folder: Path) -> tuple[Handbook, Report]:
    known: dict[str, Kind] = kinds()
    handbook = load_handbook(load_project(folder / "mkdocs.yml"), known, date.fromisoformat(TODAY))
    return handbook, check(handbook)


def check_is_sound(handbook: Handbook, report: Report) -> None:
    """Assert what holds whatever a case does: the other pages were checked, and every report can be written."""
    assert {"index.md", "vpmom.md", "people.md", "company/index.md"} <= set(handbook.by_src_uri)
    assert SOUND.items() <= report.by_kind.items()
    assert not [finding for finding in report.findings if finding.path.endswith(("index.md", "vpmom.md", "people.md"))]
    assert report.read == len(handbook.pages)
    context = Context(source_line=lambda path, line: handbook_line(handbook, path, line))
    for write in FORMATS.values():
        write(report, context).encode("utf-8")
    for finding in report.findings:
        assert len(finding.message) < 500, finding
        assert finding.message.isprintable(), finding
        assert finding.hint.isprintable(), finding


def handbook_line(handbook: Handbook, path: str, line: int) -> str:
    page = handbook.by_src_uri.get(path.removeprefix("content/"))
    return page.source.lines.line(line) if page else ""


def of(report: Report, name: str, *severities: str) -> list[Finding]:
    return [
        finding
        for finding in report.findings
        if finding.path == f"content/{name}" and (not severities or finding.severity in severities)
    ]
