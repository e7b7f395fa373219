"""What `handrail rule` explains."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.cli import common
from handrail.rules.registry import FAMILIES, all_rules
from tests.support.commands import handrail


def test_every_rule_is_listed_by_family(tmp_path: Path) -> None:
    outcome = handrail(tmp_path, "rule")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    for rule in all_rules():
        (line,) = (line for line in lines if line.startswith(f"{rule.code} "))
        assert line.split()[1:3] == [rule.name, rule.severity.value if rule.severity else "off"]
        assert rule.summary in line
    assert [line.split()[0] for line in lines if line.endswith(tuple(FAMILIES.values()))] == sorted(
        {rule.family for rule in all_rules()}
    )


@pytest.mark.parametrize("name", ["HB301", "hb301", "orphan", "Orphan"])
def test_one_rule_is_explained(tmp_path: Path, name: str) -> None:
    outcome = handrail(tmp_path, "rule", name)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("HB301 orphan (warning)\n\n")
    (rule,) = (rule for rule in all_rules() if rule.code == "HB301")
    assert outcome.out.endswith(f"{rule.documentation}\n")


def test_in_a_terminal_its_markdown_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "is_terminal", lambda: True)
    shown = handrail(tmp_path, "rule", "HB301").out
    assert "What to do." in shown
    assert "**" not in shown
    assert "`" not in shown


def test_an_unknown_rule_gets_the_nearest(tmp_path: Path) -> None:
    outcome = handrail(tmp_path, "rule", "orfan")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "There is no rule `orfan`; did you mean `orphan`?\n"
