"""A handbook of procedures and plans alone sees nothing of goals, meetings and processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.model.made_pages import made_paths
from handrail.model.reading import lies_at
from handrail.pages import audience
from handrail.pages.generated.every import generated_pages
from handrail.rules.check import check
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, shown

OF_GOALS_AND_MEETINGS = (Made.STRATEGY, Made.MAP, Made.MEETINGS, Made.FLOWS, Made.DOCTOR)
RULES = ("HB308", "HB309", "HB314", "HB315", "HB318", "HB319", "HB320", "HB321", "HB7")
GOAL = """
kind: objective
id: one
title: One
visibility: {}
state: open
opened: 2026-01-01
due: 2026-06-30
"""
MEETING = """
kind: cadence
id: weekly
title: Weekly
visibility: {}
frequency: weekly
participants: [everyone]
"""
MEASURES = {"goals-complete", "decisions-done", "texts-read"}


def test_procedures_and_plans_alone_see_none_of_it(tmp_path: Path) -> None:
    seen = shown(handbook_of(tmp_path, {**BASE, "content/pay.md": sop("pay")}))
    folder = seen.handbook.settings.generated
    assert not {folder.path(made) for made in OF_GOALS_AND_MEETINGS} & set(generated_pages(seen))
    assert not {measure.name for measure in seen.measures} & MEASURES
    assert check(seen.handbook, RULES).findings == ()


def test_which_pages_there_are_is_known_before_anything_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = shown(handbook_of(tmp_path, {**BASE, "content/pay.md": sop("pay")}))
    monkeypatch.setattr(audience, "scorecard", None)
    made = generated_pages(seen)
    assert seen.handbook.settings.generated.measure_page("sops-tied") in made


@pytest.mark.parametrize("seen_by", ["public", "internal"])
@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"one.md": GOAL.format("public")}, id="a goal"),
        pytest.param({"one.md": GOAL.format("internal")}, id="a goal that not everyone sees"),
        pytest.param({"weekly.md": MEETING.format("public")}, id="a meeting"),
        pytest.param({"weekly.md": MEETING.format("internal")}, id="a meeting that not everyone sees"),
        pytest.param({"pay.md": sop("pay", "process: {inputs: [A claim]}").strip().strip("-")}, id="a process"),
        pytest.param({"pay.md": sop("pay", "state: retired\nprocess: {inputs: [A claim]}").strip().strip("-")}, id="retired"),
        pytest.param({"why.md": "kind: mission\nid: why\ntitle: Why\nvisibility: public\nstatement: For all."}, id="why"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("records", ["off", "public"])
def test_a_check_knows_which_pages_are_made(tmp_path: Path, files: dict[str, str], seen_by: str, records: str) -> None:
    pages = {f"content/{name}": f"---\n{text.strip()}\n---\nText.\n" for name, text in files.items()}
    book = handbook_of(tmp_path, {**BASE, **pages}, {"audience": seen_by, "read_records": records})
    made = {path for path in generated_pages(shown(book, book.settings.audience)) if "/rules/hb" not in path}
    assert made_paths(book) == made


def test_a_text_reads_the_same_where_it_names_a_page_at_its_place_of_today(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    assert lies_at(book, "handbook/reports.md") == lies_at(book, "handbook/scorecard.md") is not None
    assert lies_at(book, "handbook/gone.md") is None
