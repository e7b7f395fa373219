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
from handrail.model.project import PLUGIN, Project
from handrail.model.publication import publishable
from handrail.model.settings import Settings, Visibility, validate
from handrail.model.unidentified import as_id
from handrail.rules.baseline import renewed
from handrail.rules.check import check
from handrail.rules.finding import Entry, Finding, Report, Severity
from handrail.rules.registry import all_rules

_HOMES = ("", "index.html")
_OF_THE_REPOSITORY = frozenset(("changelog", "code-of-conduct", "contributing", "license", "security"))
_WELCOMING = frozenset(("about", "home", "introduction", "overview", "start", "welcome"))

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

    `lowered` are the rules that only warn from now on, `remaining` the findings that no baseline may hold and that stop the
    build all the same.
    """

    options: Options
    handbook: Handbook
    report: Report
    lowered: tuple[Lowered, ...] = ()
    remaining: tuple[Finding, ...] = ()
    home: str = ""

    @property
    def known(self) -> tuple[Entry, ...]:
        """What a baseline that is begun now lists."""
        return renewed(self.report, (), lambda _code: True)


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
    lowered = tuple(_lowered(report))
    if lowered:
        options["severity"] = {one.code: "warning" for one in lowered}
        handbook = load(_with(project, given, options))
        report = check(handbook)
    remaining = tuple(one for one in report.failing(Severity(handbook.settings.fail_on)) if one.never_known)
    return Proposal(options, handbook, report, lowered, remaining, _home(handbook))


def _home(handbook: Handbook) -> str:
    """Return the address of the page that stands nearest to where a first page would; empty where there is one, or the site says it.

    Of several one that welcomes readers, and none that speaks to whoever works on the repository.
    """
    if any(name.setting == "extra.homepage" for name in handbook.project.names):
        return ""
    pages = publishable(handbook, handbook.settings.audience)
    nearest = min(pages, key=_distance, default=None)
    return nearest.url if nearest is not None and not any(page.url in _HOMES for page in pages) else ""


def _distance(page: Page) -> tuple[int, bool, bool, bool, str]:
    name = as_id(page.file_name)
    return (
        page.src_uri.count("/"),
        not page.is_index,
        name in _OF_THE_REPOSITORY,
        name not in _WELCOMING,
        page.src_uri,
    )


def _with(project: Project, given: Mapping[str, Any], options: Options) -> Project:
    """Return the project as it is once the plugin stands in its settings with these options."""
    plugins = project.plugins if project.is_switched_on else (*project.plugins, PLUGIN)
    return replace(project, settings=_settings(joined(dict(given), options)), plugins=plugins)


def _settings(options: Mapping[str, Any]) -> Settings:
    return validate(options, lambda name: f"the option `{name}` of the plugin handrail")


def _places(files: Files) -> set[str]:
    """Return the folders that pages or files lie in, and those whose address a page has."""
    return {path.partition(".")[0] for path in files.pages} | files.folders


def _lowered(report: Report) -> Iterable[Lowered]:
    """Yield the rules whose errors name what is withheld, or taken out of its page, whatever they are called."""
    for_a_person = {rule.code for rule in all_rules() if rule.gets_out}
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.severity is Severity.ERROR and finding.exposes and finding.rule not in for_a_person:
            by_rule.setdefault(finding.rule, []).append(finding)
    for code, findings in sorted(by_rule.items()):
        yield Lowered(code, findings[0].name, tuple(findings))
