"""What a document needs in each of its states, field by field: the table “Required” of the content model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.cases import report_of

PATH = "content/it.md"
ERROR, PROSE = "HB104 error", "HB803 error"
SILENT = ""

# No department has a contact here, so that a page's own is all there is; the line has a plan that is on its way.
AROUND = {
    "content/company/index.md": "---\nkind: department\nid: company\ntitle: Company\nvisibility: public\nlead: mok\n---\n",
    "content/finance/next.md": (
        "---\nkind: vpmom\nid: finance\nperiod: FY28\ntitle: Next\nvisibility: public\nstate: draft\nparent: company\n---\n"
    ),
}
COMMON = {
    "title": "It",
    "visibility": "public",
    "description": "What it is for.",
    "contact": '"#ask"',
    "rapid": "TLI(D)",
    "sign_offs": "[{role: D, by: tli, date: 2026-05-05}]",
    "body": "The text.",
}
SOP = {"kind": "sop", "id": "it", "vpmom": "company", "serves": "[Trust]", "trigger": "It has come in.", **COMMON}
PLAN = {
    "kind": "vpmom",
    "id": "finance",
    "period": "FY27",
    "parent": "company",
    "vision": "Nobody waits.",
    "priorities": "[Speed]",
    "methods": "[One queue]",
    "obstacles": "[Two currencies]",
    "measures": "[Ten days]",
    **COMMON,
}
WRITTEN = ("vision", "priorities", "methods", "obstacles", "measures")

# fields, then what is said without one of them in each state
SOP_STATES = ("stub", "draft", "active", "retired")
SOP_TABLE = {
    "kind": (PROSE, PROSE, PROSE, PROSE),
    "id title visibility state": (ERROR, ERROR, ERROR, ERROR),
    "body": (SILENT, "HB601 warning", "HB601 warning", SILENT),
    "vpmom": ("HB307 info", "HB304 warning", "HB301 warning", SILENT),
    "rapid": (SILENT, SILENT, "HB404 warning", SILENT),
    "sign_offs": (SILENT, SILENT, "HB401 warning", SILENT),
    "description": (SILENT, SILENT, "HB501 info", SILENT),
    "serves": (SILENT, SILENT, "HB313 info", SILENT),
    "trigger": (SILENT, SILENT, "HB502 info", SILENT),
    "contact": (SILENT, SILENT, "HB503 info", SILENT),
}
PLAN_STATES = ("tba", "draft", "active", "retired")
PLAN_TABLE = {
    "kind": (PROSE, PROSE, PROSE, PROSE),
    "id title visibility state period": (ERROR, ERROR, ERROR, ERROR),
    "body": (SILENT, SILENT, SILENT, SILENT),
    "parent": (SILENT, "HB312 info", "HB311 warning", SILENT),
    "vision priorities methods": (SILENT, SILENT, ERROR, SILENT),
    "obstacles measures": (SILENT, SILENT, "HB602 warning", SILENT),
    "rapid": (SILENT, SILENT, "HB404 warning", SILENT),
    "sign_offs": (SILENT, SILENT, "HB401 warning", SILENT),
    "description": (SILENT, SILENT, "HB501 info", SILENT),
    "contact": (SILENT, SILENT, "HB503 info", SILENT),
}

ROWS = [
    (document, state, name, said)
    for document, states, table in ((SOP, SOP_STATES, SOP_TABLE), (PLAN, PLAN_STATES, PLAN_TABLE))
    for names, row in table.items()
    for name in names.split()
    for state, said in zip(states, row, strict=True)
]


def said_of(folder: Path, fields: dict[str, str]) -> list[str]:
    """Return the rules and severities of what is found on a page with these fields."""
    lines = [f"{name}: {value}\n" for name, value in fields.items() if name != "body"]
    text = f"---\n{''.join(lines)}---\n{fields.get('body', '')}\n"
    # Without a digest a signature fits every text; that it says so is not asked here.
    found = report_of(folder, {**AROUND, PATH: text}, {"severity": {"unbound": "off"}}).findings
    return [f"{finding.rule} {finding.severity}" for finding in found if finding.path == PATH]


def in_state(document: dict[str, str], state: str) -> dict[str, str]:
    return {
        **{name: value for name, value in document.items() if state != "tba" or name not in WRITTEN},
        "state": state,
    }


@pytest.mark.parametrize(
    ("document", "state"),
    [(document, state) for document, states in ((SOP, SOP_STATES), (PLAN, PLAN_STATES)) for state in states],
)
def test_with_all_its_fields(document: dict[str, str], state: str, tmp_path: Path) -> None:
    assert said_of(tmp_path, in_state(document, state)) == []


@pytest.mark.parametrize(
    ("document", "state", "name", "said"),
    [pytest.param(*row, id=f"{row[0]['kind']}-{row[1]}-{row[2]}") for row in ROWS],
)
def test_without(document: dict[str, str], state: str, name: str, said: str, tmp_path: Path) -> None:
    fields = in_state(document, state)
    fields.pop(name, None)
    assert said_of(tmp_path, fields) == ([said] if said else [])


@pytest.mark.parametrize("name", WRITTEN)
def test_to_be_announced_though_written(name: str, tmp_path: Path) -> None:
    assert said_of(tmp_path, {**in_state(PLAN, "tba"), name: PLAN[name]}) == ["HB603 info"]


def test_internal_version_stands_for_obstacles_and_measures(tmp_path: Path) -> None:
    fields = {name: value for name, value in in_state(PLAN, "active").items() if name not in ("obstacles", "measures")}
    assert said_of(tmp_path, {**fields, "internal_version": "https://example.org/fy27"}) == []


def test_heading_stands_for_title(tmp_path: Path) -> None:
    fields = {**in_state(SOP, "active"), "body": "# It\n\nThe text."}
    del fields["title"]
    assert said_of(tmp_path, fields) == []


SPAN = "{from: 2026-02-01, to: 2031-01-31}"
OTHERS: dict[str, dict[str, str]] = {
    "page": {},
    "mission": {"statement": "Nobody waits."},
    "vision": {"statement": "Nobody waits.", "horizon": SPAN},
    "objective": {"state": "open", "opened": "2026-06-01", "due": "2026-12-31"},
    "department": {},
    "metric": {"unit": "days", "direction": "down", "frequency": "monthly"},
    "cadence": {"frequency": "weekly", "participants": "[lt]"},
    "improvement": {"state": "idea"},
}
CLOSED = {"state": "missed", "closed": "2026-10-31", "outcome": "{text: It was not calm.}"}


@pytest.mark.parametrize(
    ("kind", "fields", "name"),
    [
        (kind, fields, name)
        for kind, fields in [*OTHERS.items(), ("objective", OTHERS["objective"] | CLOSED)]
        for name in ("id", "title", "visibility", *fields)
    ],
)
def test_other_kinds(kind: str, fields: dict[str, str], name: str, tmp_path: Path) -> None:
    whole = {"kind": kind, "id": "it", "title": "It", "visibility": "public", **fields}
    assert not any("error" in said for said in said_of(tmp_path, whole)), "with all its fields there is no error"
    del whole[name]
    assert [said for said in said_of(tmp_path, whole) if "error" in said] == [ERROR]
