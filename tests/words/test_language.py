"""What authors wrote is put into sentences, whatever the sign that ends one in their language."""

from __future__ import annotations

import pytest

from handrail.words.language import as_sentence


@pytest.mark.parametrize(
    "text",
    ["You paid.", "Did you pay?", "Pay!", "You paid …", "立替えたとき。", "「払う。」", "払った\uff01", "هل دفعت؟", "आपने भुगतान किया।", "He said “pay.”", ""],
)  # fmt: skip
def test_what_has_ended_gets_no_second_stop(text: str) -> None:
    assert as_sentence(text) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("You paid", "You paid."), ("立替えたとき", "立替えたとき。"), ("カード", "カード。"), ("He said “pay”", "He said “pay”."), ("دفعت", "دفعت."), ("Pay (once)", "Pay (once).")],
)  # fmt: skip
def test_what_has_not_ended_ends(text: str, sentence: str) -> None:
    assert as_sentence(text) == sentence
