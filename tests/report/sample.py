"""One report with everything in it that has broken a report before, and the lines that it points at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from handrail.report.formats import Context
from handrail.rules.finding import Entry, Finding, Related, Report, Severity

PAGE = "content/sales/Über uns, 会社 100%.md"
PLAN = "content/plans/sales-2026.md"

LINES = {
    (PAGE, 3): "title: 会社の\t“[bold]Handbook[/bold]” ::error::no ##[error]no",
    (PAGE, 12): "\tvpmom:\tsales-2062 # \x1b[31mred\u202e\x07",
    (PAGE, 40): "word " * 60 + "<<<HERE>>>" + " more" * 60,
    (PLAN, 1): "::stop-commands::x",
}


@dataclass(frozen=True)
class Rule:
    """A rule as SARIF asks for it."""

    code: str
    name: str
    summary: str
    documentation: str
    severity: Severity | None


RULES = (
    Rule(
        "HB301",
        "orphan",
        "An active procedure names no plan.",
        "# Orphan\n\nName its `vpmom`.",
        Severity.WARNING,
    ),
    Rule("HB201", "unknown-reference", "A reference names nothing.", "Fix the id.", Severity.ERROR),
    Rule("HB309", "unserved-method", "Nobody serves a method.", "Serve it.", None),
)

FINDINGS = (
    Finding(
        "HB201",
        "unknown-reference",
        Severity.ERROR,
        PAGE,
        12,
        9,
        12,
        19,
        "The plan “sales-2062” is named here,\nbut the handbook has no such document;\r\n"
        "::error::[bold red]not one[/] ]]> <b>&amp;</b> 100%0A %25",
        "Write the id of a plan:\n    vpmom: sales-2026\n::warning::not a command",
        (
            Related(PLAN, 1, 1, 1, 18, "The plan of this name, [red]nearest[/red] to it."),
            Related("content/plans/a,b:c.md", 2, 3, 4, 1, "Another one\nwith a line end"),
        ),
        subject="vpmom: sales-2062\n\x00\ud800",
    ),
    Finding(
        "HB301",
        "orphan",
        Severity.WARNING,
        PAGE,
        3,
        12,
        4,
        7,
        "The procedure “会社の手順” serves no plan, so that nobody can say what it is for:"
        " a sentence that is longer than a terminal is wide.",
        "Name a plan in `vpmom`.",
    ),
    Finding("HB601", "placeholder", Severity.WARNING, PAGE, 40, 304, 40, 314, "A placeholder stands here."),
    Finding("HB601", "placeholder", Severity.WARNING, PAGE, 41, 1, 41, 5, "A placeholder stands here."),
    Finding(
        "HB105",
        "title-differs",
        Severity.INFO,
        PAGE,
        20,
        1,
        20,
        1,
        "The heading differs from the title \ud800\x00\ufffe.",
        "Make them the same.",
    ),
    Finding("HB301", "orphan", Severity.WARNING, PLAN, 1, 1, 1, 18, "A [link](1) and a [target](https://example.org)."),
    *(
        Finding(
            "HB503",
            "no-description",
            Severity.INFO,
            f"content/p{number:02}.md",
            1,
            1,
            1,
            1,
            "It has no description.",
        )
        for number in range(12)
    ),
)

REPORT = Report("2026-11-22", {"sop": 8, "prose": 5, "vpmom": 1}, FINDINGS, 3)
HELD = replace(
    REPORT,
    findings=FINDINGS[:2],
    known=FINDINGS[2:5],
    fixed=(Entry(PAGE, "HB207", "dead-link", "gone.md\n\udce9", 2),),
    baseline="known.txt",
)
CLEAN = Report("2026-11-22", {"sop": 1}, (), 0)
NOTHING_READ = Report("2026-11-22", {}, (), 0)

NOUNS = {"sop": ("procedure", "procedures"), "vpmom": ("plan", "plans")}


TABLE = (
    ("Procedure", "State", "Score"),
    (
        ("会社の手順", "active | [draft](x)", "12"),
        ('=HYPERLINK("http://example.org")', "*so* `it` <is> _here_ & {{ there }}", "-3"),
        ("::error::Refunds", "two\nlines, \x1b[31mred", "+1+1"),
        ("", "##[error]", "50 %"),
    ),
)


def source_line(path: str, line: int) -> str:
    return LINES.get((path, line), "")


def parsed(junit: str) -> ET.Element:
    return ET.fromstring(junit)  # noqa: S314 - our own output


CONTEXT = Context(source_line, width=80, nouns=NOUNS, rules=RULES)
