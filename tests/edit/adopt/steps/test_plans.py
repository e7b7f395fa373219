"""Plans that stand in pages become documents beside them, and a page that is one becomes one; nobody's signature is taken for granted."""

from __future__ import annotations

from pathlib import Path

from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.plans import plan
from handrail.edit.adopt.steps.step import Fields
from handrail.edit.new import Beginning
from handrail.model.handbook import Handbook
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read

FIVE = (
    "Vision\n\n* Pay \\(all\\) on time\n\nPriorities\n\n* Speed - pay fast\n* Care\n\nMethods\n\n* (Payables) One queue ~~or two~~\n\n"
    "Obstacles\n\n* TBD\n\nMeasures\n\n* {measures}\n"
)
TABLE = (
    "|Period| Feb 1, 2026 to Jan 31, 2027|\n|:---|:---|\n| RAPID | LBK(D), LT(R, A & I) |\n| Vetted date | Feb 4, 2026|\n"
    "| Previous versions | [Feb 5, 2025](https://wiki.example/fy26) |\n| Internal version | https://wiki.example/fy27 |\n\n"
)
WHOLE = FIVE.format(measures="Paid in 10 days")
ELSEWHERE = FIVE.format(measures="See [confidential version](https://wiki.example/secret)")
PAGES = {
    "mkdocs.yml": "site_name: A\nplugins:\n  - handrail:\n      fiscal_year_end: 01-31\n      visibility: {'.': public, hr: internal}\n",
    "docs/index.md": "# Home\n\n### FY27 Legal VPMOM (TBA)\n",
    "docs/money/README.md": f"# Money \\(10%\\)\n\nWe pay.\n\n#### FY27 Finance VPMOM \\(TBA\\)\n\n{TABLE}{WHOLE}\n#### FY20 Finance VPMOM\n\n{ELSEWHERE}",
    "docs/hr/people-plan.md": f"# People V2MOM (1%)\n\n{WHOLE}",
    "docs/how-to-vpmom.md": f"# How to VPMOM\n\n## Structure\n\n{WHOLE}\n## VPMOM example\n\n{WHOLE}",
    "docs/list.md": "# Some\n\nVision\n\n* [What you want]\n\nPriorities\n\n* [The first]\n\nMethods\n\n* [How]\n\nMeasures\n\n* [How much]\n",
}
COMMON = {"vision": "Pay (all) on time", "priorities": ["Speed: pay fast", "Care"], "methods": ["(Payables) One queue"]}


def books(tmp_path: Path) -> Handbook:
    return read(draw(tmp_path, PAGES))


def test_a_plan_among_other_text_gets_a_page_beside_it(tmp_path: Path) -> None:
    found = plan(books(tmp_path), "money")
    (new, old) = found.edits
    assert isinstance(new, Beginning)
    assert new.src_uri == "money/vpmom-finance-fy27.md"
    assert new.text == (
        "---\nkind: vpmom\nid: finance\nperiod: {name: FY27, from: 2026-02-01, to: 2027-01-31}\ntitle: FY27 Finance VPMOM\n"
        "visibility: public\nstate: draft\nrapid: LBK(D), LT(R, A & I)\ninternal_version: https://wiki.example/fy27\n"
        "previous_versions:\n  - {date: 2025-02-05, link: https://wiki.example/fy26}\nvision: Pay (all) on time\npriorities:\n"
        '  - "Speed: pay fast"\n  - Care\nmethods:\n  - (Payables) One queue\nmeasures:\n  - Paid in 10 days\n---\n'
        "Taken over from [Money](README.md), where it stands too.\n"
    )
    assert isinstance(old, Beginning)
    assert "state: retired\ninternal_version: https://wiki.example/secret\n" in old.text
    assert "measures" not in old.text


def test_a_page_that_is_a_plan_becomes_one(tmp_path: Path) -> None:
    found = plan(books(tmp_path), "hr")
    assert found.edits == ()
    (question,) = found.questions
    said = "says no period. Is it for FY27, as most plans here are?"
    assert (question.text, question.is_likely) == (f"docs/hr/people-plan.md, “People V2MOM” {said}", True)
    assert question.yes == (
        Fields(
            "hr/people-plan.md",
            {
                "kind": "vpmom",
                "id": "people",
                "period": {"name": "FY27", "from": "2026-02-01", "to": "2027-01-31"},
                "title": "People V2MOM",
                "visibility": "internal",
                "state": "draft",
                **COMMON,
                "measures": ["Paid in 10 days"],
            },
        ),
    )


def test_a_plan_that_is_for_another_period_is_told_and_not_asked_about_again(tmp_path: Path) -> None:
    book = books(tmp_path)
    (question,) = plan(book, "hr").questions
    for change in outcome(book, question.edits(answer=False)).changes:
        (tmp_path / change.path).write_bytes(change.after)
    found = plan(read(tmp_path), "hr")
    assert found.questions == ()
    (said,) = found.told
    assert said.startswith("docs/hr/people-plan.md, “People V2MOM”: for which period it is stands nowhere; write it")


def test_a_page_with_a_title_of_its_own_keeps_it(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PAGES["mkdocs.yml"], "docs/money.md": f"# Money\n\n## FY27 Finance VPMOM\n\n{WHOLE}"}
    (edit,) = plan(read(draw(tmp_path, files)), "").edits
    assert edit.src_uri == "vpmom-finance-fy27.md"


def test_what_only_explains_plans_is_told(tmp_path: Path) -> None:
    told = plan(books(tmp_path), "").told
    assert [sentence.split(":")[0] for sentence in told] == [
        "docs/how-to-vpmom.md, “Structure”",
        "docs/how-to-vpmom.md, “VPMOM example”",
        "docs/list.md, “Some”",
        "docs/index.md announces “FY27 Legal VPMOM (TBA)”, of which nothing is written; handrail new vpmom begins it.",
    ]


def test_all_of_them_are_valid_and_a_second_time_nothing_is_left(tmp_path: Path) -> None:
    root = draw(tmp_path, PAGES)
    first = plan(read(root), "")
    found = outcome(read(root), [*first.edits, *(edit for one in first.questions for edit in one.yes)])
    assert found.left == ()
    for change in found.changes:
        (root / change.path).write_bytes(change.after)
    again = read(root)
    assert {page.path: page.is_valid for page in again.of_kind("vpmom")} == {
        "docs/hr/people-plan.md": True,
        "docs/money/vpmom-finance-fy20.md": True,
        "docs/money/vpmom-finance-fy27.md": True,
    }
    second = plan(again, "")
    assert (second.edits, second.questions) == ((), ())
    assert [sentence for sentence in second.told if "already" in sentence] == [
        "docs/money/README.md, “FY27 Finance VPMOM”: finance@FY27 is a document already.",
        "docs/money/README.md, “FY20 Finance VPMOM”: finance@FY20 is a document already.",
    ]


def test_where_no_plan_says_a_period_it_is_told(tmp_path: Path) -> None:
    files = {"mkdocs.yml": PAGES["mkdocs.yml"], "docs/plan.md": f"# Our plan\n\n{WHOLE}"}
    found = plan(read(draw(tmp_path, files)), "")
    assert (found.edits, found.questions) == ((), ())
    assert found.told == (
        "docs/plan.md, “Our plan”: for which period it is stands nowhere; write it into the title, such as FY28, and take this step again.",
    )
