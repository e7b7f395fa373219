"""The page on how far each folder has come: numbers by folder with their change, and what became of which procedure."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.model.made_pages import made_paths
from handrail.pages.generated.every import generated_pages
from handrail.pages.generated.progress import progress_page
from handrail.pages.views import View, Words
from tests.cli.drawing import sop
from tests.model.building import handbook
from tests.pages.views import shown
from tests.report.test_progress import AFTER, BEFORE, commit, open_folder
from tests.support.handbooks import make_handbook


def _text(words: Words) -> str:
    return "".join(word if isinstance(word, str) else word.text for word in words)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    folder = make_handbook(tmp_path_factory.mktemp("handbook"), BEFORE)
    commit(folder, "2026-10-03")
    for path, text in AFTER.items():
        if text is None:
            (folder / path).unlink()
    make_handbook(folder, {path: text for path, text in AFTER.items() if text is not None})
    commit(folder, "2026-11-05")
    return progress_page(shown(open_folder(folder)))


def test_numbers_by_folder_with_their_change(view: View) -> None:
    table = view.sections[0].table
    assert table is not None
    assert table.columns == ("Folder", "Procedures", "In use", "With a plan", "With a decider", "Say when", "Signed")
    assert [[_text(cell) for cell in row] for row in table.rows] == [
        ["Finance", "2", "1", "1 (+1)", "1 (+1)", "0", "1 (+1)"],
        ["sales", "2", "1", "1 (+1)", "1", "1", "0 (-1)"],
        ["All", "4", "2", "2 (+2)", "2 (+1)", "1", "1"],
    ]


def test_what_became_of_which_procedure_and_of_none_that_is_withheld(view: View) -> None:
    told = [(section.title, [_text(entry.words) for entry in section.entries]) for section in view.sections[1:]]
    assert told == [
        ("Since 15 October 2026", []),
        ("New procedures (1)", ["Pay"]),
        ("Name a plan now (2)", ["Call back", "Close the year"]),
        ("Have a decider now (2)", ["Call back", "Close the year"]),
        ("Are signed now (1)", ["Close the year"]),
        ("Have no decider any more (1)", ["Write an offer"]),
        ("Are signed no more (1)", ["Write an offer"]),
    ]
    assert _text(view.sections[1].words) == "1 procedure of 15 October 2026 is gone or retired."


@pytest.mark.parametrize(
    ("state", "visibility", "is_there"),
    [("draft", "public", True), ("active", "internal", False), ("retired", "public", False)],
)
def test_there_is_such_a_page_where_a_procedure_may_be_seen(*, state: str, visibility: str, is_there: bool) -> None:
    book = handbook({"index.md": "# Home\n", "a.md": sop("a", "A", f"state: {state}\n").replace("public", visibility)})
    path = book.settings.generated.path(Made.PROGRESS)
    assert (path in generated_pages(shown(book))) is is_there
    assert (path in made_paths(book)) is is_there


def test_where_git_knows_nothing_only_the_numbers_stand(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BEFORE)
    found = progress_page(shown(open_folder(folder)))
    assert [section.title for section in found.sections] == ["By folder"]
    # What git says may name a folder of the machine.
    assert _text(found.lead).endswith(
        "What has changed since 15 October 2026 is not known. The handbook of that time can't be read."
    )
