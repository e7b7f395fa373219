"""What a leader has to look at, as far as it may be seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.history.material import Change, Material
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.pages.generated import attention
from handrail.pages.views import Section, View
from handrail.text.digest import digits
from tests.engines.drawn import BASE, PLAN, sop
from tests.measures.rows import report, run, write_records
from tests.pages.views import handbook_of, html, plain, shown

HERE = "handbook/scorecard/"
LATE = "[{role: D, by: mok, date: 2025-01-15}]"


def said(section: Section) -> list[str]:
    return [" | ".join(filter(None, (plain(one.words), one.state, one.note))) for one in section.entries]


def department(id_: str, title: str, **fields: str) -> str:
    known = {
        "kind": "department",
        "id": id_,
        "title": title,
        "description": "What it does.",
        "visibility": "public",
        "lead": "mok",
    }
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in {**known, **fields}.items()) + "---\n"


def test_what_ran_out_first_comes_first_each_with_whom(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/late.md": sop("late", sign_offs=LATE),
        "content/later.md": sop("later", sign_offs="[{role: D, by: mok, date: 2025-03-15}]", rapid="MOK(D)"),
        "content/secret.md": sop("secret", sign_offs=LATE, visibility="internal"),
        "content/unsigned.md": sop("unsigned", sign_offs=""),
        "content/draft.md": sop("draft", sign_offs=LATE, state="draft"),
    }
    section = attention.overdue(shown(handbook_of(tmp_path, files)), HERE)
    assert said(section) == [
        "Late, with Mara Okafor | since 15 January 2026",
        "Later, with Mara Okafor | since 15 March 2026",
    ]
    assert {one.trust for one in section.entries} == {"late"}
    assert section.action is None
    assert 'href="people/#mok"' in html(View(sections=(section,)))


def test_of_many_that_ran_out_the_first_ten_are_named(tmp_path: Path) -> None:
    many = {f"content/p{number}.md": sop(f"p{number}", sign_offs=LATE) for number in range(12)}
    section = attention.overdue(shown(handbook_of(tmp_path, {**BASE, **many})), HERE)
    assert len(section.entries) == 10
    assert section.action is not None
    assert (section.action.text, section.action.url) == ("All 12 sign-offs that ran out", "../stale/")


MEETING = """
    ---
    kind: cadence
    id: monday
    title: {title}
    visibility: {visibility}
    frequency: weekly
    participants: [mok]
    decisions:
      - {{date: 2025-01-06, text: "{text}", owner: mok, due: 2025-12-31}}
      - {{date: 2025-01-06, text: Done, due: 2025-12-31, done: 2025-12-30}}
    ---
"""


def test_decisions_that_are_overdue_stand_among_them(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/late.md": sop("late", sign_offs=LATE),
        "content/meeting.md": MEETING.format(title="Monday", visibility="public", text="Ask the bank"),
        "content/hidden.md": MEETING.format(title="Secret", visibility="internal", text="Buy it").replace(
            "monday", "b"
        ),
    }
    section = attention.overdue(shown(handbook_of(tmp_path, files)), HERE)
    assert said(section) == [
        "Ask the bank, with Mara Okafor | since 31 December 2025 | Decided at: Monday",
        "Late, with Mara Okafor | since 15 January 2026",
    ]


def test_nothing_overdue_is_said(tmp_path: Path) -> None:
    assert plain(attention.overdue(shown(handbook_of(tmp_path, BASE)), HERE).words) == "No sign-off has run out."


def test_which_departments_have_no_plan(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/over/index.md": department("over", "Over", lead="tli"),
        "content/over/plan.md": PLAN.replace("id: company", "id: over")
        .replace("FY27", "FY25")
        .replace("department: company", "department: over"),
        "content/next/index.md": department("next", "Next"),
        "content/next/plan.md": PLAN.replace("id: company", "id: next")
        .replace("FY27", "FY28")
        .replace("department: company", "department: next"),
        "content/begun/index.md": department("begun", "Begun"),
        "content/begun/plan.md": PLAN.replace("id: company", "id: begun")
        .replace("state: active", "state: draft")
        .replace("department: company", "department: begun"),
        "content/closed/index.md": department("closed", "Closed"),
        "content/closed/plan.md": PLAN.replace("id: company", "id: closed")
        .replace("department: company", "department: closed")
        .replace("state: active", "state: draft")
        .replace("visibility: public", "visibility: internal"),
        "content/hidden/index.md": department("hidden", "Hidden", visibility="internal"),
    }
    section = attention.without_plan(shown(handbook_of(tmp_path, files)))
    assert said(section) == [
        "Finance & Books, with Tom Lindqvist | none yet",
        "Begun, with Mara Okafor | draft",
        "Next, with Mara Okafor | begins on 1 February 2027",
        "Over, with Tom Lindqvist | over since 31 January 2025",
    ]
    assert [one.trust for one in section.entries] == ["unwritten", "unwritten", "unwritten", "care"]


def test_where_every_department_has_a_plan_or_none_is_described_that_is_said(tmp_path: Path) -> None:
    files = {name: text for name, text in BASE.items() if "finance" not in name}
    assert plain(attention.without_plan(shown(handbook_of(tmp_path, files))).words) == "Every department has a plan."
    found = attention.without_plan(shown(handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})))
    assert plain(found.words) == "No department is described yet."


STEPS = "## Before\n\n1. Look.\n\n## After\n\n1. Pay.\n2. Tell.\n"


def with_runs(folder: Path, **runs: tuple[int, int]) -> Handbook:
    """Return a handbook of procedures with so many runs that went wrong at the third step, of so many."""
    files = {**BASE, **{f"content/{name}.md": sop(name, STEPS) for name in runs}}
    files["content/secret.md"] = sop("secret", STEPS, visibility="internal")
    book = handbook_of(folder, files)
    rows, reports = [], []
    for name, (failed, whole) in {**runs, "secret": (9, 9)}.items():
        text = digits(book.texts.digest(book.by_src_uri[f"{name}.md"]).text)
        rows += [run("wrong", text=text, step=3, procedure=name) for _ in range(failed)]
        rows += [run("worked", text=text, procedure=name) for _ in range(whole - failed)]
        reports += [report("open", procedure=name)] * (failed > 3)
    write_records(folder, runs=rows, reports=reports)
    return handbook_of(folder, files)


def test_what_goes_wrong_most_often_comes_first_with_the_step(tmp_path: Path) -> None:
    section = attention.goes_wrong(shown(with_runs(tmp_path, a=(1, 10), b=(4, 40), c=(4, 20), d=(0, 30))))
    assert said(section) == [
        "C | 4 of 20 runs | Most often at After, step 2. One report is open.",
        "B | 4 of 40 runs | Most often at After, step 2. One report is open.",
        "A | 1 of 10 runs",
    ]


def test_where_nobody_said_anything_or_nothing_went_wrong_that_is_said(tmp_path: Path) -> None:
    assert plain(attention.goes_wrong(shown(with_runs(tmp_path, a=(0, 3)))).words) == (
        "Nothing went wrong in twelve months, as far as anybody said."
    )
    quiet = attention.goes_wrong(shown(handbook_of(tmp_path, BASE)))
    assert plain(quiet.words) == "Nobody has said yet how a procedure went."


def test_where_what_was_told_cannot_be_read_that_is_said(tmp_path: Path) -> None:
    for name, named in (("reports", ["B | 4 of 40 runs | Most often at After, step 2."]), ("runs", [])):
        with_runs(tmp_path, b=(4, 40))
        (tmp_path / f"records/{name}.csv").write_bytes(b"\xff")
        section = attention.goes_wrong(shown(handbook_of(tmp_path, {**BASE, "content/b.md": sop("b", STEPS)})))
        assert plain(section.words) == f"records/{name}.csv is not in UTF-8; no row of it counts."
        assert said(section) == named


def changes(folder: Path, *found: Change) -> Section:
    book = handbook_of(folder, {**BASE, "content/secret.md": sop("secret", visibility="internal")})
    material = Material(is_known=True, changes=found)
    seen = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"), material=material)
    return attention.changed(seen, HERE)


def test_what_changed_within_a_month_is_counted_and_named(tmp_path: Path) -> None:
    day = date(2026, 11, 1)
    section = changes(
        tmp_path,
        Change("secret.md", "c", day, is_new=True),
        Change("people.md", "c", day, text_changed=True, came=3),
        Change("finance/expense-claims.md", "c", day, is_signed=True),
        Change("finance/expense-claims.md", "b", date(2026, 10, 20), is_new=True),
        Change("finance/index.md", "a", date(2026, 10, 15), is_new=True),
    )
    assert plain(section.words) == "2 pages: 1 changed, 1 signed."
    assert said(section) == [
        "Who is who | 1 November 2026: changed: 3 words came",
        "Expense claims | 1 November 2026: signed",
    ]
    assert section.action is not None
    assert section.action.url == "../changes/"


def test_without_changes_or_history_that_is_said(tmp_path: Path) -> None:
    assert plain(changes(tmp_path).words) == "Nothing has changed in a month."
    without = attention.changed(shown(handbook_of(tmp_path, BASE)), HERE)
    assert plain(without.words).startswith("This site was built without the whole history")
