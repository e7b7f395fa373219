"""The page on strategy: mission, visions on one line of time, and the board of objectives with their gates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.model.settings import Visibility
from handrail.pages.frame import view_of
from handrail.pages.generated.every import generated_pages
from handrail.pages.generated.strategy import strategy
from handrail.pages.views import Gate, Section, View
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, html, plain, shown

METRIC = "---\nkind: metric\nid: {id}\ntitle: {id}\nvisibility: {seen}\nunit: days\ndirection: down\nfrequency: monthly\nindicator: {sort}\ndata: {id}.csv\n---\n"
MEETING = "---\nkind: cadence\nid: month\ntitle: Monthly review\nvisibility: {seen}\nfrequency: monthly\nparticipants: [mok]\nreviews: [{reviews}]\n---\n"
WHOLE = ("owner: mok", "sops: [expense-claims]", "measures: [{text: Days, metric: early}]")
CLOSED = ("closed: 2026-07-31",)


def goal(id_: str, *lines: str, state: str = "open", seen: str = "public", due: str = "2026-12-31") -> str:
    fields = ("kind: objective", f"id: {id_}", f"title: {id_}", f"visibility: {seen}", f"state: {state}")
    return "\n".join(["---", *fields, "opened: 2026-06-01", f"due: {due}", *lines, "---", ""])


def vision(id_: str, start: str, end: str, *lines: str) -> str:
    fields = ("kind: vision", f"id: {id_}", f"title: {id_}", "visibility: public", "statement: All is calm.")
    return "\n".join(["---", *fields, f"horizon: {{from: {start}, to: {end}}}", *lines, "---", ""])


def of(folder: Path, files: Mapping[str, str], audience: Visibility = "public") -> View:
    for path, text in files.items():
        if path.endswith(".csv"):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    return strategy(shown(handbook_of(folder, {**BASE, **files}), audience))


def section(view: View, anchor: str) -> Section:
    return next(one for one in view.sections if one.anchor == anchor)


def gates(view: View) -> dict[str, Gate]:
    return {gate.link.text: gate for gate in section(view, "open-objectives").gates}


def cells(gate: Gate) -> dict[str, tuple[str, str]]:
    return {cell.name: (cell.state, plain(cell.words)) for cell in gate.cells}


def urls(gate: Gate, name: str) -> dict[str, str]:
    cell = next(cell for cell in gate.cells if cell.name == name)
    return {part.text: part.url for part in cell.words if not isinstance(part, str) and part.url}


def test_the_page_is_there_only_if_there_is_something_to_show(tmp_path: Path) -> None:
    def is_there(files: Mapping[str, str]) -> bool:
        seen = shown(handbook_of(tmp_path, {**BASE, **files}))
        return seen.handbook.settings.generated.path(Made.STRATEGY) in generated_pages(seen)

    assert not is_there({})
    assert not is_there({"content/a.md": goal("a", seen="internal")})
    assert is_there({"content/a.md": goal("a")})
    assert is_there({"content/v.md": vision("v", "2026-02-01", "2031-01-31")})


def test_visions_share_one_line_of_time(tmp_path: Path) -> None:
    view = of(
        tmp_path,
        {
            "content/a.md": vision("far", "2026-11-15", "2036-11-12", "intake: https://forms.example/far"),
            "content/b.md": vision("near", "2021-11-18", "2026-11-14"),
        },
    )
    near, far = section(view, "visions").spans
    assert (near.link.text, far.link.text) == ("near", "far")
    # 15 years less a few days: a third of them are over.
    assert (near.start, near.length) == (0, 33.3)
    assert (far.start, far.length, far.today) == (33.3, 66.7, 33.3)
    assert plain(near.note).endswith("its time is over")
    assert plain(far.note).endswith("9 years and 11 months left · Where people were asked")
    assert [part.url for part in far.note if not isinstance(part, str)] == ["https://forms.example/far"]


def test_the_first_sentence_says_how_many_objectives_lack_something(tmp_path: Path) -> None:
    whole = {
        "content/early.md": METRIC.format(id="early", seen="public", sort="leading"),
        "content/early.csv": "date,value\n2026-10-31,8\n",
        "content/m.md": MEETING.format(seen="public", reviews="whole"),
        "content/a.md": goal("whole", *WHOLE),
    }

    def begins(more: Mapping[str, str]) -> str:
        return plain(of(tmp_path, more).lead).partition(" The map")[0]

    assert begins(whole) == "One objective is open, with all that gets a goal done."
    every = "a procedure in use, an owner of its own, a leading metric and a meeting that looks at it"
    assert begins({"content/b.md": goal("bare")}) == (
        f"One objective is open and lacks something that gets it done: {every} (bare)."
    )
    assert begins({**whole, "content/b.md": goal("bare"), "content/c.md": goal("hidden", seen="internal")}) == (
        f"2 objectives are open, and one of them lacks something that gets a goal done: {every} (bare)."
    )
    bare = {f"content/{name}.md": goal(name) for name in ("b", "c")}
    assert begins({**whole, **bare}) == (
        f"3 objectives are open, and 2 of them lack something that gets a goal done: {every} (b); {every} (c)."
    )
    many = begins({f"content/g{number}.md": goal(f"g{number}") for number in range(7)})
    assert many.startswith("7 objectives are open, and 7 of them lack")
    assert many.count(every) == 5
    assert plain(of(tmp_path, {"content/p.md": goal("p", state="proposed")}).lead).startswith("The map shows")


def test_a_gate_leads_to_what_meets_each_need(tmp_path: Path) -> None:
    files = {
        "content/early.md": METRIC.format(id="early", seen="public", sort="leading"),
        "content/early.csv": "date,value\n2026-10-31,8\n",
        "content/m.md": MEETING.format(seen="public", reviews="whole"),
        "content/a.md": goal(
            "whole", *WHOLE, "updates: [{date: 2026-10-30, progress: 40}]", "intake: https://forms.example"
        ),
    }
    gate = gates(of(tmp_path, files))["whole"]
    assert cells(gate) == {
        "Procedures": ("signed", "Expense claims"),
        "Owner": ("signed", "Mara Okafor"),
        "Leading metric": ("signed", "early"),
        "Looked at in": ("signed", "Monthly review"),
    }
    assert (
        plain(gate.words).replace("\u00a0", " ")
        == "Mara Okafor · due on 31 December 2026 · 46 days left · what everyone said"
    )
    assert (gate.progress, gate.told.replace("\u00a0", " ")) == (40, "as told on 30 October 2026")
    [moves] = [plain(row.words).replace("\u00a0", " ") for row in gate.rows if row.name == "What moves"]
    assert moves == "early: 8 days on 31 October 2026. Too short to tell: one value."


def test_a_measure_of_ours_moves_too(tmp_path: Path) -> None:
    tied = (
        "measures: [{text: Tied, metric: sops-tied}, {text: Again, metric: sops-tied}, {text: Signed, metric: sop-nps}]"
    )
    rows = gates(of(tmp_path, {"content/a.md": goal("a", tied)}))["a"].rows
    assert [plain(row.words).replace("\u00a0", " ") for row in rows if row.name == "What moves"] == [
        "Tied to a plan: 100 % (1 of 1).",
        "Would be recommended: not known yet.",
    ]
    [link, _] = rows[0].words
    assert getattr(link, "url", "") == "../measures/sops-tied/"


def test_what_is_missing_is_named_with_the_link_that_adds_it(tmp_path: Path) -> None:
    edit = "https://github.com/example/handbook/edit/main/content"
    gate = gates(of(tmp_path, {"content/finance/a.md": goal("bare")}))["bare"]
    assert {name: state for name, (state, _) in cells(gate).items()} == dict.fromkeys(cells(gate), "open")
    assert urls(gate, "Procedures") == {
        "Name one": f"{edit}/finance/a.md",
        "write one": "https://github.com/example/handbook/new/main/content/finance?filename=new.md&value=kind%3A%20sop",
    }
    assert urls(gate, "Owner") == {"Name an owner": f"{edit}/finance/a.md"}
    assert urls(gate, "Leading metric") == {"Name one": f"{edit}/finance/a.md"}
    assert list(urls(gate, "Looked at in")) == ["Write one"]
    meeting = {"content/m.md": MEETING.format(seen="public", reviews="")}
    gate = gates(of(tmp_path, {"content/finance/a.md": goal("bare"), **meeting}))["bare"]
    assert urls(gate, "Looked at in") == {"Add it to “Monthly review”": f"{edit}/m.md"}


def test_an_objective_s_own_page_says_the_same_of_what_it_lacks(tmp_path: Path) -> None:
    files = {"content/a.md": goal("a", "owner: mok"), "content/b.md": goal("b", state="proposed")}
    seen = shown(handbook_of(tmp_path, {**BASE, **files}))
    pages = seen.handbook.by_src_uri
    [lacks] = [one for one in view_of(seen, pages["a.md"]).after if one.anchor == "missing"]
    lacking = gates(strategy(seen))["a"].cells
    assert [(row.name, row.words) for row in lacks.rows] == [
        (cell.name, cell.words) for cell in lacking if cell.state != "signed"
    ]
    assert [row.name for row in lacks.rows] == ["Procedures", "Leading metric", "Looked at in"]
    assert not [one for one in view_of(seen, pages["b.md"]).after if one.anchor == "missing"]


def test_whoever_leads_the_department_has_not_taken_an_objective_on(tmp_path: Path) -> None:
    files = {"content/finance/one.md": goal("one"), "content/finance/two.md": goal("two", "owner: aro")}
    book = handbook_of(tmp_path, {**BASE, **files})
    seen = shown(book)
    assert seen.owner_of(book.by_src_uri["finance/one.md"]) == "tli"
    found = gates(strategy(seen))
    assert "Tom Lindqvist" not in plain(found["one"].words)
    assert "Ada Roth" in plain(found["two"].words)
    for path, name, who in (("one", "Ask", "Tom Lindqvist"), ("two", "Owner", "Ada Roth")):
        rows = {row.name: plain(row.words) for row in view_of(seen, book.by_src_uri[f"finance/{path}.md"]).rows}
        assert [row for row in ("Ask", "Owner") if row in rows] == [name]
        assert rows[name].startswith(who)


def test_without_a_forge_nothing_leads_to_an_editor(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, {**BASE, "content/a.md": goal("bare")})
    gate = gates(strategy(shown(handbook, forge=None)))["bare"]
    assert all(not isinstance(part, str) or part.strip() for cell in gate.cells for part in cell.words)
    assert not any(urls(gate, cell.name) for cell in gate.cells)


@pytest.mark.parametrize(
    ("lines", "name", "cell"),
    [
        ("sops: [begun]", "Procedures", ("unwritten", "Being written: Begun")),
        ("sops: [unseen]", "Procedures", ("signed", "Named, and not shown here.")),
        ("sops: [nobody-knows]", "Procedures", ("unknown", "It names a procedure that nobody knows. Put it right")),
        ("owner: nobody-knows", "Owner", ("unknown", "It names somebody whom nobody knows. Put it right")),
        (
            "measures: [{text: Days, metric: late}]",
            "Leading metric",
            ("open", "late shows only the result. Name one that moves earlier"),
        ),
        ("measures: [{text: Tied, metric: sops-tied}]", "Leading metric", ("signed", "Tied to a plan")),
        (
            "measures: [{text: Days, metric: late}]",
            "Looked at in",
            ("signed", "Monthly review, through late"),
        ),
    ],
)
def test_a_cell_says_how_it_stands(tmp_path: Path, lines: str, name: str, cell: tuple[str, str]) -> None:
    files = {
        "content/begun.md": sop("begun", state="draft"),
        "content/unseen.md": sop("unseen", visibility="internal"),
        "content/late.md": METRIC.format(id="late", seen="public", sort="lagging"),
        "content/m.md": MEETING.format(seen="public", reviews="metric:late"),
        "content/a.md": goal("a", lines),
    }
    assert cells(gates(of(tmp_path, files))["a"])[name] == cell


@pytest.mark.parametrize(
    ("due", "lines", "said"),
    [
        ("2026-11-14", "owner: mok", "its day has come"),
        ("2026-11-15", "owner: mok", "due today"),
        ("2026-11-16", "owner: mok", "one day left"),
        ("2026-12-15", "updates: [{date: 2026-10-14, progress: 5}]", "Nobody has said since 14 October 2026"),
        ("2026-12-15", "owner: mok", "Nobody has said yet how it is doing."),
    ],
)
def test_how_an_open_objective_stands_with_time(tmp_path: Path, due: str, lines: str, said: str) -> None:
    gate = gates(of(tmp_path, {"content/a.md": goal("a", lines, due=due)}))["a"]
    assert said in f"{plain(gate.words)} {gate.told}".replace("\u00a0", " ")


def test_closed_objectives_say_what_was_given_or_learnt_and_what_followed(tmp_path: Path) -> None:
    files = {
        "content/a.md": goal("won", *CLOSED, "outcome: {text: Done., donation: To the sea rescue}", state="attained"),
        "content/b.md": goal(
            "not", *CLOSED, "outcome: {text: Not done., retrospective: We began too late.}", state="missed"
        ),
        "content/c.md": goal("bare", *CLOSED, "outcome: {text: Not done.}", state="missed"),
        "content/d.md": goal("next", "replaces: not"),
        "content/e.md": goal("later", state="proposed"),
        "content/f.md": goal("unseen", "replaces: won", seen="internal"),
    }
    view = of(tmp_path, files)

    def rows(id_: str) -> dict[str, str]:
        return {row.name: plain(row.words) for row in section(view, f"objective-{id_}").rows}

    assert rows("won") == {"What came of it": "Done.", "Donation": "To the sea rescue"}
    assert rows("not") == {
        "What came of it": "Not done.",
        "What we learnt": "We began too late.",
        "Followed by": "next",
    }
    assert rows("bare")["What we learnt"] == "What was learnt is not written yet. Add it"
    assert section(view, "objective-won").state.replace("\u00a0", " ") == "Attained on 31 July 2026"
    assert [plain(entry.words) for entry in section(view, "proposed-objectives").entries] == ["later"]
    assert "unseen" not in html(view)


def test_improvements_stand_beside_what_is_new(tmp_path: Path) -> None:
    improvement = "---\nkind: improvement\nid: {id}\ntitle: {id}\nvisibility: public\nstate: {state}\nabout: expense-claims\n---\n"
    files = {
        "content/a.md": goal("a"),
        "content/i.md": improvement.format(id="photo", state="doing"),
        "content/j.md": improvement.format(id="gone", state="dropped"),
    }
    entries = section(of(tmp_path, files), "improvements").entries
    assert [(plain(one.words), one.state) for one in entries] == [("photo · about Expense claims", "Being done")]


def test_nothing_that_is_withheld_is_named(tmp_path: Path) -> None:
    hidden = "xq-hidden"
    files = {
        "content/early.md": METRIC.format(id=f"{hidden}-metric", seen="internal", sort="leading"),
        "content/m.md": MEETING.format(seen="internal", reviews="a").replace("Monthly review", hidden),
        "content/s.md": sop(f"{hidden}-sop", visibility="internal", title=hidden),
        "content/b.md": goal(f"{hidden}-old", *CLOSED, "outcome: {text: Done.}", state="attained", seen="internal"),
        "content/a.md": goal(
            "a", f"sops: [{hidden}-sop]", f"measures: [{{text: b, metric: {hidden}-metric}}]", f"replaces: {hidden}-old"
        ),
    }
    files["content/c.md"] = goal("c")
    view = of(tmp_path, files)
    assert hidden not in html(view)
    assert "content/m.md" not in html(view)
    assert cells(gates(view)["a"])["Leading metric"] == ("signed", "Named, and not shown here.")
    assert hidden in html(of(tmp_path, files, "internal"))


def test_what_authors_wrote_is_escaped(tmp_path: Path) -> None:
    bad = "<b id=x>"
    files = {
        "content/a.md": goal("a", f'description: "{bad}"', state="proposed"),
        "content/v.md": vision("v", "2026-02-01", "2031-01-31").replace("All is calm.", f'"{bad}"'),
        "content/b.md": goal("b", *CLOSED, f'outcome: {{text: "{bad}", donation: "{bad}"}}', state="attained"),
    }
    found = html(of(tmp_path, files))
    assert bad not in found
    assert len(re.findall("&lt;b id=x&gt;", found)) == 4
