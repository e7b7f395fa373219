"""What each kind of page says beside its text, as data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.site.frame import theme_status, view_of
from handrail.site.views import View
from tests.engines.drawn import BASE, CLAIMS, FINANCE, PLAN, sop
from tests.site.views import handbook_of, plain, shown


def of(folder: Path, path: str, files: dict[str, str] | None = None, audience: str = "public") -> View:
    handbook = handbook_of(folder, {**BASE, **(files or {})})
    return view_of(shown(handbook, audience), handbook.by_src_uri[path])  # type: ignore[arg-type]


def lead(view: View) -> str:
    return " ".join(plain((part,)) for part in view.lead)


def rows(view: View) -> dict[str, str]:
    return {row.name: plain(row.words) for row in view.rows}


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({}, "You need it. Signed by Mara Okafor, chief executive, 3 March 2026, good until 3 March 2027."),
        (
            {"trigger": "Is it late?"},
            "Is it late? Signed by Mara Okafor, chief executive, 3 March 2026, good until 3 March 2027.",
        ),
        ({"trigger": ""}, "Signed by Mara Okafor, chief executive, 3 March 2026, good until 3 March 2027."),
        (
            {"review_every": "6 months"},
            "You need it. Signed by Mara Okafor, chief executive, 3 March 2026; that ran out on 3 September 2026.",
        ),
        ({"sign_offs": ""}, "You need it."),
        (
            {"sign_offs": "[{role: D, by: tli, date: 2026-03-03, note: She is away.}]"},
            "You need it. Signed by Tom Lindqvist for Mara Okafor, 3 March 2026, good until 3 March 2027.",
        ),
    ],
)
def test_the_one_line_of_a_procedure(changed: dict[str, str], line: str, tmp_path: Path) -> None:
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", **changed)})
    assert lead(view).startswith(line)


def test_the_line_ends_with_where_to_ask(tmp_path: Path) -> None:
    assert lead(of(tmp_path, "finance/expense-claims.md")).endswith("Questions: #ask-finance.")
    own = {
        "content/finance/expense-claims.md": CLAIMS.replace("state: active", 'state: active\n    contact: "#claims"')
    }
    assert lead(of(tmp_path, "finance/expense-claims.md", own)).endswith("Questions: #claims.")
    hidden = {"content/finance/index.md": FINANCE.replace("visibility: public", "visibility: internal")}
    assert "#ask-finance" not in lead(of(tmp_path, "finance/expense-claims.md", hidden))


@pytest.mark.parametrize(
    ("changed", "titles"),
    [
        ({}, []),
        ({"state": "stub"}, ["Not written yet"]),
        ({"state": "draft"}, ["A draft"]),
        ({"state": "retired"}, ["Retired"]),
        ({"vpmom": ""}, ["Tied to no plan"]),
        ({"vpmom": "nowhere"}, ["Tied to no plan"]),
        ({"needs_update": "The form moved."}, ["Known to need an update"]),
        ({"sign_offs": ""}, ["Nobody has signed this yet"]),
        ({"rapid": "MOK(D), TLI(A)"}, ["The sign-off is not complete"]),
        ({"sign_offs": "[{role: D, by: mok, date: 2025-01-01}]"}, ["The sign-off has run out"]),
        (
            {"vpmom": "", "needs_update": "It moved.", "sign_offs": ""},
            ["Tied to no plan", "Known to need an update", "Nobody has signed this yet"],
        ),
    ],
)
def test_a_procedure_warns_of_what_is_wrong_with_it(changed: dict[str, str], titles: list[str], tmp_path: Path) -> None:
    view = of(tmp_path, "a.md", {"content/a.md": sop("a", **changed)})
    assert [banner.title for banner in view.banners] == titles


def test_a_procedure_leads_to_its_plan_and_names_what_it_serves(tmp_path: Path) -> None:
    assert rows(of(tmp_path, "finance/expense-claims.md"))["Serves"] == "Company plan FY27: Trust"
    hidden = {"content/company/plan.md": PLAN.replace("visibility: public", "visibility: internal")}
    assert "Serves" not in rows(of(tmp_path, "finance/expense-claims.md", hidden))


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


def test_those_who_decide_and_agree_stand_behind_their_letters(tmp_path: Path) -> None:
    [folded] = [one for one in of(tmp_path, "company/plan.md").folded if "RAPID" in one.summary]
    assert [(row.name, plain(row.words)) for row in folded.rows] == [
        ("D, decides", "Mara Okafor, chief executive"),
        ("A, agrees", "Tom Lindqvist, head of finance"),
    ]


def test_the_head_and_sections_of_a_plan(tmp_path: Path) -> None:
    view = of(tmp_path, "company/plan.md")
    assert view.status == "Vetted"
    assert rows(view) == {
        "Period": "FY27: 1 February 2026 to 31 January 2027",
        "RAPID": "Mara Okafor (D), Tom Lindqvist (A)",
        "Vetted date": "4 February 2026",
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
    assert rows(view)["Vetted date"] == "Not yet; still to sign: Tom Lindqvist"
    assert [banner.title for banner in view.banners] == ["The sign-off is not complete"]


def test_an_earlier_plan_leads_to_the_one_in_force(tmp_path: Path) -> None:
    earlier = (
        PLAN.replace("period: FY27", "period: FY26").replace("plan FY27", "plan FY26").replace("2026-02", "2025-02")
    )
    files = {"content/company/old.md": earlier}
    view = of(tmp_path, "company/old.md", files)
    assert [(banner.title, plain(banner.words)) for banner in view.banners] == [
        ("Superseded", "The plan in force is Company plan FY27.")
    ]
    assert rows(of(tmp_path, "company/plan.md", files))["Previous versions"].startswith("FY26, ")
    hidden = {"content/company/old.md": earlier.replace("visibility: public", "visibility: internal")}
    assert "FY26" not in rows(of(tmp_path, "company/plan.md", hidden))["Previous versions"]


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
        ({"state": "retired"}, "deprecated"),
        ({"needs_update": "x"}, "handrail-doubtful"),
        ({"vpmom": ""}, "handrail-doubtful"),
        ({"sign_offs": "[{role: D, by: mok, date: 2025-01-01}]"}, "handrail-doubtful"),
    ],
)
def test_the_theme_marks_how_a_page_stands(changed: dict[str, str], status: str, tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, {**BASE, "content/a.md": sop("a", **changed)})
    assert theme_status(shown(handbook), handbook.by_src_uri["a.md"]) == status
