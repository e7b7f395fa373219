"""The finder's index: what is known of each page, as small as it can be sent, and the same thing read again.

A page's title and what is asked for it are kept as they are written, for they are shown, and compared as phrases. Of its
other fields only words are kept, each once, with the weightiest field that it stands in. Most of them stand in few pages:
a word of these fields that stands in more than one page of EVERYWHERE tells nothing, and is left out where there are
enough pages to say so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.search.affixes import AFFIXES
from handrail.search.words import ENDINGS, FOLDS, FORMS, STOP, tells_nothing, words

VERSION = 1
TITLE, ASKED, ID = 100, 85, 90
OTHERS = {"trigger": 70, "summary": 70, "headings": 60, "jobs": 45}
"""The weights of the fields of which only words are kept, the weightiest first."""

STANDINGS = (100, 90, 70, 40)
"""What a page's answer counts in per cent: in force, being written, known but not written, no longer in force."""

EVERYWHERE = 6
_ENOUGH = 40
_BASE = 32
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_LAST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&("


@dataclass(frozen=True, slots=True)
class Entry:
    """What the finder knows of a page.

    `standing` is an index into STANDINGS, `weight` what its answer counts in per cent for its kind; `ask` says whom to ask
    about it. `others` holds the text of the fields of OTHERS. `texts` are the digits of the page's text, and behind them those
    of earlier ones, each with a blank and the day on which it was replaced, where that is to be told.
    """

    id: str
    title: str
    url: str
    kind: str
    state: str
    standing: int = 0
    weight: int = 100
    department: str = ""
    owner: str = ""
    ask: str = ""
    asked_as: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()


def build(entries: Iterable[Entry], synonyms: Sequence[Sequence[str]] = ()) -> dict[str, Any]:
    """Return the index as data for JSON: the same for the same pages, in whatever order they come."""
    ordered = sorted(entries, key=lambda entry: (entry.standing, -entry.weight, entry.title.casefold(), entry.url))
    postings = _postings(ordered)
    terms = sorted(postings)
    return {
        "version": VERSION,
        "weights": {"title": TITLE, "asked": ASKED, "id": ID, "others": list(OTHERS.values())},
        "standings": list(STANDINGS),
        "stop": " ".join(sorted(STOP)),
        "forms": FORMS,
        "folds": FOLDS,
        "affixes": AFFIXES,
        "endings": ENDINGS,
        "synonyms": [[words(word)[0] for word in group] for group in synonyms],
        "titles": [entry.title for entry in ordered],
        "asked": ["|".join(phrase.replace("|", " ") for phrase in entry.asked_as) for entry in ordered],
        **_folders(ordered),
        **{
            name: _numbered([getattr(entry, name) for entry in ordered])
            for name in ("kind", "state", "standing", "weight", "department", "owner", "ask")
        },
        "texts": ["|".join(entry.texts) for entry in ordered],
        "terms": " ".join(terms),
        "postings": " ".join(_encoded(postings[term]) for term in terms),
    }


def _folders(entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the pages' addresses cut into folder and name; an id that is the name need not be said twice."""
    parts = [re.fullmatch(r"(.*?)([^/]*/?)", entry.url) for entry in entries]
    names = [part[2] if part else "" for part in parts]
    ids = [
        "" if entry.id == re.sub(r"/$|\.html$", "", name) else entry.id
        for entry, name in zip(entries, names, strict=True)
    ]
    return {"folder": _numbered([part[1] if part else "" for part in parts]), "names": names, "ids": ids}


def _numbered(values: Sequence[Any]) -> list[Any]:
    """Return a column as its values, each once, and the number of each row's."""
    known = sorted(set(values))
    return [known, [bisect_left(known, value) for value in values]]


def _postings(entries: Sequence[Entry]) -> dict[str, dict[int, int]]:
    """Return the words of the lesser fields that stand in no greater one: for each, pages and fields, by number."""
    found: dict[str, dict[int, int]] = {}
    for number, entry in enumerate(entries):
        seen = {word for text in (entry.title, *entry.asked_as, entry.id) for word in words(text)}
        for rank, name in enumerate(OTHERS):
            for word in words(entry.others.get(name, "")):
                if word not in seen and not tells_nothing(word):
                    seen.add(word)
                    found.setdefault(word, {})[number] = rank
    most = len(entries) // EVERYWHERE if len(entries) >= _ENOUGH else len(entries)
    return {word: pages for word, pages in found.items() if len(pages) <= most}


def _encoded(pages: Mapping[int, int]) -> str:
    """Return page numbers, each as its distance from the one before, with the number of the field: small numbers as text."""
    text: list[str] = []
    last = -1
    for page, rank in pages.items():
        number = (page - last - 1) * len(OTHERS) + rank
        last = page
        while number >= _BASE:
            text.append(_DIGITS[number % _BASE])
            number = number // _BASE - 1
        text.append(_LAST[number])
    return "".join(text)


def decoded(text: str) -> list[tuple[int, int]]:
    """Return page numbers and fields from their text."""
    found: list[tuple[int, int]] = []
    page, number, place = -1, 0, 1
    for sign in text:
        if (digit := _DIGITS.find(sign)) >= 0:
            number += digit * place
            place *= _BASE
            number += place
            continue
        number += _LAST.index(sign) * place
        page += number // len(OTHERS) + 1
        found.append((page, number % len(OTHERS)))
        number, place = 0, 1
    return found
