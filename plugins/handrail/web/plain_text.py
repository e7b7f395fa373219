"""Words of a Markdown text without its markup, for where none is understood."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handrail.rendering.renderer import Renderer, UnrenderableError
from handrail.text.markdown import without_code, without_comments
from handrail.text.templates import template_texts

LONGEST = 160
"""How many letters of a description search engines show."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_TAG = re.compile(r"<(?P<breaks>br\b)?[^>]*>")
_MARKED = re.compile(r"[^\w\s.,;?!'\"()/%-]|_")
"""What may be more than a letter to Markdown or one of its extensions."""
_DEFINITION = re.compile(r"(?:(?<=[\r\n])|\A) {0,3}\[(?!\^)[^\]\r\n]+\]:[^\r\n]*")
_UNREAD = re.compile(r"\[\^[^\[\]\s]+\]|(?<![{\\])\{(?::[^{}]*|[ \t]*[#.][^{}]*|[ \t]*[\w-]+=[^{}]*)\}(?!\})")
"""Footnotes, whose text stands elsewhere, and attributes, which not every site reads."""
_BEGINS = re.compile(r"[ \t]*(?:[-*+>]|\d+[.)])[ \t]+")
_NO_TEXT = re.compile(r"[ \t]*(?:#|\||:::|!!!|\?\?\?|===|-{3,}|={3,}|\*{3,}|_{3,}|--8<--|\*?\[[^\]]*\]:)")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)")
_SIGN = re.compile(r"[^\r\n]")
_TEMPLATE = "\ue000"
"""Stands for a sign of template code: a letter of nobody, which hardly a text holds."""


def unwrapped(text: str) -> str:
    """Return a text on one line, with what is invisible in it as it is."""
    return " ".join(text.split())


def first_sentence(body: str, renderer: Renderer) -> str:
    """Return the first sentence of a Markdown text that stands in no heading, table or code, as readers see its words.

    One that holds template code is stepped over, for nobody knows what it says, and so is a picture.
    """
    definitions = ""
    if "]:" in body:
        definitions = "\n".join(match[0] for match in _DEFINITION.finditer(without_code(body)))
    for paragraph in _paragraphs(_with_marked_templates(body)):
        for match in _SENTENCE.finditer(_words(paragraph, definitions, renderer)):
            if _TEMPLATE not in match[0]:
                return match[0].strip()
    return ""


def _words(paragraph: str, definitions: str, renderer: Renderer) -> str:
    """Return the words of a paragraph, without what Markdown makes of them."""
    if not _MARKED.search(paragraph):
        return unwrapped(paragraph)
    try:
        markup = renderer.html(f"{_UNREAD.sub('', paragraph)}\n\n{definitions}")
    except UnrenderableError:
        return ""
    return unwrapped(html.unescape(_TAG.sub(lambda tag: " " if tag["breaks"] else "", markup)))


def _with_marked_templates(body: str) -> str:
    """Return a text with a mark in the place of each sign of template code."""
    parts, at = [], 0
    for found in template_texts(body):
        parts += [body[at : found.offset], _SIGN.sub(_TEMPLATE, body[found.offset : found.end])]
        at = found.end
    return "".join([*parts, body[at:]])


def _paragraphs(body: str) -> Iterator[str]:
    """Yield what stands in no heading, table or code: each paragraph and item of a list."""
    words: list[str] = []
    lines, outside_code = (_LINE_END.split(text) for text in (without_comments(body), without_code(body)))
    for line, text in zip(lines, outside_code, strict=True):
        is_text = text.strip(f" \t{_TEMPLATE}") and not _NO_TEXT.match(line)
        begins = _BEGINS.match(line) if is_text else None
        if words and (begins or not is_text):
            yield "\n".join(words)
            words = []
        if is_text:
            words.append((line[begins.end() :] if begins else line).strip(" \t"))
    if words:
        yield "\n".join(words)


def clipped(text: str) -> str:
    """Return a text that is no longer than search engines show, cut between two words."""
    if len(text) <= LONGEST:
        return text
    whole = text[: LONGEST - 1]
    return f"{whole.rpartition(' ')[0] or whole}…"
