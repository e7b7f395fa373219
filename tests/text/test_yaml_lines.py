"""Whatever data are written as front matter are read again as they were."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handrail.text.source import read_source
from handrail.text.yaml_lines import lines_of

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufdd0\ufdd1\ufdd2\ufeff"), min_size=1),
    st.sampled_from(["no", "1", "a: b", "#a", "- a", "a, b", "[a", "2026-03-31", "10:00", "~", "a" * 120, " a ", "'"]),
)
NAMES = st.one_of(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.sampled_from(["true", "a b", "a: b", "é", "1", "on"])
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-99, 99), st.booleans()),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(NAMES, below, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=3))
@example({"on": "first Tuesday", "a": [{"b": ["c"] * 40}], "d": {}, "e": [[{"f": "g"}]]})
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    whole = {"kind": "page"} | data
    source = read_source("\n".join(("---", *lines_of(whole), "---", "")).encode())
    assert (source.problems, source.data) == ([], whole)


def test_what_is_short_stands_on_one_line() -> None:
    data = {
        "rapid": "LBK(D), OHA(A)",
        "target": 10,
        "asked_as": ["get reimbursed", "a, b"],
        "people": [{"id": "lbk", "name": "Lena"}],
        "methods": ["What is needed from everyone, whoever they are", "What else is needed, and from whom, and when"],
        "updates": [{"note": "A long note. " * 9}],
    }
    assert list(lines_of(data)) == [
        "rapid: LBK(D), OHA(A)",
        "target: 10",
        'asked_as: [get reimbursed, "a, b"]',
        "people:",
        "  - {id: lbk, name: Lena}",
        "methods:",
        "  - What is needed from everyone, whoever they are",
        "  - What else is needed, and from whom, and when",
        "updates:",
        f'  - note: "{("A long note. " * 9)}"',
    ]
