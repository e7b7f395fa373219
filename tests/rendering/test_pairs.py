"""The pairs hold an edit of all that the sanitiser lets through, and each of them is an edit."""

from __future__ import annotations

from collections import Counter

from handrail.rendering import sanitise
from tests.rendering import layout, markup, meaning
from tests.rendering.pairs import pairs
from tests.rendering.renderer import render

_SHAPES = set(sanitise._ICONS.split()) - {"svg"}


def test_each_element_that_is_let_through_has_a_pair() -> None:
    tables = (sanitise._TEXT, sanitise._BLOCKS, sanitise._TABLES, sanitise._MEDIA, sanitise._ICONS, "a input label")
    assert set(markup.ELEMENTS) == set(" ".join(tables).split())


def test_each_attribute_that_is_let_through_has_a_pair() -> None:
    let_through = {(tag, name) for tag, names in sanitise._ATTRIBUTES.items() for name in names}
    assert {pair for pair in let_through if pair[0] not in _SHAPES} <= set(markup.ATTRIBUTES) <= let_through


def test_each_attribute_of_a_shape_has_a_pair_at_some_shape() -> None:
    assert {name for tag, name in markup.ATTRIBUTES if tag in _SHAPES} == sanitise._SHAPE


def test_an_element_and_an_attribute_stand_in_their_own_text() -> None:
    for element, text in markup.ELEMENTS.items():
        assert f"<{element}" in text
    for (element, attribute), (text, _) in markup.ATTRIBUTES.items():
        assert f"<{'' if element == '*' else element}" in text
        assert f" {attribute}" in text


def test_names_are_unique() -> None:
    names = Counter(pair.name for pair in pairs())
    assert [name for name, times in names.items() if times > 1] == []


def test_no_edit_is_listed_with_two_meanings() -> None:
    tables = (layout.EDITS, layout.ALLOWED, meaning.EDITS)
    edits = Counter(edit for table in tables for edit in table.values())
    assert [edit for edit, times in edits.items() if times > 1] == []


def test_each_edit_edits() -> None:
    assert [pair.name for pair in pairs() if pair.old == pair.new] == []


def test_what_changes_for_readers_changes_what_is_served() -> None:
    differing = [pair for pair in pairs() if pair.meant == "differs"]
    alike = [pair.name for pair in differing if render(pair.old, pair.extensions) == render(pair.new, pair.extensions)]
    assert alike == []


def test_about_half_of_the_pairs_change_nothing_for_readers() -> None:
    meant = Counter(pair.meant for pair in pairs())
    assert meant["same"] > 300
    assert meant["differs"] > 300
