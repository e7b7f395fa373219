"""The page on how the plans hang together: the tree, what is to be done, who carries what, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.settings import Visibility
from handrail.pages.generated.cascade import plans_together
from handrail.pages.generated.every import generated_pages
from handrail.pages.kinds.plans import plan_view
from handrail.pages.views import Branch, Section, View
from tests.model.building import document, handbook, only
from tests.pages.views import html, plain, shown

PEOPLE = document("people", "people", "people: [{id: mok, name: Mara}]")
ITEMS = (
    "vision: a",
    "priorities: ['Speed: be quick', no label]",
    "methods: ['Plain books: anyone reads them', 'Calm: no haste']",
)
SIGNED = ("rapid: MOK(D)", "sign_offs: [{role: D, by: mok, date: 2026-02-03}]")


def plan(
    line: str,
    *more: str,
    period: str = "FY27",
    state: str = "active",
    seen: str = "public",
    signed: bool = True,
    items: tuple[str, ...] = ITEMS,
) -> str:
    fields = (f"period: {period}", f"state: {state}", *items, *(SIGNED if signed else ()), *more)
    return document("vpmom", line, *fields, title=f"{line} {period}").replace(
        "visibility: public", f"visibility: {seen}"
    )


COMPANY = {"people.md": PEOPLE, "company/index.md": document("department", "company"), "company/p.md": plan("company")}


def book(files: dict[str, str], today: str = "2026-11-15", known: dict[str, Kind] | None = None) -> Handbook:
    return handbook({**COMPANY, **files}, today, known=known)


def of(files: dict[str, str], audience: Visibility = "public", today: str = "2026-11-15") -> View:
    return plans_together(shown(book(files, today), audience))


def tree(view: View) -> tuple[Branch, ...]:
    return view.sections[0].branches


def drawn(branches: Iterable[Branch]) -> list[object]:
    return [[one.link.text, drawn(one.below)] if one.below else one.link.text for one in branches]


def branch(view: View, title: str) -> Branch:
    waiting = [*tree(view)]
    while waiting:
        one = waiting.pop()
        if one.link.text == title:
            return one
        waiting += one.below
    raise AssertionError(title)


def said(words: Iterable[object]) -> str:
    return plain(tuple(words)).replace("\u00a0", " ").strip()  # type: ignore[arg-type]


def section(view: View, anchor: str) -> Section:
    return next(one for one in view.sections if one.anchor == anchor)


@pytest.mark.parametrize(
    ("files", "is_there"),
    [
        ({}, False),
        ({"a.md": plan("alone")}, False),
        ({"a.md": plan("finance", "parent: company")}, True),
        ({"a.md": plan("finance", "parent: company", seen="internal")}, False),
    ],
)
def test_the_page_is_there_where_a_plan_feeds_another(files: dict[str, str], is_there: bool) -> None:  # noqa: FBT001
    seen = shown(book(files))
    assert (seen.handbook.settings.generated.path(Made.CASCADE) in generated_pages(seen)) is is_there


def test_plans_stand_under_what_they_feed_with_their_periods() -> None:
    view = of(
        {
            "f.md": plan("finance", "parent: company", period="FY27-H2"),
            "p.md": plan("pay", "parent: finance"),
            "n.md": plan("company", period="FY28", state="draft"),
        }
    )
    assert drawn(tree(view)) == [["company FY27", [["finance FY27-H2", ["pay FY27"]]]]]
    # The year ends on 31 January.
    assert (
        said(branch(view, "company FY27").words)
        == "FY27: 1 February 2026 to 31 January 2027, in force · next: FY28, draft"
    )
    assert said(branch(view, "finance FY27-H2").words) == "FY27-H2: 1 August 2026 to 31 January 2027, in force"
    assert said(view.lead) == "Today lies in FY27, which ends on 31 January 2027."


def test_the_map_is_beside_it_where_there_is_one() -> None:
    why = "---\nkind: mission\nid: why\ntitle: Why\nvisibility: public\nstatement: For all.\n---\n"
    lead = of({"f.md": plan("finance", "parent: company"), "why.md": why}).lead
    assert [part.url for part in lead if not isinstance(part, str)] == ["../map/"]


@pytest.mark.parametrize(
    ("today", "year"), [("2027-01-31", "FY27, which ends on 31 January 2027"), ("2027-02-01", "FY28, which ends on 31")]
)
def test_the_year_that_today_lies_in(today: str, year: str) -> None:
    assert year in said(of({"f.md": plan("finance", "parent: company")}, today=today).lead)


@pytest.mark.parametrize(
    ("text", "state", "words", "to_do"),
    [
        (plan("f", "parent: company"), "Vetted", "in force", ""),
        (plan("f", "parent: company", signed=False), "Not vetted yet", "in force", "Have it signed."),
        (
            plan("f", "parent: company", period="FY26"),
            "In need of update",
            "over",
            "Its time is over. Write the next one: handrail new vpmom --from f@FY26.",
        ),
        (
            plan("f", "parent: company", period="FY28"),
            "Coming",
            "coming",
            "Until it begins, no plan of its line is in force.",
        ),
        (
            plan("f", "parent: company", "needs_update: The form moved."),
            "In need of update",
            "in force",
            "It needs an update: The form moved. Edit it.",
        ),
        (
            plan("f", "parent: company", state="draft"),
            "Draft",
            "its time is running",
            "It is a draft, and its line has no plan in use. Put it to use once it is written.",
        ),
        (
            plan("f", "parent: company", state="tba", items=()),
            "TBA",
            "its time is running",
            "It is not written yet. Write its vision, priorities and methods.",
        ),
        (
            plan("f", "parent: company", state="retired"),
            "Retired",
            "its time is running",
            "It is retired, and no other plan of its line is in use. Write the next one: handrail new vpmom --from f@FY27.",
        ),
        (plan("f"), "Vetted", "in force", "It feeds no plan. Name the plan above it."),
        (
            plan("f", "parent: nobody"),
            "Vetted",
            "in force",
            "It names a plan above it that nobody knows. Name the plan above it.",
        ),
    ],
)
def test_each_state_says_what_to_do(text: str, state: str, words: str, to_do: str) -> None:
    files = {"f.md": text, "z.md": plan("z", "parent: company")}
    view = plans_together(shown(book(files), leniently=True))
    found = next(one for one in _all(tree(view)) if one.link.text.startswith("f "))
    assert found.state == state
    assert said(found.words).endswith(words)
    assert said(found.to_do) == to_do


def _all(branches: Iterable[Branch]) -> list[Branch]:
    return [one for branch_ in branches for one in (branch_, *_all(branch_.below))]


def test_of_a_plan_that_is_over_the_one_that_follows_is_named_if_it_may_be_seen() -> None:
    def to_do(seen: str) -> str:
        files = {
            "f.md": plan("f", "parent: company", period="FY26"),
            "g.md": plan("f", "parent: company", period="FY27", state="draft", seen=seen),
        }
        return said(branch(of(files), "f FY26").to_do)

    assert to_do("public") == "Its time is over. Put the next one to use: f FY27."
    assert to_do("internal") == "Its time is over."


def test_a_plan_says_how_many_of_its_measures_a_number_tells() -> None:
    def numbers(*measures: str) -> str:
        items = (*ITEMS, f"measures: [{', '.join(measures)}]") if measures else ITEMS
        files = {
            "f.md": plan("finance", "parent: company", "serves: [Speed]", items=items),
            "m.md": document("metric", "days", "unit: days", "direction: down", "frequency: monthly"),
        }
        return plain(section(of(files), "carried-finance").words)

    assert numbers(
        "{text: Paid, target: under 5 days}", "Claims within 10 days", "{text: Quick, metric: days}", "All are content"
    ) == ("A number tells 3 of 4 measures.")
    assert numbers("All are content") == "A number tells 0 of 1 measure."
    assert numbers() == ""


def test_who_carries_each_priority_and_method() -> None:
    view = of(
        {
            "f.md": plan("finance", "parent: company", "serves: [Speed]"),
            "a.md": document("sop", "used", "state: active", "vpmom: company", "serves: [Speed]", title="Used"),
            "b.md": document("sop", "begun", "state: draft", "vpmom: company", "serves: [Plain books]", title="Begun"),
        }
    )
    entries = section(view, "carried-company").entries
    assert [(one.team, one.label, plain(one.words), one.state) for one in entries] == [
        ("Priority", "Speed", "be quick · carried by Used, finance FY27", ""),
        ("Priority", "", "no label", "can't be named; give it a label"),
        ("Method", "Plain books", "anyone reads them · Begun", "carried by a draft only"),
        ("Method", "Calm", "no haste", "carried by nobody"),
    ]
    assert section(view, "carried-company").state == "1 of 4 carried"
    # Of the plan below nobody carries three, and one has no label to be named by.
    assert said(view.lead).endswith(" 4 of 8 priorities and methods are carried by nobody.")
    assert "nobody" not in said(of({"f.md": plan("finance", "parent: company")}).lead)


def test_a_plan_in_force_says_itself_who_carries_what() -> None:
    def said(files: dict[str, str]) -> list[Section]:
        seen = shown(book(files))
        return [one for one in plan_view(seen, only(seen.handbook, "company/p.md")).after if one.anchor == "carried"]

    (found,) = said(
        {"a.md": document("sop", "used", "state: active", "vpmom: company", "serves: [Speed]", title="Used")}
    )
    assert plain(found.entries[0].words) == "be quick · carried by Used"
    assert found.state == "1 of 4 carried"
    # Where nobody has said of anything what it serves, four times "nobody" would be a reproach and no news.
    assert said({"a.md": document("sop", "used", "state: active", "vpmom: company")}) == []
    over = plan("company", period="FY26", items=ITEMS)
    serving = document("sop", "used", "state: active", "vpmom: company", "serves: [Speed]")
    before = shown(book({"company/old.md": over, "a.md": serving}))
    assert not [
        one for one in plan_view(before, only(before.handbook, "company/old.md")).after if one.anchor == "carried"
    ]


def test_an_item_that_only_what_is_withheld_carries_is_said_to_be_carried() -> None:
    work = document("sop", "used", "state: active", "vpmom: company", "serves: [Speed]", title="Used")
    view = of(
        {"f.md": plan("finance", "parent: company"), "a.md": work.replace("visibility: public", "visibility: internal")}
    )
    first = section(view, "carried-company").entries[0]
    assert (plain(first.words), first.state) == ("be quick · carried", "")


def test_results_stand_beside_the_measures_of_the_newest_plan_that_has_some() -> None:
    def measures(*items: str) -> str:
        return f"measures: [{', '.join(items)}]"

    view = of(
        {
            "f.md": plan("finance", "parent: company", measures("{text: Calls, target: 10}")),
            "g.md": plan("finance", measures("{text: Calls, target: 10, result: 7}", "Talks"), period="FY26"),
            "h.md": plan("finance", measures("{text: Calls, target: 10, result: 9}"), period="FY25"),
        }
    )
    found = section(view, "came-of-finance")
    assert found.title == "finance FY26"
    assert [(plain(one.words), one.note) for one in found.entries] == [
        ("Calls", "Target: 10 · Result: 7 · 70 % of the target"),
        ("Talks", ""),
    ]


def test_what_is_withheld_is_neither_named_nor_counted() -> None:
    hidden = "xq-hidden"
    files = {
        "a.md": plan(hidden, "parent: company", "serves: [Speed]", seen="internal"),
        "b.md": plan("below", f"parent: {hidden}"),
        "c.md": plan("company", period="FY28", state="draft", seen="internal"),
        "d.md": plan("below", "measures: [{text: Calls, target: 10, result: 7}]", period="FY26", seen="internal"),
    }
    view = of(files)
    for word in (hidden, "FY28", "FY26", "Calls"):
        assert word not in html(view)
    # What hangs on it stands under what that feeds.
    assert drawn(tree(view)) == [["company FY27", ["below FY27"]]]
    assert said(branch(view, "below FY27").to_do) == ""
    for word in (hidden, "FY28", "FY26", "Calls"):
        assert word in html(of(files, "internal"))


def test_below_a_top_that_is_withheld_nothing_is_said_of_what_is_fed() -> None:
    files = {"company/p.md": plan("company", seen="internal"), "f.md": plan("f", "parent: company")}
    view = of({**files, "g.md": plan("g", "parent: f")})
    assert drawn(tree(view)) == [["f FY27", ["g FY27"]]]
    assert said(branch(view, "f FY27").to_do) == ""


@given(st.lists(st.tuples(st.integers(-1, 9), st.booleans()), min_size=1, max_size=10))
def test_every_line_that_may_be_seen_stands_there_once(parents: list[tuple[int, bool]]) -> None:
    files = {
        f"{number}.md": plan(
            f"p{number}",
            *([f"parent: p{parent}"] if 0 <= parent < len(parents) else []),
            seen="public" if is_seen else "internal",
        )
        for number, (parent, is_seen) in enumerate(parents)
    }
    found = plans_together(shown(handbook({"people.md": PEOPLE, **files}), leniently=True))
    names = sorted(one.link.text for one in _all(tree(found)))
    assert names == sorted(f"p{number} FY27" for number, (_, is_seen) in enumerate(parents) if is_seen)


def test_a_long_chain_fits_on_a_phone() -> None:
    files = {f"{number}.md": plan(f"p{number}", f"parent: p{number + 1}") for number in range(1200)}
    view = of({**files, "top.md": plan("p1200", "parent: company")})
    deepest, level = 0, list(tree(view))
    while level:
        level, deepest = [below for one in level for below in one.below], deepest + 1
    assert deepest == 7
    assert len(_all(tree(view))) == 1202
    assert said(branch(view, "p3 FY27").words).startswith("feeds p4 FY27 · FY27")
    assert html(view).count("hr-tree") == 7


def test_a_company_s_own_kind_stands_below_what_it_feeds(tmp_path: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "okr.schema.json",
        "title": "OKR",
        "x-kind": {"name": "okr", "noun": "OKR", "plural": "OKRs"},
        "allOf": [{"$ref": "common.schema.json#/$defs/document"}],
        "properties": {
            "plan": {
                "$ref": "common.schema.json#/$defs/reference",
                "x-ref": {"kinds": ["vpmom"], "relation": "feeds", "inverse": "is fed by"},
            }
        },
        "required": ["plan"],
        "unevaluatedProperties": False,
    }
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/okr.schema.json").write_text(json.dumps(schema), "utf-8")
    okr = document("okr", "q4", "plan: company", title="Goals of the quarter")
    seen = shown(book({"q.md": okr}, known=load_kinds(tmp_path)))
    assert seen.handbook.settings.generated.path(Made.CASCADE) in generated_pages(seen)
    view = plans_together(seen)
    assert drawn(tree(view)) == [["company FY27", ["Goals of the quarter"]]]
    assert said(branch(view, "Goals of the quarter").words) == "OKR"


def test_what_authors_wrote_is_escaped() -> None:
    bad = "<b id=x>"
    files = {
        "f.md": plan("f", "parent: company", f'needs_update: "{bad}"', items=("vision: a", f'priorities: ["{bad}"]')),
        "g.md": plan("g", "parent: company", "title: x")
        .replace("title: g FY27", f'title: "{bad}"')
        .replace("title: x\n", ""),
    }
    found = html(of(files))
    assert bad not in found
    assert "&lt;b id=x&gt;" in found
