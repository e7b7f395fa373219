"""What each kind of page says beside its text, as data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.pages.frame import theme_status, view_of
from handrail.pages.views import View
from tests.engines.drawn import BASE, CLAIMS, FINANCE, PLAN, sop
from tests.pages.views import handbook_of, plain, shown


def of(folder: Path, path: str, files: dict[str, str] | None = None, audience: str = "public") -> View:
    handbook = handbook_of(folder, {**BASE, **(files or {})})
    return view_of(shown(handbook, audience), handbook.by_src_uri[path])  # type: ignore[arg-type]


def lead(view: View) -> str:
    return plain(view.lead)


def rows(view: View) -> dict[str, str]:
    return {row.name: plain(row.words) for row in view.rows}


def said(view: View) -> str:
    """Return the line of trust."""
    assert view.trust is not None
    return f"{view.trust.begins} {plain(view.trust.words)}".replace("\u00a0", " ").strip()


def about(view: View) -> dict[str, str]:
    assert view.about is not None
    return {row.name: plain(row.words) for row in view.about.rows}


@pytest.mark.parametrize(
    ("changed", "state", "line"),
    [
        ({}, "signed", "Signed by Mara Okafor · good until 3 March 2027"),
        (
            {"review_every": "6 months"},
            "late",
            "Sign-off ran out on 3 September 2026. It still holds. If in doubt, ask Mara Okafor.",
        ),
        ({"review_every": "9 months"}, "due", "Signed by Mara Okafor · runs out on 3 December 2026"),
        ({"sign_offs": ""}, "open", "Not signed. In use, and nobody has signed it yet."),
        (
            {"sign_offs": "[{role: D, by: mok, date: 2026-03-03, withdrawn: {date: 2026-04-01, reason: Wrong}}]"},
            "open",
            "Not signed. In use, and Mara Okafor withdrew the signature of 3 March 2026 on 1 April 2026.",
        ),
        (
            {"sign_offs": "[{role: D, by: tli, date: 2026-03-03, note: She is away.}]"},
            "signed",
            "Signed by Tom Lindqvist, for Mara Okafor · good until 3 March 2027",
        ),
        ({"rapid": "MOK(D), TLI(A)"}, "part", "Not fully signed. In use, and Tom Lindqvist has still to agree."),
        ({"needs_update": "The form moved."}, "care", "Needs an update. The form moved."),
        ({"state": "stub"}, "unwritten", "Not written yet. Until then, ask in #ask-mara."),
        ({"state": "draft"}, "unwritten", "A draft. It is being written and does not hold yet."),
        ({"state": "retired"}, "retired", "Retired. It no longer holds."),
    ],
)
def test_the_line_of_trust_of_a_procedure(changed: dict[str, str], state: str, line: str, tmp_path: Path) -> None:
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", **changed)})
    assert view.trust is not None
    assert (view.trust.state, said(view)) == (state, line)
    assert view.trust.warns is (state not in ("signed", "due"))


def test_of_several_states_the_first_is_said_and_the_others_unfold(tmp_path: Path) -> None:
    page = sop("a", review_every="6 months", needs_update="The form moved.")
    view = of(tmp_path, "a.md", {"content/a.md": page})
    assert said(view).startswith("Sign-off ran out")
    assert view.trust is not None
    assert view.trust.fold is not None
    assert [plain(words) for words in view.trust.fold.said] == [
        "Needs an update. The form moved.",
        "A sign-off of this page lasts 6 months. What it says holds until it is changed or retired; a new signature says that it is still right.",
        "Recorded, text not bound: which text was signed is not on record. The next signature names it.",
    ]


def test_a_retired_procedure_leads_to_what_took_its_place(tmp_path: Path) -> None:
    files = {"content/a.md": sop("a", state="retired"), "content/b.md": sop("b", replaces="a", title="The new way")}
    assert said(of(tmp_path, "a.md", files)) == "Retired. Use The new way instead."


@pytest.mark.parametrize(
    ("trigger", "line"), [("You need it", "You need it. "), ("Is it late?", "Is it late? "), ("", "")]
)
def test_when_a_procedure_is_needed(trigger: str, line: str, tmp_path: Path) -> None:
    assert lead(of(tmp_path, "a.md", {"content/a.md": sop("a", trigger=trigger)})) == f"{line}Questions: #ask-mara"


def test_where_to_ask_is_said_once(tmp_path: Path) -> None:
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", state="stub", trigger="You need it")})
    assert (said(view), lead(view)) == ("Not written yet. Until then, ask in #ask-mara.", "You need it.")


def test_where_something_is_kept_is_said_until_it_is_written(tmp_path: Path) -> None:
    kept = {"trigger": "", "kept_in": "a drawer"}
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", state="stub", **kept)})
    assert (said(view), lead(view)) == (
        "Not written yet. Until then, ask in #ask-mara.",
        "So far it is kept in a drawer.",
    )
    assert lead(of(tmp_path, "a.md", {"content/a.md": sop("a", **kept)})) == "Questions: #ask-mara"


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("the help desk", "the\u00a0help\u00a0desk"),
        ("whoever has the late shift at the help desk", "whoever has the late"),
    ],
)
def test_where_to_ask_is_broken_only_where_it_is_long(contact: str, words: str, tmp_path: Path) -> None:
    assert words in lead(of(tmp_path, "a.md", {"content/a.md": sop("a", contact=contact)}))


def test_the_line_ends_with_where_to_ask(tmp_path: Path) -> None:
    assert lead(of(tmp_path, "finance/expense-claims.md")).endswith("Questions: #ask-finance")
    own = {
        "content/finance/expense-claims.md": CLAIMS.replace("state: active", 'state: active\n    contact: "#claims"')
    }
    assert lead(of(tmp_path, "finance/expense-claims.md", own)).endswith("Questions: #claims")
    hidden = {"content/finance/index.md": FINANCE.replace("visibility: public", "visibility: internal")}
    assert "#ask-finance" not in lead(of(tmp_path, "finance/expense-claims.md", hidden))


def test_a_procedure_leads_to_its_plan_and_names_what_it_serves(tmp_path: Path) -> None:
    assert about(of(tmp_path, "finance/expense-claims.md"))["For the plan"] == "Company plan FY27: Trust"
    hidden = {"content/company/plan.md": PLAN.replace("visibility: public", "visibility: internal")}
    assert "For the plan" not in about(of(tmp_path, "finance/expense-claims.md", hidden))


@pytest.mark.parametrize(
    ("plan", "words"),
    [("", "None: nobody has said what it is for."), ("nowhere", "The plan that it names does not exist.")],
)
def test_a_procedure_without_a_plan_says_so_below_its_text(plan: str, words: str, tmp_path: Path) -> None:
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", vpmom=plan)})
    assert about(view)["For the plan"] == words
    assert said(view).startswith("Signed by")


def test_a_process_is_a_table(tmp_path: Path) -> None:
    process = (
        "{states: [{name: Asked, owner: bookkeeper, sla: 2 days}, {name: Paid, final: true}], "
        "transitions: [{from: Asked, to: Paid, when: the receipt is there}]}"
    )
    [section] = [s for s in of(tmp_path, "a.md", {"content/a.md": sop("a", process=process)}).after if s.table]
    assert section.table is not None
    asked, paid = (" ".join(plain(cell) for cell in row) for row in section.table.rows)
    for words in ("Asked", "bookkeeper", "2 days", "Paid when the receipt is there"):
        assert words in asked
    assert "bookkeeper, within 2 days" in asked
    assert "The end" in paid


def test_a_promise_that_is_a_sentence_is_left_as_it_is(tmp_path: Path) -> None:
    process = "{states: [{name: Asked, owner: bookkeeper, sla: on the same day}, {name: Paid, final: true}]}"
    [section] = [s for s in of(tmp_path, "a.md", {"content/a.md": sop("a", process=process)}).after if s.table]
    assert section.table is not None
    assert plain(section.table.rows[0][1]) == "bookkeeper, on the same day"


def test_the_head_and_sections_of_a_plan(tmp_path: Path) -> None:
    view = of(tmp_path, "company/plan.md")
    assert view.status == ""
    assert said(view) == "Vetted by Mara Okafor on 4 February 2026 · until 31 January 2027"
    assert lead(view).replace("\u00a0", " ") == "FY27: 1 February 2026 to 31 January 2027 · Mara Okafor decides"
    assert {name: words for name, words in about(view).items() if name != "Text"} == {
        "Decides on this page": "Mara Okafor, chief executive",
        "Agrees to this page": "Tom Lindqvist, head of finance",
        "What it is": "A plan on one page: vision, priorities, methods, obstacles, measures (VPMOM)",
        "Previous versions": "the version of 10 February 2025",
        "Internal version": "Internal version (staff)",
    }
    assert [section.title for section in view.sections] == ["Vision", "Priorities", "Methods", "Obstacles", "Measures"]
    assert view.text_title == "Commentary"
    [priorities] = [section for section in view.sections if section.title == "Priorities"]
    assert priorities.ordered
    assert [(entry.label, plain(entry.words)) for entry in priorities.entries] == [
        ("Trust", "nobody has to ask twice"),
        ("Calm", "no work on Sundays"),
    ]


def test_a_plan_not_signed_by_all_says_who_is_missing(tmp_path: Path) -> None:
    half = {"content/company/plan.md": re.sub(r"- \{role: A, by: tli, .*\n", "", PLAN)}
    view = of(tmp_path, "company/plan.md", half)
    assert said(view) == "Not fully signed. In use, and Tom Lindqvist has still to agree."


def test_an_earlier_plan_leads_to_the_one_in_force(tmp_path: Path) -> None:
    earlier = (
        PLAN.replace("period: FY27", "period: FY26").replace("plan FY27", "plan FY26").replace("2026-02", "2025-02")
    )
    files = {"content/company/old.md": earlier}
    view = of(tmp_path, "company/old.md", files)
    assert (view.trust, view.status) == (None, "Superseded")
    assert lead(view).endswith("in force: Company plan FY27")
    assert about(of(tmp_path, "company/plan.md", files))["Previous versions"].startswith("FY26, ")
    hidden = {"content/company/old.md": earlier.replace("visibility: public", "visibility: internal")}
    assert "FY26" not in about(of(tmp_path, "company/plan.md", hidden))["Previous versions"]


def test_prose_has_nothing_round_it(tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, {**BASE, "content/a.md": "---\nstate: draft\nneeds_update: x\n---\nProse.\n"})
    page = handbook.by_src_uri["a.md"]
    assert view_of(shown(handbook), page) == View()
    assert theme_status(shown(handbook), page) == ""


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, ""),
        ({"state": "stub"}, "handrail-unwritten"),
        ({"state": "draft"}, "handrail-unwritten"),
        ({"state": "retired"}, "handrail-retired"),
        ({"needs_update": "x"}, "handrail-care"),
        ({"vpmom": ""}, ""),
        ({"sign_offs": "[{role: D, by: mok, date: 2025-01-01}]"}, "handrail-late"),
    ],
)
def test_the_theme_marks_how_a_page_stands(changed: dict[str, str], status: str, tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, {**BASE, "content/a.md": sop("a", **changed)})
    assert theme_status(shown(handbook), handbook.by_src_uri["a.md"]) == status
