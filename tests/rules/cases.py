"""Reads the rule tests: one Markdown file a rule, one section a case, its files and findings in fenced blocks.

The info string of a block says what it is: a path (behind the name of a language, for editors), `yaml settings` for
options of the plugin, `yaml config` for other keys of `mkdocs.yml`, `base none` for a handbook without `base/`, `errors`
for the errors of other rules that the case can't be without, and `findings` for what the rule has to say. A path behind
`latin-1` is written in that encoding; behind `symlink` it becomes a link to what stands in the block. A path followed
by `on` a day `by` somebody is committed to git before everything else is written; without such a block there is no git.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.loading import load_handbook
from handrail.model.past import NO_PAST, Past
from handrail.model.project import load_project
from handrail.rules.check import check
from handrail.rules.finding import Finding, Report
from handrail.text.yaml_reader import read_yaml
from tests.history.repos import Repo
from tests.support.handbooks import TODAY, make_handbook

HERE = Path(__file__).parent
BASE = {path.relative_to(HERE / "base").as_posix(): path.read_bytes() for path in (HERE / "base").rglob("*.md")}

_FENCE = re.compile(r"(?P<fence>`{3,})(?P<info>[^`]*)")
_COMMITTED = re.compile(r"[a-z]+ content/(?P<path>\S+) on (?P<day>\S+) by (?P<author>.+)")


@dataclass
class Block:
    """One fenced block; `start` and `end` are the numbers of its first and past-the-last line inside the fences."""

    info: str
    start: int
    end: int
    text: str


@dataclass
class Case:
    """One section of a rule's file."""

    rule: str
    title: str
    purpose: str = ""
    blocks: list[Block] = field(default_factory=list)

    def block(self, info: str) -> Block | None:
        return next((block for block in self.blocks if block.info == info), None)

    @property
    def expected(self) -> Block:
        found = self.block("findings")
        assert found is not None, f"“{self.title}” has no block `findings`"
        return found

    def mapping(self, info: str) -> dict[str, Any]:
        block = self.block(info)
        return dict(read_yaml(block.text).data) if block else {}

    def commit(self, folder: Path) -> bool:
        """Commit what the case says was committed; say whether there was anything."""
        commits = [(match, block) for block in self.blocks if (match := _COMMITTED.fullmatch(block.info))]
        if commits:
            repo = Repo(folder)
            for match, block in commits:
                repo.commit(match["day"], {match["path"]: block.text}, by=match["author"])
        return bool(commits)

    def report(self, folder: Path, line_end: str = "\n") -> Report:
        """Write the case's handbook into a folder and check it."""
        has_git = self.write(folder, line_end)
        return report_on(folder, look_back if has_git else lambda _: NO_PAST)

    def write(self, folder: Path, line_end: str = "\n") -> bool:
        """Write the case's handbook into a folder, its pages with lines that end so; say whether git has anything of it."""
        has_git = self.commit(folder)
        files: dict[str, str | bytes] = dict(BASE) if self.block("base none") is None else {}
        links = {}
        for block in self.blocks:
            form, _, path = block.info.partition(" ")
            if not path.startswith(("content/", "records/")) or _COMMITTED.fullmatch(block.info):
                continue
            if form == "symlink":
                links[path] = block.text.strip()
            else:
                text = block.text.replace("\n", line_end)
                files[path] = text.encode(form if form == "latin-1" else "utf-8")
        make_handbook(folder, files, self.mapping("yaml settings"), self.mapping("yaml config"))
        for path, target in links.items():
            (folder / path).symlink_to(target)
        return has_git


def read_cases(path: Path) -> list[Case]:
    """Read the cases of one rule's file."""
    cases: list[Case] = []
    lines = path.read_text("utf-8").split("\n")
    opened: tuple[str, str, int] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.fullmatch(line)
        if opened is not None:
            ticks, info, start = opened
            if line.rstrip() == ticks:
                text = "".join(f"{inside}\n" for inside in lines[start:number])
                cases[-1].blocks.append(Block(info, start, number, text))
                opened = None
        elif fence is not None:
            opened = fence["fence"], fence["info"].strip(), number + 1
        elif line.startswith("## "):
            cases.append(Case(path.stem, line.removeprefix("## ").strip()))
        elif cases and not cases[-1].blocks:
            cases[-1].purpose = f"{cases[-1].purpose} {line}".strip()
    assert opened is None, f"{path.name} ends inside a block"
    return cases


def rewrite(path: Path, title: str, text: str) -> None:
    """Put what a rule says now into the case of this title."""
    block = next(case for case in read_cases(path) if case.title == title).expected
    lines = path.read_text("utf-8").split("\n")
    lines[block.start : block.end] = text.split("\n")[:-1]
    path.write_text("\n".join(lines), "utf-8", newline="\n")


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Return the shipped kinds, compiled once for all tests of this folder."""
    return load_kinds()


def report_on(folder: Path, look_back: Callable[[Handbook], Past] = lambda _: NO_PAST) -> Report:
    """Check the handbook in a folder, on the day of its settings, if they count."""
    project = load_project(folder / "mkdocs.yml")
    today = project.settings.today or date.fromisoformat(TODAY)
    return check(load_handbook(project, kinds(), today, look_back=look_back))


def report_of(folder: Path, files: dict[str, str], settings: dict[str, Any] | None = None) -> Report:
    """Check the base handbook with these files added."""
    make_handbook(folder, {**BASE, **files}, settings)
    return report_on(folder)


def written(finding: Finding) -> str:
    """Return a finding as the rule tests write it."""
    lines = [f"{finding.path}:{finding.line}:{finding.column} {finding.severity} {finding.message}"]
    if finding.hint:
        lines.append(f"  hint: {finding.hint}")
    lines += [f"  related: {near.path}:{near.line}:{near.column} {near.message}" for near in finding.related]
    return "".join(f"{line}\n" for line in lines)
