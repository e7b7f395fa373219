"""HB6: what stands on a page in the place of what is still to be written, or to be put in by its reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.starters import bare, starter_lines
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, in_body, rule
from handrail.text.html_blocks import in_html_block
from handrail.text.markdown import without_code
from handrail.text.problems import DataPath
from handrail.text.source import Source
from handrail.text.unseen_words import UnseenWord, unseen_words
from handrail.words.language import quoted

_MOST = 20
"""So many of one page are told: nobody fixes more at once."""
_LEFT = re.compile(
    r"(?<![\w\"'“\u2018«`-])(?:TBD|TBA|TBC|TODO(?! lists?\b)|FIXME|XXX)(?![\w\"'”\u2019»`-])"
    r"|(?:(?<=[:(|])|(?<=[:(|] ))\?{3,}(?!\w)"
    r"|(?i:\blorem(?: ipsum)?\b|(?:[\[({]placeholder|[\[{]insert )[^\])}\r\n]{0,40}[\])}](?![(\[:])"
    r"|\b(?:is a placeholder|placeholder text)\b)"
)
_LATER = (
    r"to be (?:added|agreed|announced|completed|confirmed|decided|defined|determined|discussed|done|filled in|written)"
    r"|coming soon|under construction|work in progress|more to come"
)
_ALONE = re.compile(
    rf"(?:(?:\A|(?<=\n\n)|(?<=\n\r\n))[ \t>]*+|^[ \t>]*+(?:[-*+]|\d{{1,9}}[.)])[ \t]++|[|:][ \t]*+)"
    rf"[*_]{{0,3}}(?P<alone>{_LATER})[.…]{{0,3}}[*_]{{0,3}}[ \t]*+(?:$|(?=[\r|]))(?!\r?\n[ \t]*+[^\W\d_])"
    rf"|[(\[](?P<bracketed>{_LATER})[)\]](?![(\[:])",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that stand for something only where they are all that a line, a cell or a bracket says."""
_SIGNALS = ("TB", "TODO", "FIXME", "XXX", "???")
_WORDS = (
    "lorem",
    "placeholder",
    "insert ",
    "to be ",
    "coming soon",
    "under construction",
    "in progress",
    "more to come",
)
"""One of these is in whatever is left, and each is quick to look for."""
_LINE = re.compile(r"[^\r\n]++")
_NAMES = frozenset(("kind", "id", "redirect_from", "replaces", "ignore", "sign_offs", "tags"))
"""Fields that hold no words for readers."""


@rule("HB604", "placeholder", Severity.WARNING)
def placeholder(handbook: Handbook) -> Iterator[Hit]:
    """A page in force holds a placeholder, or a word in angle brackets that no reader will see.

    TODO, TBC, “to be confirmed” and the lines with which a new page begins say that something is missing. A word such as `<environment>` outside
    code is taken for HTML, so it is gone from the page, and with it the thing that the reader was to put in.

    **What to do.** Write what is missing, or set the state back to `draft`. Put a word in angle brackets between backticks.
    """
    for page in handbook.pages:
        if page.source.readable and (page.is_prose or (page.kind is not None and page.is_in_force)):
            yield from _unseen(handbook, page)
            if not page.is_prose:
                yield from _left(page)


def _unseen(handbook: Handbook, page: Page) -> Iterator[Hit]:
    if handbook.settings.may_run_macros(page.src_uri):
        return  # what its text will be, only the macros know
    words = _unseen_words(page.source, handbook.project.markdown.extensions)
    is_in_html = in_html_block(without_code(page.source.body)) if words else None
    for word in words:
        between = f"Put it between backticks: `{word.text}`"
        if is_in_html is not None and is_in_html(word.start):
            # Backticks would be shown as they are, and the word still be none.
            between = f"Write &lt;{word.text[1:-1]}&gt; in its place."
        yield Hit(
            in_body(page, word.start, word.end),
            f"Readers will not see {quoted(word.text)}, for Markdown takes it for HTML.",
            f"Close it with </{word.element}>, or put it between backticks." if word.element else between,
            subject=word.text,
        )


def _unseen_words(source: Source, extensions: tuple[str, ...]) -> list[UnseenWord]:
    asked = _unseen_words, extensions
    return source.find(asked, lambda: list(islice(unseen_words(source.body, extensions), _MOST)))


def _what_to_do(page: Page) -> str:
    """Return what to do with words that are left; only a page with states can be one that is not in force yet."""
    if page.kind is not None and page.kind.states_to_come:
        return "Write it, or set the page back to a state in which it is not in force."
    return "Write it, or delete it until then."


def _may_be_left(source: Source) -> bool:
    text, body = source.text, source.body
    lower = text.lower()
    return (
        any(signal in text for signal in _SIGNALS)
        or any(word in lower for word in _WORDS)
        or any(line in body for line in starter_lines())
    )


def _left(page: Page) -> Iterator[Hit]:
    if not page.source.find(_may_be_left, partial(_may_be_left, page.source)):
        return
    places: dict[str, list[Spot]] = defaultdict(list)
    for words, spot in (*_left_in_fields(page), *_left_in_body(page)):
        places[words].append(spot)
    for words, (first, *others) in islice(places.items(), _MOST):
        yield Hit(
            first,
            f"{quoted(words)} stands for something that is not written yet.",
            _what_to_do(page),
            tuple((spot, "It stands here too.") for spot in others[:_MOST]),
            subject=words,
        )


def _left_in_fields(page: Page) -> Iterator[tuple[str, Spot]]:
    for path, text in _texts(page.data, ()):
        if path[0] not in _NAMES and (found := next(_found(text), None)) is not None:
            yield found[0], at(page, path)


def _left_in_body(page: Page) -> Iterator[tuple[str, Spot]]:
    body = page.source.body
    text = without_code(body)
    for words, start in _found(text):
        yield words, in_body(page, start, start + len(words))
    known = starter_lines()
    for line in _LINE.finditer(body):
        if bare(line[0]) in known:
            yield bare(line[0]), in_body(page, line.start(), line.end())


def _found(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a text that stand for others, and where they stand."""
    for match in _LEFT.finditer(text):
        yield match[0], match.start()
    for match in _ALONE.finditer(text):
        name = match.lastgroup or "alone"
        yield match[name], match.start(name)


def _texts(value: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, str) and path:
        yield path, value
    elif isinstance(value, (dict, list)):
        for step, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(below, (*path, step))
