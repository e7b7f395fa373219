"""What git leaves of two versions of a text is found, whatever they say; what nobody merged is no conflict."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.text.source import read_source
from tests.support.work import at_most

LINES = st.sampled_from((
    "Pay.", "", "# Pay", "Pay", "=======", "---", "> Paid.", "- Pay", "    Pay", "```", "```sh", "| a |", "|||||||", "<!-- a -->",
))  # fmt: skip
TEXTS = st.lists(LINES, max_size=6).map(lambda lines: "\n".join([*lines, ""]))


def merged(folder: Path, before: str, ours: str, theirs: str, *options: str) -> tuple[bool, str]:
    """Return whether git could not merge two versions, and what it wrote."""
    for name, text in (("ours", ours), ("before", before), ("theirs", theirs)):
        (folder / name).write_text(text, "utf-8", newline="")
    command = ["git", "merge-file", "-p", *options, "ours", "before", "theirs"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode > 0, run.stdout


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from((["--diff3"], [])), st.sampled_from(("\n", "\r\n")))
def test_what_git_leaves(before: str, ours: str, theirs: str, options: list[str], line_end: str) -> None:
    with TemporaryDirectory() as folder:
        is_conflict, text = merged(Path(folder), before, ours, theirs, *options)
    source = read_source(text.replace("\n", line_end).encode())
    found = [problem for problem in source.problems if problem.rule == "conflict"]
    # In a code block it would be an example, and versions of a text may well be in one.
    if is_conflict and "```" not in text and "    " not in text and "<!--" not in text:
        assert found
        assert not source.readable
        assert text.replace("\n", line_end).startswith("<<<<<<< ours", found[0].offset)
    assert is_conflict or not found


def test_many_are_found_with_bounded_work() -> None:
    for text in ("<<<<<<< a\n=======\n>>>>>>> b\n", "<<<<<<<\n", ">>>>>>> a\n", "=======\n>>>>>>> a\n", "<" * 7):
        long = text * (60_000 // len(text))
        with at_most(2_000 + 10 * len(long)):
            source = read_source(long.encode())
        assert len(source.problems) <= 20
