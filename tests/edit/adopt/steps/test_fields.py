"""Fields come into a page's front matter and go from it, and its text stays what it was, down to the byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.edit.adopt.steps.fields import with_fields
from handrail.text.source import read_source

DRAFT = {"kind": "sop", "title": "Pay: now", "steps": 3}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Pay\n", '---\nkind: sop\ntitle: "Pay: now"\nsteps: 3\n---\n# Pay\n'),
        ("# Pay\r\nx", '---\r\nkind: sop\r\ntitle: "Pay: now"\r\nsteps: 3\r\n---\r\n# Pay\r\nx'),
        ("\ufeff# Pay", '\ufeff---\nkind: sop\ntitle: "Pay: now"\nsteps: 3\n---\n# Pay'),
        ("", '---\nkind: sop\ntitle: "Pay: now"\nsteps: 3\n---\n'),
        ("---\n---\nx\n", '---\nkind: sop\ntitle: "Pay: now"\nsteps: 3\n---\nx\n'),
        (
            "---\n# Why\nweight: 1 # first\ntitle: >\n  Old\n  name\n\n# Tags\ntags: [a]\n---\n\n---\n",
            '---\nkind: sop\nsteps: 3\n# Why\nweight: 1 # first\ntitle: "Pay: now"\n\n# Tags\ntags: [a]\n---\n\n---\n',
        ),
    ],
    ids=["no front matter", "CRLF", "byte order mark", "empty", "no fields", "one of the name"],
)
def test_put(before: str, after: str) -> None:
    found = with_fields(before.encode(), DRAFT)
    assert found is not None
    assert found.decode() == after


def test_taken_out_and_put_in() -> None:
    before = b"---\nreview_in: 6 months\n# The owner\nowner_slack: '#pay'\nlist:\n  - a\n  - b\nlast: 1\n---\nText\n"
    after = with_fields(before, {"review_every": "6 months"}, ["review_in", "list"])
    assert after == b"---\nreview_every: 6 months\n# The owner\nowner_slack: '#pay'\nlast: 1\n---\nText\n"


@pytest.mark.parametrize(
    "before",
    ["---\n{a: 1, title: x}\n---\n", "---\ntitle: [\n---\n", "---\na: 1\n", "---\ntitle: x\ntitle: y\n---\n"],
    ids=["in braces", "broken", "unclosed", "twice"],
)
def test_left_alone(before: str) -> None:
    assert with_fields(before.encode(), DRAFT) is None


_NAMES = st.sampled_from(["kind", "title", "tags", "vision", "x_y"])
_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
_VALUES: st.SearchStrategy[Any] = st.one_of(
    _TEXTS,
    st.integers(),
    st.booleans(),
    st.lists(_TEXTS, max_size=3),
    st.lists(st.dictionaries(_NAMES, _TEXTS, min_size=1), max_size=2),
    st.dictionaries(_NAMES, _TEXTS, min_size=1, max_size=3),
)


@given(
    there=st.dictionaries(_NAMES, _VALUES, max_size=4),
    put=st.dictionaries(_NAMES, _VALUES, min_size=1),
    without=st.sets(_NAMES),
    body=st.text(st.sampled_from("a\r\n-# :"), max_size=30),
)
def test_nothing_else_changes(there: dict[str, Any], put: dict[str, Any], without: set[str], body: str) -> None:
    first = with_fields(b"---\n---\n" + body.encode(), there) if there else body.encode()
    second = with_fields(first, put, without) if first is not None else None
    if first is None or second is None:
        return
    before, after = read_source(first), read_source(second)
    assert after.data == {**{name: value for name, value in there.items() if name not in without}, **put}
    assert after.body == before.body
    assert second.endswith(before.body.encode())
    assert with_fields(second, put, without) == second
