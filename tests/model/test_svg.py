"""Drawings that name fonts elsewhere are published without those addresses, and nothing else of them changes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest

from handrail.model.style_rules import without_rules
from handrail.model.svg import is_static, publishable_drawing
from tests.model.drawings import drawing

SEEDS = range(300)


def elements(raw: bytes) -> list[Element]:
    return list(fromstring(raw).iter())  # noqa: S314 - the test made it


def shapes(raw: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Return the elements of a picture with their attributes and words, but for what stands in styles."""
    return [
        (element.tag, dict(element.attrib), "" if element.tag.endswith("style") else element.text or "")
        for element in elements(raw)
    ]


def styles(raw: bytes) -> str:
    return "".join(element.text or "" for element in elements(raw) if element.tag.endswith("style"))


@pytest.mark.parametrize("seed", SEEDS)
def test_only_what_loads_fonts_and_styles_goes(seed: int) -> None:
    made = drawing(seed)
    published = publishable_drawing(made.raw)
    assert published is not None
    assert is_static(published)
    assert shapes(published) == shapes(made.raw)
    left = styles(published)
    assert all(rule in left for rule in made.rules)
    # What is left between the rules is blank, but for the block round a font.
    for rule in made.rules:
        left = left.replace(rule, "", 1)
    assert re.fullmatch(r"\s*(@media screen\{\})?\s*", left), left


@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_that_does_anything_else_is_not_published(seed: int) -> None:
    made = drawing(seed, is_hostile=True)
    assert publishable_drawing(made.raw) is None, made.hostile


def test_a_picture_that_loads_nothing_stays_as_it_is_to_the_byte() -> None:
    raw = (
        b"<svg xmlns='http://www.w3.org/2000/svg'><style>@font-face{src:local('a')}<![CDATA[a>b{}]]></style></svg>\r\n"
    )
    assert publishable_drawing(raw) is raw


def test_the_bytes_outside_of_a_style_stay() -> None:
    before, after = (
        b"<?xml version='1.0'?>\r\n<svg xmlns='http://www.w3.org/2000/svg'  ><style >",
        b"</style >\t<!-- \xc3\xa9 --></svg>",
    )
    raw = before + "<!-- é -->a{b:'é'}@import 'x';".encode() + after
    assert publishable_drawing(raw) == before + b"a{b:'&#233;'}" + after


def test_letters_of_two_bytes_are_left_alone() -> None:
    text = "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'x';</style></svg>"
    assert publishable_drawing(text.encode()) is not None
    assert publishable_drawing(text.encode("utf-16")) is None


@pytest.mark.parametrize(
    ("styles", "left"),
    [
        ("@import url(x;y);a{b:c}", "a{b:c}"),
        ("@font-face{src:url('}')}a{}", "a{}"),
        ("@media x{@font-face{a:b}i{j:k}}", "@media x{i{j:k}}"),
        ("@media x{@import 'a'}i{}", "@media x{}i{}"),
        ("a{}/* @import 'x'; */b{}", "a{}/* @import 'x'; */b{}"),
        ("@import 'a", ""),
        ("@import {a} b{}", " b{}"),
        ("a{content:'@import'}", "a{content:'@import'}"),
        ("@importance 'x';", "@importance 'x';"),
        ("@font-face{a:b", ""),
    ],
)
def test_where_a_rule_ends(styles: str, left: str) -> None:
    assert without_rules(styles, ("font-face", "import"), lambda _: True) == left
