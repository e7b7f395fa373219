"""Places: lines and columns as an editor counts them, for every key and value, whatever ends the lines."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.text.lines import LineIndex
from handrail.text.problems import DataPath
from handrail.text.source import read_source

LINES = [
    "---",
    "kind: sop",
    'title: "Pay: an invoice"',
    "tags: [a, bc]",
    "rapid:",
    "  agree:",
    "    - oha",
    "    -   mlt",
    "  decide: lbk",
    "sign_offs:",
    "  - role: D",
    "    date: 2026-03-31",
    "  - {role: A, by: oha}",
    "description: >",
    "  One sentence,",
    "  on two lines.",
    "empty: ",
    "",
    "last: x",
    "---",
]
# path, place of the key (of the item, in a list), place of the value
PLACES: list[tuple[DataPath, tuple[int, int], tuple[int, int]]] = [
    (("kind",), (2, 1), (2, 7)),
    (("title",), (3, 1), (3, 8)),
    (("tags",), (4, 1), (4, 7)),
    (("tags", 0), (4, 8), (4, 8)),
    (("tags", 1), (4, 11), (4, 11)),
    (("rapid",), (5, 1), (6, 3)),
    (("rapid", "agree"), (6, 3), (7, 5)),
    (("rapid", "agree", 0), (7, 7), (7, 7)),
    (("rapid", "agree", 1), (8, 9), (8, 9)),
    (("rapid", "decide"), (9, 3), (9, 11)),
    (("sign_offs",), (10, 1), (11, 3)),
    (("sign_offs", 0), (11, 5), (11, 5)),
    (("sign_offs", 0, "date"), (12, 5), (12, 11)),
    (("sign_offs", 1), (13, 5), (13, 5)),
    (("sign_offs", 1, "by"), (13, 15), (13, 19)),
    (("description",), (14, 1), (14, 14)),
    (("last",), (19, 1), (19, 7)),
]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_every_key_and_value(end: str, bom: bytes) -> None:
    source = read_source(bom + end.join([*LINES, "Text", ""]).encode())
    assert source.problems == []
    for path, key, value in PLACES:
        assert (path, tuple(source.place(path, key=True)), tuple(source.place(path))) == (path, key, value)


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c"], ids=ascii)
def test_signs_that_some_programs_take_for_line_ends_shift_nothing(sign: str) -> None:
    body = read_source(f"{sign}\n[a](b.md)".encode())
    assert body.lines.place(body.links[0].offset) == (2, 1)
    if sign not in "\x0b\x0c":
        source = read_source(f"---\ntitle: a{sign}b\n# c{sign}d\nkind: x{sign}y: z\n---\n".encode())
        assert source.data == {"title": f"a{sign}b", "kind": f"x{sign}y: z"} or source.place(("kind",)).line == 4
        assert source.place(("title",)) == (2, 8)


def test_a_tab_is_one_column() -> None:
    source = read_source(b"---\nid:\t\tx\n---\n")
    assert source.place(("id",)) == (2, 6)


def test_a_sign_of_another_plane_is_one_column() -> None:
    source = read_source("---\nx: {🧾: a, b: c}\n---\n".encode())
    assert source.place(("x", "b")) == (2, 14)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("nothing",), (2, 1)),
        (("kind", "below"), (2, 7)),
        (("tags", 9), (4, 7)),
        (("rapid", "nobody", 3), (6, 3)),
        ((), (2, 1)),
    ],
    ids=str,
)
def test_what_is_not_there_has_the_place_of_what_is_around_it(path: DataPath, expected: tuple[int, int]) -> None:
    source = read_source("\n".join([*LINES, ""]).encode())
    assert tuple(source.place(path)) == expected
    assert source.positions.value(path) is None or path == ()
    assert source.positions.key(path) is None or path == ()


def test_ends() -> None:
    source = read_source("\n".join([*LINES, ""]).encode())

    def words(path: DataPath) -> str:
        span = source.positions.value(path)
        assert span is not None
        return source.text[slice(*span)]

    assert words(("title",)) == '"Pay: an invoice"'
    assert words(("tags",)) == "[a, bc]"
    assert words(("sign_offs", 1)) == "{role: A, by: oha}"
    key = source.positions.key(("rapid", "decide"))
    assert key is not None
    assert source.text[slice(*key)] == "decide"


MARKED: list[tuple[DataPath, str]] = [
    (("title",), '"Pay: an invoice"'),
    (("tags",), "[a, bc]"),
    (("tags", 1), "bc"),
    (("rapid",), "agree:\n    - oha\n    -   mlt\n  decide: lbk"),
    (("rapid", "agree"), "- oha\n    -   mlt"),
    (("sign_offs",), "- role: D\n    date: 2026-03-31\n  - {role: A, by: oha}"),
    (("sign_offs", 0), "role: D\n    date: 2026-03-31"),
    (("description",), ">\n  One sentence,\n  on two lines."),
    (("empty",), ""),
    (("rapid", "decide", "x"), "lbk"),
    (("tags", 9), "[a, bc]"),
    (("nothing",), "kind: sop"),
    ((), "kind: sop"),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize(("path", "expected"), MARKED, ids=str)
def test_what_is_marked(path: DataPath, expected: str, end: str) -> None:
    source = read_source(end.join([*LINES, ""]).encode())
    span = source.lines.span(*source.span(path))
    start, stop = (sum(len(line) + 1 for line in LINES[: at - 1]) + column - 1 for at, column in (span[:2], span[2:]))
    assert "\n".join(LINES)[start:stop] == expected


def test_a_key_is_marked_without_its_value() -> None:
    source = read_source("\n".join([*LINES, ""]).encode())
    assert source.lines.span(*source.span(("rapid", "decide"), key=True)) == (9, 3, 9, 9)
    assert source.lines.span(*source.span(("tags", 1), key=True)) == (4, 11, 4, 13)


def test_no_comment_is_marked_with_a_value() -> None:
    source = read_source(b"---\na:\n  - b # c\n  # d\n\n# e\nf: |\n  g\n  # h\n\n# i\nj: k\n---\n")
    assert source.lines.span(*source.span(("a",))) == (3, 3, 3, 6)
    assert source.lines.span(*source.span(("f",))) == (7, 4, 9, 6)


def test_places_stay_right_beside_what_is_refused() -> None:
    source = read_source(b"---\nx: &a b\nid: a\nid: [c, {d: e}]\n1: [f, g]\ny: {<<: {h: i}, k: l}\nlast: m\n---\n")
    expected: list[tuple[Any, Any]] = [(("id",), (3, 5)), (("y", "k"), (6, 20)), (("last",), (7, 7))]
    assert [(path, tuple(source.place(path))) for path, _ in expected] == expected


LINE_INDEX = [
    ("", [(0, (1, 1))]),
    ("a\nb", [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (3, (2, 2))]),
    ("a\r\nb\rc\n", [(1, (1, 2)), (3, (2, 1)), (5, (3, 1)), (7, (4, 1))]),
    ("abc", [(-5, (1, 1)), (99, (1, 4))]),
]


@pytest.mark.parametrize(("text", "expected"), LINE_INDEX, ids=[repr(text) for text, _ in LINE_INDEX])
def test_line_index(text: str, expected: list[tuple[int, tuple[int, int]]]) -> None:
    index = LineIndex(text)
    assert [(offset, tuple(index.place(offset))) for offset, _ in expected] == expected


def test_a_line_by_number() -> None:
    index = LineIndex("a\r\nb\rc")
    assert [index.line(number) for number in range(5)] == ["", "a", "b", "c", ""]
    assert len(index) == 3
