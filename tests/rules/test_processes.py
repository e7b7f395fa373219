"""One cause in a process is one finding, whichever of the rules on its ways sees it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.cases import report_on
from tests.support.handbooks import make_handbook

_PAGE = """---
kind: sop
id: pay
title: Pay an invoice
visibility: public
state: active
process:
  states:
{states}
{ways}  exceptions: [{{when: it is lost, route: Ask, approver: Lead}}]
  measures: [sops-tied]
---
Pay it.
"""


@pytest.mark.parametrize(
    ("states", "ways", "found"),
    [
        pytest.param("new agreed paid?", "new-agreed agreed-paid", "HB704", id="final was forgotten"),
        pytest.param("new agreed? paid!", "new-agreed", "HB704", id="the way to the end was forgotten"),
        pytest.param("new agreed? sent? paid!", "new-agreed sent-paid", "HB704", id="a way before it was forgotten"),
        pytest.param("new agreed? paid!", "", "HB704", id="all ways were forgotten"),
        pytest.param("new! agreed? paid?", "", "HB704", id="all ways were forgotten, and it ends at once"),
        pytest.param("new?", "", "HB704", id="its only state"),
        pytest.param("new agreed paid!", "new-agreed agreed-new", "HB704", id="it goes round"),
        pytest.param("new paid! held?", "new-paid new-held", "HB702", id="work is held"),
        pytest.param("new paid! held?", "new-paid", "HB703", id="a state is left over"),
        pytest.param("new paid! held? lost? gone?", "new-paid held-lost lost-gone", "HB703", id="three are left over"),
        pytest.param("new paid! held lost", "new-paid held-lost lost-held lost-paid", "HB703", id="a circle is left over"),
        pytest.param("new paid! held lost", "new-paid held-paid lost-paid", "HB703 HB703", id="two are left over"),
        pytest.param("new paid! held lost", "new-paid new-held", "HB702 HB703", id="two causes"),
        pytest.param("new agreed? paid!", "new-agreed agreed-paid", "HB706", id="nobody acts"),
        pytest.param("new paid!", "new-paid", "", id="nothing is wrong"),
    ],
)  # fmt: skip
def test_one_cause_is_one_finding(tmp_path: Path, states: str, ways: str, found: str) -> None:
    """A state with `!` is final, one with `?` says neither who acts nor what comes next nor by when."""
    said = {"!": ", final: true", "?": ""}
    listed = "\n".join(
        f"    - {{name: {name.strip('!?')}{said.get(name[-1], f', owner: Clerk {number}')}}}"
        for number, name in enumerate(states.split())
    )
    led = "".join(f"    - {{from: {way.replace('-', ', to: ')}, when: it fits}}\n" for way in ways.split())
    text = _PAGE.format(states=listed, ways=f"  transitions:\n{led}" if led else "")
    make_handbook(tmp_path, {"content/pay.md": text})
    report = report_on(tmp_path)
    assert sorted(one.rule for one in report.findings if one.rule.startswith("HB7")) == found.split()
