"""Which plan feeds which, and who carries what a plan in force wants."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.cascade import Rung, cascade, coverage
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from tests.model.building import document, handbook

ITEMS = (
    "vision: a",
    "priorities: ['Speed: be quick', no label]",
    "methods: ['Plain books: anyone reads them']",
    "measures: ['Days: few']",
)


def plan(line: str, *more: str, period: str = "FY27", state: str = "active", title: str = "") -> str:
    return document("vpmom", line, f"period: {period}", f"state: {state}", *ITEMS, *more, title=title or line)


def drawn(rungs: Iterable[Rung]) -> list[object]:
    return [[rung.page.id, drawn(rung.below)] if rung.below else rung.page.id for rung in rungs]


def test_plans_stand_under_what_they_feed_the_handbook_s_root_first() -> None:
    book = handbook(
        {
            "a.md": plan("aims", title="A plan of its own"),
            "company/this.md": plan("company"),
            "company/index.md": document("department", "company"),
            "company/plan.md": plan("company", period="FY26"),
            "f.md": plan("finance", "parent: company"),
            "p.md": plan("pay", "parent: finance@FY27"),
            "s.md": plan("sales", "parent: company"),
        }
    )
    assert drawn(cascade(book)) == [["company", [["finance", ["pay"]], "sales"]], "aims"]


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_every_line_stands_there_once(parents: list[int]) -> None:
    lines = {
        f"{number}.md": plan(f"p{number}", *([f"parent: p{parent}"] if 0 <= parent < len(parents) else []))
        for number, parent in enumerate(parents)
    }

    def names(rungs: Iterable[Rung]) -> list[str]:
        return [name for rung in rungs for name in (rung.page.id, *names(rung.below))]

    assert sorted(names(cascade(handbook(lines)))) == sorted(f"p{number}" for number in range(len(parents)))


def test_a_long_chain_of_plans_is_no_trouble() -> None:
    lines = {f"{number}.md": plan(f"p{number}", f"parent: p{number + 1}") for number in range(1500)}
    (rung,) = cascade(handbook(lines | {"top.md": plan("p1500")}))
    depth = 0
    while rung.below:
        (rung,), depth = rung.below, depth + 1
    assert depth == 1500


def test_what_follows_a_plan_stands_beside_it() -> None:
    book = handbook({"a.md": plan("company"), "b.md": plan("company", period="FY28", state="draft")})
    (rung,) = cascade(book)
    assert rung.plan is not None
    assert rung.next is not None
    assert (rung.plan.name, rung.next.name) == ("FY27", "FY28")


def own_kinds(project: Path) -> dict[str, Kind]:
    """Return the kinds of a handbook that has the schema which the maintainers' guide shows."""
    guide = (Path(__file__).parents[2] / ".github" / "CONTRIBUTING.md").read_text("utf-8")
    schema = guide.partition("```json\n")[2].partition("```")[0]
    assert '"okr.schema.json"' in schema
    (project / "schemas").mkdir()
    (project / "schemas" / "okr.schema.json").write_text(schema, "utf-8")
    return load_kinds(project)


def test_documents_of_a_company_s_own_kind_stand_below_what_they_feed(tmp_path: Path) -> None:
    book = handbook(
        {
            "a.md": plan("company"),
            "b.md": document("okr", "quarter", "above: company"),
            "c.md": document("okr", "team", "above: quarter"),
            "d.md": document("okr", "alone"),
        },
        known=own_kinds(tmp_path),
    )
    assert drawn(cascade(book)) == [["company", [["quarter", ["team"]]]]]
    assert [page.id for page in book.unlisted] == ["alone"]


def covered(book: Handbook) -> list[tuple[str, str, list[str]]]:
    return [
        (one.item.label or one.item.text, one.state.value, [page.id for page in one.by])
        for one in coverage(book, book.lines["company"])
    ]


SERVES = "serves: [plain  BOOKS]"


@pytest.mark.parametrize(
    ("page", "state", "by"),
    [
        (document("sop", "pay", "state: active", "vpmom: company", SERVES), "carried", ["pay"]),
        (document("sop", "pay", "state: draft", "vpmom: company", SERVES), "by a draft only", ["pay"]),
        (document("sop", "pay", "state: stub", "vpmom: company", SERVES), "by a draft only", ["pay"]),
        (document("sop", "pay", "state: retired", "vpmom: company", SERVES), "by nobody", []),
        (document("sop", "pay", "state: active", "vpmom: finance", SERVES), "by nobody", []),
        (document("sop", "pay", "state: active", "vpmom: company"), "by nobody", []),
        (
            document(
                "objective", "goal", "state: open", "opened: 2026-06-01", "due: 2026-12-31", "vpmom: company", SERVES
            ),
            "carried",
            ["goal"],
        ),
        (
            document(
                "objective",
                "goal",
                "state: proposed",
                "opened: 2026-06-01",
                "due: 2026-12-31",
                "vpmom: company",
                SERVES,
            ),
            "by nobody",
            [],
        ),
        (plan("below", "parent: company", SERVES), "carried", ["below"]),
        (plan("below", "parent: company", SERVES, state="draft"), "by nobody", []),
        (plan("below", "parent: finance", SERVES), "by nobody", []),
    ],
)
def test_who_carries_a_method(page: str, state: str, by: list[str]) -> None:
    book = handbook({"company.md": plan("company"), "finance.md": plan("finance"), "page.md": page})
    assert covered(book) == [("Speed", "by nobody", []), ("no label", "can't be named", []), ("Plain books", state, by)]


def test_what_is_in_force_is_named_before_drafts() -> None:
    pages = {
        "company.md": plan("company"),
        "a.md": document("sop", "a", "state: draft", "vpmom: company", "serves: [Speed]"),
        "b.md": document("sop", "b", "state: active", "vpmom: company", "serves: [Speed, speed]"),
    }
    assert covered(handbook(pages))[0] == ("Speed", "carried", ["b", "a"])


def test_a_line_without_a_plan_in_force_wants_nothing() -> None:
    assert covered(handbook({"company.md": plan("company", state="draft")})) == []
