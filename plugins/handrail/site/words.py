"""Words of a Markdown text without its markup, for where none is understood."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handrail.text.markdown import without_code, without_comments
from handrail.text.templates import template_texts

LONGEST = 160
"""How many letters of a description search engines show."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_BEGINS = re.compile(r"[ \t]*(?:[-*+>]|\d+[.)])[ \t]+")
_NO_TEXT = re.compile(r"[ \t]*(?:#|\||:::|!!!|\?\?\?|===|-{3,}|={3,}|\*{3,}|_{3,}|--8<--|\[[^\]]*\]:)")
_SIGNS = re.compile(r"(?<!\\)[*`]+|(?<![\w\\])_+|_+(?!\w)|(?<!\{)\{:?[^{}]*\}(?!\})")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)")
_SIGN = re.compile(r"[^\r\n]")
_TEMPLATE = "\ue000"
"""Stands for a sign of template code: a letter of nobody, which hardly a text holds."""


def unwrapped(text: str) -> str:
    """Return a text on one line, with what is invisible in it as it is."""
    return " ".join(text.split())


def first_sentence(body: str) -> str:
    """Return the first sentence of a Markdown text that stands in no heading, table or code, without its markup.

    One that holds template code is stepped over: nobody knows what it says.
    """
    for paragraph in _paragraphs(_with_marked_templates(body)):
        plain = html.unescape(_TAG.sub("", _LINK.sub(r"\1", paragraph)))
        plain = unwrapped(_SIGNS.sub("", plain).replace("\\", ""))
        for match in _SENTENCE.finditer(plain):
            if _TEMPLATE not in match[0]:
                return match[0].strip()
    return ""


def _with_marked_templates(body: str) -> str:
    """Return a text with a mark in the place of each sign of template code."""
    parts, at = [], 0
    for found in template_texts(body):
        parts += [body[at : found.offset], _SIGN.sub(_TEMPLATE, body[found.offset : found.end])]
        at = found.end
    return "".join([*parts, body[at:]])


def _paragraphs(body: str) -> Iterator[str]:
    """Yield what stands in no heading, table or code: each paragraph and item of a list, on one line."""
    words: list[str] = []
    lines, outside_code = (_LINE_END.split(text) for text in (without_comments(body), without_code(body)))
    for line, text in zip(lines, outside_code, strict=True):
        is_text = text.strip(f" \t{_TEMPLATE}") and not _NO_TEXT.match(line)
        begins = _BEGINS.match(line) if is_text else None
        if words and (begins or not is_text):
            yield " ".join(words)
            words = []
        if is_text:
            words.append(line[begins.end() :] if begins else line)
    if words:
        yield " ".join(words)


def clipped(text: str) -> str:
    """Return a text that is no longer than search engines show, cut between two words."""
    if len(text) <= LONGEST:
        return text
    whole = text[: LONGEST - 1]
    return f"{whole.rpartition(' ')[0] or whole}…"
