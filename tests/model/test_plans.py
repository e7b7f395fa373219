"""Plans: which one is in force, what each is shown as, and how lines, parents and departments are found."""

from __future__ import annotations

import pytest

from handrail.model.handbook import Handbook
from handrail.model.plans import Line
from tests.model.building import document, handbook, only

WRITTEN = ["vision: a", "priorities: [a]", "methods: [b]"]


def plan(period: str, state: str = "active", signed: str = "", *more: str, line: str = "company") -> str:
    lines = [f"period: {period}", f"state: {state}", *(WRITTEN if state != "tba" else []), "rapid: LBK(D)", *more]
    if signed:
        lines.append(f"sign_offs: [{{role: D, by: LBK, date: {signed}}}]")
    return document("vpmom", line, *lines)


def line_of(*plans: str, today: str = "2026-11-15") -> Line:
    """Make a line of plans; FY27 runs from 1 February 2026 to 31 January 2027."""
    book = handbook({f"p{number}.md": text for number, text in enumerate(plans)}, today)
    return book.lines["company"]


def in_force(*plans: str, today: str = "2026-11-15") -> str | None:
    current = line_of(*plans, today=today).in_force
    return current.name if current else None


IN_FORCE: list[tuple[str, tuple[str, ...], str | None]] = [
    ("the only one", (plan("FY27"),), "FY27"),
    (
        "the newest of two that are signed",
        (plan("FY26", "active", "2025-02-01"), plan("FY27", "active", "2026-02-01")),
        "FY27",
    ),
    ("the older, where the newer is not signed", (plan("FY26", "active", "2025-02-01"), plan("FY27")), "FY26"),
    ("the newest that has begun, where none is signed", (plan("FY26"), plan("FY27"), plan("FY28")), "FY27"),
    ("not one that has not begun, though signed", (plan("FY27"), plan("FY28", "active", "2026-11-01")), "FY27"),
    ("the newest active, where none has begun", (plan("FY28"), plan("FY29")), "FY29"),
    ("not a draft", (plan("FY26", "active", "2025-02-01"), plan("FY27", "draft", "2026-02-01")), "FY26"),
    ("not a retired one", (plan("FY27", "retired", "2026-02-01"),), None),
    ("not one that is to be announced", (plan("FY27", "tba"),), None),
    ("one that is over, where there is no other", (plan("FY25", "active", "2024-02-01"),), "FY25"),
    (
        "by days, not by names",
        (plan("{name: Z, from: 2020-01-01, to: 2020-12-31}"), plan("{name: A, from: 2026-01-01, to: 2026-12-31}")),
        "A",
    ),
    ("signed too early to count", (plan("FY26", "active", "2025-02-01"), plan("FY27", "active", "2025-07-31")), "FY26"),
]


@pytest.mark.parametrize(("plans", "expected"), [case[1:] for case in IN_FORCE], ids=[case[0] for case in IN_FORCE])
def test_in_force(plans: tuple[str, ...], expected: str | None) -> None:
    assert in_force(*plans) == expected


def test_a_plan_comes_into_force_on_its_first_day() -> None:
    plans = (plan("FY26", "active", "2025-02-01"), plan("FY27", "active", "2026-01-15"))
    assert [in_force(*plans, today=today) for today in ("2026-01-31", "2026-02-01")] == ["FY26", "FY27"]


OLD = plan("FY26", "active", "2025-02-01")
SHOWN: list[tuple[str, tuple[str, ...], str]] = [
    ("Retired", (plan("FY27", "retired", "2026-02-01"),), "2026-11-15"),
    ("TBA", (plan("FY27", "tba"),), "2026-11-15"),
    ("Draft", (plan("FY27", "draft", "2026-02-01"),), "2026-11-15"),
    ("Superseded", (OLD, plan("FY27", "active", "2026-02-01")), "2026-11-15"),
    ("Coming", (plan("FY28", "active", "2026-11-01"),), "2026-11-15"),
    ("In need of update", (OLD,), "2026-02-01"),
    ("In need of update", (plan("FY27", "active", "2026-02-01", "needs_update: The figures."),), "2026-11-15"),
    ("Vetted", (OLD,), "2026-01-31"),
    ("Vetted", (plan("FY27", "active", "2026-02-01"),), "2026-11-15"),
    ("Not vetted yet", (plan("FY27"),), "2026-11-15"),
    ("Not vetted yet", (OLD, plan("FY27")), "2026-11-15"),
]


@pytest.mark.parametrize(("state", "plans", "today"), SHOWN)
def test_what_a_plan_is_shown_as(state: str, plans: tuple[str, ...], today: str) -> None:
    line = line_of(*plans, today=today)
    shown = [line.shown(found) for found in line.plans]
    assert state in shown
    if len(plans) == 1:
        assert shown == [state]


def test_the_first_state_that_applies_wins() -> None:
    line = line_of(plan("FY25"))
    assert line.shown(line.plans[0]) == "In need of update"
    line = line_of(plan("FY26", "retired"), plan("FY27", "active", "2026-02-01"))
    assert [line.shown(found) for found in line.plans] == ["Retired", "Vetted"]


def test_a_plan_is_found_by_its_period_in_any_case_and_earlier_ones_newest_first() -> None:
    line = line_of(plan("FY26"), plan("FY25", "retired"), plan("FY27"), plan("FY24", "tba"))
    assert [found.name for found in line.plans] == ["FY24", "FY25", "FY26", "FY27"]
    found = line.plan("fy26")
    assert found is not None
    assert [earlier.name for earlier in line.earlier(found)] == ["FY25"]
    assert line.plan("FY99") is None


def test_a_plan_whose_period_can_not_be_read_is_in_its_line() -> None:
    line = line_of(plan("FY27-Q9"), plan("FY27", "active", "2026-02-01"))
    assert [found.name for found in line.plans] == ["FY27-Q9", "FY27"]
    assert line.in_force is not None
    assert line.in_force.name == "FY27"


def department(id_: str, *lines: str) -> str:
    return document("department", id_, f"lead: lead-of-{id_}", f'contact: "#{id_}"', *lines)


ROOTS: list[tuple[str, dict[str, str], str | None]] = [
    ("the company department's", {"company/index.md": department("company"), "company/p.md": plan("FY27", line="whole"), "x.md": plan("FY27", line="x")}, "whole"),
    ("the only one with no parent", {"a.md": plan("FY27", line="a"), "b.md": plan("FY27", "active", "", "parent: a", line="b")}, "a"),
    ("none of two with no parent", {"a.md": plan("FY27", line="a"), "b.md": plan("FY27", line="b")}, None),
    ("one to be announced beside it does not count", {"a.md": plan("FY27", line="a"), "b.md": plan("FY27", "tba", line="b")}, "a"),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "root"), [case[1:] for case in ROOTS], ids=[case[0] for case in ROOTS])
def test_the_root(pages: dict[str, str], root: str | None) -> None:
    found = handbook(pages).root_line
    assert (found.id if found else None) == root


@pytest.fixture(scope="module")
def book() -> Handbook:
    sop = "state: active"
    return handbook({
        "finance/index.md": department("finance"),
        "finance/tax/index.md": department("tax", "parent: finance"),
        "finance/plan.md": plan("FY27", line="finance"),
        "sales/plan.md": plan("FY27", "active", "", "department: finance", line="sales"),
        "finance/a.md": document("sop", "by-folder", sop),
        "finance/tax/deep/b.md": document("sop", "by-far-folder", sop),
        "finance/tax/c.md": document("sop", "by-word", sop, "department: finance"),
        "elsewhere/d.md": document("sop", "by-plan", sop, "vpmom: sales"),
        "finance/tax/e.md": document("sop", "by-plan-before-folder", sop, "vpmom: sales"),
        "elsewhere/f.md": document("sop", "nowhere", sop, "owner: pna", 'contact: "#mine"'),
        "elsewhere/g.md": document("sop", "unknown-word", sop, "department: nobody"),
        "finance/h.md": document("sop", "unknown-plan", sop, "vpmom: nobody"),
        "tba.md": plan("FY27", "tba", line="later"),
        "i.md": document("sop", "of-later", sop, "vpmom: later"),
        "j.md": document("sop", "draft", "state: draft"),
        "k.md": document("sop", "of-one-plan", sop, "vpmom: finance@FY27"),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("src_uri", "id_"),
    [
        ("finance/a.md", "finance"), ("finance/tax/deep/b.md", "tax"), ("finance/tax/c.md", "finance"), ("elsewhere/d.md", "finance"),
        ("finance/tax/e.md", "finance"), ("elsewhere/f.md", None), ("elsewhere/g.md", None), ("finance/h.md", "finance"),
        ("finance/plan.md", "finance"), ("sales/plan.md", "finance"),
    ],
)  # fmt: skip
def test_the_department_of_a_page(src_uri: str, id_: str | None, book: Handbook) -> None:
    department = book.department_of(only(book, src_uri))
    assert (department.id if department else None) == id_


def test_owner_and_contact_default_to_the_departments(book: Handbook) -> None:
    pages = [only(book, path) for path in ("finance/a.md", "elsewhere/f.md", "elsewhere/g.md", "finance/tax/index.md")]
    assert [book.owner_of(page) for page in pages] == ["lead-of-finance", "pna", "", "lead-of-tax"]
    assert [book.contact_of(page) for page in pages] == ["#finance", "#mine", "", "#tax"]


@pytest.mark.parametrize(
    ("src_uri", "reason"),
    [
        ("finance/a.md", "no plan named"), ("finance/h.md", "unknown line"), ("i.md", "line with no active plan"), ("elsewhere/d.md", None),
        ("k.md", None), ("j.md", None), ("finance/plan.md", None),
    ],
)  # fmt: skip
def test_why_a_procedure_hangs_in_the_air(src_uri: str, reason: str | None, book: Handbook) -> None:
    assert book.orphan_reason(only(book, src_uri)) == reason
