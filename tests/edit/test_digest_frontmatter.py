"""A digest goes into an entry that has none, and nothing else of the page changes by a byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.edit.frontmatter import with_field
from handrail.errors import UsageError
from handrail.text.source import read_source
from tests.edit.test_sign_frontmatter import BETWEEN, ENDS, FIELDS, name

DIGEST = "t2:" + "0f" * 32
BODY = "# Text\n\nsign_offs: []\n"

# What stands between the fences before and after, for the first entry; NEW is the digest.
FORMS = {
    "braces": (
        "sign_offs:\n  - {role: D, by: lbk, date: 2026-03-01}\nid: a\n",
        "sign_offs:\n  - {role: D, by: lbk, date: 2026-03-01, digest: NEW}\nid: a\n",
    ),
    "braces in brackets": (
        "sign_offs: [{role: D, by: lbk, date: 2026-03-01}, {role: A}]\n",
        "sign_offs: [{role: D, by: lbk, date: 2026-03-01, digest: NEW}, {role: A}]\n",
    ),
    "a note behind the date": (
        "sign_offs:\n- {role: D, date: 2026-03-01 , note: x, }  # paper\n",
        "sign_offs:\n- {role: D, date: 2026-03-01, digest: NEW , note: x, }  # paper\n",
    ),
    "braces over lines": (
        "sign_offs:\n- {\n  role: D, # first\n  date: '2026-03-01' # last\n  }\n",
        "sign_offs:\n- {\n  role: D, # first\n  date: '2026-03-01', digest: NEW # last\n  }\n",
    ),
    "lines": (
        "sign_offs:\n  - role: D\n    by: lbk\n    date: 2026-03-01 # on paper\n    # why\n    note: x\n",
        "sign_offs:\n  - role: D\n    by: lbk\n    date: 2026-03-01 # on paper\n    digest: NEW\n    # why\n    note: x\n",
    ),
    "the date first": (
        "sign_offs:\n-   date: 2026-03-01\n    role: D\nid: a\n",
        "sign_offs:\n-   date: 2026-03-01\n    digest: NEW\n    role: D\nid: a\n",
    ),
    "the date last": (
        "id: a\nsign_offs:\n- role: D\n  date: 2026-03-01\n",
        "id: a\nsign_offs:\n- role: D\n  date: 2026-03-01\n  digest: NEW\n",
    ),
    "no date": ("sign_offs:\n- role: D\n  by: lbk\n", "sign_offs:\n- role: D\n  by: lbk\n  digest: NEW\n"),
    "a text over lines": (
        "sign_offs:\n- role: D\n  date: >-\n    2026-03-01\n\n  note: x\n",
        "sign_offs:\n- role: D\n  date: >-\n    2026-03-01\n\n  digest: NEW\n  note: x\n",
    ),
    "keys in quotes": (
        'sign_offs: [{"role":"D","date":"2026-03-01"}]\n',
        'sign_offs: [{"role":"D","date":"2026-03-01", digest: NEW}]\n',
    ),
    "a key with a question mark": (
        "sign_offs:\n- ? role\n  : D\n  ? date\n  : 2026-03-01\n",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_every_form(before: str, after: str | None, end: str) -> None:
    for page in ("---\n{}---\n" + BODY, "\ufeff--- \n{}...", "---\n{}---\t\n\n\nText 会社, \u2028 no end"):
        raw = page.format(before).replace("\n", end).encode()
        if after is None:
            with pytest.raises(UsageError, match="can't be added to"):
                with_field(raw, 0, "digest", DIGEST)
            continue
        wanted = page.format(after).replace("\n", end).replace("NEW", f'"{DIGEST}"').encode()
        assert with_field(raw, 0, "digest", DIGEST) == wanted


@pytest.mark.parametrize(
    ("head", "index", "part"),
    [
        ("id: a\n", 0, "`sign_offs` of the page has no entry 1."),
        ("sign_offs: none\n", 0, "has no entry 1."),
        ("sign_offs: [{role: D}]\n", 1, "has no entry 2."),
        ("sign_offs: [D]\n", 0, "has no entry 1."),
        ("sign_offs:\n- {role: D, digest: 'x'}\n", 0, "The entry of `sign_offs` on line 3 has a `digest` already."),
        ("sign_offs:\n- {note: x}\n", 0, "on line 3 is written in a way that `digest` can't be added to"),
        ("id: b: c\n", 0, "Line 2 of the page has a fault"),
    ],
)
def test_what_cannot_be_added_to_is_refused(head: str, index: int, part: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_field(f"---\n{head}---\nText\n".encode(), index, "digest", DIGEST)
    assert part in str(refused.value)


def test_a_page_without_front_matter_is_refused() -> None:
    with pytest.raises(UsageError, match="no front matter"):
        with_field(b"# Text\n", 0, "digest", DIGEST)


VALUES = {
    "role": ["D", "'A'", '"D"'],
    "by": ["lbk", '"Lena # B"', "Lena Brandt"],
    "date": ["2026-03-01", "'2026-03-01'"],
    "note": ["x", "'a, b: # c'", '"}"'],
    "evidence": ["https://example.org/#1"],
}


@st.composite
def entries(draw: Any) -> str:
    """Draw a list of entries, each on a line or on several."""
    lines = ["sign_offs:" + draw(st.sampled_from(["", "   # who"]))]
    indent = draw(st.sampled_from(["", "  ", "    "]))
    for _ in range(draw(st.integers(1, 3))):
        names = ["role", "by", "date", *draw(st.lists(st.sampled_from(["note", "evidence"]), unique=True))]
        fields = [f"{key}: {draw(st.sampled_from(VALUES[key]))}" for key in draw(st.permutations(names))]
        if draw(st.booleans()):
            gap, close = draw(st.sampled_from([(", ", "}"), (" , ", " }"), (f",\n{indent}    ", ",}")]))
            lines.append(f"{indent}- {{{gap.join(fields)}{close}{draw(st.sampled_from(['', ' # c']))}")
        else:
            comments = [draw(st.sampled_from(["", "", "  # c", "\n"])) for _ in fields]
            whole = [field + comment for field, comment in zip(fields, comments, strict=True)]
            lines.append(f"{indent}- " + f"\n{indent}  ".join(whole))
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(FIELDS), max_size=4, unique_by=name), entries(), BETWEEN, st.sampled_from(list(ENDS.values())),
    st.booleans(), st.integers(0, 2),
)  # fmt: skip
def test_only_the_digest_is_put_in(
    fields: list[str],
    listed: str,
    between: str,
    end: str,
    bom: bool,  # noqa: FBT001 - drawn
    index: int,
) -> None:
    head = "".join(f"{field}\n{between}" for field in [*fields[:2], listed, *fields[2:]])
    raw = (b"\xef\xbb\xbf" if bom else b"") + f"---\n{head}---\n{BODY}".replace("\n", end).encode()
    before = read_source(raw)
    assert not before.problems
    assume(index < len(before.data["sign_offs"]))
    after = with_field(raw, index, "digest", DIGEST)
    read = read_source(after)
    assert not read.problems
    assert read.data["sign_offs"][index].pop("digest") == DIGEST
    assert repr(read.data) == repr(before.data)
    assert read.body == before.body
    added = f'digest: "{DIGEST}"'
    shorter = after.decode().replace(f", {added}", "", 1)
    if added in shorter:
        shorter = end.join(line for line in shorter.split(end) if line.strip() != added)
    assert shorter == raw.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "sign_offs:\n  - {role: D, by: lbk, date: 2026-03-01, digest: x}\n",
            'sign_offs:\n  - {role: D, by: lbk, date: 2026-03-01, digest: x, withdrawn: {date: 2026-05-01, reason: "No: not so"}}\n',
        ),
        (
            "sign_offs:\n- role: D\n  digest: x\n  note: y # z\n",
            'sign_offs:\n- role: D\n  digest: x\n  withdrawn: {date: 2026-05-01, reason: "No: not so"}\n  note: y # z\n',
        ),
    ],
)
def test_a_withdrawal_goes_behind_the_digest(before: str, after: str) -> None:
    raw = f"---\n{before}---\n{BODY}".encode()
    withdrawn = {"date": "2026-05-01", "reason": "No: not so"}
    assert with_field(raw, 0, "withdrawn", withdrawn).decode() == f"---\n{after}---\n{BODY}"
