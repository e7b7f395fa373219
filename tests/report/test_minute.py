"""How the handbook stands, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.scorecard import scorecard
from handrail.report.minute import standing_words
from tests.engines.drawn import BASE, sop
from tests.site.views import handbook_of

DIGEST = "t2:" + "0" * 64
LATE = {"sign_offs": "[{role: D, by: mok, date: 2025-01-15}]"}
CHANGED = {"sign_offs": f'[{{role: D, by: mok, date: 2026-03-03, digest: "{DIGEST}"}}]'}


@pytest.mark.parametrize(
    ("procedures", "said"),
    [
        ([], "The only one of the procedures that is in use is signed as it stands. No sign-off has run out"),
        ([{}], "All 2 procedures in use are signed as they stand. No sign-off has run out"),
        ([LATE, CHANGED], "1 of the 3 procedures in use is signed as they stand. One sign-off has run out"),
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
