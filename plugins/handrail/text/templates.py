"""Finds template code: what a template engine would run of a text, and, where none does, what readers see of it as it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, chain

from handrail.text.markdown import links_in_markdown, without_code
from handrail.text.tags import tags

# `{#anchor .class}` behind a heading is no comment of a template.
_TEMPLATE = re.compile(r"\{\{|\{%|\{#(?![\w-]++[^{}#\r\n]*+\})")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}

# Each looks no further than the next beginning of its kind, so that no text makes them slow.
_WHOLE = re.compile(
    # What may not stand before a brace is asked behind it: then braces are looked for, not places.
    r"\{(?:\{(?<![{$\\]\{\{)(?!\{)(?P<expression>[^{}]*+)\}\}(?!\})"
    r"|%(?<!\\\{%)[-+]?\s*+(?P<tag>[A-Za-z_][\w-]*+)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%))*+)%\}"
    r"|\#(?<!\\\{\#)(?![\w-]++[^{}#\r\n]*+\})(?P<comment>[^{}#]++)\#\})"
    r"|<%(?P<sign>[=#!@-]?+)(?P<erb>(?:[^%<]|%(?!>)|<(?!%))*+)%>"
)
_RAW_ENDS = re.compile(r"\{%[-+]?\s*+endraw\b[^%{}]*+%\}")
_FORMULA = re.compile(
    r"\$\$(?:[^$]|\$(?!\$))*+\$\$|(?<![\\\w$])\$(?![\s${])(?:[^$\r\n\\]|\\.)*+(?<!\s)\$(?!\w)"
    r"|\\\((?:[^\\]|\\(?![()]))*+\\\)|\\\[(?:[^\\]|\\(?![\[\]]))*+\\\]"
)
_VISIBLE = re.compile(r"[^\r\n]")
_GO = re.compile(
    r"-?\s+\.|-\s|\.[A-Za-z]|\s*(?:if|else|end|range|with|template|define|block|partial|\$\w+)\b", re.DOTALL
)
_LIQUID = re.compile(r"[\s-]*(?:(?:site|page|layout|content|include|forloop|collections|post)\b|[^|]+\|\s*\w)")
_CALL = re.compile(r"[\s-]*[A-Za-z_][\w.]*\(")
_WORD = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[[^\]]*\])*")
_TOUCHES = re.compile(r"[\w}^_\\]")
_GITBOOK_TAG = re.compile(
    r"(?:api-method|code|columns?|content-ref|embed|file|hint|openapi|page-ref|step|stepper|swagger|tabs?|updates?)"
    r"(?:-[\w-]+)?"
)
_READ_ALOUD = ("alt", "title")
"""Attributes whose values readers see or hear."""
_JINJA_TAGS = ("block", "call", "extends", "filter", "from", "import", "macro", "set", "trans")


class Dialect(StrEnum):
    """What template code something is, by the program that would run it."""

    GITBOOK = "GitBook"
    HUGO = "Hugo"
    LIQUID = "Jekyll"
    GO = "Go"
    JINJA = "Jinja"
    ERB = "ERB"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class TemplateText:
    """Template code that nothing runs: of which program, the name of its tag or its expression, the rest of it, and its place."""

    dialect: Dialect
    name: str
    rest: str
    offset: int
    end: int


def template_code(text: str, *, markdown: bool = True) -> tuple[int, int] | None:
    """Return where the first code of a text begins and ends that an engine would run, or None.

    Code spans and blocks of a body are text. In a comment it is code all the same: engines run before anyone looks for
    comments.
    """
    if not _may_hold_any(text):
        return None
    match = _TEMPLATE.search(without_code(text, comments=True) if markdown else text)
    if match is None:
        return None
    closed = text.find(_ENDS[match[0]], match.end())
    return match.start(), closed + 2 if closed != -1 else match.end()


def template_texts(text: str, *, markdown: bool = True) -> Iterator[TemplateText]:
    """Yield the template code that readers see of a text where nothing runs it.

    Formulas, `${{ … }}`, and a word alone in double braces, as in letters and programs, are what their author wants seen;
    so is what stands between `{% raw %}` and its end. What Markdown takes for the target of a link or a picture, or for an
    attribute in HTML, nobody sees.
    """
    found = all_template_texts(text, markdown=markdown)
    if not markdown or (first := next(found, None)) is None:
        yield from found
        return
    unseen = sorted(_unseen(without_code(text)))
    starts = [start for start, _ in unseen]
    ends = list(accumulate((end for _, end in unseen), max))
    for one in chain((first,), found):
        before = bisect_right(starts, one.offset)
        if not before or ends[before - 1] < one.end:
            yield one


def all_template_texts(text: str, *, markdown: bool = True) -> Iterator[TemplateText]:
    """Yield the template code of a text where nothing runs it, seen by readers or not, as in the target of a link."""
    if not _may_hold_any(text):
        return
    looked_at = without_code(text) if markdown else text
    if "$" in looked_at or "\\" in looked_at:
        looked_at = _FORMULA.sub(lambda match: _VISIBLE.sub(" ", match[0]), looked_at)
    at, last_raw = 0, _last_end_of_raw(looked_at)
    while match := _WHOLE.search(looked_at, at):
        at = match.end()
        found = _told_apart(match, looked_at[match.start() - 1 : match.start()] if match.start() else "")
        if found is None:
            continue
        yield found
        if match["tag"] == "raw" and at <= last_raw and (closed := _RAW_ENDS.search(looked_at, at)):
            at = closed.end()


def _unseen(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the targets of a text's links and pictures stand, and the attributes of its tags."""
    for link in links_in_markdown(text):
        if link.is_text:
            continue
        yield link.target_at, link.target_at + len(link.target)
    for tag in tags(text):
        for attribute in tag.attributes:
            if attribute.value and attribute.name not in _READ_ALOUD:
                yield attribute.offset, attribute.offset + len(attribute.value)


def _last_end_of_raw(text: str) -> int:
    return max((match.start() for match in _RAW_ENDS.finditer(text)), default=-1) if "raw" in text else -1


def _may_hold_any(text: str) -> bool:
    return "{{" in text or "{%" in text or "{#" in text or "<%" in text


def _told_apart(match: re.Match[str], before: str) -> TemplateText | None:
    if match["tag"]:
        name = match["tag"].casefold()
        return TemplateText(_dialect_of_tag(name, match["rest"]), name, match["rest"].strip(), *match.span())
    if match["comment"] or match["sign"] == "#":
        return TemplateText(Dialect.COMMENT, "", (match["comment"] or match["erb"]).strip(), *match.span())
    if match["erb"] is not None:
        name, _, rest = match["erb"].strip().partition(" ")
        return TemplateText(Dialect.ERB, name, rest.strip(), *match.span())
    expression = match["expression"]
    if expression[:1] in ("<", "%"):
        name, _, rest = expression[1:].rstrip("<>% \t\r\n").lstrip("/ \t\r\n").partition(" ")
        return TemplateText(Dialect.HUGO, name, rest.strip(), *match.span())
    dialect = _dialect_of_expression(expression, before)
    return TemplateText(dialect, expression.strip(" -\t"), "", *match.span()) if dialect else None


def _dialect_of_tag(name: str, rest: str) -> Dialect:
    bare = name.removeprefix("end")
    if _GITBOOK_TAG.fullmatch(bare) or (bare == "include" and ".gitbook" in rest):
        return Dialect.GITBOOK
    return Dialect.JINJA if bare in _JINJA_TAGS else Dialect.LIQUID


def _dialect_of_expression(expression: str, before: str) -> Dialect | None:
    """Return whose an expression is; None where its author may well want its braces to be read."""
    if _GO.match(expression):
        return Dialect.GO
    if _LIQUID.match(expression):
        return Dialect.LIQUID
    if _CALL.match(expression):
        return Dialect.JINJA
    stands_apart = expression[:1].isspace() and _WORD.fullmatch(expression.strip())
    return Dialect.JINJA if stands_apart and not _TOUCHES.match(before) else None
