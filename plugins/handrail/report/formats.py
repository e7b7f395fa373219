"""The formats by name, for the command line.

Each is imported only when it is used: a check that prints JSON must not wait for rich.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handrail.model.config_names import USUAL
from handrail.rules.finding import Report

if TYPE_CHECKING:
    from handrail.report.sarif import RuleInfo
    from handrail.report.summary import Nouns
    from handrail.report.text import SourceLine


@dataclass(frozen=True, slots=True)
class Context:
    """What a format may ask for beside the report; `width` and `colour` are those of the terminal.

    `rule_urls` says by its code where the site has a rule's page; it is empty where the site has no address. `is_part` says that
    the report is of some paths only, of which somebody wants to see everything. `config_name` is the file of the settings.
    """

    source_line: SourceLine
    width: int = 100
    colour: bool = False
    nouns: Nouns | None = None
    rules: Iterable[RuleInfo] = ()
    rule_urls: Mapping[str, str] = field(default_factory=dict)
    config_name: str = USUAL
    is_part: bool = False


def _text(report: Report, context: Context) -> str:
    from handrail.report import text  # noqa: PLC0415 - see above

    return text.render(
        report,
        source_line=context.source_line,
        width=context.width,
        colour=context.colour,
        nouns=context.nouns,
        is_part=context.is_part,
    )


def _json(report: Report, _: Context) -> str:
    from handrail.report import json  # noqa: PLC0415 - see above

    return json.render(report)


def _sarif(report: Report, context: Context) -> str:
    from handrail.report import sarif  # noqa: PLC0415 - see above

    return sarif.render(report, rules=context.rules, rule_urls=context.rule_urls, config_name=context.config_name)


def _github(report: Report, context: Context) -> str:
    from handrail.report import github  # noqa: PLC0415 - see above

    return github.render(report, nouns=context.nouns)


def _junit(report: Report, context: Context) -> str:
    from handrail.report import junit  # noqa: PLC0415 - see above

    return junit.render(report, nouns=context.nouns)


FORMATS: dict[str, Callable[[Report, Context], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "junit": _junit,
}
