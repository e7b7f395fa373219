"""A handbook of procedures and plans alone sees nothing of goals, meetings and processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.generated import Made
from handrail.pages import audience
from handrail.pages.generated.every import generated_pages
from handrail.rules.check import check
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, shown

OF_GOALS_AND_MEETINGS = (Made.STRATEGY, Made.MAP, Made.MEETINGS, Made.FLOWS, Made.DOCTOR)
RULES = ("HB308", "HB309", "HB314", "HB315", "HB318", "HB319", "HB320", "HB321", "HB7")
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
