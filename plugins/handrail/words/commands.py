"""The commands that a sentence tells somebody to type."""

from __future__ import annotations

from shlex import quote


def begin_next_plan(identity: str) -> str:
    """Return the command that begins the plan after one, which is named by line and period as in `finance@FY27`."""
    return f"handrail new vpmom --from {quote(identity)}"
