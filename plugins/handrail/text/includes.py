"""Finds where a body puts in text that stands elsewhere: snippets, markdown-include's braces, tags of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handrail.text.markdown import without_code

_BEGIN = r"(?:(?<=[\r\n])|\A)"
_END = r"(?=[\r\n]|\Z)"
_SNIPPET = re.compile(rf"{_BEGIN}[ \t]*+(?P<escape>;*+)(?P<marker>-++8<-++)(?:[ \t]++(?P<path>[\"'][^\r\n]++))?{_END}")
_LINE = re.compile(r"[^\r\n]++")
_BRACES = re.compile(r"\{![ \t]*+(?P<path>[^\r\n{}!]++)!")
# In a template nothing is read in what is raw; what never ends reaches the end of the page.
_TEMPLATE = re.compile(
    r"\{%[-+]?\s*+raw\s*+[-+]?%\}.*?(?:\{%[-+]?\s*+endraw\b|\Z)"
    r"|\{%[-+]?\s*+(?P<tag>\w++)(?P<tag_body>.*?)(?:%\}|\Z)|\{\{(?P<expression>.*?)(?:\}\}|\Z)",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"(?P<double>[^\"\r\n]*+)\"|'(?P<single>[^'\r\n]*+)'")
_INCLUDING_TAGS = ("include", "import", "from", "extends")


Form = Literal["snippet", "braces", "template"]


@dataclass(frozen=True, slots=True)
class Include:
    """One place where text is put in: the path as written, and where it begins and ends in the body.

    `certain` is false for a path in other template code, which may be put in or not.
    """

    path: str
    offset: int
    end: int
    form: Form
    certain: bool = True


def includes(body: str, *, templates: bool) -> list[Include]:
    """Return what a body puts in, in the order of the text; `templates` says whether template code runs in it.

    The extension for snippets reads them before anyone looks for code, and so does the template engine: they are found in
    code too. In a snippet's place a semicolon before it makes it text.
    """
    found: list[Include] = []
    if "8<" in body:
        found += _snippets(body)
    if "{!" in body:
        text = without_code(body, comments=True)
        found += [_include(text, match.span("path"), "braces") for match in _BRACES.finditer(text)]
    if templates and ("{%" in body or "{{" in body):
        found += _in_templates(body)
    return sorted(found, key=lambda include: include.offset)


def _include(body: str, span: tuple[int, int], form: Form, *, certain: bool = True) -> Include:
    """Return the include of a path, without the blanks around it."""
    written = body[slice(*span)]
    path = written.strip()
    start = span[0] + len(written) - len(written.lstrip())
    return Include(path, start, start + len(path), form, certain)


def _snippets(body: str) -> Iterator[Include]:
    """Yield snippets of one line, and the paths on the lines between two markers."""
    opened: int | None = None
    for match in _SNIPPET.finditer(body):
        if match["escape"]:
            continue
        if match["path"] is None:
            if opened is not None:
                yield from _block(body, opened, match.start())
            opened = match.end() if opened is None else None
        elif opened is None and len(match["path"]) > 2 and match["path"][0] == match["path"][-1]:  # noqa: PLR2004 - quotes
            yield _include(body, (match.start("path") + 1, match.end("path") - 1), "snippet")
    if opened is not None:
        yield from _block(body, opened, len(body))


def _block(body: str, start: int, end: int) -> Iterator[Include]:
    for line in _LINE.finditer(body, start, end):
        found = _include(body, line.span(), "snippet")
        if found.path and not found.path.startswith(";"):
            yield found


def _in_templates(body: str) -> Iterator[Include]:
    for match in _TEMPLATE.finditer(body):
        group = "tag_body" if match["tag"] else "expression"
        if match[group] is None:
            continue
        certain = match["tag"] is not None and match["tag"].startswith(_INCLUDING_TAGS)
        quoted = [
            _include(body, text.span(str(text.lastgroup)), "template", certain=certain)
            for text in _QUOTED.finditer(body, *match.span(group))
        ]
        if certain and not quoted:
            # What a variable names is put in all the same.
            quoted = [_include(body, match.span(group), "template")]
        yield from quoted
