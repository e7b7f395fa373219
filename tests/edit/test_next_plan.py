"""The plan of the next period: the same form, without results, signatures and what was said of the old one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.edit.new import Wish
from handrail.edit.new_page_links import NewPageLinks
from handrail.edit.next_plan import begin_next, find_plan, following
from handrail.model.dates import FiscalYearEnd, Period
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.plans import Plan
from handrail.text.source import read_source
from tests.cli.drawing import FILES
from tests.model.building import document, handbook
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

JANUARY = FiscalYearEnd(1, 31)
PLAN = """\
---
kind: vpmom
# The line.
id: finance
period: FY27
title: Finance VPMOM FY27
description: What finance wants this year.
visibility: public
state: active
owner: lbk
parent: company
# Who signs.
rapid: LBK(D), LT(A)   # and nobody else
serves: [Well]
vision: "Every claim is right: the first time."
priorities:
  # The order was argued about.
  - Two pairs of eyes: no payment leaves on one person's word
  - {label: Paid, text: "in ten days, or less", result: done}
methods:
  - (Books) Written down: what is done twice
# What is in the way.
obstacles: [Receipts, Habits]
measures:
  - {text: Claims, metric: claim-days, target: 10, result: 9}
  - {result: 8, text: Calls, target: 10}
  - text: Tasks
    result: >-
      nine
      of fourteen
    target: 14 of 14
  - result: 7
    text: Errors # few
  - {text: Only a result, result: none}
sign_offs:
  - {role: D, by: lbk, date: 2026-02-05}
---
The commentary of this year.
"""
KEPT = ("department", "parent", "rapid", "vision", "priorities", "methods", "obstacles", "measures")


def text_of(folder: Path, *arguments: str) -> str:
    outcome = handrail(folder, "new", "vpmom", *arguments, "--stdout")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def book(tmp_path: Path, plan: str = PLAN, **more: str) -> Path:
    return make_handbook(tmp_path, {**FILES, "content/finance/vpmom-fy27.md": plan, **more})


def test_what_the_next_plan_takes_over(tmp_path: Path) -> None:
    text = text_of(book(tmp_path), "finance", "--from", "finance@FY27")
    head, body = text.split("\n---\n", 1)
    assert (
        head
        == """\
---
kind: vpmom
id: finance
period: FY28
title: Finance VPMOM FY28
visibility: internal
state: draft
parent: company
# Who signs.
rapid: LBK(D), LT(A)   # and nobody else
vision: "Every claim is right: the first time."
priorities:
  # The order was argued about.
  - Two pairs of eyes: no payment leaves on one person's word
  - {label: Paid, text: "in ten days, or less"}
methods:
  - (Books) Written down: what is done twice
# What is in the way.
obstacles: [Receipts, Habits]
measures:
  - {text: Claims, metric: claim-days, target: 10}
  - {text: Calls, target: 10}
  - text: Tasks
    target: 14 of 14
  - text: Errors # few
  - {text: Only a result}"""
    )
    assert body == "What was argued about, and why it ended like this.\n"


def test_the_file_is_created_beside_the_other_and_has_no_errors(tmp_path: Path) -> None:
    folder = book(tmp_path)
    outcome = handrail(folder, "new", "vpmom", "--from", "vpmom:finance@FY27", "--visibility", "public")
    assert outcome.out.startswith("Created content/finance/vpmom-fy28.md. ")
    report = json.loads(handrail(folder, "check", "--format", "json").out)["findings"]
    found = [one for one in report if one["path"] == "content/finance/vpmom-fy28.md"]
    assert [one for one in found if one["severity"] == "error" and "claim-days" not in one["message"]] == []


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ("FY27", "FY28"),
        ("FY09", "FY10"),
        ("FY27-H1", "FY27-H2"),
        ("FY27-H2", "FY28-H1"),
        ("FY27-Q1", "FY27-Q2"),
        ("FY27-Q3", "FY27-Q4"),
        ("FY27-Q4", "FY28-Q1"),
        ("FY98-Q4", "FY99-Q1"),
        ("FY99-H1", "FY99-H2"),
    ],
)
def test_the_period_after_a_fiscal_one(period: str, after: str) -> None:
    found = following(_plan(period), JANUARY)
    assert found is not None
    assert (found.name, found.written) == (after, after)


def _plan(period: Any) -> Plan:
    said = json.dumps(period)
    pages = {"plan.md": document("vpmom", "finance", f"period: {said}", "state: active")}
    return find_plan(handbook(pages), "finance")


@pytest.mark.parametrize(
    ("name", "start", "end", "after"),
    [
        ("2026", "2026-01-01", "2026-12-31", ("2027", "2027-01-01", "2027-12-31")),
        ("2026-27", "2026-07-01", "2027-06-30", ("2027-28", "2027-07-01", "2028-06-30")),
        ("Plan 2024", "2024-03-01", "2025-02-28", ("Plan 2025", "2025-03-01", "2026-02-28")),
        ("2024 to 2026", "2024-01-01", "2026-12-31", ("2027 to 2029", "2027-01-01", "2029-12-31")),
        ("Spring 2026", "2026-03-01", "2026-05-31", None),
        ("The long one", "2026-01-01", "2026-12-31", None),
        ("2026 sprint", "2026-01-05", "2026-01-18", None),
    ],
)
def test_the_period_after_one_with_a_name(name: str, start: str, end: str, after: tuple[str, str, str] | None) -> None:
    plan = _plan({"name": name, "from": start, "to": end})
    found = following(plan, JANUARY)
    if after is None:
        assert found is None
        return
    assert found is not None
    assert found.name == after[0]
    days = yaml.safe_load(found.written)
    assert (str(days["name"]), str(days["from"]), str(days["to"])) == after


@given(start=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), length=st.integers(0, 3000))
def test_the_time_after_begins_the_next_day_and_lasts_as_long(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    found = following(_plan_of(Period("One", start, end)), JANUARY, "Two")
    assert found is not None
    days = yaml.safe_load(found.written)
    assert days["from"] == end + dt.timedelta(days=1)
    # As many days, or as many months, of which one has up to three days more than another.
    assert abs((days["to"] - days["from"]).days - length) <= 3


def _plan_of(period: Period) -> Plan:
    plan = _plan({"name": period.name, "from": period.start.isoformat(), "to": period.end.isoformat()})
    assert plan.period == period
    return plan


def test_what_is_only_announced_is_left_as_it_is_and_printed(tmp_path: Path) -> None:
    announced = document("vpmom", "finance", "period: FY28", "state: tba")
    folder = book(tmp_path, **{"content/finance/vpmom-fy28.md": announced})
    outcome = handrail(folder, "new", "vpmom", "--from", "finance@FY27")
    assert outcome.err == (
        "VPMOM `finance` of FY28 is announced in content/finance/vpmom-fy28.md; add --stdout to print what to write there.\n"
    )
    text = text_of(folder, "--from", "finance@FY27")
    assert text.startswith("---\nkind: vpmom\nid: finance\nperiod: FY28\ntitle: A page\nvisibility: public\n")
    assert (folder / "content/finance/vpmom-fy28.md").read_text("utf-8") == announced


REFUSED = {
    "a plan that is there": (
        ["finance", "--from", "finance@FY26"],
        "VPMOM `finance` of FY27 is already there, in content/",
    ),
    "a slip": (["finance", "--from", "finance@FY72"], "There is no plan `finance@FY72`; did you mean `finance@FY27`?"),
    "an unknown plan": (["--from", "zzzzzzzz"], "There is no plan `zzzzzzzz`; there are "),
    "no reference": (["--from", "../x"], "There is no plan `../x`"),
    "another line": (["company", "--from", "finance@FY27"], "finance@FY27 is a plan of the line `finance`"),
    "no plan": (["--from", "sop:claims"], "There is no plan `sop:claims`"),
    "a period of another form": (["--from", "finance@FY27", "--period", "2028"], "`2028` is no period"),
    "a name to tell": (["--from", "named"], "Name the period that follows Spring: add --period."),
    "a name that is none": (["--from", "named", "--period", "a/b"], "`a/b` can't name a period"),
    "a fault": (["--from", "broken"], "content/broken.md can't be read, so no plan is begun from it; line 7: "),
    "a wrong field": (
        ["--from", "wrong"],
        "`methods` of content/wrong.md is not as it should be, line 7; put that right first",
    ),
    "no period": (["--from", "timeless"], "The period of content/timeless.md can't be read"),
    "the last year": (["--from", "last"], "No name is known for a year after FY99"),
    "the end of days": (["--from", "forever", "--period", "x"], "The calendar ends before a period that follows Era."),
}
BROKEN = {
    "content/named.md": document("vpmom", "named", "period: {name: Spring, from: 2026-03-01, to: 2026-05-31}"),
    "content/broken.md": document("vpmom", "broken", "period: FY27", "period: FY27"),
    "content/wrong.md": document("vpmom", "wrong", "period: FY27", "methods: 7"),
    "content/timeless.md": document("vpmom", "timeless", "period: soon"),
    "content/last.md": document("vpmom", "last", "period: FY99"),
    "content/forever.md": document("vpmom", "forever", "period: {name: Era, from: 2026-03-01, to: 9999-12-30}"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "part"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(tmp_path: Path, arguments: list[str], part: str) -> None:
    folder = book(tmp_path, **BROKEN)
    before = sorted(folder.rglob("*"))
    outcome = handrail(folder, "new", "vpmom", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
    assert outcome.err.count("\n") == 1
    assert sorted(folder.rglob("*")) == before


def test_only_plans_go_on_from_another(tmp_path: Path) -> None:
    outcome = handrail(book(tmp_path), "new", "sop", "a", "--from", "finance@FY27")
    assert (outcome.code, outcome.err) == (2, "Only a VPMOM goes on from an earlier one; leave out --from.\n")


SENTENCE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=12
).map(lambda text: f"a {text}")
ITEM = st.one_of(
    SENTENCE,
    st.fixed_dictionaries({"text": SENTENCE}, optional={"target": SENTENCE, "result": SENTENCE, "label": SENTENCE}),
    st.fixed_dictionaries({"result": SENTENCE, "text": SENTENCE}),
)
FORMS = (
    lambda data: yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
    lambda data: yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=20),
    lambda data: yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=True),
    lambda data: json.dumps(data) + "\n",
    lambda data: yaml.safe_dump(data, sort_keys=False, indent=4).replace("\n", "\r\n"),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(measures=st.lists(ITEM, max_size=4), form=st.sampled_from(FORMS), priorities=st.lists(SENTENCE, max_size=3))
def test_however_a_plan_is_typed_the_next_one_wants_the_same(measures: Any, form: Any, priorities: list[str]) -> None:
    data = {
        "kind": "vpmom", "id": "finance", "period": "FY27", "title": "Finance", "visibility": "public",
        "parent": "company", "vision": "We do it well.", "priorities": priorities, "measures": measures,
    }  # fmt: skip
    raw = f"---\n{form(data)}---\nText\n"
    before = read_source(raw.encode())
    if not before.readable or before.problems:
        return
    found = handbook({"plan.md": raw})
    written = _next_of(found, found.by_src_uri["plan.md"])
    after = read_source(written.encode())
    assert after.problems == []
    said = {name: after.data.get(name) for name in KEPT if name in before.data}
    wanted = {name: before.data[name] for name in KEPT if name in before.data}
    wanted["measures"] = [
        {key: value for key, value in item.items() if key != "result"} if isinstance(item, dict) else item
        for item in wanted["measures"]
    ]
    assert said == wanted
    assert after.data["state"] == "draft"


def _next_of(found: Handbook, page: Page) -> str:
    plan = found.plans[page]
    after = following(plan, JANUARY)
    assert after is not None
    wish = Wish(found.kinds["vpmom"], "finance", "Finance", "", period=after.name)
    return begin_next(found, wish, plan, after).text


def test_a_link_begins_the_next_plan_as_the_command_does_without_the_comments() -> None:
    lines = ("period: FY27", "state: active", "# Not for everyone: we had 3 offers.", "vision: Steady money.")
    measure = "measures: [{text: Claims are paid, target: 10, result: 7}] # told in May"
    book = handbook({"finance/plan.md": document("vpmom", "finance", *lines, measure)})
    begun = NewPageLinks(book, book.pages).next_plan(book.pages[0])
    assert begun is not None
    path, text = begun
    assert path == "finance/vpmom-fy28.md"
    data = read_source(text.encode()).data
    assert (data["id"], data["period"], data["state"], data["vision"]) == ("finance", "FY28", "draft", "Steady money.")
    assert data["measures"] == [{"text": "Claims are paid", "target": 10}]
    assert "offers" not in text
    assert "told" not in text
    assert f"{path}\n{text}" in NewPageLinks(book, book.pages).texts()


def test_no_link_begins_a_plan_whose_period_has_no_next() -> None:
    spring = "period: {name: Spring, from: 2026-03-01, to: 2026-05-31}"
    for period in ("period: FY99", spring, "period: soon"):
        book = handbook({"plan.md": document("vpmom", "finance", period, "state: active")})
        assert NewPageLinks(book, book.pages).next_plan(book.pages[0]) is None
