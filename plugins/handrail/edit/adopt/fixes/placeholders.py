"""Words in angle brackets that a browser would take for a tag and show to nobody, put between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.text.markdown import without_code

_PLACEHOLDER = re.compile(r"(?<![\\`<\w\]])<(?P<words>[A-Za-z][A-Za-z0-9_-]*+(?: [A-Za-z0-9_-]++){0,5}+)>(?![`>])")
_HTML = re.compile(
    r"a|abbr|acronym|address|applet|area|article|aside|audio|b|base|basefont|bdi|bdo|big|blink|blockquote|body"
    r"|br|button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div"
    r"|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header"
    r"|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta"
    r"|meter|nav|nobr|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|progress"
    r"|q|rb|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong|style|sub"
    r"|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video"
    r"|wbr|xmp|g|path|circle|rect|line|polygon|polyline|ellipse|text|defs|use|symbol",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"hidden|open|checked|disabled|selected|required|controls|loop|muted|reversed|markdown|async|defer",
    re.IGNORECASE,
)
_RAW_LINE = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*</?(?P<name>[A-Za-z][\w-]*)")
_ADDRESS = re.compile(r"://[^\s<>]*+(?:<[^<>\r\n]*+>[^\s<>]*+)*+\Z")
_PARAGRAPH = re.compile(r"(?:[^\r\n]*\S[^\r\n]*(?:\r\n|\n|\r|\Z))+")


def placeholders(book: Book, page: Page) -> Iterator[Edit]:
    """Find words in angle brackets that are no tag of HTML and are closed nowhere, in text that is Markdown."""
    del book
    body = page.source.body
    if "<" not in body:
        return
    text, base = without_code(body), page.source.body_offset
    links = [(link.offset, link.end) for link in page.source.links]
    raw = _raw_spans(text)
    for match in _PLACEHOLDER.finditer(text):
        start, end = match.span()
        if _is_tag(match["words"], text) or _ADDRESS.search(text, 0, start):
            continue
        if not any(a < end and start < b for a, b in (*links, *raw)):
            yield Edit(base + start, base + end, f"`{body[start:end]}`")


def _is_tag(words: str, text: str) -> bool:
    """Say whether words may be a tag: by HTML's names, or because the page closes what they open, as components do."""
    name, _, rest = words.partition(" ")
    if f"</{name}" in text or _HTML.fullmatch(name):
        return True
    return any(_ATTRIBUTE.fullmatch(word) for word in rest.split())


def _raw_spans(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs that are HTML, in which backticks are only backticks."""
    return [
        match.span()
        for match in _PARAGRAPH.finditer(text)
        if any(_HTML.fullmatch(line["name"]) for line in _RAW_LINE.finditer(match[0]))
    ]
