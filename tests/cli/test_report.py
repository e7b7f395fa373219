"""The lists that `handrail report` prints."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.drawing import FILES, SIGNED, department, plan, sop
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


def report(folder: Path, which: str, *more: str) -> Any:
    return json.loads(handrail(folder, "report", which, "--format", "json", *more).out)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_handbook(tmp_path_factory.mktemp("handbook"), FILES)


def test_contents_in_json(handbook: Path) -> None:
    contents = report(handbook, "toc")
    assert (contents["version"], contents["today"]) == (1, "2026-11-15")
    # The company first, then by title, and a department below the one that it lies under.
    assert [department["id"] for department in contents["departments"]] == ["company", "finance", "payables"]
    company, finance, payables = contents["departments"]
    assert company["url"] == "company/"
    assert company["path"] == "content/company/index.md"
    assert [(line["id"], line["state"]) for line in company["lines"]] == [
        ("company", "Not vetted yet"),
        ("hiring", "Draft"),
    ]
    assert payables["lines"] == []
    (line,) = finance["lines"]
    assert line == {
        "id": "finance",
        "title": "Plan finance FY27",
        "path": "content/finance/vpmom-fy27.md",
        "url": "finance/vpmom-fy27/",
        "state": "Vetted",
        "period": "FY27",
        "sops": line["sops"],
    }
    # A procedure stands under its line even where its department differs; a retired one nowhere.
    assert [sop["id"] for sop in line["sops"]] == ["claims", "close"]
    assert line["sops"][0] == {
        "id": "claims",
        "title": "Claim | expenses",
        "path": "content/finance/claims.md",
        "url": "finance/claims/",
        "state": "active",
        "signed": "2026-03-02",
        "stale": False,
        "changed": False,
        "left_out": False,
    }
    assert line["sops"][1]["signed"] is None
    assert [sop["id"] for sop in contents["no_plan"]] == ["loose", "laptop", "lost"]


def test_contents_tell_what_is_not_on_the_site(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, FILES, config={"exclude_docs": "claims.md"})
    claims, close = report(folder, "toc")["departments"][1]["lines"][0]["sops"]
    assert (claims["left_out"], close["left_out"]) == (True, False)
    lines = handrail(folder, "report", "toc").out.splitlines()
    assert "    Claim | expenses (signed off 2 March 2026, left out of the site)" in lines
    rows = list(csv.DictReader(io.StringIO(handrail(folder, "report", "toc", "--format", "csv").out)))
    assert {row["id"]: row["left out"] for row in rows if row["id"] in ("claims", "close")} == {
        "claims": "yes",
        "close": "no",
    }


def test_contents_tell_what_is_stale(handbook: Path) -> None:
    contents = report(handbook, "toc", "--today", "2027-03-03")
    assert contents["departments"][1]["lines"][0]["sops"][0]["stale"] is True


def test_contents_tell_what_has_changed_since_it_was_signed(tmp_path: Path) -> None:
    bound = SIGNED.replace("}", f", digest: 't2:{'0' * 64}'}}")
    folder = make_handbook(
        tmp_path,
        FILES | {"content/finance/claims.md": sop("claims", "Claim", f"state: active\nvpmom: finance\n{bound}")},
    )
    claims = report(folder, "toc")["departments"][1]["lines"][0]["sops"][0]
    assert (claims["signed"], claims["changed"]) == ("2026-03-02", True)
    lines = handrail(folder, "report", "toc").out.splitlines()
    assert "    Claim (signed off 2 March 2026, changed since)" in lines


def test_contents_as_text(handbook: Path) -> None:
    assert handrail(handbook, "report", "toc").out.splitlines() == [
        "The company",
        "  Plan company FY27 (Not vetted yet)",
        "  Plan hiring FY27 (Draft)",
        "    Hire someone (not signed off)",
        "Finance",
        "  Plan finance FY27 (Vetted)",
        "    Claim | expenses (signed off 2 March 2026)",
        "    Close the month (not signed off)",
        "  Accounts payable",
        "    no plan",
        "Procedures with no plan",
        "  Act alone (signed off 2 March 2026)",
        "  Buy a laptop (draft)",
        "  Lose a card (not signed off)",
    ]


def test_lines_and_departments_that_belong_nowhere_are_not_lost(tmp_path: Path) -> None:
    circle = {
        "content/a/index.md": department("a", "A", "parent: b\n"),
        "content/b/index.md": department("b", "B", "parent: a\n"),
        "content/loose.md": plan("loose", "FY27", "state: draft\n"),
    }
    contents = report(make_handbook(tmp_path, circle), "toc")
    assert [(entry["id"], entry["title"]) for entry in contents["departments"]] == [
        ("a", "A"),
        ("b", "B"),
        ("", "No department"),
    ]
    assert contents["departments"][2]["lines"][0]["id"] == "loose"


def test_a_retired_line_stands_only_where_it_holds_procedures(tmp_path: Path) -> None:
    files = {
        "content/index.md": department("x", "X"),
        "content/empty.md": plan("empty", "FY26", "state: retired\n"),
        "content/used.md": plan("used", "FY26", "state: retired\n"),
        "content/do.md": sop("do", "Do it", "state: draft\nvpmom: used\n"),
    }
    contents = report(make_handbook(tmp_path, files), "toc")
    assert [line["id"] for line in contents["departments"][0]["lines"]] == ["used"]


def test_orphans_with_the_reason(handbook: Path) -> None:
    assert [(one["id"], one["reason"], one["owner"]) for one in report(handbook, "orphans")["orphans"]] == [
        ("loose", "no plan named", "Leadership team"),
        ("hire", "line with no active plan", "Lena Brandt-Keller"),
        ("lost", "unknown line", "Lena Brandt-Keller"),
    ]


def test_stale_with_whom_to_ask(handbook: Path) -> None:
    found = {one["id"]: one for one in report(handbook, "stale", "--today", "2027-03-03")["stale"]}
    assert set(found) == {"claims", "close", "hire", "loose", "lost"}
    assert found["claims"] | {"path": "", "url": ""} == {
        "id": "claims",
        "title": "Claim | expenses",
        "path": "",
        "url": "",
        "why": "stale",
        "last": "2026-03-02",
        "until": "2027-03-02",
        "missing": [],
        "ask": {"name": "Lena Brandt-Keller", "job": "Head of finance", "handle": "lenabk", "contact": "#ask-finance"},
    }
    assert (found["close"]["why"], found["close"]["last"]) == ("never signed", None)
    assert found["close"]["missing"] == ["Omar Haddad", "Leadership team", "Lena Brandt-Keller"]
    # Omar has left, so his deputy is asked; whoever decides is asked last.
    assert found["close"]["ask"]["name"] == "Lena Brandt-Keller"
    assert found["hire"]["ask"] == {"name": "Leadership team", "job": "", "handle": "", "contact": "#lt"}
    # With nobody to sign, the owner is asked.
    assert found["lost"]["ask"]["name"] == "Lena Brandt-Keller"


def test_stale_on_the_last_day_of_a_sign_off(handbook: Path) -> None:
    assert "claims" not in {one["id"] for one in report(handbook, "stale", "--today", "2027-03-02")["stale"]}


def test_incomplete_names_who_is_missing(tmp_path: Path) -> None:
    half = "state: active\nrapid: LBK(D), PNA(A)\nsign_offs: [{role: D, by: lbk, date: 2026-03-02}]\n"
    files = {"content/people.md": FILES["content/people.md"], "content/do.md": sop("do", "Do it", half)}
    (one,) = report(make_handbook(tmp_path, files), "stale")["stale"]
    assert (one["why"], one["last"], one["missing"]) == ("incomplete", "2026-03-02", ["Priya Nair"])
    assert (one["ask"]["name"], one["ask"]["job"]) == ("Priya Nair", "Operations manager")


def test_unlisted(handbook: Path) -> None:
    assert [(one["kind"], one["id"]) for one in report(handbook, "unlisted")["unlisted"]] == [
        ("sop", "loose"),
        ("sop", "laptop"),
        ("sop", "lost"),
    ]


def test_a_governed_page_with_no_kind_is_unlisted(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/a.md": "# A\n"}, {"governed": ["."]})
    assert report(folder, "unlisted")["unlisted"] == [
        {"kind": None, "id": "", "title": "A", "path": "content/a.md", "url": "a/"}
    ]
    assert "none" in handrail(folder, "report", "unlisted").out


@pytest.mark.parametrize("which", ["toc", "orphans", "stale", "unlisted"])
def test_every_list_in_csv_and_markdown(handbook: Path, which: str) -> None:
    rows = list(csv.reader(io.StringIO(handrail(handbook, "report", which, "--format", "csv").out)))
    table = handrail(handbook, "report", which, "--format", "md").out.splitlines()
    assert len(rows) == len(table) - 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert table[0] == f"| {' | '.join(rows[0])} |"
    text = handrail(handbook, "report", which)
    assert (text.code, text.err) == (0, "")


def test_a_bar_in_a_title_breaks_no_table(handbook: Path) -> None:
    assert "| Claim \\| expenses |" in handrail(handbook, "report", "toc", "--format", "md").out


@pytest.mark.parametrize(
    ("which", "sentence"),
    [
        ("toc", "The handbook has no department, plan or procedure."),
        ("orphans", "The handbook has no active procedure."),
        ("stale", "The handbook has no active procedure."),
        ("unlisted", "Something leads to every page."),
    ],
)
def test_an_empty_list_is_a_sentence(tmp_path: Path, which: str, sentence: str) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "# Welcome\n"})
    for format_ in ("text", "md"):
        assert handrail(folder, "report", which, "--format", format_).out == sentence + "\n"
    assert len(handrail(folder, "report", which, "--format", "csv").out.splitlines()) == 1
    assert handrail(folder, "report", which, "--format", "json").code == 0


def test_that_nothing_is_wrong_is_said_only_of_what_there_is(tmp_path: Path) -> None:
    plan = """
        ---
        kind: vpmom
        id: company
        period: FY27
        title: Plan
        visibility: public
        state: active
        vision: Calm.
        priorities: [Calm]
        methods: [Writing]
        ---
    """
    fields = "kind: sop\nid: pay\ntitle: Pay\nvisibility: public\nstate: active\nvpmom: company\nrapid: MOK(D)\n"
    claims = f"---\n{fields}sign_offs: [{{role: D, by: mok, date: 2026-03-03}}]\n---\nPay.\n"
    folder = make_handbook(tmp_path, {"content/plan.md": plan, "content/pay.md": claims})
    assert handrail(folder, "report", "orphans").out == "Every active procedure is tied to an active plan.\n"
    assert handrail(folder, "report", "stale").out == "Every active procedure has a full sign-off in force.\n"


def test_the_scorecard_counts_for_an_audience(tmp_path: Path) -> None:
    secret = FILES["content/finance/claims.md"].replace("visibility: public", "visibility: internal")
    folder = make_handbook(tmp_path, {**FILES, "content/finance/claims.md": secret})
    everything, public = (report(folder, "scorecard", *more) for more in ((), ("--audience", "public")))
    assert (everything["version"], everything["audience"], public["audience"]) == (1, "all", "public")
    assert [one["name"] for one in public["measures"]][:4] == ["sops-tied", "sops-found", "sop-errors", "sops-signed"]
    assert everything["measures"][0]["denominator"] == public["measures"][0]["denominator"] + 1


def test_the_scorecard_in_lines_and_as_a_table(handbook: Path) -> None:
    said = handrail(handbook, "report", "scorecard").out
    assert said.startswith("How the handbook is doing, on 15 November 2026:\n  Tied to a plan")
    rows = list(csv.DictReader(io.StringIO(handrail(handbook, "report", "scorecard", "--format", "csv").out)))
    assert rows[0]["name"] == "sops-tied"
    assert handrail(handbook, "report", "scorecard", "--format", "md").out.startswith("| name |")


def test_an_audience_belongs_to_the_scorecard(handbook: Path) -> None:
    run = handrail(handbook, "report", "stale", "--audience", "public")
    assert run.code == 2
    assert "--audience says for whom to count, which the list `stale` does not do; leave it out" in run.err
