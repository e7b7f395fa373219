"""Texts that say nearly the same, and what most pages have in common."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from handrail.search.near import LEAST, common_matter, near_pairs
from handrail.search.near_phrases import alike
from tests.benchmarks.near_duplicates import Pages

VOCABULARY = [f"word{number}" for number in range(3000)]
WEIGHTS = [1 / (number + 3) for number in range(3000)]


def text(chance: random.Random, count: int) -> list[str]:
    return chance.choices(VOCABULARY, WEIGHTS, k=count)


def edited(chance: random.Random, words: list[str], share: float) -> list[str]:
    """Replace, drop or double as many words as the share says, in any place."""
    found = [[word] for word in words]
    for at in chance.sample(range(len(words)), int(len(words) * share)):
        found[at] = chance.choice([[chance.choice(VOCABULARY)], [], [words[at], chance.choice(VOCABULARY)]])
    return [word for one in found for word in one]


def pairs(texts: list[list[str]]) -> set[tuple[int, int]]:
    return {(near.first, near.second) for near in near_pairs([" ".join(words) for words in texts])}


@pytest.mark.parametrize("count", [LEAST, 60, 120, 199, 210, 500, 2000])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.17])
def test_an_edited_text_is_found_among_others_whatever_their_length(count: int, share: float) -> None:
    chance = random.Random(count)  # noqa: S311 - words, not secrets
    texts = [text(chance, chance.choice([45, 100, 300, 700])) for _ in range(60)]
    planted = set()
    for number in range(10):
        words = text(chance, count)
        copy = edited(chance, words, share)
        if len(copy) >= LEAST:
            planted.add((len(texts), len(texts) + 1))
        texts += [words, copy]
        assert number == 0 or planted
    assert pairs(texts) == planted


def test_a_short_text_is_found_in_a_longer_one_wherever_it_stands() -> None:
    chance = random.Random(5)  # noqa: S311 - words, not secrets
    short = text(chance, 60)
    long = text(chance, 400)
    assert pairs([[*long[:250], *edited(chance, short, 0.1), *long[250:]], text(chance, 400), short]) == {(0, 2)}


def test_words_that_stand_in_a_long_text_by_chance_make_no_pair() -> None:
    chance = random.Random(6)  # noqa: S311 - words, not secrets
    short = text(chance, 45)
    scattered = [word for one in short for word in (one, *text(chance, 5))]
    assert LCSseq.similarity(short, scattered) == len(short)
    assert pairs([short, scattered]) == set()


@pytest.mark.parametrize(("changed", "is_near"), [(8, True), (9, False)])
def test_four_fifths_are_the_bound(changed: int, is_near: bool) -> None:  # noqa: FBT001 - one of two cases
    words = [f"w{number}" for number in range(LEAST)]
    other = [f"x{number}" if number < changed else word for number, word in enumerate(words)]
    assert pairs([words, other]) == ({(0, 1)} if is_near else set())


def test_a_text_of_too_few_words_is_in_no_pair() -> None:
    words = [f"w{number}" for number in range(LEAST - 1)]
    assert pairs([words, words]) == set()
    assert pairs([[*words, "x"], [*words, "x"]]) == {(0, 1)}


def test_edited_copies_are_found_among_pages_that_have_a_part_in_common(tmp_path: Path) -> None:
    pages = Pages(tmp_path, 400)
    found = pages.find()
    assert (found.missed, found.invented) == (set(), set())
    assert len(pages.planted) == 8


def test_many_copies_of_one_text_are_each_in_a_pair() -> None:
    words = [f"w{number}" for number in range(60)]
    found = pairs([words] * 120)
    assert {number for pair in found for number in pair} == set(range(120))


@pytest.mark.parametrize(
    ("having", "of", "is_common"), [(6, 100, True), (5, 5, False), (6, 120, False), (7, 120, True)]
)
def test_common_matter_stands_in_more_than_five_texts_and_in_one_of_twenty(
    having: int,
    of: int,
    is_common: bool,  # noqa: FBT001 - one of two cases
) -> None:
    texts = [["say it", "say it"] if number < having else ["other"] for number in range(of)]
    assert ("say it" in common_matter(texts)) is is_common


PHRASES = [
    ("someone has lost a laptop", "someone has lost a laptop", True),
    ("go", "go", True),
    ("someone has lost a laptop", "someone has lost a phone", True),
    ("lost a laptop today", "lost a laptop again", False),  # four words
    ("someone has lost a laptop", "someone has found a phone", False),
    ("a b c d e", "e d c b a", False),
    ("a customer asks for a new quote", "today a customer or partner asks us for a new quote", True),
    ("", "", False),
]


@pytest.mark.parametrize(("one", "other", "is_alike"), PHRASES)
def test_phrases_are_alike_where_they_share_most_words_in_order(
    one: str,
    other: str,
    is_alike: bool,  # noqa: FBT001 - one of two cases
) -> None:
    assert (
        alike([one.split(), ["something", "else", "entirely", "happens", "here"], other.split()]) == [(0, 2)]
    ) is is_alike


def test_no_pair_of_phrases_is_left_out() -> None:
    chance = random.Random(9)  # noqa: S311 - words, not secrets
    phrases = [[chance.choice("abcdefgh") for _ in range(chance.randint(3, 9))] for _ in range(300)]
    expected = []
    for one, words in enumerate(phrases):
        for other in range(one + 1, len(phrases)):
            shorter = min(len(words), len(phrases[other]))
            same = LCSseq.similarity(words, phrases[other])
            if words == phrases[other] or (shorter >= 5 and same * 5 >= shorter * 4):
                expected.append((one, other))
    assert alike(phrases) == expected
