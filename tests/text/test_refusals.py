"""What front matter can't say: each is refused where it stands, once, and what stands beside it is read all the same."""

from __future__ import annotations

import pytest

from handrail.text.yaml_reader import MAX_BYTES, MAX_DEPTH
from tests.text.reading import places, read, rules

# name of the case, front matter, rule and place of each problem, the value of `id`, which stands beside it
REFUSED: list[tuple[str, str, list[tuple[str, tuple[int, int]]]]] = [
    ("anchor", "x: &a b\nid: z", [("alias", (2, 4))]),
    ("anchor and its aliases: one cause", "x: &a [b]\ny: *a\nw: [*a, *a]\nid: z", [("alias", (2, 4))]),
    ("alias of nothing", "x: *a\nid: z", [("alias", (2, 4))]),
    ("anchor of a key", "&a x: b\nid: z", [("alias", (2, 1))]),
    ("list that holds itself", "x: &a [*a]\nid: z", [("alias", (2, 4))]),
    ("tag", "x: !ENV HOME\nid: z", [("tag", (2, 4))]),
    ("tag that would run code", 'x: !!python/object/apply:os.system ["true"]\nid: z', [("tag", (2, 4))]),
    ("tag of a group", "x: !!set {a, b}\nid: z", [("tag", (2, 4))]),
    ("tag that says nothing", "x: ! a\nid: z", [("tag", (2, 4))]),
    ("tag of a key", "!x y: b\nid: z", [("tag", (2, 1))]),
    ("merge key", "x:\n  <<: {a: b}\n  c: d\nid: z", [("merge-key", (3, 3))]),
    ("key given twice", "id: z\nx: a\nid: y", [("duplicate-key", (4, 1))]),
    ("key given twice further in", "x:\n  a: b\n  a: {c: d}\nid: z", [("duplicate-key", (4, 3))]),
    ("key given twice in a list", "x: [{a: b, a: c}]\nid: z", [("duplicate-key", (2, 12))]),
    ("key given three times", "id: z\nid: y\nid: x", [("duplicate-key", (3, 1)), ("duplicate-key", (4, 1))]),
    ("key that is a number", "1: x\nid: z", [("non-text-key", (2, 1))]),
    ("key that is true", "true: x\nid: z", [("non-text-key", (2, 1))]),
    ("key that is nothing", "~: x\nid: z", [("non-text-key", (2, 1))]),
    ("key that is a list", "? [a, b]\n: c\nid: z", [("non-text-key", (2, 3))]),
    ("key that is a group", "x: {{a: b}: c}\nid: z", [("non-text-key", (2, 5))]),
    ("template code", "x: {{ a }}\nid: z", [("non-text-key", (2, 5))]),
    ("what is wrong inside a refused value goes with it", "1: {a: &b c, a: !d e}\nid: z", [("non-text-key", (2, 1))]),
]


@pytest.mark.parametrize(
    ("front_matter", "expected"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_refusal(front_matter: str, expected: list[tuple[str, tuple[int, int]]]) -> None:
    source = read(front_matter)
    assert list(zip(rules(source), places(source), strict=True)) == expected
    assert source.data["id"] == "z"


def test_a_key_that_means_true_in_yaml_1_1_is_text() -> None:
    assert read("on: weekly\nyes: no").data == {"on": "weekly", "yes": "no"}


def test_a_merge_key_in_quotes_is_a_name() -> None:
    assert read('"<<": a').data == {"<<": "a"}


def test_the_first_of_two_values_stands_and_is_not_trusted() -> None:
    source = read("id: a\nid: b\nx: {c: 1, c: 2}")
    assert source.data == {"id": "a", "x": {"c": 1}}
    assert source.distrusts(("id",))
    assert source.distrusts(("x", "c"))
    assert not source.distrusts(("x",))


def test_a_duplicate_names_both_lines() -> None:
    source = read("id: a\nx: b\nid: c")
    [problem] = source.problems
    assert [source.lines.place(offset).line for offset, _ in problem.related] == [2]


def test_a_value_that_aliases_filled_is_not_trusted() -> None:
    source = read("x: &a [b]\ny: *a\nid: z")
    assert not source.readable


@pytest.mark.parametrize(
    ("depth", "expected"), [(MAX_DEPTH, []), (MAX_DEPTH + 1, ["too-large"]), (10_000, ["too-large"])]
)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth(depth: int, expected: list[str], opening: str, closing: str) -> None:
    levels = depth - 1  # the front matter itself is the first
    assert rules(read(f"x: {opening * levels}{closing * levels}")) == expected


def test_depth_of_a_value_that_is_refused_already() -> None:
    assert rules(read(f"id: z\n1: {'[' * 10_000}")) == ["non-text-key", "too-large"]


def test_size() -> None:
    fitting = "x: " + "a" * (MAX_BYTES - 4)
    assert rules(read(fitting)) == []
    assert rules(read(fitting + "a")) == ["too-large"]
    wide = "x: " + "é" * ((MAX_BYTES - 4) // 2)
    assert rules(read(wide)) == []
    assert rules(read(wide + "é")) == ["too-large"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufffe", "\uffff", "\ufdd0"], ids=ascii)
def test_a_sign_that_is_no_text(sign: str) -> None:
    source = read(f"id: z\nx: a{sign}b")
    assert rules(source) == ["yaml"]
    assert places(source) == [(3, 5)]
    assert f"U+{ord(sign):04X}" in source.problems[0].message
    assert sign not in source.problems[0].message


BOMBS = {
    "aliases": "a: &a [lol]\n" + "\n".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "anchors": "x: [" + "&a a," * 12_000 + "]",
    "aliases of nothing": "x: [" + "*a ," * 15_000 + "]",
    "tags": "x: [" + "!a a," * 12_000 + "]",
    "duplicates": "a: 1\n" * 12_000,
    "duplicates behind many keys": "\n".join(f"b{i}: 1" for i in range(4000)) + "\nb3999: 1" * 3000,
    "cuts": "x:\n" + "- a #b\n" * 9000,
    "curly quotes": "x: [" + "“a”," * 7000 + "]",
    "a long line": "x: a: " + " " * 60_000 + "b",
    "a long item": "- @ " + " " * 60_000 + "b",
    "many lines": "x\n" * 30_000,
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_problems_are_bounded_and_quick(bomb: str) -> None:
    source = read(bomb)
    assert 1 <= len(source.problems) <= 100
    assert all(len(problem.message) < 400 and len(problem.hint) < 400 for problem in source.problems)
