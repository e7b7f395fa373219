"""The foot of each printed page: what it is a copy of, of which day, and by which digits the finder knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handrail.model.page import Page
from handrail.pages.audience import Shown
from handrail.pages.generated.changes import changed_on
from handrail.text.digest import digits
from handrail.words.language import in_words

_COPY = "Printed copies are not kept up to date"
_PAGE = 'counter(page) "/" counter(pages)'
_PLAIN = re.compile(r"[^A-Za-z0-9 ,.:/()-]")
_BOX = "font: 7.5pt/1.35 sans-serif; color: #333; white-space: pre-line; vertical-align: top; padding-top: 1mm"


def foot(shown: Shown, page: Page, address: str) -> str:
    """Return the style that writes the foot of a page of the handbook on paper; `address` is where it is read, or nothing.

    Browsers that know no boxes in a page's margin print without it.
    """
    day, is_signed = changed_on(shown, page), page.kind is not None and page.kind.signed
    text = digits(shown.handbook.texts.digest(page).text) if is_signed else ""
    of = f"Text of {in_words(day)}" if day is not None else "Text" if text else ""
    left, right = _lines(page.title, address), _lines(" · ".join(filter(None, (of, text))), f"{_COPY} · ")
    return (
        f'<style media="print">@page{{@bottom-left{{{_BOX}; text-align: left; width: 69%; content: {left}}}'
        f"@bottom-right{{{_BOX}; text-align: right; width: 30%; content: {right} {_PAGE}}}}}</style>\n"
    )


def _lines(*lines: str) -> str:
    """Return lines as a string of a style sheet, which nothing in them can end."""
    return f'"{_escaped(line for line in lines if line)}"'


def _escaped(lines: Iterable[str]) -> str:
    # A blank ends each escape, and is no part of the text.
    return r"\a ".join(_PLAIN.sub(lambda sign: f"\\{ord(sign[0]):x} ", line) for line in lines)
