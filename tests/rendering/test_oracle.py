"""What a browser shows of each pair is what the edit was written for, and what is stored of it still holds.

A sample is judged anew in each run, and all pairs where HANDRAIL_ORACLE is `all`, as each night. After a wanted change, or
where another browser sees more, `python -m tests.rendering.oracle` stores the verdicts anew: read the difference.
"""

from __future__ import annotations

import os

import pytest

from tests.rendering.oracle import Oracle, stored
from tests.rendering.pairs import Pair, pairs

_EVERY = 1 if os.environ.get("HANDRAIL_ORACLE") == "all" else 40
_SAMPLE = pairs()[::_EVERY]
# What these edits change is for a search engine, a translator, a form, a program of the theme, a click, or what plays and
# loads: a browser at rest neither paints nor reads it out.
_UNSEEN_ATTRIBUTES = frozenset(
    """
    * data-linenums, * data-search-exclude, * data-sort-method, * data-tabs, * lang, * tabindex, * translate, a download,
    a hreflang, a rel, a target, audio height, audio loop, audio preload, audio src, audio width, col align, col span,
    colgroup span, data value, del datetime, img height, img loading, input name, ins datetime, path clip-rule, source src,
    source type, svg xmlns, td headers, td valign, th abbr, th headers, th scope, th valign, time datetime, track default,
    track kind, track label, track src, track srclang, video height, video loop, video preload, video src
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
_UNSEEN = frozenset(
    (
        "<col> gone",
        "<colgroup> gone",
        "<source> gone",
        "<tbody> gone",
        "<track> gone",
        "annotations of a text (B)",
        "language (A)",
        "language by attributes (B)",
    )
)


def test_there_is_a_verdict_on_each_pair() -> None:
    _, verdicts = stored()
    assert list(verdicts) == [pair.name for pair in pairs()]


def test_the_browser_shows_no_edit_of_the_layout() -> None:
    _, verdicts = stored()
    assert [pair.name for pair in pairs() if pair.meant == "same" and not verdicts[pair.name].same] == []


def test_the_browser_shows_each_edit_of_what_readers_get() -> None:
    _, verdicts = stored()
    unseen = {pair.name for pair in pairs() if pair.meant == "differs" and verdicts[pair.name].same}
    of_attributes = {name for name in unseen if name.startswith("<") and " " in name.partition(">")[0]}
    assert {name[1:].partition(">")[0] for name in of_attributes} == _UNSEEN_ATTRIBUTES
    assert unseen - of_attributes == _UNSEEN


def test_what_is_allowed_though_it_is_seen_changes_no_word_or_link() -> None:
    _, verdicts = stored()
    allowed = [verdicts[pair.name] for pair in pairs() if pair.meant == "allowed"]
    assert allowed
    assert all(verdict.links and verdict.titles and not verdict.same for verdict in allowed)


@pytest.mark.browser
@pytest.mark.parametrize("pair", _SAMPLE, ids=lambda pair: pair.name)
def test_the_browser_still_says_so(oracle: Oracle, pair: Pair) -> None:
    version, verdicts = stored()
    assert oracle.judge(pair) == verdicts[pair.name], f"judged by {version}, now by {oracle.version}"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        ("<p>Pay</p>", "<p>Ask</p>", "pixels"),
        ("<p>3 EUR</p>", "<p>3\u00a0EUR</p>", "names"),
        ('<p><img src="a.png" alt="a"></p>', '<p><img src="a.png" alt="b"></p>', "names"),
        ('<p><input type="checkbox"></p>', '<p><input type="checkbox" checked></p>', "names"),
        ('<p><a href="a/">a</a></p>', '<p><a href="b/">a</a></p>', "links"),
        (
            '<p id="a">A</p><p id="b">B</p><p><a href="#a">c</a></p>',
            '<p id="b">A</p><p id="a">B</p><p><a href="#a">c</a></p>',
            "links",
        ),
        ('<p title="a">a</p>', '<p title="b">a</p>', "titles"),
        (
            "<details><summary>a</summary><p>b</p></details>",
            "<details><summary>a</summary><p>c</p></details>",
            "pixels",
        ),
    ],
    ids=[
        "words",
        "an unbroken blank",
        "words of an image",
        "a tick",
        "a link",
        "a place",
        "a title",
        "words in a fold",
    ],
)
def test_each_aspect_sees_what_it_is_there_for(oracle: Oracle, old: str, new: str, aspect: str) -> None:
    assert getattr(oracle.compare(old, new), aspect) is False
    assert oracle.compare(old, f"{old}<!-- -->").same


@pytest.mark.browser
def test_places_are_compared_and_not_what_they_are_called(oracle: Oracle) -> None:
    named = '<p id="{0}">A</p><p><a href="#{0}">b</a></p>'
    assert oracle.compare(named.format("a"), named.format("b")).same
