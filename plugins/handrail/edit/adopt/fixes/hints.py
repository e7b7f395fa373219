"""Boxes that another program's tags draw round a text, as the admonitions that this site draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.edit.adopt.fixes.edits import Book, Edit
from handrail.model.page import Page
from handrail.text.markdown import without_code

_BEGIN, _END = r"(?:(?<=[\r\n])|\A)", r"[ \t]*+(?=[\r\n]|\Z)"
_TAGS = re.compile(
    rf"{_BEGIN}(?:(?P<hint>\{{%[ \t]*+hint(?:[ \t]++style=[\"'](?P<style>\w*+)[\"'])?[ \t]*+%\}})"
    rf"|(?P<endhint>\{{%[ \t]*+endhint[ \t]*+%\}})"
    rf"|(?P<colons>:::+)[ \t]*+(?:(?P<name>note|tip|info|caution|warning|danger)(?:\[(?P<label>[^\]\r\n\"]*+)\]"
    rf"|[ \t]++(?P<title>[^\r\n\"\[\]{{}}:]*+))?)?){_END}"
)
_STYLES = {"info": "info", "success": "success", "warning": "warning", "danger": "danger", "caution": "warning"}
_FENCE = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*(?:```|~~~)")
_LINE = re.compile(r"(?:(?<=[\r\n])|\A)(?=[ \t]*[^\s])")
_INDENT = "    "
_NESTED_FENCES = "pymdownx.superfences"


@dataclass(frozen=True, slots=True)
class _Box:
    """A box by the tags around it."""

    opening: re.Match[str]
    closing: re.Match[str]


def hints(book: Book, page: Page) -> Iterator[Edit]:
    """Find boxes that stand on lines of their own, none within another."""
    markdown = book.handbook.project.markdown
    body = page.source.body
    if not markdown.draws_notes or ("{%" not in body and ":::" not in body):
        return
    text = without_code(body)
    for box in _boxes(text):
        inside = body[box.opening.end() : box.closing.start()]
        if _FENCE.search(inside) and _NESTED_FENCES not in markdown.extensions:
            continue  # Python-Markdown reads no block of code that is indented so
        yield from _as_admonition(page, box, inside)


def _boxes(text: str) -> Iterator[_Box]:
    """Yield the boxes whose opening tag is followed by the closing one that belongs to it."""
    opening: re.Match[str] | None = None
    depth = 0
    for match in _TAGS.finditer(text):
        if match["hint"] or match["name"]:
            opening, depth = match, depth + 1
            continue
        if depth == 1 and opening is not None and _belongs(opening, match):
            yield _Box(opening, match)
        opening, depth = None, max(depth - 1, 0)


def _belongs(opening: re.Match[str], closing: re.Match[str]) -> bool:
    return bool(closing["endhint"]) if opening["hint"] else closing["colons"] == opening["colons"]


def _as_admonition(page: Page, box: _Box, inside: str) -> Iterator[Edit]:
    body, base = page.source.body, page.source.body_offset
    start, end = box.opening.span()
    yield Edit(base + start, base + end, _gap(body, start) + _heading(box.opening))
    for line in _LINE.finditer(inside):
        if line.start():
            place = base + end + line.start()
            yield Edit(place, place, _INDENT)
    yield Edit(base + box.closing.start(), base + box.closing.end(), "")


def _heading(opening: re.Match[str]) -> str:
    name = opening["style"] or opening["name"] or "note"
    title = (opening["label"] or opening["title"] or "").strip()
    return f"!!! {_STYLES.get(name, name if opening['name'] else 'note')}" + (f' "{title}"' if title else "")


def _gap(body: str, start: int) -> str:
    """Return the empty line that an admonition needs above it, where there is none."""
    above = body[:start]
    line_end = "\r\n" if above.endswith("\r\n") else above[-1:]
    last = above[: len(above) - len(line_end)]
    return line_end if last and last[-1] not in "\r\n" and last.rstrip(" \t")[-1:] not in ("", "\r", "\n") else ""
