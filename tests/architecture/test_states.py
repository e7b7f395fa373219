"""No program names a state: what one means, and the word for it, stand in the schema of its kind."""

from __future__ import annotations

import ast
from pathlib import Path

from handrail.model.kinds import load_kinds

PACKAGE = Path(__file__).resolve().parents[2] / "plugins" / "handrail"
EVERYDAY = {"open", "done", "missed"}
"""States that are ordinary words too, and stand for other things in many places."""
STATES = {name for kind in load_kinds().values() for name in kind.states} - EVERYDAY

# What stands there is no state of a document.
ELSEWHERE = {
    "model/kinds.py": {"retired"},  # a phase
    "rules/hb6_writing.py": {"active"},  # a word of a sentence
    "model/trust.py": {"retired"},  # a state of the line of trust
    "words/trust.py": {"retired"},  # the same
    "model/meetings.py": {"dropped"},  # a field of a decision
    "model/kept_back.py": {"draft"},  # a key of other programs, by which prose is kept from readers
    "text/frontmatter.py": {"draft"},  # the same
    "pages/generated/changes.py": {"retired"},  # what a change did
}


def named_in(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)} & STATES


def test_no_program_names_a_state() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        found += [f"{name} names {state}" for state in sorted(named_in(path) - ELSEWHERE.get(name, set()))]
    assert not found, "\n".join(found)
