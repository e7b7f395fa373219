"""How the handbook stands, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handrail.measures.points import Point
from handrail.measures.scorecard import scorecard
from handrail.model.dates import add_months
from handrail.model.publication import publishable
from handrail.report.minute import minute_markdown, standing_words
from handrail.text.digest import digits
from tests.engines.drawn import BASE, PLAN, sop
from tests.measures.rows import score, write_records
from tests.pages.views import handbook_of

DIGEST = "t2:" + "0" * 64
LATE = {"sign_offs": "[{role: D, by: mok, date: 2025-01-15}]"}
CHANGED = {"sign_offs": f'[{{role: D, by: mok, date: 2026-03-03, digest: "{DIGEST}"}}]'}


@pytest.mark.parametrize(
    ("procedures", "said"),
    [
        ([], "The only one of the procedures that is in use is signed as it stands. No sign-off has run out"),
        ([{}], "All 2 procedures in use are signed as they stand. No sign-off has run out"),
        ([LATE, CHANGED], "1 of the 3 procedures in use is signed as it stands. One sign-off has run out"),
        ([{"sign_offs": ""}, CHANGED], "1 of the 3 procedures in use is signed as it stands. No sign-off has run out"),
        ([{}, LATE, LATE], "2 of the 4 procedures in use are signed as they stand. 2 sign-offs have run out"),
    ],
)
def test_how_many_are_signed_and_what_ran_out(tmp_path: Path, procedures: list[dict[str, str]], said: str) -> None:
    files = {**BASE, **{f"content/p{number}.md": sop(f"p{number}", **one) for number, one in enumerate(procedures)}}
    book = handbook_of(tmp_path, files)
    assert standing_words(scorecard(book, book.pages)).startswith(said)


def test_where_nothing_is_in_use_that_is_all(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})
    assert standing_words(scorecard(book, book.pages)) == "No procedure is in use yet."


def test_what_is_to_be_done_comes_first_in_five_lines(tmp_path: Path) -> None:
    title = "target: '[x](https://evil.example) @everybody'"
    plan = PLAN.replace("{text: Calls a day, target: 3}", f"{{text: Signed, metric: sops-signed, {title}}}")
    files = {
        **BASE,
        "content/company/plan.md": plan,
        "content/alone.md": sop("alone", vpmom="", serves=""),
        "content/secret.md": sop("secret", "", vpmom="", serves="", state="stub", visibility="internal"),
    }
    book = handbook_of(tmp_path, files, config={"site_url": "https://handbook.example/x"})
    head, _, *lines = minute_markdown(scorecard(book, publishable(book, "public"), "public")).splitlines()
    assert head == "[How the handbook is doing](https://handbook.example/x/handbook/scorecard/) on 15 November 2026:"
    assert len(lines) == 5
    assert (
        lines[0]
        == "- All 2 procedures in use are signed as they stand. No sign-off has run out, and 3 of the 7 measures are unknown."
    )
    assert lines[1] == (
        "- [Does each procedure serve a plan?](https://handbook.example/x/handbook/measures/sops-tied/) "
        "1 of 2, 50\N{NO-BREAK SPACE}%; the target is 100 %, and not met."
    )
    found = "\n".join(lines)
    assert "ecret" not in found
    assert "](https://evil" not in found
    assert "@everybody" not in found


def test_what_is_not_known_is_said_and_without_a_site_nothing_is_linked(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {"content/index.md": "# Welcome\n"})
    text = minute_markdown(scorecard(book, book.pages))
    assert "](" not in text
    assert "- Does each procedure serve a plan? Not known yet: No procedure is in use." in text


def points(values: list[int], *, months_ago: int = 0) -> tuple[Point, ...]:
    """Return the ends of months with these values, the last of them so many months ago."""
    last = date(2026, 10, 31)
    days = [add_months(last, -(len(values) - 1 - at) - months_ago) for at in range(len(values))]
    return tuple(Point(day, value, 10, value * 10) for day, value in zip(days, values, strict=True))


def test_what_declines_comes_first(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    found = scorecard(book, book.pages)
    series = {"sops-tied": points([10, 10, 9, 9, 8, 8, 7, 6, 5, 4, 3, 2])}
    _, _, first, second, *_ = minute_markdown(replace(found, series=series)).splitlines()
    assert first == (
        "- Does each procedure serve a plan? Falling for 10 months. 1 of 1, 100\N{NO-BREAK SPACE}%; the target is 100 %, and met."
    )
    assert second.startswith("- The only one of the procedures")


@pytest.mark.parametrize(
    ("then", "said"),
    [(0, "1 was signed, 1 more than"), (1, "1 was signed, as many as"), (3, "1 was signed, 2 fewer than")],
)
def test_a_year_ago_is_compared_where_it_is_known(tmp_path: Path, then: int, said: str) -> None:
    book = handbook_of(tmp_path, BASE)
    found = scorecard(book, book.pages)
    known = replace(found, series={"sops-signed": points([9, then], months_ago=12)})
    assert f"Within twelve months {said} a year ago." in standing_words(known)
    assert "year ago" not in standing_words(replace(found, series={"sops-signed": points([9, then])}))
    not_known = Point(date(2025, 10, 31), None, None, None, "Git does not go back so far.")
    assert "year ago" not in standing_words(replace(found, series={"sops-signed": (not_known,)}))


def test_a_score_says_of_how_many_it_is(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    text = digits(book.texts.digest(book.by_src_uri["finance/expense-claims.md"]).text)
    write_records(tmp_path, survey=[score(0, text=text, procedure="expense-claims") for _ in range(20)])
    assert "them? -100 of 20 scores; the target is 20, and not met." in minute_markdown(scorecard(book, book.pages))
