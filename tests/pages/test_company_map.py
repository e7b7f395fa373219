"""The map's page: one list for wide and narrow windows, other ties in words, and nothing of what may not be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.settings import Visibility
from handrail.pages.generated.company_map import map_view
from handrail.pages.generated.every import generated_pages
from handrail.pages.generated.lists import contents
from handrail.pages.generated.strategy import strategy
from handrail.pages.kinds.plans import plan_view
from handrail.pages.views import MapBox, View
from tests.engines.drawn import BASE, sop
from tests.model.building import document, handbook
from tests.pages.views import handbook_of, html, plain, shown

MISSION = "---\nkind: mission\nid: why\ntitle: Why\nvisibility: public\nstatement: Everyone is well.\n---\n"
PERIOD = "horizon: {from: 2026-02-01, to: 2031-01-31}"
MEASURED = ("unit: days", "direction: down", "frequency: monthly")
MISSED = ("closed: 2026-07-31", "outcome: {text: Not done., retrospective: Too late.}")
MEETING = ("frequency: monthly", "participants: [mok]", "reviews: [goal]")
LINK = re.compile(r'<a href="([^"]*)"')


def goal(id_: str, *lines: str, seen: str = "public") -> str:
    fields = ("kind: objective", f"id: {id_}", f"title: {id_}", f"visibility: {seen}", "state: open")
    return "\n".join(["---", *fields, "opened: 2026-06-01", "due: 2026-12-31", *lines, "---", ""])


def plan(id_: str, *lines: str, title: str) -> str:
    said = ("period: FY27", "state: active", "vision: v", "priorities: [p]", "methods: [m]")
    return document("vpmom", id_, *said, *lines, title=title)


def of(folder: Path, files: Mapping[str, str], audience: Visibility = "public") -> View:
    return map_view(shown(handbook_of(folder, {**BASE, **files}), audience))


def boxes(view: View) -> dict[str, MapBox]:
    return {box.link.text: box for section in view.sections for box in section.boxes}


def ties(view: View, title: str) -> list[str]:
    return [plain(words).replace("\u00a0", " ") for words in boxes(view)[title].ties]


def test_the_page_is_there_only_if_there_is_a_mission_a_vision_or_an_objective(tmp_path: Path) -> None:
    def is_there(files: Mapping[str, str]) -> bool:
        seen = shown(handbook_of(tmp_path, {**BASE, **files}))
        return seen.handbook.settings.generated.path(Made.MAP) in generated_pages(seen)

    assert not is_there({})
    assert not is_there({"content/a.md": goal("a", seen="internal")})
    assert is_there({"content/a.md": goal("a")})
    assert is_there({"content/m.md": MISSION})


def test_the_page_on_strategy_leads_there(tmp_path: Path) -> None:
    view = strategy(shown(handbook_of(tmp_path, {**BASE, "content/m.md": MISSION})))
    assert [part.url for part in view.lead if not isinstance(part, str)] == ["../map/"]


def test_each_plan_says_how_many_procedures_it_has_and_lists_them(tmp_path: Path) -> None:
    view = of(tmp_path, {"content/m.md": MISSION, "content/a.md": sop("again", title="Again")})
    box = boxes(view)["Company plan FY27"]
    assert (plain(box.called), box.level, box.held) == ("VPMOM of Company", 1, "2 procedures")
    assert [plain(entry.words) for entry in box.entries] == ["Again", "Expense claims"]
    assert box.more is None
    assert re.search(r"<details[^>]*><summary>2 procedures</summary><ul><li><a href", html(view))


def test_all_other_ties_stand_in_words(tmp_path: Path) -> None:
    files = {
        "content/m.md": MISSION,
        "content/v.md": document("vision", "far", "scope: {product: Sluice}", PERIOD, "statement: s", title="Far"),
        "content/days.md": document("metric", "days", *MEASURED, title="Days"),
        "content/meet.md": document("cadence", "meet", *MEETING, title="Review"),
        "content/old.md": goal("old", *MISSED).replace("state: open", "state: missed"),
        "content/g.md": goal("goal", "owner: mok", "vpmom: company", "serves: [Trust, Calm]", "replaces: old",
                             "measures: [{text: Days, metric: days}, {text: Tied, metric: sops-tied}]", "updates: [{date: 2026-11-01, progress: 40}]"),
        "content/a.md": goal("alone"),
        "content/up.md": plan("up", "parent: down", title="Up"),
        "content/upper/down.md": plan("down", "parent: up", title="Down"),
    }  # fmt: skip
    view = of(tmp_path, files)
    assert ties(view, "goal") == [
        "Owner: Mara Okafor",
        "For: Trust, Calm",
        "Follows: old",
        "Measured by: Days, Tied to a plan",
        "Looked at in: Review",
    ]
    assert '<a href="../measures/sops-tied/">' in html(view)
    assert boxes(view)["alone"].note == "Due on 31 December 2026"
    assert boxes(view)["goal"].note == "40 % · due on 31 December 2026"
    assert ties(view, "Far") == ["For Sluice, until 31 January 2031"]
    assert ties(view, "alone") == ["Serves no plan"]
    # Of a circle one half is a line, the other is said.
    assert (ties(view, "Up"), ties(view, "Down")) == (["Feeds: Down"], [])
    assert ties(view, "Finance & Books") == ["No plan yet. Tom Lindqvist, head of finance, leads the department."]


def test_nothing_that_is_withheld_is_named_or_counted(tmp_path: Path) -> None:
    hidden = "xq-hidden"
    files = {
        "content/m.md": MISSION,
        "content/days.md": document("metric", f"{hidden}-days", *MEASURED, title=hidden).replace("public", "internal"),
        "content/meet.md": document("cadence", f"{hidden}-meet", *MEETING, title=hidden).replace("public", "internal"),
        "content/old.md": goal(f"{hidden}-old", *MISSED, seen="internal").replace("state: open", "state: missed"),
        "content/plan.md": plan(f"{hidden}-plan", "department: finance", "parent: company", title=hidden).replace("public", "internal"),
        "content/sop.md": sop(f"{hidden}-sop", visibility="internal", title=hidden),
        "content/g.md": goal("goal", f"replaces: {hidden}-old", f"measures: [{{text: Days, metric: {hidden}-days}}]"),
        "content/h.md": goal("held", f"vpmom: {hidden}-plan"),
        "content/i.md": goal(f"{hidden}-goal", seen="internal"),
    }  # fmt: skip
    view = of(tmp_path, files)
    assert hidden not in html(view)
    assert boxes(view)["Company plan FY27"].held == "1 procedure"
    assert (ties(view, "goal"), ties(view, "held")) == (["Serves no plan"], [])
    # That there is no plan would be wrong.
    assert ties(view, "Finance & Books") == ["There is no plan to show here."]
    assert hidden in html(of(tmp_path, files, "internal"))


def test_what_authors_wrote_is_escaped(tmp_path: Path) -> None:
    bad = "<b id=x>"
    files = {
        "content/m.md": MISSION.replace("Everyone is well.", f'"{bad}"').replace("title: Why", f'title: "{bad}"'),
        "content/g.md": goal("goal", "vpmom: company", f'serves: ["{bad}"]'),
        "content/a.md": sop("again", title=bad),
        "content/v.md": document("vision", "far", f'scope: {{product: "{bad}"}}', PERIOD, "statement: s"),
    }
    found = html(of(tmp_path, files))
    assert bad not in found
    assert found.count("&lt;b id=x&gt;") == 5


def test_a_list_is_closed_as_often_as_it_is_opened(tmp_path: Path) -> None:
    files = {
        f"content/{number}.md": document("vpmom", f"p{number}", "period: FY27", "state: active", f"parent: p{number // 2}")
        for number in range(1, 40)
    }  # fmt: skip
    found = html(of(tmp_path, {"content/m.md": MISSION, **files}))
    for tag in ("ul", "li", "div", "details", "p"):
        assert len(re.findall(rf"<{tag}\b", found)) == found.count(f"</{tag}>")


PLANS, DOCUMENTS = 60, 2000


def large() -> Handbook:
    """Make a handbook with names and places as long as people make them."""
    files = {"m.md": document("mission", "why", "statement: Everyone is well.", title="Why we are here")}
    for number in range(PLANS):
        folder = f"operations/department-number-{number}"
        feeds = ("parent: company",) if number else ()
        name = f"department-number-{number}" if number else "company"
        title = f"Department number {number}"
        files[f"{folder}/index.md"] = document("department", name, "lead: mok", title=title)
        measured = f"measures: [{{text: Days, metric: days-{number}}}]"
        files[f"{folder}/vpmom-fy27.md"] = plan(name, *feeds, measured, title=f"{title} VPMOM FY27")
        files[f"{folder}/goal.md"] = document(
            "objective", f"goal-{number}", "state: open", "opened: 2026-06-01", "due: 2026-12-31", f"vpmom: {name}",
            title=f"What department number {number} wants to reach",
        )  # fmt: skip
        files[f"{folder}/days.md"] = document(
            "metric", f"days-{number}", *MEASURED, title=f"Days in department {number}"
        )
    for number in range(DOCUMENTS - len(files)):
        folder = f"operations/department-number-{number % PLANS}"
        line = f"department-number-{number % PLANS}" if number % PLANS else "company"
        ties = f"vpmom: {line}" if number % 19 else "asked_as: [how]"
        files[f"{folder}/a-procedure-with-a-name-{number}.md"] = document(
            "sop", f"a-procedure-with-a-name-{number}", "state: active", ties, title=f"A procedure with a name, number {number}"
        )  # fmt: skip
    return handbook(files)


@pytest.fixture(scope="module")
def large_handbook() -> Handbook:
    return large()


def test_the_page_stays_light_and_every_document_in_use_is_two_steps_away(large_handbook: Handbook) -> None:
    seen = shown(large_handbook)
    assert sum(map(seen.shows, large_handbook.documents)) == DOCUMENTS
    page = html(map_view(seen))
    # What the theme puts round a page takes some 40 kB.
    assert len(page.encode()) < 240_000
    by_url = {page.url: page for page in large_handbook.documents}
    first = {by_url[url.partition("#")[0]] for url in LINK.findall(page) if url.partition("#")[0] in by_url}
    assert {page for page in large_handbook.documents if page.counted_as in {"vpmom", "objective"}} <= first
    second = set(first)
    for view in (contents(seen), *(plan_view(seen, one) for one in first if one.counted_as == "vpmom")):
        second |= {by_url[url] for url in LINK.findall(html(view)) if url in by_url}
    assert {one for one in large_handbook.documents if one.is_in_force} <= second


def test_where_not_all_procedures_are_listed_a_link_leads_to_all(large_handbook: Handbook) -> None:
    view = map_view(shown(large_handbook))
    held = [box for box in boxes(view).values() if box.held]
    assert len(held) == PLANS
    for box in held:
        number = int(box.held.split()[0])
        assert number > len(box.entries) > 0
        assert box.more is not None
        assert (box.more.text, box.more.page, box.more.part) == (
            f"All {number} procedures",
            box.link.page,
            "procedures",
        )
