"""A SUMMARY.md becomes a `nav` of the pages that are there."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.edit.adopt.summary import nav_of

PAGES = ["README.md", "a.md", "b/README.md", "b/two words.md", "b/(c).md"]
CASES: dict[str, tuple[str, list[Any]]] = {
    "levels by two blanks": (
        "* [A](a.md)\n  * [B](b/README.md)\n    * [C](<b/(c).md>)\n* [R](README.md)\n",
        [{"A": ["a.md", {"B": ["b/README.md", {"C": "b/(c).md"}]}]}, {"R": "README.md"}],
    ),
    "levels by tabs": ("- [A](a.md)\n\t- [B](b/README.md)\n", [{"A": ["a.md", {"B": "b/README.md"}]}]),
    "a part of a page counts as the page, once": (
        '* [A](a.md#top)\n* [Again](a.md)\n* [B](b/README.md "mentions")\n',
        [{"A": "a.md"}, {"B": "b/README.md"}],
    ),
    "blanks, escaped or not": ("* [Two](b/two%20words.md)\n", [{"Two": "b/two words.md"}]),
    "brackets and marks in titles": (
        "* [The [old] \\*A\\* &amp; **B**](a.md)\n",
        [{"The [old] *A* & B": "a.md"}],
    ),
    "a name with underscores": ("* [a_b_c `d`](a.md)\n", [{"a_b_c d": "a.md"}]),
    "HTML": (
        (
            "* [<mark>New</mark>: A <!-- soon --><br/>and `<Order ID>`](a.md)\n* [1 \\< 2 &lt; 3](b/README.md)\n"
            "* [<img src='x.png'>](README.md)\n"
        ),
        [{"New: A and &lt;Order ID>": "a.md"}, {"1 &lt; 2 &lt; 3": "b/README.md"}, "README.md"],
    ),
    "words without a link": ("* Drafts\n  * [A](a.md)\n* Nothing\n", [{"Drafts": [{"A": "a.md"}]}]),
    "sections": ("## One\n\n* [A](a.md)\n\n## Two #\n\n* [Gone](gone.md)\n", [{"One": [{"A": "a.md"}]}]),
    "the heading of all": ("# Summary\n\n[Intro](README.md)\n\n* [A](a.md)\n", [{"Intro": "README.md"}, {"A": "a.md"}]),
    "nothing": ("", []),
    "CRLF": ("* [A](a.md)\r\n  * [B](b/README.md)\r\n", [{"A": ["a.md", {"B": "b/README.md"}]}]),
}


@pytest.mark.parametrize(("summary", "nav"), CASES.values(), ids=CASES)
def test_nav(summary: str, nav: list[Any]) -> None:
    assert nav_of(summary, "", PAGES) == nav


def test_paths_count_from_its_folder() -> None:
    assert nav_of("* [A](a.md)\n* [Up](../c.md)\n", "b", ["b/a.md", "c.md"]) == [{"A": "b/a.md"}, {"Up": "c.md"}]
