"""Makes SVG pictures by chance, as programs draw them and as someone who means harm would."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SHAPES = (
    "<path d='M0 0h9v9z' fill='#1e1e1e'/>",
    "<g transform='translate(1 1)'><text font-family='Virgil, Segoe UI Emoji' x='1'>a &amp; b</text></g>",
    "<rect width='9' height='9' style='fill:url(#g)'/>",
    "<defs><linearGradient id='g'/></defs><use href='#g'/>",
    "<image href='data:image/png;base64,AA=='/>",
    "<!-- svg-source:drawn payload-type: a --><metadata>@import 'x'</metadata>",
    "<a href='https://example.org/'><circle r='1'/></a>",
)
_RULES = (
    "a:hover{fill:red}",
    ".a>.b{font-family:'Virgil'}",
    "@media print{text{fill:url(#g)}}",
    "/* } no; @font-face{} */",
    "text{font:9px 'a } b; @font-face'}",
    "@font-face{font-family:A;src:url(data:font/woff2;base64,AA==)}",
    "@font-face{font-family:B;src:local('B')}",
    "@keyframes k{from{fill:red}}",
)
_FONTS = (
    "@font-face{font-family:'Virgil';src:url('https://fonts.example/v.woff2')}",
    "@font-face {\n  font-family: \"Cascadia\";\n  src: url(https://fonts.example/c.woff2?a;b) format('woff2');\n}",
    "@FONT-FACE{src:url(//fonts.example/a}b.woff2)}",
    "@font-face{font-family:'}';src:local('x'),url(\"v.woff2\")}",
    "@font-face{/* } */src:url(v.woff2)}",
    "@import url('https://fonts.example/css2?family=A;B&display=swap');",
    '@import "https://fonts.example/a.css" screen and (width:1px);',
    "@import url(a.css);",
    "@media screen{@font-face{src:url(v.woff2)}}",
)
_HOSTILE = (
    "<script>run()</script>",
    "<path onload='run()'/>",
    "<foreignObject><b/></foreignObject>",
    "<image href='https://elsewhere.example/a.png'/>",
    "<use href='https://elsewhere.example/a.svg#a'/>",
    "<a href='javascript:run()'/>",
    "<path style='fill:url(https://elsewhere.example/a)'/>",
    "<style>a{fill:url(https://elsewhere.example/a)}@font-face{src:url(a)}</style>",
    "<style>@\\69mport 'https://elsewhere.example/a.css';</style>",
    "<style>@font-face{src:url(a)}a{b:c}}}@impor\\74 'x';</style>",
    "<style>@import '</style><style>';a{background:image-set('https://elsewhere.example/a' 1x)}</style>",
    "<style>@font-face{src:url(v)<g/>}</style>",
    "<style>@import /* ; */ 'a;' ; a{mask:url( https://elsewhere.example/a )}</style>",
    "<style>@font-face{src:url(a;}a{b:url(https://elsewhere.example/a)}</style><style>a{b:url(//elsewhere.example/b)}</style>",
)


@dataclass(frozen=True)
class Drawing:
    """A picture: its bytes, the rules of its styles that load nothing, those that do, and what makes it no picture."""

    raw: bytes
    rules: tuple[str, ...]
    fonts: tuple[str, ...]
    hostile: str


def drawing(seed: int, *, is_hostile: bool = False) -> Drawing:
    """Make the picture of a number."""
    chance = Random(seed)  # noqa: S311 - a picture is no secret
    rules = chance.sample(_RULES, chance.randrange(1, 4))
    fonts = chance.sample(_FONTS, chance.randrange(1, 4))
    hostile = chance.choice(_HOSTILE) if is_hostile else ""
    said = [*rules, *fonts]
    chance.shuffle(said)
    cut = chance.randrange(len(said) + 1)
    parts = [_style(chance, said[:cut]), _style(chance, said[cut:]), *chance.sample(_SHAPES, 3), hostile]
    chance.shuffle(parts)
    text = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{chance.choice(('', ' ', chr(10))).join(parts)}</svg>"
    raw = (chance.choice(("", '<?xml version="1.0" encoding="UTF-8"?>')) + text).encode()
    return Drawing(chance.choice((b"", b"\xef\xbb\xbf")) + raw, tuple(rules), tuple(fonts), hostile)


def _style(chance: Random, rules: list[str]) -> str:
    text = chance.choice(("", " ", "\n")).join(rules)
    inside = f"<![CDATA[{text}]]>" if chance.random() < 0.5 else text.replace("&", "&amp;").replace(">", "&gt;")
    attributes = chance.choice(("", ' type="text/css"', " class='style-fonts'"))
    return f"<style{attributes}>{inside}</style>"
