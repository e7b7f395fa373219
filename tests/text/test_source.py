"""What a reader would see differently from what the author sees: values cut short, curly quotes, prose between rules."""

from __future__ import annotations

import tracemalloc

import pytest

from handrail.text.source import read_source
from tests.text.reading import places, read, rules

CUT: list[tuple[str, bool]] = [
    ("x: Update #2", True),
    ("x: Tier #1 process", True),
    ("x: #general", True),
    ("x: a\t#b", True),
    ("x: a  #b", True),
    ("x:\n  - a #b", True),
    ("x: {a: b #c\n  }", True),
    ("x: a\n  b #c", True),
    ("x: a # b", False),
    ("x: a #", False),
    ("x: a ## b", False),
    ("x: a#b", False),
    ("x: 'a #b'", False),
    ('x: "a #b"', False),
    ('x: "a" #b', False),
    ("#x\nx: a", False),
    ("x: |\n  a #b", False),
]


@pytest.mark.parametrize(("front_matter", "cut"), CUT, ids=[front_matter for front_matter, _ in CUT])
def test_a_value_cut_short(front_matter: str, cut: bool) -> None:  # noqa: FBT001 - the table's second column
    assert rules(read(front_matter)) == (["cut-short"] if cut else [])


CURLY = [("“a”", True), ("\u2018a\u2019", True), ("„a“", True), ("«a»", True), ("“a” and “b”", True)]
CURLY += [("a “b” c", False), ("“", False), ("'“a”'", False), ("“a", False), ("“a” he said", False)]


@pytest.mark.parametrize(("value", "noted"), CURLY, ids=[value for value, _ in CURLY])
def test_curly_quotes_round_a_value(value: str, noted: bool) -> None:  # noqa: FBT001 - the table's second column
    source = read(f"id: z\nx: {value}")
    assert rules(source) == (["curly-quotes"] if noted else [])
    assert source.readable
    assert not source.distrusts(("x",))


PROSE = [
    ("one sentence with a colon", "Note: prose between rules", (2, 1)),
    ("several lines", "\nThis is text.\nIt goes on: like this.\n", (3, 1)),
    ("links", "[Engineering](/e) | [Ops](/o)", (2, 1)),
    ("an address at the beginning of a line", "See\nhttps://example.org: it is there", (2, 1)),
    ("a heading", "# Title\nText: more: text", (2, 1)),
]


@pytest.mark.parametrize(("block", "place"), [case[1:] for case in PROSE], ids=[case[0] for case in PROSE])
def test_prose_between_two_rules(block: str, place: tuple[int, int]) -> None:
    source = read(block)
    assert rules(source) == ["prose-between-rules"]
    assert places(source) == [place]
    assert not source.readable


@pytest.mark.parametrize(
    "front_matter",
    ["kind: sop\ntitle: a: b", '"kind": sop\n"title": a: b', "kind : sop\ntitle : a: b", " kind: sop\n title: a: b", '{"kind": "sop", "title": a: b}'],
)  # fmt: skip
def test_a_front_matter_with_a_slip_is_no_prose(front_matter: str) -> None:
    assert rules(read(front_matter)) == ["yaml"]


@pytest.mark.parametrize("front_matter", ["Title: A", "Description: Who to call first.", "TAGS: [a]\nOwner: b"])
def test_a_known_field_is_a_field_in_capital_letters_too(front_matter: str) -> None:
    assert read(front_matter).readable
    assert read(f"{front_matter}\nkind: sop").data["kind"] == "sop"


def test_a_word_that_names_no_field_is_prose_alone_and_a_field_beside_one() -> None:
    assert rules(read("Note: A")) == ["prose-between-rules"]
    assert read("Note: A\nkind: sop").data == {"Note": "A", "kind": "sop"}


@pytest.mark.parametrize("value", ["- a\n- b", "12", "true", "a word", '"quoted"'])
def test_front_matter_without_names(value: str) -> None:
    source = read(value)
    assert rules(source) == ["not-a-mapping"]
    assert (source.data, places(source)) == ({}, [(2, 1)])


def test_a_missing_space_is_shown_fixed() -> None:
    assert "title: UX L" in read("title:UX L").problems[0].hint


def test_a_page_is_distrusted_where_something_is_wrong_and_only_there() -> None:
    source = read("a: {b: !t c, d: e}\nf: g")
    assert source.distrusts(("a", "b"))
    assert source.distrusts(("a", "b", "deeper"))
    assert not source.distrusts(("a",))
    assert not source.distrusts(("f",))


def test_a_page_that_was_not_read_to_its_end_is_distrusted_everywhere() -> None:
    source = read("a: b\nc: d: e\nf: g")
    assert source.data["a"] == "b"
    assert not source.readable
    assert source.distrusts(("a",))


def test_headings_and_links_have_places_in_the_file() -> None:
    source = read_source(b"---\nkind: sop\n---\n\n# A page\n\nSee [b](b.md).\n")
    [(title, offset)] = source.first_headings
    assert (title, source.lines.place(offset)) == ("A page", (5, 1))
    [link] = source.links
    assert source.lines.place(source.body_offset + link.offset) == (7, 5)


@pytest.mark.parametrize(("raw", "byte"), [(b"\xff\xfe", 1), (b"abc\xe9", 4), ("é".encode() + b"\xff", 3)])
def test_bytes_that_are_no_text_are_named(raw: bytes, byte: int) -> None:
    source = read_source(raw)
    assert rules(source) == ["not-utf-8"]
    assert f"byte {byte} " in source.problems[0].message


def test_a_byte_that_stands_for_no_sign_is_called_so_and_utf_16_an_encoding() -> None:
    [nul] = read_source(b"# Pay\n\nPay\0 it now.\n").problems
    assert nul.message == "The page is no text: byte 11 is 0 (NUL), which stands for no sign."
    assert (nul.offset, nul.hint.partition(";")[0]) == (10, "Delete it")
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        [other] = read_source("# Zahle 支払う\n".encode(encoding)).problems
        assert "is not UTF-8 text" in other.message


def test_a_page_that_is_read_is_held_in_memory_once() -> None:
    raw = b"---\nkind: sop\n---\n" + b"Pay what is due.\n" * 10_000
    tracemalloc.start()
    source = read_source(raw)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert source.body.count("Pay") == 10_000
    assert held < 1.5 * len(raw)


def test_pages_share_the_names_of_their_fields_and_short_values() -> None:
    one, other = (read_source(b"---\nreviewed_by_hand: in-force\nsince: 2026-01-02\n---\n").data for _ in range(2))
    assert all(a is b for a, b in zip(one, other, strict=True))
    assert all(a is b for a, b in zip(one.values(), other.values(), strict=True))
