"""`handrail report queue`: what each person and group is asked to sign, in every format, and one person's part of it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.drawing import FILES, PEOPLE, sop
from tests.measures.rows import report, write_records
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = {"site_url": "https://handbook.example/"}
    return make_handbook(tmp_path_factory.mktemp("handbook"), FILES, config=config)


def queue(folder: Path, *more: str) -> str:
    answer = handrail(folder, "report", "queue", *more)
    assert (answer.code, answer.err) == (0, "")
    return answer.out


def test_queue_as_text(project: Path) -> None:
    assert queue(project, "--who", "pna").splitlines() == [
        "Leadership team (#lt)",
        "  Close the month (now)",
        "    To agree, by one of them other than Lena Brandt-Keller, who decides. Nobody has signed it yet.",
        "    content/finance/close.md",
        "  Hire someone (now)",
        "    To agree, by one of them other than Lena Brandt-Keller, who decides. Nobody has signed it yet.",
        "    content/finance/hire.md",
    ]


def test_queue_as_a_check_list_for_an_issue(project: Path) -> None:
    written = queue(project, "--format", "md")
    headings = [line for line in written.splitlines() if line.startswith("#")]
    assert headings == [
        "### Leadership team (#lt)",
        "### Lena Brandt-Keller, Head of finance (@lenabk)",
        "### Nobody to ask",
    ]
    assert "\n- [ ] [Hire someone](https://handbook.example/finance/hire/), **now**: " in written


def test_an_issue_begins_with_the_scorecard_of_what_the_site_shows(project: Path) -> None:
    minute, _, rest = queue(project, "--format", "md").partition("\n\nThese pages are in use")
    assert rest
    head, _, *lines = minute.splitlines()
    assert head == "[How the handbook is doing](https://handbook.example/handbook/scorecard/) on 15 November 2026:"
    assert len(lines) == 5
    assert all(line.startswith("- ") for line in lines)
    assert (
        lines[0]
        == "- 2 of the 5 procedures in use are signed as they stand. No sign-off has run out, and 3 of the 7 measures are unknown."
    )
    assert "scorecard" not in queue(project, "--who", "pna", "--format", "md")


def test_queue_in_json_and_csv(project: Path) -> None:
    data = json.loads(queue(project, "--format", "json"))
    assert (data["version"], data["today"]) == (1, "2026-11-15")
    lena = data["queue"][1]
    assert (lena["who"]["id"], lena["who"]["is_group"]) == ("lbk", False)
    # She decides on a procedure, and so can't agree to it for Omar, who has left and whose deputy she is.
    close = [page for page in lena["pages"] if page["id"] == "close"]
    assert [(page["role"], page["for"]) for page in close] == [("D", None)]
    assert close[0]["after"] == ["Omar Haddad", "someone of the leadership team"]
    nobody = {page["id"]: page["says"] for page in data["queue"][-1]["pages"]}
    assert nobody.keys() == {"close", "company", "lost"}
    assert nobody["close"].startswith(
        "Omar Haddad, who agrees to it, has left, and the deputy, Lena Brandt-Keller, decides"
    )
    rows = list(csv.reader(io.StringIO(queue(project, "--format", "csv"))))
    assert len(rows) == 1 + sum(len(turn["pages"]) for turn in data["queue"])


@pytest.mark.parametrize("name", ["lbk", "LBK", "lena brandt-keller", "lenabk", "@LenaBK"])
def test_who_is_an_id_a_name_or_a_handle(project: Path, name: str) -> None:
    assert queue(project, "--who", name, "--format", "csv") == queue(project, "--who", "lbk", "--format", "csv")
    assert "Lena Brandt-Keller, Head of finance (@lenabk)\n" in queue(project, "--who", name)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["queue", "--who", "lenabrk"], "knows nobody called `lenabrk`; did you mean `lenabk`?"),
        (["queue", "--who", "Leadrship team"], "did you mean `Leadership team`?"),
        (["queue", "--who", "zzz"], "knows nobody called `zzz`; "),
        (["stale", "--who", "lbk"], "--who asks who is to sign, which the list `stale` does not say;"),
    ],
)
def test_who_that_can_not_be_meant_is_refused(project: Path, arguments: list[str], sentence: str) -> None:
    answer = handrail(project, "report", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err


@pytest.mark.parametrize("format_", ["text", "md"])
def test_an_empty_queue_is_a_quiet_sentence(project: Path, tmp_path: Path, format_: str) -> None:
    folder = make_handbook(tmp_path, {"content/people.md": PEOPLE})
    assert queue(folder, "--format", format_) == "Nothing is waiting to be signed.\n"
    assert queue(project, "--who", "oha", "--format", format_) == "Nothing is waiting to be signed by Omar Haddad.\n"


def test_a_list_of_people_that_can_not_be_read_never_looks_like_an_empty_queue(tmp_path: Path) -> None:
    files = {
        "content/people.md": PEOPLE.replace("name: Omar", "nam: Omar"),
        "content/do.md": sop("do", "Do it", "state: active\nrapid: LBK(D)\n"),
    }
    answer = handrail(make_handbook(tmp_path, files), "report", "queue", "--format", "md")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Something is wrong with the list of people")


def test_open_reports_are_told_in_each_format(tmp_path: Path) -> None:
    project = make_handbook(tmp_path, FILES, config={"site_url": "https://handbook.example/"})
    rows = [report(key="issue-7", day="2026-10-02", procedure="close"), report(day="2026-10-01", procedure="close")]
    write_records(tmp_path, reports=[*rows, report("not-planned", procedure="close")])
    mine = ("--who", "lbk")
    assert queue(project, *mine).splitlines()[-3:] == [
        "  Reports on your pages",
        "    Close the month: 2 open reports, the oldest of 1 October 2026 (#7)",
        "    content/finance/close.md",
    ]
    told = "- [Close the month](https://handbook.example/finance/close/): 2 open reports, the oldest of 1 October 2026 (#7)\n"
    assert queue(project, *mine, "--format", "md").endswith(f"\nReports on your pages:\n\n{told}")
    (turn,) = [one for one in json.loads(queue(project, *mine, "--format", "json"))["queue"] if one["reports"]]
    assert turn["who"]["id"] == "lbk"
    assert turn["reports"] == [
        {
            "id": "close", "title": "Close the month", "path": "content/finance/close.md", "url": "finance/close/",
            "open": 2, "oldest": "2026-10-01", "issues": [7],
        }
    ]  # fmt: skip
    last = list(csv.reader(io.StringIO(queue(project, *mine, "--format", "csv"))))[-1]
    assert last[1:6] == ["", "close", "Close the month", "reported", "2026-10-01"]


def test_of_many_open_reports_the_newest_are_named(tmp_path: Path) -> None:
    project = make_handbook(tmp_path, FILES)
    days = range(1, 31)
    write_records(
        tmp_path, reports=[report("open", f"2026-09-{day:02}", f"issue-{day}", procedure="close") for day in days]
    )
    for format_ in ("text", "md"):
        assert "of 1 September 2026 (#30, #29, #28, #27, #26 and 25 more)" in queue(project, "--format", format_)
    (turn,) = [one for one in json.loads(queue(project, "--format", "json"))["queue"] if one["reports"]]
    assert len(turn["reports"][0]["issues"]) == 30
