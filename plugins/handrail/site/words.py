"""Words of a Markdown text without its markup, for where none is understood."""

from __future__ import annotations

import html
import re

from handrail.text.markdown import without_code, without_comments

LONGEST = 160
"""How many letters of a description search engines show."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_BEGINS = re.compile(r"[ \t]*(?:[-*+>]|\d+[.)])[ \t]+")
_NO_TEXT = re.compile(r"[ \t]*(?:#|\||:::|!!!|\?\?\?|===|-{3,}|={3,}|\*{3,}|_{3,}|--8<--|\[[^\]]*\]:)")
_SIGNS = re.compile(r"(?<!\\)[*`]+|(?<![\w\\])_+|_+(?!\w)|\{:?[^{}]*\}")
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")


def unwrapped(text: str) -> str:
    """Return a text on one line, with what is invisible in it as it is."""
    return " ".join(text.split())


def first_sentence(body: str) -> str:
    """Return the first sentence of a Markdown text that stands in no heading, table or code, without its markup."""
    words: list[str] = []
    lines, outside_code = (_LINE_END.split(text) for text in (without_comments(body), without_code(body)))
    for line, text in zip(lines, outside_code, strict=True):
        if not text.strip() or _NO_TEXT.match(line):
            if words:
                break
            continue
        begins = _BEGINS.match(line)
        if begins and words:
            break
        words.append(line[begins.end() :] if begins else line)
    plain = html.unescape(_TAG.sub("", _LINK.sub(r"\1", " ".join(words))))
    plain = unwrapped(_SIGNS.sub("", plain).replace("\\", ""))
    match = _SENTENCE.match(plain)
    return match[0] if match else plain


def clipped(text: str) -> str:
    """Return a text that is no longer than search engines show, cut between two words."""
    if len(text) <= LONGEST:
        return text
    whole = text[: LONGEST - 1]
    return f"{whole.rpartition(' ')[0] or whole}…"
