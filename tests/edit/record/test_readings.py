"""What people confirm to have read is recorded only where the settings say so, for whose account it is, and can be taken out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handrail.forge.feedback_forms import READ
from tests.edit.record.listing import body, book, issue, rows, worked
from tests.edit.record.listing import digest_of as _digest_of
from tests.model.building import document
from tests.support.commands import Outcome, handrail

PEOPLE = """\
---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena Brandt-Keller, handle: "@LenaBK"}
  - {id: oha, name: Omar Haddad, handle: omar}
  - {id: jwe, name: Jonas Weil, handle: jonasweil, until: 2026-02-28}
  - {id: one, name: First Clerk, handle: kiosk}
  - {id: two, name: Second Clerk, handle: kiosk}
---
"""
PAGES = {
    "content/people.md": PEOPLE,
    "content/claim.md": document("sop", "claim", "state: active", "readers: [lbk]", "redirect_from: [old-claim]"),
    "content/hire.md": document("sop", "hire", "state: active"),
    "content/week.md": document("cadence", "week", "frequency: daily", "participants: [lbk]", "readers: [lbk]"),
}
CLAIM, WEEK = _digest_of("claim.md", PAGES), _digest_of("week.md", PAGES)


def sent(number: int, account: str, page: str = "sop:claim", digest: str = CLAIM, **values: Any) -> dict[str, Any]:
    return issue(number, body(READ, page, digest), user={"login": account, "type": "User"}, **values)


def record(folder: Path, listed: Any, *options: str) -> Outcome:
    file = folder.parent / "issues.json"
    file.write_text(json.dumps(listed), "utf-8")
    return handrail(folder, "record", "issues", str(file), *options)


def at(folder: Path, setting: str) -> Path:
    return book(folder / "book", PAGES, read_records=setting)


OFF = "the setting `read_records` is off, so nobody's reading is recorded"
NOT_PRIVATE = "recorded only where the repository is private, which --private says"


@pytest.mark.parametrize(
    ("setting", "options", "refusal"),
    [
        ("off", (), OFF),
        ("off", ("--private",), OFF),
        ("private", (), NOT_PRIVATE),
        ("private", ("--private",), ""),
        ("public", (), ""),
        ("public", ("--private",), ""),
    ],
)
def test_it_is_recorded_only_where_the_settings_say_so(
    tmp_path: Path, setting: str, options: tuple[str, ...], refusal: str
) -> None:
    folder = at(tmp_path, setting)
    said = record(folder, [sent(1, "lenabk"), issue(2, worked(digest=CLAIM))], *options)
    assert said.code == 0
    assert len(rows(folder, "runs")) == 1
    assert rows(folder, "read") == ([] if refusal else [["2026-03-02", "lbk", "sop:claim", CLAIM, "issue-1"]])
    assert refusal in said.out
    assert (folder / "records/read.csv").exists() is not bool(refusal)


def test_nobody_confirms_for_another(tmp_path: Path) -> None:
    folder = at(tmp_path, "public")
    said = record(
        folder,
        [
            sent(1, "LenaBK"),
            sent(2, "stranger", author_association="OWNER"),
            sent(3, "kiosk"),
            sent(4, "jonasweil"),
            {**sent(5, "omar"), "user": {"login": "omar", "type": "Bot"}},
            {**sent(6, "omar"), "user": None},
            sent(7, "omar", "sop:hire"),
            sent(8, "omar", digest="t2:" + "0f" * 32),
            sent(9, "omar", "sop:old-claim"),
            sent(10, "omar", "cadence:week", WEEK),
            sent(11, "omar"),
        ],
    )
    assert rows(folder, "read") == [
        ["2026-03-02", "lbk", "sop:claim", CLAIM, "issue-1"],
        ["2026-03-02", "oha", "cadence:week", WEEK, "issue-10"],
        ["2026-03-02", "oha", "sop:claim", CLAIM, "issue-9"],
    ]
    told = dict(line[2:].split(": ", 1) for line in said.out.splitlines() if line.startswith("- #"))
    assert told == {
        "#2, #6": "sent by an account that is nobody's handle in the list of people.",
        "#3": "sent by an account that is the handle of several people in the list of people.",
        "#4": "sent by somebody who had left.",
        "#5": "sent by the account of a program.",
        "#7": "names no document of this handbook that names readers.",
        "#8": "names a text that its page is not known to have had.",
        "#11": "confirms what its account has confirmed already.",
    }


def test_reading_again_adds_nothing(tmp_path: Path) -> None:
    folder = at(tmp_path, "public")
    listed = [sent(1, "lenabk"), sent(2, "omar")]
    record(folder, listed)
    before = (folder / "records/read.csv").read_bytes()
    assert before.startswith(b"date,person,document,text,key\n")
    record(folder, [*listed, sent(3, "lenabk")])
    assert (folder / "records/read.csv").read_bytes() == before


def test_a_person_is_forgotten_and_it_is_said_that_git_keeps_the_file(tmp_path: Path) -> None:
    folder = at(tmp_path, "public")
    record(folder, [sent(1, "lenabk"), sent(2, "omar"), sent(3, "lenabk", "cadence:week", WEEK)])
    with (folder / "records/read.csv").open("a", encoding="utf-8") as file:
        file.write("no row\n")
    said = handrail(folder, "record", "forget", "Lena Brandt-Keller")
    assert said.code == 0
    assert said.out.startswith("records/read.csv: 2 rows of Lena Brandt-Keller taken out. Git keeps the former file: ")
    assert (folder / "records/read.csv").read_text("utf-8") == (
        f"date,person,document,text,key\n2026-03-02,oha,sop:claim,{CLAIM},issue-2\nno row\n"
    )
    again = handrail(folder, "record", "forget", "lbk")
    assert (again.code, again.out) == (0, "records/read.csv holds nothing of lbk.\n")


def test_who_is_on_no_list_any_more_can_be_forgotten_by_id(tmp_path: Path) -> None:
    folder = at(tmp_path, "public")
    record(folder, [sent(2, "omar")])
    (folder / "content/people.md").write_text(
        PEOPLE.replace("  - {id: oha, name: Omar Haddad, handle: omar}\n", ""), "utf-8"
    )
    assert "one row of oha taken out" in handrail(folder, "record", "forget", "oha").out
    assert rows(folder, "read") == []
    wrong = handrail(folder, "record", "forget", "lbkk")
    assert wrong.code == 2
    assert wrong.err == (
        "Neither the list of people nor records/read.csv knows anybody called `lbkk`; did you mean `lbk`?\n"
    )
