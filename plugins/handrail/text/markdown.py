"""What Handrail looks for in a body without rendering it: headings, links; code is left out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from handrail.text.html_blocks import in_html_block
from handrail.text.inline import words_in_line
from handrail.text.tags import Attribute, tags

# Patterns take CR as a line's end too, which `^` and `$` don't, and never give back what they took (`*+`), so that no
# text makes them slow. What may not stand before a bracket is asked behind it: then brackets are looked for, not places.
_LINE_END = r"(?:\r\n|\n|\r)"
_BEGIN = r"(?:(?<=[\r\n])|\A)"
_END = r"(?=[\r\n]|\Z)"
_LITERAL = re.compile(
    # A fenced block; the info string behind backticks holds none, or it is a code span.
    rf"{_BEGIN}[ \t]*+(?:(?:[-*+>]|\d++[.)])[ \t]*+)?(?P<fence>`{{3,}}+(?=[^`\r\n]*+{_END})|~{{3,}}+)[^\r\n]*+{_LINE_END}"
    rf".*?(?:{_BEGIN}[ \t>]*+(?P<closed>(?P=fence))[`~]*+[ \t]*+{_END}|\Z)"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    # A code span ends in its paragraph.
    r"|(?<!`)(?<!\\)(?P<ticks>`++)"
    rf"(?:[^\r\n]|{_LINE_END}(?![ \t]*+(?:[\r\n]|\Z)))+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_INDENTED_CODE = re.compile(rf"(?:(?<=\n\n)|(?<=\r\r)|(?<=\r\n\r\n)|\A)(?:(?: {{4}}|\t)[^\r\n]*+(?:{_LINE_END}|\Z))++")
_HOLDS_INDENTED_TEXT = re.compile(rf"{_BEGIN}[ \t]*+(?:[-*+:]|\d++[.)]|!!!|\?\?\?\+?|===|\[\^)[ \t]*+[^\r\n]")
_HTML_BLOCK = re.compile(
    rf"{_BEGIN}<(?:div|section|article|main|nav|table|ul|ol|dl|details|figure|header|footer|p)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_VISIBLE = re.compile(r"[^\r\n]")
_BLANKED = "   "
"""What the shortest code span leaves where it was blanked out."""
# What stands before it is asked behind it, and roughly: then its own signs are looked for, not places.
_MAY_BE_H1 = re.compile(r"(?:#(?!#)|=)(?:(?<=[\r\n ].)|(?<=\A.))")
_H1 = re.compile(
    rf"{_BEGIN} {{0,3}}#(?!#)[ \t]++(?P<atx>[^\r\n]*+)"
    rf"|{_BEGIN} {{0,3}}(?P<setext>\S[^\r\n]*+){_LINE_END}=++[ \t]*+{_END}"
)
_LINK = re.compile(
    r"\[(?<!\\\[)(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*+"
    # Blanks within a target are no more than bad style, as long as no title begins behind them.
    r"(?:<(?P<angle>(?!%[^<>\r\n]*%>)[^<>\r\n]*)>|(?P<target>"
    # Template code holds whatever it likes.
    r"(?:[^\s()<>{]++|\{%[^{}%]*+%\}|\{\{[^{}]*+\}\}|<%[^%<>]*+%>|\{)*+"
    r"(?:(?:\([^\s()]*\)|[ \t]++(?![\"'])(?=[^\s()<>]))[^\s()]*+)*+))"
    r"(?:\s++(?:\"[^\"]*\"|'[^']*'))?\s*+\)"
)
_TITLED = re.compile(r"(?P<target>[^\s\"']++)(?P<mark>[\"']).+(?P=mark)")
# A footnote looks like one and is none; nor is what has more than a title behind its target.
_DEFINITION = re.compile(
    rf"{_BEGIN} {{0,3}}\[(?!\^)(?P<label>[^\]\r\n]+)\]:[ \t]*+<?(?P<target>[^\s<>]++)>?"
    rf"(?P<behind>[ \t]*+(?:(?:\"[^\r\n]*\"|'[^\r\n]*'|\([^\r\n]*\))[ \t]*+)?{_END})?"
)
_USE = re.compile(r"(?P<shows>!)?(?<!\\)\[(?P<text>(?:[^\[\]\\]|\\.)+)\](?: ?\[(?P<label>[^\[\]]*)\])?(?!\()")
_NAMES = frozenset(("src", "href", "poster", "srcset", "data"))
"""The attributes that name what a tag leads to or shows."""
_ON_PAGES = frozenset((
    ("a", "href"), ("img", "src"), ("source", "src"), ("track", "src"), ("audio", "src"), ("video", "src"), ("video", "poster"),
))  # fmt: skip
"""Those that are left when the page is made harmless."""
_PART = re.compile(r"[^\s,]\S*")
_WIKI = re.compile(r"\[\[(?<!\\\[\[)(?!\s*+view:)(?P<target>[^\[\]|\r\n]+)(?:\|(?P<text>[^\[\]\r\n]*))?\]\]")


@dataclass(frozen=True, slots=True)
class BodyLink:
    """A link in a body: what it points to, where, and whether it was written as `[[kind:id]]`.

    `target_at` is where its target begins. A definition `[label]: target` has no text. In HTML the link is the address alone.
    `is_shown` is what the page shows there and then, such as a picture. What is not `is_used` is no link on any page of the site:
    a definition without a use, an address in a tag that no page may have. So is what Markdown takes for text and readers see as
    it was typed (`is_text`): what stands in a block of HTML, or looks like a definition and is none.
    """

    target: str
    offset: int
    end: int
    form: Literal["markdown", "wiki", "html"]
    target_at: int
    text: str | None = None
    is_shown: bool = False
    is_used: bool = True
    is_text: bool = False


def without_code(body: str, *, comments: bool = False) -> str:
    """Return the body with code and, unless they are to stay, comments blanked out, every other character in its place."""
    text = body
    if "`" in body or "~~~" in body or "<!--" in body:
        text = _LITERAL.sub(_kept_comment if comments else _blank_literal, body)
    if ("    " in body or "\t" in body) and not _HOLDS_INDENTED_TEXT.search(text):
        # Below a list item, an admonition or a tab four spaces continue it; only a body without any is sure to hold code.
        # It is looked for in the body as written, for a code span that was blanked out looks like an indent.
        parts, at = [], 0
        html_at = match.start() if (match := _HTML_BLOCK.search(text)) else len(body)
        for match in _INDENTED_CODE.finditer(body):
            if match.start() > html_at and match[0].lstrip().startswith("<"):
                continue  # a block of HTML may be indented, and hold empty lines
            parts += [text[at : match.start()], _VISIBLE.sub(" ", text[match.start() : match.end()])]
            at = match.end()
        text = "".join((*parts, text[at:]))
    return text


def code_spans(body: str) -> frozenset[str]:
    """Return the code spans of a body, ticks and all, each once."""
    return frozenset(match[0] for match in _LITERAL.finditer(body) if match["ticks"]) if "`" in body else frozenset()


def without_comments(body: str) -> str:
    """Return a body without its comments, each other character in its place; what code says of them is no comment."""
    if "<!--" not in body:
        return body
    parts, at = [], 0
    for match in _COMMENT.finditer(without_code(body, comments=True)):
        parts += [body[at : match.start()], _VISIBLE.sub(" ", body[match.start() : match.end()])]
        at = match.end()
    return "".join([*parts, body[at:]])


def first_headings(body: str) -> list[tuple[str, int]]:
    """Return the words and offset of every heading of the first level outside code."""
    if not _MAY_BE_H1.search(body):
        return []
    found = []
    for match in _H1.finditer(without_code(body)):
        # Code within a heading is among its words.
        written = body[slice(*match.span("setext" if match["atx"] is None else "atx"))]
        found.append(
            (words_in_line(written if match["atx"] is None else written.rstrip(" \t").rstrip("#")), match.start())
        )
    return found


def links(body: str) -> list[BodyLink]:
    """Return every link and image of a body outside code, in the order of the text."""
    if "](" not in body and "[[" not in body and "]:" not in body and "<" not in body:
        return []
    text = without_code(body)
    found = links_in_markdown(text)
    if "<" in text:
        found += _in_html(text)
    found.sort(key=lambda link: link.offset)
    return found


def links_in_markdown(text: str) -> list[BodyLink]:
    """Return the links and images that are not written in HTML, of a text whose code is blanked out."""
    found: list[BodyLink] = []
    if "[[" in text:
        found += [
            BodyLink(match["target"].strip(), match.start(), match.end(), "wiki", match.start("target"), match["text"])
            for match in _WIKI.finditer(text)
        ]
        text = _WIKI.sub(_blank, text)
    if "](" not in text and "]:" not in text:
        return found
    # Double brackets become a link before Markdown reads the page, and leaves its blocks of HTML alone.
    is_in_html = in_html_block(text)
    for match in _LINK.finditer(text) if "](" in text else ():
        is_text = is_in_html(match.start())
        found.append(_inline(match, match.end(), match["text"], is_text=is_text))
        found += [_inline(inner, match.end(), is_text=is_text) for inner in _LINK.finditer(text, *match.span("text"))]
    if "]:" in text:
        found += _definitions(text, is_in_html)
    return found


def _inline(match: re.Match[str], end: int, text: str | None = None, *, is_text: bool) -> BodyLink:
    """Return a link of the form `[text](target)`; one within another's text ends with it."""
    group = "angle" if match["angle"] is not None else "target"
    is_shown = match.string[max(match.start() - 2, 0) : match.start()].replace("\\!", "").endswith("!")
    at = match.start(group)
    # Markdown takes for a title what ends in a quotation mark, with or without a blank before it.
    titled = _TITLED.fullmatch(match[group]) if group == "target" else None
    return BodyLink(
        titled["target"] if titled else match[group],
        match.start(),
        end,
        "markdown",
        at,
        text,
        is_shown,
        is_used=not is_text,
        is_text=is_text,
    )


def _definitions(text: str, is_in_html: Callable[[int], bool]) -> Iterator[BodyLink]:
    """Yield the definitions `[label]: target`, with what uses them: of several for one label Markdown takes the last."""
    uses: dict[str, bool] = {}
    for use in definition_uses(text):
        if not is_in_html(use.start()):
            label = folded_label(use["label"] or use["text"])
            uses[label] = uses.get(label, False) or use["shows"] is not None
    matches = list(_DEFINITION.finditer(text))
    read = [match for match in matches if match["behind"] is not None and not is_in_html(match.start())]
    last = {folded_label(match["label"]): match for match in read}
    for match in matches:
        label = folded_label(match["label"])
        is_text = match["behind"] is None or is_in_html(match.start())
        yield BodyLink(
            match["target"],
            match.start(),
            match.end() if match["behind"] is None else match.start("behind"),
            "markdown",
            match.start("target"),
            is_shown=uses.get(label, False),
            # Code in a label is no word of it to Markdown, so that nothing can use it.
            is_used=not is_text and label in uses and last[label] is match and _BLANKED not in match["label"],
            is_text=is_text,
        )


def definition_uses(text: str) -> Iterator[re.Match[str]]:
    """Yield what may use a definition: `[text][label]` and `[label]`, in a text whose code is blanked out."""
    return _USE.finditer(_DEFINITION.sub(lambda match: match[0] if match["behind"] is None else _blank(match), text))


def folded_label(label: str) -> str:
    """Return the name of a definition in the form in which its uses are compared with it."""
    return " ".join(label.split()).casefold()


def _in_html(text: str) -> Iterator[BodyLink]:
    for tag in tags(text):
        for attribute in tag.attributes:
            if attribute.name in _NAMES and attribute.value.strip():
                is_shown = tag.name not in ("a", "area", "link") and attribute.name != "data"
                for start, end in _targets(attribute):
                    target = attribute.value[start:end]
                    at = attribute.offset + start
                    is_used = (tag.name, attribute.name) in _ON_PAGES
                    yield BodyLink(
                        html.unescape(target), at, at + len(target), "html", at, is_shown=is_shown, is_used=is_used
                    )


def _targets(attribute: Attribute) -> Iterator[tuple[int, int]]:
    """Yield where each address in an attribute's value begins and ends: `srcset` has several, with sizes behind them."""
    if attribute.name != "srcset":
        begin = len(attribute.value) - len(attribute.value.lstrip())
        yield begin, len(attribute.value.rstrip())
        return
    at = 0
    for part in attribute.value.split(","):
        if match := _PART.search(part):
            yield at + match.start(), at + match.end()
        at += len(part) + 1


def is_address(target: str) -> bool:
    """Say whether a link's target can be taken apart: its host may hold no bracket alone, nor signs that look like others."""
    try:
        urlsplit(target)
    except ValueError:
        return False
    return True


def visible_text(body: str) -> str:
    """Return what a reader would see of a body, roughly: it is empty where there is only white space and comments."""
    return _COMMENT.sub("", body).strip() if "<!--" in body else body.strip()


def _blank_literal(match: re.Match[str]) -> str:
    # MkDocs takes a fence that is never closed for text, so what stands below it is read like any other text.
    return match[0] if match["fence"] and match["closed"] is None else _blank(match)


def _kept_comment(match: re.Match[str]) -> str:
    return match[0] if match["comment"] else _blank_literal(match)


def _blank(match: re.Match[str]) -> str:
    return _VISIBLE.sub(" ", match[0])
