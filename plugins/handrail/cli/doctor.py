"""`handrail doctor`: say whether the way from goal to meeting holds."""

from __future__ import annotations

import json

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.measures.doctor import doctor
from handrail.measures.scorecard import scorecard
from handrail.report.doctor import doctor_data, doctor_lines
from handrail.report.plain import disarmed, without_surrogates


@click.command(short_help="Say whether the way from goal to meeting holds.")
@click.option("--format", "format_", type=OneOf(["text", "json"]), default="text", help="How to print it.")
@common.of_a_project
def command(format_: str, today: str | None, config: str | None) -> int:
    """Answer ten questions on how goals get done, each with what shows it and the next thing to do.

    Objectives, the procedures that carry them, states, owners, rules, exceptions, metrics and meetings, and whether it was
    tried. It judges nobody, and ends with 0 whatever the answers are.
    """
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    card = scorecard(handbook, handbook.pages)
    findings = doctor(card.scope)
    if format_ == "json":
        data = json.dumps(doctor_data(card, findings), ensure_ascii=False)
        common.write(json.dumps(json.loads(without_surrogates(data)), indent=2) + "\n")
    else:
        common.write("".join(f"{disarmed(line)}\n" for line in doctor_lines(card, findings)))
    return 0
