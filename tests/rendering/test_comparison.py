"""What the comparison calls the same, held against what edits were written for and what a browser says of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handrail.rendering.comparison import Rendered, reads_the_same
from tests.rendering.formatters import Formatted, body_of, kept
from tests.rendering.formatters import stored as stored_of_formatters
from tests.rendering.oracle import stored
from tests.rendering.pairs import Pair, pairs
from tests.rendering.renderer import Extensions, marked

_OF_ADDRESSES = ("link by a tag", "image by a tag", "image with the same contents")
"""How an address is written that leads to the same, which is for those to know who know what lies where."""
_LEAST = 0.95


def as_written(body: str, extensions: Extensions) -> Rendered:
    """Render a body; each address leads where it says."""
    return Rendered(marked(body, extensions), _split, lambda address: address)


def _split(address: str) -> tuple[str, str]:
    place, _, anchor = address.partition("#")
    return place, anchor


def is_same(old: str, new: str, extensions: Extensions, *named: str) -> bool:
    return reads_the_same(as_written(old, extensions), as_written(new, extensions), frozenset(named))


def of(meant: str) -> Iterator[Pair]:
    return (pair for pair in pairs() if pair.meant == meant)


def test_no_edit_of_what_readers_get_is_the_same() -> None:
    assert [pair.name for pair in of("differs") if is_same(pair.old, pair.new, pair.extensions)] == []


def test_what_a_browser_tells_apart_is_the_same_only_where_the_rule_on_signed_texts_says_so() -> None:
    _, verdicts = stored()
    seen = [pair for pair in pairs() if not verdicts[pair.name].same]
    assert {pair.meant for pair in seen if is_same(pair.old, pair.new, pair.extensions)} <= {"allowed"}


def test_nearly_all_that_a_browser_shows_alike_stays_signed() -> None:
    alike = list(of("same"))
    lost = [pair.name for pair in alike if not is_same(pair.old, pair.new, pair.extensions)]
    assert len(lost) <= len(alike) * (1 - _LEAST)
    assert [name for name in lost if not name.startswith(_OF_ADDRESSES)] == [
        "no empty line before a fence (B)",  # the extension puts no paragraph before it
        "classes with more blanks (A)",
    ]


def test_paragraph_marks_in_lists_are_allowed() -> None:
    assert [pair.name for pair in of("allowed") if not is_same(pair.old, pair.new, pair.extensions)] == []


@pytest.mark.parametrize("page", tuple(kept()), ids=lambda page: page.name)
def test_a_page_that_a_formatter_changed_stays_signed_where_it_reads_the_same(page: Formatted) -> None:
    same = stored_of_formatters()[page.name][1].same
    found = is_same(body_of(page.old), body_of(page.new), Extensions.FEW)
    assert found or not same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## A\n\n## B\n\n[x](#a)", "## A\n\n## B\n\n[x](#b)"),
        ('<a id="x"></a>A\n\n<a id="y"></a>B\n\n[z](#x)', '<a id="y"></a>A\n\n<a id="x"></a>B\n\n[z](#x)'),
        ("[x](#gone)", "[x](#lost)"),
        ('<b id="x">no</b> <i aria-labelledby="x">a</i>', '<b id="y">no</b> <i aria-labelledby="x">a</i>'),
    ],
)
def test_a_link_within_the_text_leads_to_the_same_place(old: str, new: str) -> None:
    assert not is_same(old, new, Extensions.MANY)


def test_a_name_that_only_the_text_uses_may_change_with_its_links() -> None:
    old, new = "## Limits {#limits}\n\n[see](#limits)\n", "## Limits {#most}\n\n[see](#most)\n"
    assert is_same(old, new, Extensions.MANY)
    assert not is_same(old, new, Extensions.MANY, "limits")
    assert not is_same(old, new, Extensions.MANY, "most")


def test_an_item_of_two_paragraphs_is_not_one() -> None:
    assert not is_same("- a\n\n    b\n", "- a\n    b\n", Extensions.FEW)


def test_one_renderer_gives_the_same_whatever_it_rendered_before() -> None:
    before = [marked(pair.old, pair.extensions) for pair in pairs()[:200]]
    assert [marked(pair.old, pair.extensions) for pair in pairs()[:200]] == before
