"""Estimates how much of a body a reader of Markdown would go over again and again, so that no page keeps a build busy.

Python-Markdown looks from each opening bracket to its end, from each tag that is not closed to the end of the page, and at the
rest of a paragraph from each line that begins something new. The sum of these ways is what a body costs beyond its length.
"""

from __future__ import annotations

import re

MOST_STEPS = 2_500_000
"""Somewhat under a second of work; a page that people wrote has a hundredth of it."""
MOST_STEPS_OF_TAGS = 10_000_000
"""The same for tags that are not closed, on the way to the end of the page."""
MOST_SIGNS = 8_000
"""Signs of emphasis and the like in one paragraph, each of which is tried with many others."""
MOST_BEGINNINGS = 3_000
"""Headings, definitions, tabs, notes and the like on one page: some are held against all those before them."""
MOST_LINES = 24_000
"""Lines with something on them: of so many paragraphs and breaks each is held against all, by some extensions."""
MOST_ITEMS = 16_000
"""Paragraphs and items of lists, each of which is held against all before it."""
LARGEST = 1_048_576
"""Characters of a body: an ordinary page of so many takes some seconds, in proportion to its length."""

_SHORT = 200
_DEEPEST = 100  # columns: the reader calls itself for each level
_OPEN_ELEMENTS = 1_000
_FEW = 5_000  # shorter than the numbers above
_STEPS_OF_TWO_RAISED = 15  # each sign that raises or lowers what follows is tried with each other of its paragraph
_COSTLY = ("[", "](", "`", "<", ">", "\n", "\r", "(", *["```", "~~~"] * 3)
_PARAGRAPH = re.compile(r"(?:[^\r\n]++(?:\r\n|\r|\n)?+)++")
_LINE = re.compile(r"[^\r\n]++")
_BRACKET = re.compile(r"\\.|\]\(|[\[\]()]", re.DOTALL)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*+>?+")
_SIGN = re.compile(r"[*_`~^=+{\\&!\[@]|:(?=//)")
_RAISED = re.compile(r"(?<!\^)\^(?!\^)|(?<!~)~(?!~)")
_TICKS = re.compile(r"`++")
_BEGINS = re.compile(
    r"[ \t]*+(?:#|>|=+[ \t]*+\Z|(?:[*_-][ \t]*+){3,}+\Z|~~~|```|!!!|\?\?\?|===|\[[^\]]*+\]:|\*\[|:[ \t]|[:/]{3})"
)
_ELEMENT = re.compile(r"<(?!(?:br|col|hr|img|input|source|wbr)\b)[A-Za-z]", re.IGNORECASE)
_DEEP = re.compile(rf"(?:(?<=[\r\n])|\A)(?: {{{_DEEPEST}}}|\t{{{_DEEPEST // 4}}})[ \t]*+(?:[-*+>:!?=]|\d)")
_LINE_BEGIN = re.compile(r"(?:(?<=[\r\n])|\A)(?=[^\r\n])")
_ITEM = re.compile(r"(?:(?<=[\r\n])|\A)[ \t]*+(?:[-*+]|\d++\.)[ \t](?=[^\r\n])")
_TABLE = re.compile(r"(?P<head>[^\r\n`\\]*+)(?:\r\n|\r|\n)(?P<rule>[ \t|:-]++)(?=[\r\n]|\Z)")
_QUOTED = re.compile(r"[ \t]*+(?:>[ \t]?+)++")


def too_complex(body: str) -> tuple[int, str] | None:
    """Return where a body becomes more than can be read in about a second, and what is wrong there; None where it is fine."""
    if len(body) > LARGEST:
        return LARGEST, f"The page is longer than {LARGEST >> 20} MiB."
    if (" " * _DEEPEST in body or "\t" * (_DEEPEST // 4) in body) and (deep := _DEEP.search(body)):
        return deep.start(), "Lists or notes stand in one another too deeply here."
    few = len(body) < _FEW and (body.count("^") + body.count("~")) ** 2 * _STEPS_OF_TWO_RAISED <= MOST_STEPS
    if few and sum(map(body.count, _COSTLY)) * len(body) <= MOST_STEPS:
        return None  # the rule, said fast: even if each went to the end of the page
    return _in_paragraphs(body) or _in_html(body)


def _in_paragraphs(body: str) -> tuple[int, str] | None:
    steps = beginnings = lines = items = 0
    for paragraph in _PARAGRAPH.finditer(body):
        way, begun, long = _of_lines(paragraph[0])
        units = _units(paragraph[0])
        beginnings += begun
        lines += long
        items += len(units) if _ITEM.match(paragraph[0]) else 1
        if lines > MOST_LINES:
            return paragraph.start(), f"This page has more than {MOST_LINES:,} lines."
        if items > MOST_ITEMS:
            return paragraph.start(), f"This page has more than {MOST_ITEMS:,} paragraphs and items of lists."
        if beginnings > MOST_BEGINNINGS:
            return (
                paragraph.start(),
                f"This page has more than {MOST_BEGINNINGS:,} headings, quotations, definitions and notes.",
            )
        steps += way + sum(map(_of_signs, units))
        if steps > MOST_STEPS:
            return paragraph.start(), "Brackets, quotations, headings or signs follow one another too often here."
    return None


def _units(paragraph: str) -> list[str]:
    """Return what is read by itself in a paragraph: each item of a list that begins it, each row of a table, else all."""
    begins = _ITEM if _ITEM.match(paragraph) else _LINE_BEGIN if _is_table(paragraph) else None
    if begins is None:
        return [paragraph]
    starts = [match.start() for match in begins.finditer(paragraph)]
    return [paragraph[start:end] for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True)]


def _is_table(paragraph: str) -> bool:
    """Say whether a paragraph is a table for certain; MkDocs reads them on every site."""
    match = _TABLE.match(paragraph)
    return match is not None and "-" in match["rule"] and 0 < match["head"].count("|") == match["rule"].count("|")


def _in_html(body: str) -> tuple[int, str] | None:
    unclosed = [tag.start() for tag in _TAG.finditer(body) if not tag[0].endswith(">")]
    if sum(len(body) - at for at in unclosed) > MOST_STEPS_OF_TAGS:
        return unclosed[0], "HTML tags begin here that never end."
    if body.count("<") > _OPEN_ELEMENTS and len(_ELEMENT.findall(body)) - body.count("</") > _OPEN_ELEMENTS:
        return body.index("<"), f"More than {_OPEN_ELEMENTS:,} HTML elements are opened and not closed."
    return None


def _of_signs(paragraph: str) -> int:
    if len(paragraph) < _SHORT:
        return 0  # nothing in it could take long
    if len(paragraph) > MOST_SIGNS and len(_SIGN.findall(paragraph)) > MOST_SIGNS:
        return MOST_STEPS + 1
    raised = len(_RAISED.findall(paragraph)) if "^" in paragraph or "~" in paragraph else 0
    return _of_brackets(paragraph) + _of_ticks(paragraph) + raised**2 * _STEPS_OF_TWO_RAISED


def _of_brackets(paragraph: str) -> int:
    """Return the sum of the ways from each opening bracket to its end, or to the paragraph's."""
    squares: list[int] = []
    rounds: list[int] = []
    steps = 0
    for match in _BRACKET.finditer(paragraph):
        sign, at = match[0], match.start()
        if sign == "[":
            squares.append(at)
        elif sign[0] == "]":
            steps += at - squares.pop() if squares else 0
            if sign == "](":
                rounds.append(at)
        elif sign == "(" and rounds:
            rounds.append(at)
        elif sign == ")" and rounds:
            steps += at - rounds.pop()
    end = len(paragraph)
    return steps + sum(end - at for at in squares) + sum(end - at for at in rounds)


def _of_lines(paragraph: str) -> tuple[int, int, int]:
    """Return the sum of what is left of the paragraph at each line that begins something, how many of those, and of all.

    A quotation begins with each of its signs; a fence that is not closed is looked for by several readers.
    """
    end, steps, begun, lines = len(paragraph), 0, 0, 0
    for line in _LINE.finditer(paragraph):
        lines += 1
        if _BEGINS.match(line[0]):
            quoted = _QUOTED.match(line[0])
            times = quoted[0].count(">") if quoted else 4 if "~~~" in line[0] or "```" in line[0] else 1
            steps += (end - line.start()) * times
            begun += 1
    return steps, begun, lines


def _of_ticks(paragraph: str) -> int:
    """Return the sum of the ways from each run of backticks to the next of its length, or to the paragraph's end."""
    waiting: dict[int, int] = {}
    steps = 0
    for run in _TICKS.finditer(paragraph):
        size = run.end() - run.start()
        if size in waiting:
            steps += run.start() - waiting.pop(size)
        else:
            waiting[size] = run.start()
    return steps + sum(len(paragraph) - at for at in waiting.values())
