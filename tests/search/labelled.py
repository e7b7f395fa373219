"""The labelled queries, and the index of the handbook that comes with Handrail as its readers get it."""

from __future__ import annotations

import functools
import random
import zlib
from pathlib import Path
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.pages.generated.finder import finder_index
from handrail.search.synonyms import read_synonyms

ROOT = Path(__file__).resolve().parents[2]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4


def queries(file: str = "queries.tsv") -> list[tuple[str, tuple[str, ...]]]:
    """Return what people type, with the ids of the pages of which one answers it."""
    lines = (ROOT / "tests/search" / file).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(query, tuple(ids.split())) for query, ids in rows]


def halves() -> tuple[list[tuple[str, tuple[str, ...]]], list[tuple[str, tuple[str, ...]]]]:
    """Return the queries by which the weights of the search are set, and those by which they are then judged."""
    of_half: tuple[list[tuple[str, tuple[str, ...]]], list[tuple[str, tuple[str, ...]]]] = ([], [])
    for query, ids in queries():
        of_half[zlib.crc32(query.encode()) % 2].append((query, ids))
    return of_half


def in_languages() -> list[tuple[str, str, str]]:
    """Return what people type in other languages than English: the language, the query, and the title that answers it."""
    lines = (ROOT / "tests/search/languages.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(language, query, title) for language, query, title in rows]


@functools.cache
def handbook() -> Handbook:
    """Read the handbook that comes with Handrail."""
    project = load_project(ROOT / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def index_of(book: Handbook) -> dict[str, Any]:
    """Return the index of what the public may see of a handbook."""
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"))
    return finder_index(shown, _synonyms(book))


def index_without_pages(book: Handbook) -> dict[str, Any]:
    """Return what every index holds that a handbook's finder gets, however few its pages are."""
    return finder_index(Shown(book, None, lambda _kind, _folder: None, ()), _synonyms(book))


def _synonyms(book: Handbook) -> tuple[tuple[str, ...], ...]:
    return read_synonyms(book.project.root, book.settings.synonyms)


def public_procedures(book: Handbook) -> list[Page]:
    """Return the procedures that the public may see."""
    return [page for page in publishable(book, "public") if page.counted_as == "sop"]


def with_a_slip(text: str, chance: random.Random) -> str:
    """Return a text with one slip of the keyboard inside a word: a letter too few, too many, wrong, or two swapped."""
    parts = text.split()
    at = chance.choice([n for n, part in enumerate(parts) if len(part) >= _SHORTEST and part.isalpha()] or [0])
    word = parts[at]
    if len(word) < _SHORTEST:
        return f"{text}x"
    i = chance.randrange(1, max(2, len(word) - 1))
    other = chance.choice(_LETTERS)
    parts[at] = chance.choice(
        [
            word[:i] + word[i + 1 :],
            word[:i] + other + word[i:],
            word[:i] + other + word[i + 1 :],
            word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :],
        ]
    )
    return " ".join(parts)
