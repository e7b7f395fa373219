"""What the commands that report findings have in common: their options, what a format may ask for, and when they fail."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.errors import HandrailError
from handrail.model.files import file_size, read_page
from handrail.model.project import Project
from handrail.model.urls import on_site, page_url
from handrail.report.formats import FORMATS, Context
from handrail.report.summary import Nouns
from handrail.rules.finding import Report, Severity

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.rules.registry import Rule


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command take the format of its report, and what makes it fail."""
    format_ = click.option(
        "--format", "format_", type=OneOf(list(FORMATS)), default="text", help="For whom: text is for people."
    )
    fail_on = click.option(
        "--fail-on",
        type=OneOf(["error", "warning"]),
        help="What ends the command with 1; the setting `fail_on`, else error.",
    )
    return format_(fail_on(command))


def fails(report: Report, fail_on: str) -> bool:
    """Say whether anything new in a report weighs enough to fail; raises HandrailError where not everything could be judged."""
    if report.failures:
        raise HandrailError(" ".join(report.failures))
    return bool(report.failing(Severity(fail_on)))


def nouns_of(handbook: Handbook) -> Nouns:
    """Return what people call one document of each kind, and many."""
    return {kind.name: (kind.noun, kind.plural) for kind in handbook.kinds.values()}


def context(project: Project, nouns: Nouns, format_: str, not_shown: str = "") -> Context:
    """Return what a format may ask for beside the report; no line is quoted of what lies in the folder `not_shown`."""
    rules: tuple[Rule, ...] = ()
    rule_urls: dict[str, str] = {}
    if format_ == "sarif":
        from handrail.rules.registry import all_rules  # noqa: PLC0415 - imports every rule

        rules = tuple(all_rules())
        rule_urls = {rule.code: _url(project, rule) for rule in rules}
    lines, file = _source_lines(project, not_shown), project.config_file.name
    return Context(lines, common.width(), common.has_colour(), nouns, rules, rule_urls, file)


def _url(project: Project, rule: Rule) -> str:
    """Return where the site has the page of a rule, or nothing where the site has no address."""
    page = project.settings.generated.rule_page(rule.code)
    return on_site(project.site_url, page_url(page, directories=project.use_directory_urls))


def _source_lines(project: Project, not_shown: str) -> Callable[[str, int], str]:
    """Return what reads a line of a file, as the text format wants it; each file is read once."""
    from handrail.text.lines import LineIndex  # noqa: PLC0415 - only where a line is shown

    pages = project.from_root("")

    @cache
    def lines(path: str) -> LineIndex:
        inside = path.removeprefix(pages)
        place = (project.docs_dir, inside) if path.startswith(pages) else (project.root, path)
        # What a link leads to is none of the handbook's, and may be nobody's business.
        raw = read_page(*place) if file_size(*place) is not None else None
        return LineIndex((raw or b"").decode("utf-8-sig", "replace"))

    return lambda path, line: "" if not_shown and path.startswith(f"{not_shown}/") else lines(path).line(line)
