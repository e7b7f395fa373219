"""What has to stand in a handbook's settings so that it builds as it is: found by checking it, as a build would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handrail.edit.adopt.configuration import joined
from handrail.edit.adopt.hidden import hidden_folders
from handrail.model.files import Files
from handrail.model.generated import free_folder
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.publication import publishable, why_withheld
from handrail.model.settings import Settings, Visibility, validate
from handrail.rules.check import check
from handrail.rules.finding import Finding, Report, Severity
from handrail.rules.registry import find_rule

_TAKES_OUT = frozenset(("HB801", "HB802", "HB803", "HB804", "HB806", "HB807"))
"""Rules of which what they find is withheld or taken out of the page, however grave they are called."""
_FOR_A_PERSON = frozenset(("HB805", "HB808", "HB810", "HB811"))
"""Rules of which what they find could be published were they only a warning: somebody has to see to it."""

_HOMES = ("", "index.html")

Options = dict[str, Any]
Load = Callable[[Project], Handbook]


@dataclass(frozen=True, slots=True)
class Lowered:
    """A rule that is only to warn, what it calls itself, and the findings that would have stopped the build."""

    code: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def paths(self) -> list[str]:
        return list(dict.fromkeys(finding.path for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Proposal:
    """The options to add, what a check says with them, and where the site's own links to its first page are to lead.

    `home` is empty where the handbook has a first page.

    `lowered` are the rules that only warn from now on, `remaining` the findings that stop the build all the same.
    """

    options: Options
    handbook: Handbook
    report: Report
    lowered: tuple[Lowered, ...] = ()
    remaining: tuple[Finding, ...] = ()
    home: str = ""


def propose(project: Project, given: Mapping[str, Any], visibility: Visibility, load: Load) -> Proposal:
    """Work out what lets a handbook in; `given` are the options that it has already."""
    handbook = load(project)
    options: Options = {}
    if "visibility" not in given:
        options["visibility"] = {".": visibility}
        if visibility == "internal" and "audience" not in given:
            options["audience"] = "internal"
    if hidden := [folder for folder in hidden_folders(handbook) if folder not in project.settings.assets]:
        options["assets"] = hidden
    if "generated" not in given and project.settings.generated.name in _places(handbook.files):
        options["generated"] = free_folder(handbook.files.pages)
    handbook = load(_with(project, given, options))
    report = check(handbook)
    lowered = tuple(_lowered(handbook, report))
    if lowered:
        options["severity"] = {one.code: "warning" for one in lowered}
        handbook = load(_with(project, given, options))
        report = check(handbook)
    remaining = tuple(finding for finding in report.findings if finding.severity is Severity.ERROR)
    return Proposal(options, handbook, report, lowered, remaining, _home(handbook))


def _home(handbook: Handbook) -> str:
    """Return the address of the page that stands nearest to where a first page would; empty where there is one."""
    pages = publishable(handbook, handbook.settings.audience)
    nearest = min(pages, key=lambda page: (page.src_uri.count("/"), not page.is_index, page.src_uri), default=None)
    return nearest.url if nearest is not None and not any(page.url in _HOMES for page in pages) else ""


def _with(project: Project, given: Mapping[str, Any], options: Options) -> Project:
    return replace(project, settings=_settings(joined(dict(given), options)))


def _settings(options: Mapping[str, Any]) -> Settings:
    return validate(options, lambda name: f"the option `{name}` of the plugin handrail")


def _places(files: Files) -> set[str]:
    """Return the folders that pages or files lie in, and those whose address a page has."""
    return {path.partition(".")[0] for path in files.pages} | files.folders


def _lowered(handbook: Handbook, report: Report) -> Iterable[Lowered]:
    """Yield the rules whose errors name what is withheld or taken out anyway."""
    pages = {page.path: page for page in handbook.pages}
    audience = handbook.settings.audience
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.severity is Severity.ERROR and _may_be_lowered(finding, pages.get(finding.path), audience):
            by_rule.setdefault(finding.rule, []).append(finding)
    for code, findings in sorted(by_rule.items()):
        rule = find_rule(code)
        yield Lowered(code, rule.name if rule else "", tuple(findings))


def _may_be_lowered(finding: Finding, page: Page | None, audience: Visibility) -> bool:
    if finding.rule in _FOR_A_PERSON:
        return False
    is_withheld = page is not None and why_withheld(page, audience) is not None
    return finding.rule in _TAKES_OUT or is_withheld
