"""The rule about a page's own words says what the ranking itself does, though it seldom asks it."""

from __future__ import annotations

import random
from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import load_project
from handrail.rules.hb5_words import FIRST, own_words
from handrail.rules.registry import Spot
from handrail.search.entries import entry
from handrail.search.index import build
from handrail.search.ranking import Finder
from handrail.search.synonyms import read_synonyms
from handrail.search.words import words
from tests.support.handbooks import make_handbook

_HEADINGS = ("login", "payday")
"""Words of no title: two of _WORDS make each of them."""

_SYNONYMS = "- [newsletter, pay]\n- [login, call]\n"
_WORDS = (
    "log", "in", "day", "news", "letter", "newsletter", "on", "call", "oncall", "set", "up", "setup", "a", "pay", "12b",
    "über", "€",
)  # fmt: skip
_SOP = 'kind: sop\nid: s{id}\ntitle: "{title}"\nvisibility: public\nstate: active\nasked_as: {asked}\n'


def drawn(folder: Path, seed: int, count: int) -> Handbook:
    """Return a handbook of few words, so that many phrases are in another's way."""
    chance = random.Random(seed)  # noqa: S311 - words, not secrets

    def phrase() -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.choice((1, 2, 2, 3, 4, 14))))

    files = {}
    for id_ in range(count):
        asked = sorted({phrase() for _ in range(chance.randrange(4))})
        fields = _SOP.format(id=id_, title=phrase(), asked="[" + ", ".join(f'"{text}"' for text in asked) + "]")
        heading = chance.choice((phrase(), *_HEADINGS))
        files[f"content/s{id_}.md"] = f"---\n{fields}---\n## {heading}\n\nDo it.\n"
    return made(folder, files)


def made(folder: Path, files: dict[str, str], synonyms: str = _SYNONYMS) -> Handbook:
    """Return a handbook of these files, and of words that stand for one another."""
    root = make_handbook(folder, {**files, "synonyms.yml": synonyms}, {"synonyms": "synonyms.yml"})
    project = load_project(root / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def said_of(book: Handbook) -> set[str]:
    """Return the ids of the pages of which the rule says something."""
    return {hit.spot.page.id for hit in own_words(book) if isinstance(hit.spot, Spot)}


def test_what_is_said_to_be_lost_is_what_the_ranking_loses(tmp_path: Path) -> None:
    lost = crowded = 0
    for seed in range(12):
        book = drawn(tmp_path / str(seed), seed, 20 + seed)
        said = said_of(book)
        synonyms = read_synonyms(book.project.root, book.settings.synonyms)
        finder = Finder(build([entry(page, book.registry) for page in book.documents], synonyms))
        for page in book.documents:
            missed = [text for text in (page.title, *page.texts("asked_as")) if not found(finder, page, text)]
            lost += bool(missed)
            if missed:
                assert page.id in said, missed
            elif page.id in said:
                # Of more than three that claim a phrase three do come first; it is said of each of them.
                crowded += 1
                own = (page.title, *page.texts("asked_as"))
                assert any(claims(book, text) > FIRST for text in own), own
    assert lost > 10
    assert crowded > 0


def pair(title: str, other: str, asked: str = '"news letter"') -> dict[str, str]:
    """Return a procedure that is asked for in two words, and another page."""
    return {
        "content/a.md": f"---\n{_SOP.format(id=1, title=title, asked=f'[{asked}]')}---\nDo it.\n",
        "content/b.md": f"---\n{_SOP.format(id=2, title=other, asked='[]')}---\n## Login\n\nDo it.\n",
    }


def test_two_words_that_only_another_page_s_heading_writes_as_one_are_lost(tmp_path: Path) -> None:
    assert said_of(made(tmp_path, pair("Open the door", "Answer", '"log in"'), "")) == {"s1"}


def test_synonyms_find_what_the_words_themselves_would_not(tmp_path: Path) -> None:
    pages = pair("Send the mailing", "Newsletter")
    assert said_of(made(tmp_path / "without", pages, "")) == {"s1"}
    assert said_of(made(tmp_path / "with", pages, "- [newsletter, mailing]\n")) == set()


def test_synonyms_that_cannot_be_read_count_for_nothing(tmp_path: Path) -> None:
    assert said_of(made(tmp_path, pair("Send the mailing", "Newsletter"), "- [only]\n")) == {"s1"}


def found(finder: Finder, page: Page, text: str) -> bool:
    return page.url in finder.first(text, FIRST)


def claims(book: Handbook, text: str) -> int:
    return sum(
        any(words(own) == words(text) for own in (page.title, *page.texts("asked_as"))) for page in book.documents
    )
