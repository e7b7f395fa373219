"""A page is taken apart as a browser would, however it is written, and nothing makes that slow."""

from __future__ import annotations

import pytest

from handrail.text.html_page import HtmlPage, Tag, Wanted, parts, tags, top_of_head


def names(text: str) -> list[str]:
    return [("/" if tag.is_end else "") + tag.name for tag, _, _ in tags(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<A HREF=x>a</A >", ["a", "/a"]),
        ("<a title='>' data-x=\"<b>\">", ["a"]),
        ("<a title=it's>b</a>", ["a", "/a"]),
        ('<a b=c="d"><i>', ["a", "i"]),
        ("a < b <c", ["c"]),
        ("<!-- <a> --><b><!--><i><!-- x --!><u><!-- never ended <s>", ["", "b", "", "i", "", "u", ""]),
        ("<!doctype html><?php <a> ?><b>", ["", "", "b"]),
        ("<script>if (a<b) '<i>' </style></script><b>", ["script", "/script", "b"]),
        ("<STYLE>a{}<b></Style><textarea><i></textarea><title><u></title>", ["style", "/style", "textarea", "/textarea", "title", "/title"]),
        ("<scripts><b></scripts><script><b>", ["scripts", "b", "/scripts", "script"]),
        ("<svg/><br /><img src=a/>", ["svg", "br", "img"]),
    ],
)  # fmt: skip
def test_tags_are_told_from_what_looks_like_them(text: str, found: list[str]) -> None:
    assert names(text) == found
    texts, written = parts(text)
    assert "".join(piece for pair in zip(texts, [*written, ""], strict=True) for piece in pair) == text


def test_an_attribute_is_read_however_it_is_written() -> None:
    tag = Tag('<a HREF = \'x&amp;y\' blank id=one/two data-q="" title=a"b id=second/>')
    assert {name: tag.value(name) for name in ("href", "blank", "id", "data-q", "title", "none")} == {
        "href": "x&y", "blank": "", "id": "one/two", "data-q": "", "title": 'a"b', "none": "",
    }  # fmt: skip
    assert [tag.has(name) for name in ("blank", "data-q", "none")] == [True, True, False]
    assert (tag.written("href"), tag.written("title")) == ("x&amp;y", "a&quot;b")


def test_an_attribute_is_put_in_place_of_the_one_that_is_there_and_else_where_there_is_room() -> None:
    assert Tag("<a class=b/>").with_attribute("title", "t") == '<a title="t" class=b/>'
    assert Tag("<a TITLE=b c>").with_attribute("title", "t") == '<a title="t" c>'
    assert Tag("<title>a</title>").with_attribute("lang", "en") == '<title lang="en">a</title>'
    assert Tag("<a b=c  data-x d>").without("data-x") == "<a b=c d>"
    assert Tag("<a b>").without("data-x") == "<a b>"


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html>\n<html lang=en>\n<head>^<title>",
        "<HEAD data-x>\n<!-- a --><META CHARSET=utf-8>^<title>",
        "<!-- a --><!doctype html><meta charset=utf-8>^<title>a</title><p>b",
        "<!doctype html>^<p>a page of one paragraph",
        "^<title>a</title><p>b",
        "<html>^\nwords at once",
        "\ufeff<!doctype html>\r\n<html>\r\n<head>^\r\n<title>",
        "\ufeff^<title>a</title>",
        '<?xml version="1.0"?>\n<html xmlns=x><head><title>a</title><meta http-equiv=Content-Type content="text/html; charset=utf-8">^<link>',
        "<head><meta name=viewport><!-- a --><title>a</title><meta charset=utf-8>^<script>",
        "<head>^<meta name=viewport><link><meta charset=utf-8>",
    ],
)
def test_the_top_of_a_head_is_found_also_where_its_tags_are_left_out(page: str) -> None:
    assert top_of_head(page.replace("^", "")) == page.index("^")


def test_a_part_of_a_page_has_no_head() -> None:
    assert top_of_head("<p>a part of a page</p>") is None
    assert top_of_head("words <title>") is None


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<html><head><title>a</title></head><body>", "</head>"),
        ("<title>a</title><body class=x>", "<body class=x>"),
        ("<meta charset=utf-8><title>a</title><script>b</script><!-- <p> --><p>c", "<p>"),
        ("<title>a</title><noscript><img></noscript><template><b></template><link><i>", "<i>"),
        ("<head></head ><head lang=en><link></HEAD><body></head>", "</HEAD>"),
        ("<head><noscript><head></head></noscript><link></head><body>", "</head>"),
    ],
)
def test_the_end_of_a_head_is_found_also_where_its_tag_is_left_out(page: str, before: str) -> None:
    found = HtmlPage(page, Wanted("head", "/head", "body", "title", "html"))
    assert found.head_end() == max(at for at, piece in enumerate(found.pieces) if piece == before)


def test_steps_find_tags_by_selectors_and_no_longer_when_they_are_taken_out() -> None:
    page = HtmlPage(
        "<nav class='a  b'><NAV CLASS=b id=x></NAV></nav><p class=ab>", Wanted("nav", "/nav", ".b", "[id=x]")
    )
    outer, inner = page.all("nav")
    assert (page.all(".b"), page.first("[id=x]"), page.end_of(outer)) == ([outer, inner], inner, page.all("/nav")[1])
    page.take(inner, page.end_of(inner) + 1)
    assert page.all("nav") == [outer]
    assert page.text == "<nav class='a  b'></nav><p class=ab>"


@pytest.mark.parametrize(
    "sign", ["<a ", "<", "<!--", "<script>", '<a b="', "<a b='", "<a b=", "</a ", "<a/", "<!", "<a =", "< a=' "]
)
def test_no_text_takes_more_than_one_look(sign: str) -> None:
    texts, written = parts(sign * 200_000)  # some minutes, were anything looked at twice
    assert sum(map(len, (*texts, *written))) == len(sign) * 200_000
