"""`handrail report agenda`: what each meeting speaks of at its next turn, in every format, and one meeting's part of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.engines.drawn import BASE
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

MEETING = """---
kind: cadence
id: review
title: Monthly *review*
visibility: public
frequency: monthly
on: first Tuesday
participants: [books]
reviews: [objective:calls, objective:calm, metric:hours]
decisions:
  - {date: 2026-11-03, text: "Ask @everyone, see #1", owner: tli, due: 2026-11-10}
  - {date: 2026-11-03, text: Find somebody, due: 2026-12-10}
---
"""
GOAL = "---\nkind: objective\nid: calls\ntitle: Fewer calls\nvisibility: public\nstate: open\nopened: 2026-11-01\ndue: 2026-12-01\n---\n"
HIDDEN = GOAL.replace("calls", "calm").replace("public", "internal").replace("2026-12-01", "2027-04-01")
DAILY = "---\nkind: cadence\nid: stand-up\ntitle: Stand-up\nvisibility: public\nfrequency: daily\nparticipants: [mok]\n---\n"
METRIC = "---\nkind: metric\nid: hours\ntitle: Hours\nvisibility: public\nunit: h\ndirection: down\nfrequency: monthly\n---\n"
FILES = {
    **BASE,
    "content/review.md": MEETING,
    "content/stand-up.md": DAILY,
    "content/calls.md": GOAL,
    "content/calm.md": HIDDEN,
    "content/hours.md": METRIC,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = {"site_url": "https://hb.example/"}
    return make_handbook(tmp_path_factory.mktemp("handbook"), FILES, config=config)


def agenda(folder: Path, *more: str) -> Outcome:
    return handrail(folder, "report", "agenda", *more)


def test_the_agendas_by_their_next_turns(project: Path) -> None:
    assert agenda(project).out.replace("\u00a0", " ").splitlines() == [
        "Stand-up: Sunday, 15 November 2026",
        "  Nothing asks to be spoken of.",
        "",
        "Monthly *review*: Tuesday, 1 December 2026",
        "  1. Ask @everyone, see #1 (Tom Lindqvist): overdue since 10 November 2026",
        "  2. Fewer calls: due on 1 December 2026",
        "  3. Find somebody: due on 10 December 2026",
        "  Read, not discussed: Fewer calm, Hours",
    ]


def test_one_agenda_to_paste_calls_nobody_and_leads_to_pages_that_are_on_the_site(project: Path) -> None:
    written = agenda(project, "--meeting", "review", "--format", "md").out.replace("\u00a0", " ")
    assert written.startswith(
        "### Monthly \\*review\\*: Tuesday, 1 December 2026\n\n1. Ask @&#8203;everyone, see #&#8203;1 ("
    )
    assert "\n2. [Fewer calls](https://hb.example/calls/): due on 1 December 2026\n" in written
    assert "\nRead, not discussed: Fewer calm (content/calm.md), [Hours](https://hb.example/hours/)\n" in written
    assert "Stand-up" not in written


def test_an_agenda_for_programs(project: Path) -> None:
    data = json.loads(agenda(project, "--meeting", "Monthly *Review*", "--format", "json").out)
    [one] = data["agenda"]
    assert (data["version"], one["id"], one["next"]) == (1, "review", "2026-12-01")
    assert [(item["what"], item["id"], item["who"], item["why"]) for item in one["items"]] == [
        ("Ask @everyone, see #1", "review", "Tom Lindqvist", ["overdue"]),
        ("Fewer calls", "calls", None, ["due soon"]),
        ("Find somebody", "review", None, ["due before the turn after"]),
    ]
    assert [page["id"] for page in one["read"]] == ["calm", "hours"]
    rows = list(csv.DictReader(io.StringIO(agenda(project, "--format", "csv").out)))
    assert [(row["meeting"], row["next"], row["path"]) for row in rows][1] == (
        "Monthly *review*",
        "2026-12-01",
        "content/calls.md",
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["agenda", "--meeting", "reviews"], "The handbook has no meeting `reviews`; did you mean `review`?"),
        (["agenda", "--meeting", "x"], "The handbook has no meeting `x`; its meetings are review, stand-up."),
        (["queue", "--meeting", "review"], "--meeting names a meeting, which the list `queue` does not ask for; leave it out"),
    ],
)  # fmt: skip
def test_what_nobody_can_answer_is_said(asked: list[str], said: str, project: Path) -> None:
    answer = handrail(project, "report", *asked)
    assert answer.code == 2
    assert said in answer.err


def test_a_handbook_with_no_meeting_says_how_one_begins(tmp_path: Path) -> None:
    answer = agenda(make_handbook(tmp_path, BASE))
    assert answer.code == 2
    assert "The handbook has no meeting; `handrail new cadence` begins one." in answer.err
