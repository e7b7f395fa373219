"""Two texts are shown as one, and either can be read out of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.text.worddiff import Piece, difference
from tests.support.work import at_most

MARKS = {"old": "[-{}-]", "new": "{{+{}+}}"}


def drawn(pieces: list[Piece]) -> str:
    return "".join(piece.before + MARKS.get(piece.kind, "{}").format(piece.text) for piece in pieces).strip()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a c", "a b c", "a {+b+} c"),
        ("a b c", "a c", "a [-b-] c"),
        ("a b", "b", "[-a-] b"),
        ("", "a b", "{+a b+}"),
        ("a b", "", "[-a b-]"),
        ("a b\n\nc d", "a b\n\nc e", "a b\n\nc [-d-] {+e+}"),
        ("a\n\n\n\nb\nc x", "a\n\n\n\nb\nc", "a\n\nb\nc [-x-]"),
        ("within 14 days of the date", "within 30 days of the invoice", "within [-14-] {+30+} days of the [-date-] {+invoice+}"),
        ("a\nb c", "a\nx c", "a\n[-b-] {+x+} c"),
        ("a\n\nb c", "a\n\nx c", "a\n\n[-b-] {+x+} c"),
        ("a\n\nb\nc", "a\n\nx\ny", "a\n\n[-b\nc-]\n\n{+x\ny+}"),
        ("14 days", "14\ndays", ""),
        ("a  b", "a b", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_small_differences(old: str, new: str, shown: str) -> None:
    assert drawn(difference(old, new)) == shown


def test_long_stretches_are_folded() -> None:
    words = [f"w{n}" for n in range(100)]
    changed = [*words[:50], "here", *words[50:]]
    assert drawn(difference(" ".join(words), " ".join(changed))) == (
        "… w44 w45 w46 w47 w48 w49 {+here+} w50 w51 w52 w53 w54 w55 …"
    )
    twice = ["x", *changed]
    assert drawn(difference(" ".join(words), " ".join(twice))) == (
        "{+x+} w0 w1 w2 w3 w4 w5 … w44 w45 w46 w47 w48 w49 {+here+} w50 w51 w52 w53 w54 w55 …"
    )


def test_a_few_words_are_not_folded() -> None:
    assert drawn(difference("a b c x", "a b c y")) == "a b c [-x-] {+y+}"


WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "\n\n"]), max_size=40).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_it(old: str, new: str) -> None:
    pieces = difference(old, new)
    if not pieces:
        assert old.split() == new.split()
        return
    for text, kind in ((old, "old"), (new, "new")):
        kept = [
            "…" if piece.kind == "folded" else piece.text for piece in pieces if piece.kind in ("same", "folded", kind)
        ]
        pattern = r"\s*" + r"\s+".join(r"\S+(?:\s+\S+)*" if part == "…" else re.escape(part) for part in kept) + r"\s*"
        assert re.fullmatch(_spaced(pattern), " ".join(text.split()))


def _spaced(pattern: str) -> str:
    return re.sub(r"(?:\\\n|\\ )+", r"\\s+", pattern)


def test_a_long_text_takes_bounded_work() -> None:
    words = [f"w{n * n % 997}" for n in range(20_000)]
    changed = ["new" if n % 700 == 350 else word for n, word in enumerate(words)]
    lines = [" ".join(words[n : n + 10]) for n in range(0, len(words), 10)]
    changed_lines = [" ".join(changed[n : n + 10]) for n in range(0, len(words), 10)]
    with at_most(80 * len(words)):
        pieces = difference("\n".join(lines), "\n".join(changed_lines))
    assert [piece.text for piece in pieces if piece.kind == "new"] == ["new"] * changed.count("new")
    # What has no lines to hold on to is not compared inside.
    with at_most(80 * len(words)):
        assert difference(" ".join(words), " ".join(changed))


def test_words_that_are_all_alike_take_bounded_work() -> None:
    old = ["yes yes yes yes yes yes yes yes yes no"] * 200
    new = ["yes yes yes no yes yes yes yes yes yes" if n % 3 else old[n] for n in range(200)]
    with at_most(5_000_000):
        assert {piece.kind for piece in difference("\n".join(old), "\n".join(new))} >= {"old", "new"}
