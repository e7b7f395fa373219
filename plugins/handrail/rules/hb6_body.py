"""HB6: what a text says is not what its author meant readers to find there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from handrail.model.handbook import Handbook
from handrail.model.publication import why_withheld
from handrail.model.references import PLAN
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, in_body, rule
from handrail.text.inline import words_in_line
from handrail.text.markdown import visible_text, without_code
from handrail.text.source import Source
from handrail.words.language import quoted

_MOST = 20
# What stands before its signs is asked behind them: then they are looked for, not places.
_ATX = re.compile(
    r"(?P<signs>#(?:(?<=^#)|(?<=^ #)|(?<=^  #)|(?<=^   #))#{0,5})(?:[ \t](?P<words>[^\r\n]*+))?(?=\r?$)", re.MULTILINE
)
_UNDERLINE = re.compile(r"[=-](?<=[\n ].)[=-]*+[ \t]*+\r?$", re.MULTILINE)
_UNDERLINED = re.compile(
    r"^ {0,3}(?P<words>[^\s#>|*+-][^\r\n]*+)\r?\n {0,3}(?P<line>=+|-{2,})[ \t]*+(?=\r?$)", re.MULTILINE
)
_SENTENCE_ENDS = re.compile(
    r"(?<![.!?])[.!?]++[^\w\s]*+\s++[^\w\s]*+(?P<next>\w)|[\u0964\u3002\uff01\uff1f]\s*+(?P<other>\w)"
)
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "etc",
        "approx",
        "vs",
        "no",
        "nr",
        "st",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "inc",
        "ltd",
        "co",
        "corp",
        "u.s",
        "u.k",
    ]
)
_STRUCK = re.compile(r"(?<![\\~])~~(?![\s~])(?P<tilde>(?:[^~\r\n]|(?<!~)~(?!~)|\r?\n(?!\s*\n)){1,2000}+)(?<!\s)~~(?!~)")
_STRUCK_IN_HTML = re.compile(r"<(?P<tag>del|s|strike)(?:\s[^<>]*)?>(?P<html>[^<]{1,2000})</(?P=tag)\s*>", re.IGNORECASE)
_STRIKES = ("pymdownx.tilde", "pymdownx.extra")


@rule("HB609", "two-sentence-vision", Severity.INFO)
def two_sentence_vision(handbook: Handbook) -> Iterator[Hit]:
    """A plan's vision is more than one sentence.

    A vision is what people are to know by heart. Of two sentences one is the vision, and the other explains it.

    **What to do.** Keep the sentence that says what you want. Move the other into the methods, or below the front matter.
    """
    for page in handbook.of_kind(PLAN):
        vision = page.text("vision").strip()
        if (page.is_in_force or page.is_draft) and any(
            _ends_a_sentence(vision, end) for end in _SENTENCE_ENDS.finditer(vision)
        ):
            yield Hit(at(page, ("vision",)), f"The vision of “{page.title}” is more than one sentence.")


def _ends_a_sentence(text: str, end: re.Match[str]) -> bool:
    """Say whether a stop ends a sentence: the next word is no small one, and the last no initial and no abbreviation."""
    if end["other"] is not None:
        return True
    last = text[: end.start()].split()[-1:]
    word = last[0].strip("(\"'\u2018\u201c").casefold() if last else ""
    return not end["next"].islower() and len(word) > 1 and word not in _ABBREVIATIONS


@dataclass(frozen=True, slots=True)
class _Heading:
    words: str
    level: int
    start: int
    end: int


@rule("HB610", "empty-heading", Severity.INFO)
def empty_heading(handbook: Handbook) -> Iterator[Hit]:
    """A heading has nothing under it.

    Readers go to a heading for what it promises, and find the next one. A heading with lower ones under it is not empty.

    **What to do.** Write what belongs there, or delete the heading.
    """
    for page in handbook.pages:
        if page.source.readable and "\n" in page.source.body and (page.is_prose or page.is_in_force):
            for heading in page.source.find(_empty, partial(_empty, page.source)):
                yield Hit(
                    in_body(page, heading.start, heading.end),
                    f"There is nothing under the heading {quoted(heading.words)}."
                    if heading.words
                    else "A heading has no words.",
                    subject=heading.words,
                )


def _empty(source: Source) -> list[_Heading]:
    return list(islice(_with_nothing_under(source.body), _MOST))


def _with_nothing_under(body: str) -> Iterator[_Heading]:
    headings = _headings(body)
    for number, heading in enumerate(headings):
        following = headings[number + 1] if number + 1 < len(headings) else None
        under = body[heading.end : following.start if following is not None else len(body)]
        is_alone = following is None or following.level <= heading.level
        # The title of a page may stand above nothing: another rule tells of pages without text.
        if heading.level > 1 and (not heading.words or (is_alone and not visible_text(under))):
            yield heading


def _headings(body: str) -> list[_Heading]:
    text = without_code(body)
    found = [_read(body, match, len(match["signs"])) for match in _ATX.finditer(text)]
    if _UNDERLINE.search(text):
        found += [_read(body, match, 1 if match["line"].startswith("=") else 2) for match in _UNDERLINED.finditer(text)]
    return sorted(found, key=lambda heading: heading.start)


def _read(body: str, match: re.Match[str], level: int) -> _Heading:
    written = body[slice(*match.span("words"))] if match["words"] is not None else ""
    return _Heading(words_in_line(written.rstrip().rstrip("#")).strip(), level, match.start(), match.end())


@rule("HB611", "struck-text", Severity.INFO)
def struck_text(handbook: Handbook) -> Iterator[Hit]:
    """Words on a public page are struck through.

    They are still read: by people, who wonder which holds, by search engines and by programs that copy the page. What a team
    took back may be what it least wanted to publish.

    **What to do.** Delete them; git remembers what was there. Say in words what no longer holds, where that matters.
    """
    strikes = not set(_STRIKES).isdisjoint(handbook.project.markdown.extensions)
    for page in handbook.pages:
        body = page.source.body
        if not page.source.readable or not ("~~" in body or "</" in body):
            continue
        if why_withheld(page, "public") is not None or not (page.is_prose or page.is_in_force):
            continue
        text = without_code(body)
        found = [*(_STRUCK.finditer(text) if strikes else ()), *_STRUCK_IN_HTML.finditer(text)]
        for match in islice(sorted(found, key=re.Match.start), _MOST):
            words = " ".join((match["tilde"] if match.re is _STRUCK else match["html"]).split())
            if words:
                yield Hit(
                    in_body(page, match.start(), match.end()),
                    f"Everyone can still read what is struck through here: {quoted(words)}.",
                    subject=words,
                )
