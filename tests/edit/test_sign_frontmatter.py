"""An entry goes into a front matter, and nothing else of it changes by a byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.edit.frontmatter import with_entry
from handrail.errors import UsageError
from handrail.text.source import read_source
from handrail.text.yaml_reader import MAX_BYTES
from handrail.text.yaml_writer import written

DIGEST = "t2:" + "0f" * 32
ENTRY = {"role": "D", "by": "lbk", "date": "2026-03-03", "digest": DIGEST}
LINE = f'{{role: D, by: lbk, date: 2026-03-03, digest: "{DIGEST}"}}'
OLD = "{role: A, by: oha, date: 2026-03-01}"
BODY = "# Text\n\nsign_offs: []\n"

# What stands between the fences before and after; NEW is the new entry.
FORMS = {
    "none yet": ("id: a\n", "id: a\nsign_offs:\n  - NEW\n"),
    "a comment at the end": ("id: a\n# last\n", "id: a\n# last\nsign_offs:\n  - NEW\n"),
    "blank lines at the end": ("id: a\n\n\n", "id: a\nsign_offs:\n  - NEW\n\n\n"),
    "a comment after a blank line": ("id: a\n\n# last\n\n", "id: a\n\n# last\nsign_offs:\n  - NEW\n\n"),
    "a block text at the end": ("id: a\ntext: |\n  x\n\n", "id: a\ntext: |\n  x\nsign_offs:\n  - NEW\n\n"),
    "a text that keeps its line ends": ("id: a\ntext: |+\n  x\n\n", "id: a\ntext: |+\n  x\n\nsign_offs:\n  - NEW\n"),
    "a text that ends with a #": ("id: a\ntext: |\n  x\n  # y\n", "id: a\ntext: |\n  x\n  # y\nsign_offs:\n  - NEW\n"),
    "all fields indented": ("  id: a\n  kind: b\n", "  id: a\n  kind: b\n  sign_offs:\n    - NEW\n"),
    "one entry": (f"sign_offs:\n  - {OLD}\nid: a\n", f"sign_offs:\n  - {OLD}\n  - NEW\nid: a\n"),
    "no indentation": (f"sign_offs:\n- {OLD}\nid: a\n", f"sign_offs:\n- {OLD}\n- NEW\nid: a\n"),
    "deep indentation": (f"sign_offs:\n      -  {OLD}\n", f"sign_offs:\n      -  {OLD}\n      - NEW\n"),
    "an entry over several lines": (
        "sign_offs:\n  - role: A\n    by: oha\n    date: 2026-03-01\nid: a\n",
        "sign_offs:\n  - role: A\n    by: oha\n    date: 2026-03-01\n  - NEW\nid: a\n",
    ),
    "an entry below its dash": ("sign_offs:\n  -\n    role: A\n", "sign_offs:\n  -\n    role: A\n  - NEW\n"),
    "an entry that ends with a block text": (
        "sign_offs:\n- role: A\n  note: >\n    x\n    # y\n\nid: a\n",
        "sign_offs:\n- role: A\n  note: >\n    x\n    # y\n- NEW\n\nid: a\n",
    ),
    "a text over two lines": (
        'sign_offs:\n- role: A\n  note: "x\n    # y"\nid: a\n',
        'sign_offs:\n- role: A\n  note: "x\n    # y"\n- NEW\nid: a\n',
    ),
    "comments around entries": (
        f"sign_offs: # who\n  # first\n  - {OLD} # paper\n  # and then\n\n# the id\nid: a\n",
        f"sign_offs: # who\n  # first\n  - {OLD} # paper\n  - NEW\n  # and then\n\n# the id\nid: a\n",
    ),
    "an empty list": ("sign_offs: []\nid: a\n", "sign_offs: [NEW]\nid: a\n"),
    "an empty list with a comment": ("sign_offs: [ # none\n  ]\n", "sign_offs: [NEW # none\n  ]\n"),
    "brackets": (f"sign_offs: [{OLD}]\nid: a\n", f"sign_offs: [{OLD}, NEW]\nid: a\n"),
    "a comma at the end": (f"sign_offs: [{OLD},]\n", f"sign_offs: [{OLD}, NEW,]\n"),
    "spaces in brackets": (f"sign_offs: [ {OLD} ] # c\n", f"sign_offs: [ {OLD}, NEW ] # c\n"),
    "brackets over lines": (f"sign_offs: [\n  {OLD}\n]\n", f"sign_offs: [\n  {OLD},\n  NEW\n]\n"),
    "brackets over lines, with commas": (
        f"sign_offs: [\n  {OLD},\n]\nid: a\n",
        f"sign_offs: [\n  {OLD},\n  NEW,\n]\nid: a\n",
    ),
    "brackets over lines, with comments": (
        f"sign_offs: [\n  {OLD}, # first\n  {OLD} # last\n  # end\n]\n",
        f"sign_offs: [\n  {OLD}, # first\n  {OLD}, # last\n  NEW\n  # end\n]\n",
    ),
    "brackets that begin with their entry": (f"sign_offs: [{OLD},\n  {OLD}]\n", f"sign_offs: [{OLD},\n  {OLD}, NEW]\n"),
    "a comma on a line of its own": (
        f"sign_offs: [\n  {OLD}\n  ,\n]\n",
        f"sign_offs: [\n  {OLD},\n  NEW\n  ,\n]\n",
    ),
    "fields in brackets": (f"{{id: a, sign_offs: [{OLD}]}}\n", f"{{id: a, sign_offs: [{OLD}, NEW]}}\n"),
    "a key with a question mark": (f"? sign_offs\n: - {OLD}\n", f"? sign_offs\n: - {OLD}\n  - NEW\n"),
    "a quoted key": (f'"sign_offs":\n  - {OLD}\n', f'"sign_offs":\n  - {OLD}\n  - NEW\n'),
}
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_every_form(before: str, after: str, end: str) -> None:
    for page in (
        "---\n{}---\n" + BODY,
        "\ufeff--- \n{}...",
        "---\n{}---\n",
        "---\n{}---\t\n\n\nText 会社, \u2028 no end",
    ):
        raw = page.format(before).replace("\n", end).encode()
        assert with_entry(raw, ENTRY) == page.format(after).replace("\n", end).replace("NEW", LINE).encode()


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("id: a\nsign_offs:\n", "`sign_offs` on line 3 has no value; delete the line"),
        ("sign_offs: ~\n", "`sign_offs` on line 2 has no value"),
        ("sign_offs: none\n", "`sign_offs` on line 2 is no list"),
        ("sign_offs: {role: D}\n", "`sign_offs` on line 2 is no list"),
        ("id: b: c\n", "Line 2 of the page has a fault"),
        ("id: a\nid: b\n", "Line 3 of the page has a fault"),
        ("id: &x a\n", "has a fault"),
        ("{id: a}\n", "are written in a way that `sign_offs` can't be added to"),
    ],
)
def test_what_cannot_be_added_to_is_refused(head: str, part: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_entry(f"---\n{head}---\nText\n".encode(), ENTRY)
    assert part in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("raw", [b"", b"# Text\n", b"---\nid: a\n", b"\xff\xfe", b"--- id: a\n---\n"])
def test_a_page_without_front_matter_is_refused(raw: bytes) -> None:
    with pytest.raises(UsageError):
        with_entry(raw, ENTRY)


def test_a_front_matter_that_would_grow_too_large_is_refused() -> None:
    raw = b"---\nid: a\n" + b"# 0123456789\n" * ((MAX_BYTES - 20) // 13) + b"---\n"
    assert not read_source(raw).problems
    with pytest.raises(UsageError, match="can't be added"):
        with_entry(raw, ENTRY)


def test_curly_quotes_elsewhere_are_no_obstacle() -> None:
    assert with_entry("---\ntitle: “A”\n---\n".encode(), ENTRY).endswith(LINE.encode() + b"\n---\n")


TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), st.sampled_from(":#-?*&!|>'\"%@`{}[], \u2028\x85\\")
    ),
    min_size=1,
    max_size=20,
)
PLAIN = [
    "Checked against the run of May",
    "https://example.org/a?b=c#d",
    "lbk",
    "2026-03-03",
    "no",
    "It's right",
    "a\\b\\",
]
QUOTED = ["a: b", "a #b", "[x]", "12", "true", "{", "a, b", "“all”", "- a", "~", "", " a", "*", "a]"]


@pytest.mark.parametrize("value", PLAIN)
def test_plain_where_that_says_the_same(value: str) -> None:
    assert written({"note": value}) == f"{{note: {value}}}"


@pytest.mark.parametrize("value", QUOTED)
def test_quotes_where_they_are_needed(value: str) -> None:
    assert written({"note": value}).startswith('{note: "')


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_comes_back(note: str) -> None:
    entry = {**ENTRY, "note": note}
    for raw in (b"---\nid: a\n---\n", b"---\nsign_offs: []\n---\n"):
        after = read_source(with_entry(raw, entry))
        assert not after.problems
        assert after.data["sign_offs"] == [entry]


FIELDS = [
    "kind: sop", "'id': 'a-b'", '"title": "A: title \\u00e9"', "title2: It's plain   # no comment #", "serves: [a, b,\n  c]",
    "trigger: >-\n  When this\n\n  comes", "text: |\n  a\n  # b", "keep: |+\n  a\n", "two: a\n  b", "rapid:\n  decide: lbk\n  agree: [lt]",
    "list:\n- a\n- b", "list2:\n    - {a: b}\n    - c: d\n      e: f", "icon: 会社\u2028x", "quoted: 'a\n  # b'", "number: 1.50", "nan: .nan",
]  # fmt: skip
SIGN_OFFS = [
    "", "sign_offs: []", "sign_offs: [ ] # none", "sign_offs: [{role: A}]", "sign_offs: [{role: A},]", "sign_offs: [ {role: A} , {role: D} ]",
    "sign_offs: [\n  {role: A}, # x\n  {role: D}  # y\n  ]", "sign_offs: [\n  {role: A},\n\n]", "sign_offs: [{role: A},\n  {role: D}]",
    "sign_offs:\n- role: A", "sign_offs:\n  - {role: A}", "sign_offs:   # x\n    -   {role: A} # y\n    -   role: D\n        note: |\n          x\n",
    "sign_offs:\n - role: 'A'\n   note: a\n     b # c\n # d\n\n - role: D",
]  # fmt: skip
BETWEEN = st.sampled_from(["", "", "", "# a comment\n", "\n", "  # indented\n\n", "\n\n# two\n# lines\n"])


def name(field: str) -> str:
    return field.partition(":")[0].strip("'\"")


@st.composite
def pages(draw: Any) -> tuple[bytes, str]:
    """Draw a page with any front matter, and how its lines end."""
    chosen: Sequence[str] = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=6, unique_by=name))
    fields = draw(st.permutations([*chosen, draw(st.sampled_from(SIGN_OFFS))]))
    head = "".join(draw(BETWEEN) + (f"{field}\n" if field else "") for field in fields) + draw(BETWEEN)
    fence = draw(st.sampled_from(["---", "...", "---  ", "---\t"]))
    body = draw(st.sampled_from(["", "\n", "\n# Title\n\nText\n", "\n\n\nno end", "\n---\nsign_offs: []\n---\n"]))
    end = draw(st.sampled_from(list(ENDS.values())))
    page = f"---\n{head}{fence}{body}".replace("\n", end)
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + page.encode(), end


@settings(max_examples=400, deadline=None)
@given(pages())
def test_only_the_entry_is_put_in(page: tuple[bytes, str]) -> None:
    raw, end = page
    before = read_source(raw)
    assert not before.problems
    after = with_entry(raw, ENTRY)
    assert without_entry(after.decode(), end, is_first="sign_offs" not in before.data) == raw.decode()
    read = read_source(after)
    assert not read.problems
    assert repr(read.data.pop("sign_offs")) == repr([*before.data.pop("sign_offs", []), ENTRY])
    assert repr(read.data) == repr(before.data)
    assert read.body == before.body


def without_entry(after: str, end: str, *, is_first: bool) -> str:
    """Take the entry out again, with all that may come with it: a line of its own, a field, and commas."""
    lines = after.split(end)
    (at,) = (number for number, line in enumerate(lines) if LINE in line)
    own = re.fullmatch(r" *(- )?\{role: D, .*\}(,?)", lines[at])
    if own is None:
        lines[at] = lines[at].replace(f", {LINE}", "").replace(LINE, "")
        return end.join(lines)
    del lines[at]
    if is_first:
        assert lines.pop(at - 1) == "sign_offs:"
    elif not own[1] and not own[2]:
        lines[at - 1] = lines[at - 1].replace("},", "}", 1)
    return end.join(lines)
