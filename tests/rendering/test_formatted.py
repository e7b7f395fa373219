"""What formatters make of pages: kept as they made it, with what a browser said of it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rendering.formatters import Formatted, kept, stored
from tests.rendering.oracle import Oracle

_KEPT = tuple(kept())


def test_some_pages_of_each_formatter_are_kept() -> None:
    assert set(stored()) == {page.name for page in _KEPT}
    assert min(Counter(page.formatter for page in _KEPT).values()) >= 3


@pytest.mark.parametrize("page", _KEPT, ids=lambda page: page.name)
def test_front_matter_says_the_same_once_it_is_folded(page: Formatted) -> None:
    assert page.fields_are_equal == stored()[page.name][0]


@pytest.mark.browser
@pytest.mark.parametrize("page", _KEPT, ids=lambda page: page.name)
def test_the_browser_still_says_so(oracle: Oracle, page: Formatted) -> None:
    assert page.body(oracle) == stored()[page.name][1]
