"""What a page's head says is read as a search engine reads it."""

from __future__ import annotations

import pytest

from handrail.proof.heads import read_head

PAGE = """<!doctype html>
<html lang=en class="no-js"><head>
<title>
  Pay &amp; go </title>
<meta name="Description" content="  Two
 words "><meta name=description content="Not this">
<meta property="og:title" content="Pay"><meta content="x" property="article:author">
<link rel="icon canonical" href="https://example.org/a/"><link rel=stylesheet href=x.css>
<!-- <meta name="robots" content="noindex"><a href="no">x</a> -->
<script type="application/ld+json">{"a": "</b>"}</script>
<script type="application/ld+json">{</script>
<script>"<h1>"; '<a href="no">'</script>
</head><body><svg><title>A drawing</title></svg>
<h1>Pay</h1><a href="../b/">b</a><a name="c">c</a><a href="?a=1&amp;b=2">d</a></body></html>"""


def test_everything_is_read() -> None:
    head = read_head(PAGE)
    assert (head.language, head.title, head.description) == ("en", "Pay & go", "Two words")
    assert (head.canonicals, head.headings, head.social) == (["https://example.org/a/"], 1, {"og:title": "Pay"})
    assert head.data == [{"a": "</b>"}, None]
    assert head.links == ["../b/", "?a=1&b=2"]
    assert not head.is_left_out


@pytest.mark.parametrize(
    ("robots", "left_out"),
    [("noindex", True), ("follow,NOINDEX", True), ("none", True), ("index, nofollow", False), ("noimageindex", False)],
)
def test_what_is_left_out_of_search_engines(robots: str, left_out: bool) -> None:  # noqa: FBT001 - a case
    assert read_head(f'<meta name="robots" content="{robots}">').is_left_out is left_out


def test_a_page_that_is_none_says_nothing() -> None:
    head = read_head("")
    assert (head.title, head.data, head.headings) == ("", [], 0)
