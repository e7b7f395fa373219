"""What people type in other languages than English finds the page, in another form, spelling or compound than its title has."""

from __future__ import annotations

import pytest

from handrail.search.index import Entry, build
from handrail.search.ranking import Finder
from tests.search.labelled import in_languages

LANGUAGES = sorted({language for language, _, _ in in_languages()})


def finder(language: str) -> Finder:
    """Return the finder of a handbook whose pages have the titles of one language."""
    titles = dict.fromkeys(title for other, _, title in in_languages() if other == language)
    return Finder(
        build(
            Entry(id=f"p{number}", title=title, url=f"p{number}/", kind="", state="")
            for number, title in enumerate(titles)
        )
    )


def ranks(language: str) -> dict[str, int]:
    """Return for each query at which place it finds its title; one that does not find it has the place after the last."""
    index = finder(language)
    found = {}
    for other, query, title in in_languages():
        if other == language:
            titles = [index.titles[hit.page] for hit in index.search(query).hits]
            found[query] = titles.index(title) if title in titles else len(index.titles)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("first", "share"), [(3, 0.95), (1, 0.9)])
def test_what_people_type_finds_the_page(language: str, first: int, share: float) -> None:
    missed = {query: rank for query, rank in ranks(language).items() if rank >= first}
    assert len(missed) <= (1 - share) * len(ranks(language)), missed


@pytest.mark.parametrize(
    ("language", "query", "meant"),
    [
        ("de", "Passwort zuruecksetzen", ""),
        ("ru", "договорами", ""),
        ("ar", "بالإجازات", ""),
        ("ja", "経費の申込書", ""),
        ("de", "Kündiguing", "kündigung"),
        ("de", "Gespröch mit Bewerbern", "gespräch mit bewerbern"),
        ("de", "Gespräch mit Bewerbirn", "gespräch mit bewerbern"),
    ],
)
def test_a_form_or_a_spelling_is_no_slip_and_a_word_is_said_as_it_is_written(
    language: str, query: str, meant: str
) -> None:
    assert finder(language).search(query).meant == meant
