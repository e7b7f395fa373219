"""Issues by which readers tell how a procedure went become rows, each once; what can't be counted is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.edit.files import put
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.steps import Steps
from handrail.pages.feedback import checklist as checklist_of
from tests.edit.record.listing import (
    BODY,
    CLAIM_TEXT,
    HIRE,
    PAGES,
    book,
    checklist,
    closed,
    digest_of,
    issue,
    record,
    rows,
    worked,
    wrong,
)
from tests.history.repos import Repo
from tests.model.building import document, kinds
from tests.support.handbooks import make_handbook

TICKED = "- [x] Claim, step 1: Open the form.\n- [X] Claim, step 2: Add the bill.\n"
HALF = f"{TICKED}- [ ] Pay, step 1: Look at the bill.\n- [x] Pay, step 2: Pay it."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return book(tmp_path / "book", timezone="Europe/Lisbon")


def run(day: str, result: str, key: str, step: str = "", minutes: str = "", origin: str = "public") -> list[str]:
    return [day, "claim", CLAIM_TEXT, result, step, minutes, origin, key]


def test_each_form_gives_its_rows(folder: Path) -> None:
    said = record(
        folder,
        [
            issue(1, worked(score="9", minutes="25")),
            issue(2, worked(), author_association="MEMBER"),
            issue(3, wrong(step="Pay, step 1"), user={"login": "lenabk", "type": "User"}),
            closed(4, checklist(TICKED), "2026-03-04T23:30:00Z"),
            closed(5, checklist(HALF), "2026-06-04T23:30:00Z", "not_planned"),
            issue(6, checklist(HALF)),
            issue(7, "Something else."),
            {**issue(8, worked()), "pull_request": {"url": "https://example.org"}},
        ],
    )
    assert (said.code, said.err) == (0, "")
    assert rows(folder, "runs") == [
        run("2026-03-02", "worked", "issue-1", minutes="25"),
        run("2026-03-02", "worked", "issue-2", origin="staff"),
        run("2026-03-02", "wrong", "issue-3", step="3", origin="staff"),
        run("2026-03-04", "worked", "issue-4"),
        run("2026-06-05", "stopped", "issue-5", step="3"),  # in Lisbon, summer has begun
    ]
    assert rows(folder, "survey") == [["2026-03-02", "claim", CLAIM_TEXT, "9", "public", "issue-1"]]
    assert rows(folder, "reports") == [["2026-03-02", "claim", CLAIM_TEXT, "3", "open", "issue-3"]]
    assert said.out == (
        "issues.json holds 7 issues, 6 answers to our forms among them.\n"
        "records/survey.csv: one new row.\nrecords/reports.csv: one new row.\nrecords/runs.csv: 5 new rows.\n"
        "Not counted before it is closed: one checklist.\n"
    )


def test_what_was_read_once_stays_and_only_the_state_of_a_report_goes_on(folder: Path) -> None:
    record(folder, [issue(1, wrong(step="Claim, step 2")), issue(2, worked())])
    before = rows(folder, "runs")
    edited = [
        closed(1, "Never mind.", "2026-03-09T12:00:00Z"),
        issue(2, worked("sop:hire", HIRE, score="0"), user=None),
    ]
    for _ in range(2):
        assert record(folder, edited).code == 0
    again = "2026-03-20T12:00:00Z"
    record(folder, [issue(1, "Never mind.", updated_at=again)])
    record(folder, [closed(1, "", again, "not_planned")])
    assert rows(folder, "runs") == before
    assert rows(folder, "survey") == []
    assert [[row[0], row[3], row[4]] for row in rows(folder, "reports")] == [
        ["2026-03-02", "2", "open"],
        ["2026-03-09", "2", "closed"],
        ["2026-03-20", "2", "open"],
        ["2026-03-20", "2", "not-planned"],
    ]
    assert {row[1] for row in rows(folder, "reports")} == {"claim"}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"user": {"login": "helper[bot]", "type": "Bot"}}, "sent by the account of a program"),
        ({"user": {"login": "project_7_bot_a1", "type": "User"}}, "sent by the account of a program"),
        ({"moved_to_id": 7}, "opened elsewhere, so nobody can tell whose words it holds"),
        ({"original_author": "somebody"}, "opened elsewhere, so nobody can tell whose words it holds"),
        ({"html_url": "https://github.com/other/place/issues/2"}, "of another repository"),
        ({"body": worked("sop:nobody-knows")}, "names no procedure of this handbook"),
        ({"body": worked("department:finance")}, "names no procedure of this handbook"),
        ({"body": worked("department:claim")}, "names no procedure of this handbook"),
        ({"body": worked("../../x")}, "names no procedure of this handbook"),
        ({"body": worked("=cmd|x")}, "names no procedure of this handbook"),
        ({"body": worked(digest=HIRE)}, "names a text that its page is not known to have had"),
        ({"body": worked(digest="")}, "names a text that its page is not known to have had"),
        ({"body": worked("sop:claim\nsop:hire")}, "not as the form left it: a field is missing"),
        ({"body": worked().replace("### Digest of the text", "### Digest")}, "not as the form left it: a field is"),
        ({"body": worked() + "x" * 200_000}, "longer than any form"),
        ({"created_at": "yesterday"}, "entry 2: does not say when it was opened"),
        ({"created_at": "2026-03-02T01:30:00"}, "entry 2: does not say when it was opened"),
        ({"number": 10**18}, "entry 2: has no number"),
        ({"number": True}, "entry 2: has no number"),
    ],
)
def test_what_does_not_count_is_told_and_the_others_do(folder: Path, values: dict[str, Any], why: str) -> None:
    said = record(folder, [issue(1, worked()), {**issue(2, worked()), **values}, issue(3, worked())])
    assert (said.code, said.err) == (0, "")
    assert [row[-1] for row in rows(folder, "runs")] == ["issue-1", "issue-3"]
    assert "Left out: 1.\n" in said.out
    assert why in said.out


def test_of_an_account_one_a_day_and_page_counts_and_twenty_in_all(tmp_path: Path) -> None:
    pages = {f"content/p{at}.md": PAGES["content/hire.md"].replace("id: hire", f"id: p{at}") for at in range(25)}
    every = {**PAGES, **pages}
    folder = book(tmp_path / "book", every)
    me = {"user": {"login": "Reader", "type": "User"}, "created_at": "2026-03-02T08:00:00Z"}
    twice = [issue(2, worked(), **me), issue(1, worked(), **me)]
    assert "not the first of its account about the page on that day" in record(folder, twice).out
    assert [row[-1] for row in rows(folder, "runs")] == ["issue-1"]
    next_day = issue(3, worked(), **{**me, "created_at": "2026-03-03T08:00:00Z"})
    record(folder, [*twice, next_day])
    assert [row[-1] for row in rows(folder, "runs")] == ["issue-1", "issue-3"]
    many = [issue(10 + at, worked(f"sop:p{at}", digest_of(f"p{at}.md", every)), **me) for at in range(25)]
    assert "beyond the 20 that count of one account on one day" in record(folder, [*twice, *many]).out
    assert [row[-1] for row in rows(folder, "runs")] == [
        "issue-1",
        *(f"issue-{number}" for number in range(10, 29)),
        "issue-3",
    ]


def test_of_one_day_two_thousand_count_however_they_come(folder: Path) -> None:
    at = {"created_at": "2026-03-02T08:00:00Z"}
    flood = [issue(number, worked(), **at) for number in range(1, 5001)]
    said = record(folder, flood[:1500])
    assert said.code == 0
    said = record(folder, flood[1400:])
    assert "#2001, #2002, #2003, #2004, #2005 and 2995 more: beyond the 2,000 that count on one day." in said.out
    assert len(rows(folder, "runs")) == 2000
    assert "nothing new; 1900 there already" not in record(folder, flood).out
    assert len(rows(folder, "runs")) == 2000


def test_a_flood_of_strangers_keeps_nobody_out_who_works_here(folder: Path) -> None:
    at = {"created_at": "2026-03-02T08:00:00Z"}
    flood = [issue(number, worked(), **at) for number in range(1, 2101)]
    record(folder, [*flood, issue(2101, worked(), **at, author_association="MEMBER")])
    assert {row[-1]: row[-2] for row in rows(folder, "runs")}["issue-2101"] == "staff"
    assert len(rows(folder, "runs")) == 2000


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2028-02-29T23:59:59Z", "2028-02-29"),
        ("Pacific/Kiritimati", "2028-02-28T10:00:00Z", "2028-02-29"),
        ("Pacific/Kiritimati", "2028-02-28T09:59:59Z", "2028-02-28"),
        ("Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01"),
        ("Pacific/Pago_Pago", "2027-01-01T10:59:59Z", "2026-12-31"),
        ("Pacific/Pago_Pago", "2028-03-01T10:59:59+00:00", "2028-02-29"),
        ("Pacific/Pago_Pago", "2028-03-01T00:59:59+14:00", "2028-02-28"),
        ("Europe/Lisbon", "9999-12-31T23:59:59-14:00", "9999-12-31"),
    ],
)
def test_a_day_is_that_of_the_handbooks_time_zone(tmp_path: Path, zone: str, moment: str, day: str) -> None:
    folder = book(tmp_path / "book", timezone=zone)
    listed = [issue(1, wrong(), created_at=moment), closed(2, checklist(TICKED), moment)]
    record(folder, [listed[1], {**listed[0], "number": 3}])
    assert [row[0] for row in rows(folder, "runs")] == [day, day]
    assert [row[0] for row in rows(folder, "reports")] == [day]


def test_who_belongs_to_the_company_is_told_by_the_list_of_people_or_the_forge(folder: Path) -> None:
    def by(number: int, login: str | None, association: str = "NONE") -> dict[str, Any]:
        user = {"login": login, "type": "User"} if login else None
        return issue(number, worked(), user=user, author_association=association)

    late = {"created_at": "2026-09-02T00:00:00Z"}
    listed = [
        by(1, "LENABK"),
        by(2, "stranger"),
        by(3, "a", "OWNER"),
        by(4, "b", "MEMBER"),
        by(5, "c", "COLLABORATOR"),
        by(6, "d", "CONTRIBUTOR"),
        by(7, None, "MEMBER"),
        by(8, "jonasweil"),
        {**by(9, "jonasweil"), **late},
        {**by(10, "ghost", "OWNER"), **late},
    ]
    record(folder, listed)
    origins = {row[-1]: row[-2] for row in rows(folder, "runs")}
    assert [origins[f"issue-{number}"] for number in range(1, 11)] == [
        "staff", "public", "staff", "staff", "staff", "public", "public", "staff", "public", "public",
    ]  # fmt: skip


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_where_the_disk_fills_up_in_the_middle_the_next_time_brings_the_rest(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    listed = [issue(1, worked(score="9")), closed(2, wrong(), "2026-03-05T10:00:00Z"), issue(3, worked())]
    whole = book(tmp_path / "whole", timezone="Europe/Lisbon")
    record(whole, listed)
    room = iter([True] * writes)

    def filling(path: Path, text: str) -> None:
        if not next(room, False):
            raise OSError(28, "No space left on device", str(path))
        put(path, text)

    monkeypatch.setattr("handrail.edit.record.store.put", filling)
    said = record(folder, listed)
    assert (said.code, said.err.count("\n")) == (2, 1)
    monkeypatch.undo()
    record(folder, listed)
    for name in ("runs", "survey", "reports"):
        assert rows(folder, name) == rows(whole, name)


def test_a_text_of_the_past_counts_and_steps_are_those_of_it(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "book")
    folder = book(repo.root)
    repo.git("add", ".")
    repo.git("commit", "--quiet", "--message", "First")
    page = folder / "content/claim.md"
    page.write_text(page.read_text("utf-8").replace("## Pay\n\n1.", "## Settle\n\n1."), "utf-8")
    said = record(
        folder, [issue(1, wrong(step="Pay, step 2")), issue(2, wrong("sop:old-claim", step="Settle, step 2"))]
    )
    assert said.code == 0
    assert [(row[1], row[2], row[4]) for row in rows(folder, "runs")] == [
        ("claim", CLAIM_TEXT, "4"),
        ("claim", CLAIM_TEXT, ""),
    ]


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("Claim, step 2", "2"),
        ("pay,  STEP 2", "4"),
        ("2", ""),  # both lists have one
        ("4", "4"),  # counted through the page
        ("step 9", ""),
        ("9", ""),
        ("Pay", ""),
        ("Claim, step 2; Pay, step 1", ""),
        ("x" * 10_000, ""),
        ("\u0663", ""),
    ],
)
def test_a_step_is_known_by_its_name_and_never_guessed(folder: Path, said: str, step: str) -> None:
    record(folder, [issue(1, wrong(step=said))])
    assert [row[4] for row in rows(folder, "runs")] == [step]


@pytest.mark.parametrize(
    ("steps", "reason", "end"),
    [
        (HALF, "completed", ("worked", "")),
        (HALF, "not_planned", ("stopped", "3")),
        (HALF, "duplicate", ("stopped", "3")),
        (HALF, None, ("stopped", "3")),  # of a forge that knows no reasons
        (TICKED, None, ("worked", "")),
        (TICKED, "not_planned", ("stopped", "")),
        ("", "not_planned", ("stopped", "")),
        ("", None, ("worked", "")),
        ("- [x] a\n" * 9 + "- [ ] j", "not_planned", ("stopped", "")),  # the text has four steps
        ("Tick [ ] these\n\n> - [ ] a", None, ("worked", "")),
    ],
)
def test_a_checklist_ends_as_it_was_closed(folder: Path, steps: str, reason: str | None, end: tuple[str, str]) -> None:
    record(folder, [closed(1, checklist(steps), "2026-03-05T12:00:00Z", reason)])
    assert [(row[3], row[4]) for row in rows(folder, "runs")] == [end]


@pytest.mark.parametrize(
    ("fields", "minutes", "scores"),
    [
        ({"minutes": "25 min", "score": "10"}, "25", ["10"]),
        ({"minutes": "0", "score": "0"}, "0", ["0"]),
        ({"minutes": "10000", "score": "None"}, "10000", []),
        ({"minutes": "10001", "score": "11"}, "", []),
        ({"minutes": "half an hour", "score": "-1"}, "", []),
        ({"minutes": "\uff11\uff12", "score": "\uff17"}, "", []),
        ({"minutes": "-5"}, "", []),
        ({"minutes": "=1+1"}, "", []),
    ],
)
def test_only_digits_are_taken(folder: Path, fields: dict[str, str], minutes: str, scores: list[str]) -> None:
    record(folder, [issue(1, worked(**fields))])
    assert [row[5] for row in rows(folder, "runs")] == [minutes]
    assert [row[3] for row in rows(folder, "survey")] == scores


def test_every_way_in_which_a_forge_lists_is_read(folder: Path) -> None:
    one, two, three = (json.dumps(issue(number, worked())) for number in (1, 2, 3))
    ways = [
        f"[{one},{two},{three}]",
        f"[{one},{two}]\n[{two},{three}]",
        f"[[{one},{two}],[{three}]]",
        f"{one}\n{two}\n{three}\n",
        f"\ufeff[{one},{two}][{three}]",
    ]
    encoded = [*(way.encode() for way in ways), ways[0].encode("utf-16")]
    for raw in encoded:
        (folder / "records/runs.csv").unlink(missing_ok=True)
        said = record(folder, raw)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("issues.json holds 3 issues")
        assert [row[-1] for row in rows(folder, "runs")] == ["issue-1", "issue-2", "issue-3"]


def test_gitea_and_gitlab_list_issues_otherwise(folder: Path) -> None:
    gitea = issue(1, wrong(), user={"login": "LenaBK", "id": 7})
    gitea["html_url"] = "https://codeberg.org/marlstone/handbook/issues/1"
    del gitea["author_association"], gitea["state_reason"]
    gitea["body"] += "\n\n"
    record(folder, [gitea, {**gitea, "number": 2, "pull_request": {"merged": False}}])
    gitlab = {
        "iid": 3,
        "id": 70,
        "web_url": "https://gitlab.example/g/sub/handbook/-/issues/3",
        "author": {"username": "lenabk", "state": "active"},
        "state": "opened",
        "created_at": "2026-03-03T10:00:00.000Z",
        "updated_at": "2026-03-03T10:00:00.000Z",
        "closed_at": None,
        "moved_to_id": None,
        "description": worked(score="8"),
    }
    record(folder, [gitlab])
    assert [(row[3], row[-2], row[-1]) for row in rows(folder, "runs")] == [
        ("wrong", "staff", "issue-1"),
        ("worked", "staff", "issue-3"),
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "holds nothing"),
        (b"nonsense", "can't be read as JSON"),
        (b"[1", "can't be read as JSON"),
        (b"[" * 100_000, "can't be read as JSON"),
        (b"\xff\xfe\x00", "can't be read as JSON"),
        (b'{"message": "Not Found"}', "holds no list of issues. The forge says: Not Found"),
        (b'"text"', "holds no list of issues."),
        (b"[" + b"9" * 5000 + b"]", "can't be read as JSON"),
    ],
)
def test_what_is_no_list_is_told_and_nothing_is_written(folder: Path, raw: bytes, said: str) -> None:
    outcome = record(folder, raw)
    if said == "holds nothing":
        assert (outcome.code, outcome.out) == (0, "issues.json holds 0 issues, 0 answers to our forms among them.\n")
    else:
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
    assert not list(folder.glob("records/*.csv"))


def test_what_a_page_fills_in_is_what_is_read(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        **PAGES,
        "content/shown.md": document("sop", "shown", "state: active", body=f"![A desk](desk.png)\n\n{BODY}"),
        "content/desk.png": b"\x89PNG",
    }
    folder = make_handbook(tmp_path / "book", pages)
    loaded = load_handbook(load_project(folder / "mkdocs.yml"), kinds(), date(2026, 11, 15))
    page = loaded.by_src_uri["shown.md"]
    reference, digest = loaded.identity(page), str(loaded.texts.digest(page))
    assert "." in digest  # of the text and of the picture
    steps = Steps(loaded).of(page)
    for room in (10_000, 300):
        (folder / "records/runs.csv").unlink(missing_ok=True)
        listed = checklist_of(steps, room).replace("- [ ]", "- [x]", 1)
        record(
            folder,
            [
                closed(1, checklist(listed, reference, digest), "2026-03-05T12:00:00Z", "not_planned"),
                issue(2, wrong(reference, digest, step=steps[3].name)),
            ],
        )
        assert [(row[1], row[2], row[4]) for row in rows(folder, "runs")] == [
            ("shown", digest[3:11], "4"),
            ("shown", digest[3:11], "2"),
        ]
