"""The map: every plan and every open objective that may be seen, once, below what it hangs on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.company_map import DEEPEST, CompanyMap, company_map
from handrail.model.kinds import load_kinds
from handrail.model.page import Page
from tests.model.building import document, handbook

MISSION = document("mission", "why", "statement: Everyone is well.")
ALL = document("vision", "all", "statement: s", "scope: company", "horizon: {from: 2026-02-01, to: 2031-01-31}")
HIDDEN = "visibility: internal"


def plan(line: str, *more: str, state: str = "active", period: str = "FY27") -> str:
    return document("vpmom", line, f"period: {period}", f"state: {state}", *more, title=line)


def goal(id_: str, *more: str, state: str = "open") -> str:
    return document("objective", id_, f"state: {state}", "opened: 2026-06-01", "due: 2026-12-31", *more, title=id_)


def sop(id_: str, *more: str, state: str = "active") -> str:
    return document("sop", id_, f"state: {state}", *more, title=id_)


def hidden(text: str) -> str:
    return text.replace("visibility: public", HIDDEN)


def seen(page: Page) -> bool:
    return page.visibility == "public"


def found(files: Mapping[str, str]) -> CompanyMap:
    return company_map(handbook(files), seen)


def drawn(drawing: CompanyMap) -> str:
    """Write a map as indented lines."""
    return "\n".join(f"{'  ' * place.level}{place.page.id}" for place in drawing.places)


def lines(text: str) -> str:
    return "\n".join(line[8:] for line in text.strip("\n").splitlines()).rstrip()


def test_from_the_mission_over_the_vision_and_plans_to_objectives_and_departments() -> None:
    files = {
        "why.md": MISSION,
        "all.md": ALL,
        "product.md": document("vision", "product", "statement: s", "scope: {product: Sluice}"),
        "company/index.md": document("department", "company"),
        "company/plan.md": plan("company"),
        "finance/index.md": document("department", "finance"),
        "finance/plan.md": plan("finance", "parent: company"),
        "pay/index.md": document("department", "pay", "parent: finance"),
        "till/index.md": document("department", "till", "parent: pay"),
        "else/index.md": document("department", "else"),
        "a.md": goal("quick", "vpmom: finance"),
        "b.md": goal("alone"),
    }
    assert drawn(found(files)) == lines(
        """
        why
          product
          all
            alone
            company
              finance
                quick
                pay
                  till
              else
        """
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"p.md": plan("company"), "g.md": goal("one", "vpmom: company")}, "company\n  one"),
        ({"a.md": ALL, "p.md": plan("company")}, "all\n  company"),
        ({"m.md": MISSION, "p.md": plan("company")}, "why\n  company"),
        ({"m.md": MISSION, "a.md": ALL, "b.md": ALL.replace("all", "too"), "p.md": plan("company")}, "why\n  all\n  too\n  company"),
        ({"g.md": goal("closed", state="attained"), "h.md": goal("new", state="proposed")}, ""),
        ({"p.md": plan("old", state="retired"), "q.md": plan("new", "parent: old")}, "new"),
        ({"p.md": plan("a", "parent: b"), "q.md": plan("b", "parent: a")}, "a\n  b"),
        ({"p.md": plan("a", "parent: a"), "g.md": goal("g", "vpmom: nowhere")}, "g\na"),
    ],
)  # fmt: skip
def test_whatever_is_there_hangs_together(files: Mapping[str, str], expected: str) -> None:
    assert drawn(found(files)) == expected


def test_what_is_withheld_is_not_there_and_what_hangs_on_it_stands_below_the_next() -> None:
    files = {
        "m.md": MISSION,
        "c.md": plan("company"),
        "f.md": hidden(plan("finance", "parent: company")),
        "p.md": plan("pay", "parent: finance"),
        "g.md": goal("quick", "vpmom: finance"),
        "h.md": hidden(goal("unseen", "vpmom: company")),
        "s.md": sop("shown", "vpmom: company"),
        "t.md": hidden(sop("not-shown", "vpmom: company")),
        "u.md": sop("in-a-withheld-plan", "vpmom: finance"),
    }
    drawing = found(files)
    assert drawn(drawing) == "why\n  company\n    quick\n    pay"
    assert [[page.id for page in place.procedures] for place in drawing.places] == [[], ["shown"], [], []]
    assert [page.id for page in drawing.loose] == ["in-a-withheld-plan"]
    assert drawing.others == ()


def test_departments_that_lie_in_a_circle_are_not_lost() -> None:
    files = {
        f"{name}/index.md": document("department", name, f"parent: {parent}")
        for name, parent in (("a", "b"), ("b", "a"), ("c", "a"), ("d", "d"))
    }
    assert drawn(found({"m.md": MISSION, **files})) == "why\n  a\n  b\n  c\n  d"


def test_what_of_a_company_s_own_kind_feeds_a_plan_stands_below_it(tmp_path: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "okr.schema.json",
        "title": "Goal of a quarter",
        "x-kind": {"name": "okr", "noun": "goal", "plural": "goals"},
        "allOf": [{"$ref": "common.schema.json#/$defs/document"}],
        "properties": {
            "above": {
                "$ref": "common.schema.json#/$defs/reference",
                "x-ref": {"kinds": ["vpmom", "okr", "objective"], "relation": "feeds", "inverse": "is fed by"},
            }
        },
        "unevaluatedProperties": False,
    }
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "okr.schema.json").write_text(json.dumps(schema), "utf-8")
    files = {
        "c.md": plan("company"),
        "g.md": goal("whole", "vpmom: company"),
        "a.md": document("okr", "quarter", "above: company"),
        "b.md": document("okr", "team", "above: quarter"),
        "d.md": document("okr", "share", "above: whole"),
        "e.md": document("okr", "alone"),
    }
    drawing = company_map(handbook(files, known=load_kinds(tmp_path)), seen)
    assert drawn(drawing) == "company\n  whole\n    share\n  quarter\n    team"
    assert [page.id for page in drawing.others] == ["alone"]


def test_what_nothing_on_the_map_holds_stands_apart() -> None:
    files = {
        "p.md": plan("company"),
        "e.md": plan("company", period="FY26"),
        "l.md": plan("company", period="FY28"),
        "s.md": sop("tied", "vpmom: company"),
        "d.md": sop("begun", "vpmom: company", state="draft"),
        "r.md": sop("gone", "vpmom: company", state="retired"),
        "o.md": sop("orphan"),
        "x.md": document("metric", "days", title="Days"),
        "y.md": document("page", "how", title="How"),
        "z.md": goal("reached", state="attained"),
    }
    drawing = found(files)
    assert [[page.id for page in place.procedures] for place in drawing.places] == [["begun", "tied"]]
    assert [page.id for page in drawing.loose] == ["orphan"]
    # The plan in force leads to the one before it, and not to the one that comes.
    assert [page.path.rpartition("/")[2] for page in drawing.others] == ["l.md", "x.md", "y.md"]


PARENTS = st.integers(-1, 8)
STATES = st.sampled_from(["active", "draft", "tba", "retired"])


@given(
    plans=st.lists(st.tuples(PARENTS, STATES, st.booleans()), max_size=7),
    goals=st.lists(st.tuples(PARENTS, st.sampled_from(["open", "proposed", "missed"]), st.booleans()), max_size=5),
    departments=st.lists(st.tuples(PARENTS, st.booleans()), max_size=5),
    procedures=st.lists(st.tuples(PARENTS, st.booleans()), max_size=5),
    has_mission=st.booleans(),
)
def test_all_that_may_be_seen_is_there_once_and_nothing_else(
    plans: list[tuple[int, str, bool]],
    goals: list[tuple[int, str, bool]],
    departments: list[tuple[int, bool]],
    procedures: list[tuple[int, bool]],
    has_mission: bool,  # noqa: FBT001 - drawn by its name
) -> None:
    texts: dict[str, tuple[str, bool]] = {"m.md": (MISSION, True)} if has_mission else {}
    for number, (parent, state, is_seen) in enumerate(plans):
        texts[f"p{number}.md"] = (plan(f"p{number}", f"parent: p{parent}", state=state), is_seen)
    for number, (above, state, is_seen) in enumerate(goals):
        texts[f"g{number}.md"] = (goal(f"g{number}", f"vpmom: p{above}", state=state), is_seen)
    for number, (parent, is_seen) in enumerate(departments):
        texts[f"d{number}/index.md"] = (document("department", f"d{number}", f"parent: d{parent}"), is_seen)
    for number, (above, is_seen) in enumerate(procedures):
        texts[f"s{number}.md"] = (sop(f"s{number}", f"vpmom: p{above}"), is_seen)
    drawing = found({path: text if is_seen else hidden(text) for path, (text, is_seen) in texts.items()})
    named = Counter(page.id for place in drawing.places for page in (place.page, *place.procedures))
    named.update(page.id for page in (*drawing.loose, *drawing.others))
    expected = [f"p{number}" for number, (_, state, is_seen) in enumerate(plans) if is_seen and state != "retired"]
    expected += [f"g{number}" for number, (_, state, is_seen) in enumerate(goals) if is_seen and state == "open"]
    expected += [f"d{number}" for number, (_, is_seen) in enumerate(departments) if is_seen]
    expected += [f"s{number}" for number, (_, is_seen) in enumerate(procedures) if is_seen]
    expected += ["why"] if has_mission else []
    assert named == Counter(expected)
    # A list goes one level in at a time, and what something hangs on stands before it, one level out.
    levels = [place.level for place in drawing.places]
    assert all(after <= before + 1 for before, after in zip([-1, *levels], levels, strict=False))
    at = {place.page: place for place in drawing.places}
    assert all(place.level == (at[place.above].level + 1 if place.above else 0) for place in drawing.places)


def test_a_chain_without_end_in_sight_is_no_trouble() -> None:
    chain = {f"{number}.md": plan(f"p{number}", f"parent: p{number + 1}") for number in range(1500)}
    drawing = found({**chain, "top.md": plan("p1500")})
    assert len(drawing.places) == 1501
    assert max(place.level for place in drawing.places) == DEEPEST - 1


def test_a_handbook_of_nothing_has_an_empty_map() -> None:
    assert company_map(handbook({}), seen) == CompanyMap((), (), ())
