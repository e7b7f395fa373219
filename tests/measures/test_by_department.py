"""The measures of each department: of the same documents as the whole, each of them once, against the whole's targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.measure import Measure
from handrail.model.settings import Visibility
from tests.engines.drawn import BASE, PLAN, sop
from tests.pages.views import handbook_of, shown

HIDDEN = """
    ---
    kind: department
    id: secret
    title: Secret
    description: Nobody knows.
    visibility: internal
    lead: mok
    ---
"""
ADDED_UP = {"sops-tied", "sops-signed", "sops-unlisted", "sops-undocumented", "sign-offs-repeated"}
"""Measures of single documents; a pair of documents, or a score of all answers, is more than its departments' together."""
FILES = {
    **BASE,
    "content/company/plan.md": PLAN.replace(
        "{text: Calls a day, target: 3}", "{text: Tied, metric: sops-tied, target: 50 %}"
    ),
    "content/finance/alone.md": sop("alone", vpmom="", serves=""),
    "content/finance/old.md": sop("old", sign_offs="[{role: D, by: mok, date: 2025-01-15}]"),
    "content/finance/stub.md": sop("stub", "", vpmom="", serves="", state="stub", sign_offs=""),
    "content/secret/index.md": HIDDEN,
    "content/secret/open.md": sop("open", vpmom="", serves="", visibility="public"),
    "content/secret/closed.md": sop("closed", vpmom="", serves="", visibility="internal"),
}


def measured(folder: Path, audience: Visibility = "public") -> dict[str, dict[str, Measure]]:
    parts = shown(handbook_of(folder, FILES), audience).by_department
    return {part.department.id if part.department else "": dict(part.measures) for part in parts}


def test_each_department_has_its_own_numbers_and_the_target_of_the_whole(tmp_path: Path) -> None:
    found = measured(tmp_path, "internal")
    tied = found["finance"]["sops-tied"]
    assert (tied.numerator, tied.denominator, tied.meets) == (1, 2, True)
    assert tied.target is not None
    assert tied.target.said == "50 %"
    assert found["finance"]["sops-undocumented"].numerator == 1
    # It says no department, and its plan is the company's.
    assert (found["company"]["sops-signed"].numerator, found["company"]["sops-signed"].denominator) == (0, 1)
    assert (found["secret"]["sops-tied"].numerator, found["secret"]["sops-tied"].denominator) == (0, 2)


def test_a_department_that_may_not_be_seen_is_none(tmp_path: Path) -> None:
    found = measured(tmp_path)
    assert list(found) == ["company", "finance", ""]
    assert (found[""]["sops-tied"].numerator, found[""]["sops-tied"].denominator) == (0, 1)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_the_departments_have_is_the_whole(audience: Visibility, tmp_path: Path) -> None:
    parts = measured(tmp_path, audience)
    for whole in shown(handbook_of(tmp_path, FILES), audience).scorecard.measures:
        if whole.name not in ADDED_UP:
            continue
        ours = [part[whole.name] for part in parts.values()]
        assert sum(one.numerator for one in ours) == whole.numerator, whole.name
        assert sum(one.denominator or 0 for one in ours) == (whole.denominator or 0), whole.name
        documents = [document.page.src_uri for one in ours for document in one.documents]
        assert sorted(documents) == sorted(document.page.src_uri for document in whole.documents)
