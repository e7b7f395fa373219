"""What `handrail doctor` prints: ten answers in both forms, and no judgement by its exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


def test_ten_answers_in_lines_and_as_data(tmp_path: Path) -> None:
    goal = "---\nkind: objective\nid: calm\ntitle: A \x1b[2J calm month\nvisibility: public\nstate: open\nopened: 2026-09-01\ndue: 2027-02-28\n---\n"
    make_handbook(tmp_path, {"content/goal.md": goal.replace("\x1b", "\u200b")})
    said = handrail(tmp_path, "doctor")
    assert (said.code, said.err) == (0, "")
    assert "\u200b" not in said.out
    assert "\n 2. Does each objective have a procedure in use?\n    No. Not for the only one there is.\n" in said.out
    told = json.loads(handrail(tmp_path, "doctor", "--format", "json").out)
    assert [one["number"] for one in told["answers"]] == list(range(1, 11))
    assert told["answers"][1]["lacking"] == ["objective:calm"]
    assert {one["answer"] for one in told["answers"]} == {"no", "partly", "unknown"}
    assert told["ask_people"]


def test_a_handbook_of_procedures_alone_is_told_where_to_begin(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/index.md": "# Here\n"})
    said = handrail(tmp_path, "doctor")
    assert said.code == 0
    assert "Next: Propose the objective that matters most: “handrail new objective” begins its page." in said.out
