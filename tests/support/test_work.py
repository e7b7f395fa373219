"""The bound on work sees what grows with the square, and nothing of how fast the machine is."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest

from tests.support.work import TooMuchWork, at_most


def linear(text: str) -> int:
    return sum(1 for sign in text if sign == "a")


def quadratic(text: str) -> int:
    found = 0
    for start in range(len(text)):
        for sign in text[start:]:
            found += sign == "a"
    return found


def test_what_grows_with_the_square_is_ended() -> None:
    with at_most(10_000):
        assert linear("a" * 1000) == 1000
    with pytest.raises(TooMuchWork), at_most(10_000):
        quadratic("a" * 1000)


def test_the_same_work_is_the_same_number() -> None:
    with at_most(10_000) as first:
        linear("a" * 100)
    with at_most(10_000) as second:
        linear("a" * 100)
    assert first.lines == second.lines > 100


def test_no_exception_on_the_way_is_taken_for_it() -> None:
    def swallowing() -> None:
        with suppress(Exception):
            quadratic("a" * 1000)

    with pytest.raises(TooMuchWork), at_most(10_000):
        swallowing()


def test_what_watched_before_watches_again() -> None:
    before = sys.gettrace()
    with at_most(100):
        assert sys.gettrace() is not before
    assert sys.gettrace() is before
