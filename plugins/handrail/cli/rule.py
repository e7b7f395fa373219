"""`handrail rule`: explain a rule, or list them all."""

from __future__ import annotations

from itertools import groupby

import click

from handrail.cli import common
from handrail.errors import UsageError
from handrail.model.config_names import named
from handrail.report.tables import render_table
from handrail.rules.registry import FAMILIES, Rule, all_rules, find_rule, unknown_rule


@click.command(short_help="Explain a rule, or list them all.")
@click.argument("rule", required=False, metavar="[CODE|NAME]")
def command(rule: str | None) -> int:
    """Explain one rule, by code (HB301) or name (orphan), or list them all by family."""
    if rule is None:
        common.write("\n".join(_family(code, list(rules)) for code, rules in groupby(all_rules(), lambda r: r.family)))
        return 0
    found = find_rule(rule)
    if found is None:
        raise UsageError(unknown_rule(rule))
    config = common.nearest_config()
    text = named(found.documentation, config.name) if config is not None else found.documentation
    common.write(common.explained(f"{found.code} {found.name} ({_severity(found)})", f"{text}\n"))
    return 0


def _family(code: str, rules: list[Rule]) -> str:
    rows = [(rule.code, rule.name, _severity(rule), rule.summary) for rule in rules]
    table = render_table(("code", "name", "severity", "what it says"), rows, "text").splitlines(keepends=True)
    return f"{code} {FAMILIES[code]}" + "\n" + "".join(table[2:])


def _severity(rule: Rule) -> str:
    return rule.severity.value if rule.severity is not None else "off"
