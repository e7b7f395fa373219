"""Words in angle brackets that a browser would take for a tag and show to nobody, put between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.text.markdown import without_code
from handrail.text.unseen_words import unseen_words

_WORDS = re.compile(r"<[A-Za-z][A-Za-z0-9_-]*+(?: [A-Za-z0-9_-]++){0,5}+>")
_BEFORE, _BEHIND = re.compile(r"[\\`<\w\]]"), re.compile(r"[`>]")
"""Beside these signs backticks would mean something else."""
_PARAGRAPH = re.compile(r"(?:[^\r\n]*\S[^\r\n]*(?:\r\n|\n|\r|\Z))+")
_BEGINS_WITH_A_TAG = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*</?[A-Za-z][^<>]*>?")
_ADDRESS = re.compile(r"://[^\s<>]*+(?:<[^<>\r\n]*+>[^\s<>]*+)*+\Z")


def placeholders(book: Book, page: Page) -> Iterator[Edit]:
    """Find words that no reader sees and that are no element of HTML, in text that is Markdown."""
    body = page.source.body
    extensions = book.handbook.project.markdown.extensions
    words = {word.text for word in unseen_words(body, extensions) if not word.element}
    if not words:
        return
    text, base = without_code(body), page.source.body_offset
    links = [(link.offset, link.end) for link in page.source.links]
    taken = [*links, *_raw_paragraphs(text, words)]
    for match in _WORDS.finditer(text):
        start, end = match.span()
        if match[0] in words and _stands_free(text, start, end) and not any(a < end and start < b for a, b in taken):
            yield Edit(base + start, base + end, f"`{match[0]}`")


def _stands_free(text: str, start: int, end: int) -> bool:
    is_beside = _BEFORE.match(text, start - 1) if start else None
    return not is_beside and not _BEHIND.match(text, end) and not _ADDRESS.search(text, 0, start)


def _raw_paragraphs(text: str, words: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs stand that may be HTML, in which backticks are only backticks."""
    for match in _PARAGRAPH.finditer(text):
        tags = (tag[0].strip() for tag in _BEGINS_WITH_A_TAG.finditer(match[0]))
        if any(tag not in words for tag in tags):
            yield match.span()
