"""The words of one line of Markdown as readers see them, where a whole page is not rendered: of a heading, above all."""

from __future__ import annotations

import html
import re

_KEPT = re.compile(r"(?<![`\\])(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|\\(?P<sign>[\\`*_{}\[\]()>#+.!~=^|-])")
_PICTURE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])")
_WIKI = re.compile(r"\[\[[^\[\]|]*(?:\|(?P<text>[^\[\]]*))?\]\]")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<(?:mailto:)?(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?(?:-->|$)")
_ATTRIBUTES = re.compile(r"\{:?[^{}]*\}$|(?<=[)*_`])\{:?[ ]*[#.\w][^{}]*\}")
_EMPHASIS = tuple(
    re.compile(rf"{before}{mark}(?=\S)(?P<text>.+?)(?<=\S){mark}{after}")
    for mark, before, after in (
        (r"\*\*\*", "", ""), (r"\*\*", "", ""), (r"\*", "", ""), ("___", r"(?<!\w)", r"(?!\w)"), ("__", r"(?<!\w)", r"(?!\w)"),
        ("_", r"(?<!\w)", r"(?!\w)"), ("~~", "", ""), ("==", "", ""), (r"\^\^", "", ""),
    )
)  # fmt: skip
_MARKS = frozenset("`\\*_[<&~=^{")
_FIRST, _LAST = 0xF0000, 0xFFFFD
_PLACE = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])")
"""Stand for what is kept as it is, each for one: letters of nobody, which hardly a text holds."""


def words_in_line(text: str) -> str:
    """Return a line's words without the marks of links, code and emphasis, and without pictures, tags and attributes."""
    if _MARKS.isdisjoint(text):
        return " ".join(text.split())
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if len(kept) > _LAST - _FIRST:
            return match[0]
        kept.append(match["sign"] or match["code"].strip())
        return chr(_FIRST + len(kept) - 1)

    text = _KEPT.sub(keep, _PLACE.sub("", text))
    text = _ATTRIBUTES.sub("", text.rstrip())
    text = _PICTURE.sub("", text)
    text = _WIKI.sub(lambda link: link["text"] or "", text)
    text = _LINK.sub(lambda link: link["text"], text)
    text = _TAG.sub("", _AUTOLINK.sub(lambda link: link["address"], text))
    for emphasis in _EMPHASIS:
        text = emphasis.sub(lambda match: match["text"], text)
    # What was kept may have gone with the picture or the tag that it stood in, and an entity may stand for any letter.
    pieces = _PLACE.split(text)
    pieces[::2] = map(html.unescape, pieces[::2])
    pieces[1::2] = (kept[ord(place) - _FIRST] for place in pieces[1::2])
    return " ".join("".join(pieces).split())
