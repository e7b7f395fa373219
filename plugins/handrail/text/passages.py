"""The passages of a body as readers tell them apart: sentences, list items, rows of tables and headings.

What no reader sees is blanked out, each other character left in its place: code, comments, tags, and where links lead. Marks of
emphasis and the like stay, for they are no words.
"""

from __future__ import annotations

import html
import re

from handrail.text.markdown import without_code

# Brackets within a link's target go one deep, as people type them; nothing that was taken is given back.
_PICTURE = re.compile(r"!\[[^\[\]\r\n]*+\](?:\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)|\[[^\[\]\r\n]*+\])")
_TARGET = re.compile(r"\](?:\([^()\r\n]*+(?:\([^()\r\n]*+\)[^()\r\n]*+)*+\)|\[[^\[\]\r\n]*+\])")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\r\n]++\]:[^\r\n]*+", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\r\n]++\]:?")
_WIKI = re.compile(r"\[\[[^\[\]|\r\n]*+(?=\||\]\])")
_PROGRAM_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template")}
_PROGRAM = re.compile(r"<(?P<name>script|style|template)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z](?![A-Za-z0-9+.-]*(?:://|@))[^<>]*+>")
_BRACES = re.compile(r"\{(?:\{[^{}]*+\}|%[^{}]*+|:?[ ]*+(?:[#.]|[\w-]++=)[^{}\r\n]*+)\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNSEEN = re.compile(r"[^\r\n]")
_CLOSED = r"[\"')\]*_\u201d\u2019]*+"
_ABBREVIATED = "|".join(
    rf"(?<=\b{re.escape(word)}\.)"
    for word in ("e.g", "i.e", "No", "no", "Nr", "vs", "approx", "ca", "Dr", "Mr", "Ms", "Mrs", "St")
)
_PASSAGE = re.compile(
    r"(?:^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++(?:\[[ xX]\][ \t]++)?+)?+|(?<![ \t])[ \t]*+)"
    r"(?P<passage>(?=\S)(?:(?:\#{1,6}[ \t]|\|)[^\n]*+|"
    rf"(?:[^\n.!?\u3002\uff01\uff1f\u0964]++|[.!?]++(?:(?!{_CLOSED}\s++(?![a-z]))|{_ABBREVIATED})"
    r"|\n(?![ \t>]*+(?:\n|\Z|[-*+|]|\#{1,6}[ \t]|\d{1,9}[.)][ \t])))++"
    rf"(?:[.!?\u3002\uff01\uff1f\u0964]++{_CLOSED})?+))",
    re.MULTILINE,
)


def passages(body: str) -> list[str]:
    """Return the passages of a body in order, as they are seen, with their marks."""
    return _PASSAGE.findall(seen(body))


def places(body: str) -> list[tuple[int, int]]:
    """Return where in a body each of its passages begins and ends."""
    return [match.span("passage") for match in _PASSAGE.finditer(seen(body))]


def seen(body: str) -> str:
    """Return a body with what no reader sees of it blanked out, each other character in its place."""
    text = without_code(body)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "](" in text or "][" in text:
        text = _TARGET.sub(lambda match: "]" + " " * (len(match[0]) - 1), _PICTURE.sub(_blank, text))
    if "[" in text:
        if "]:" in text:
            text = _DEFINITION.sub(_blank, text)
        if "[[" in text:
            text = _WIKI.sub(_blank, text)
        if "[^" in text:
            text = _FOOTNOTE.sub(_blank, text)
    if "<" in text:
        text = _TAG.sub(_blank, _without_programs(text))
    if "{" in text:
        text = _BRACES.sub(_blank, text)
    return _ENTITY.sub(_sign, text) if "&" in text else text


def _without_programs(text: str) -> str:
    """Blank out what stands within the elements of which no page shows anything."""
    parts, at = [], 0
    endless: set[str] = set()
    for begin in _PROGRAM.finditer(text):
        name = begin["name"].lower()
        if begin.start() < at or name in endless:
            continue
        end = _PROGRAM_ENDS[name].search(text, begin.end())
        if end is None:
            endless.add(name)
        else:
            parts += [text[at : begin.end()], _UNSEEN.sub(" ", text[begin.end() : end.start()])]
            at = end.start()
    return "".join((*parts, text[at:]))


def _blank(match: re.Match[str]) -> str:
    return _UNSEEN.sub(" ", match[0])


def _sign(match: re.Match[str]) -> str:
    sign = html.unescape(match[0])
    return (sign if len(sign) == 1 and sign.isprintable() else "").ljust(len(match[0]))
