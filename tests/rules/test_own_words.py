"""The rule about a page's own words says what the ranking itself does, though it seldom asks it."""

from __future__ import annotations

import random
from pathlib import Path

from handrail.model.handbook import Handbook, load_handbook
from handrail.model.kinds import load_kinds
from handrail.model.page import Page
from handrail.model.project import load_project
from handrail.rules.hb5_words import FIRST, own_words
from handrail.rules.registry import Spot
from handrail.search.entries import entry
from handrail.search.index import build
from handrail.search.ranking import Finder
from handrail.search.words import words
from tests.support.handbooks import make_handbook

_WORDS = ("news", "letter", "newsletter", "on", "call", "oncall", "set", "up", "setup", "a", "pay", "12b", "über", "€")
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
        files[f"content/s{id_}.md"] = f"---\n{fields}---\n## {phrase()}\n\nDo it.\n"
    project = load_project(make_handbook(folder, files) / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def test_what_is_said_to_be_lost_is_what_the_ranking_loses(tmp_path: Path) -> None:
    lost = crowded = 0
    for seed in range(12):
        book = drawn(tmp_path / str(seed), seed, 20 + seed)
        said = {hit.spot.page for hit in own_words(book) if isinstance(hit.spot, Spot)}
        finder = Finder(build(entry(page, book.registry) for page in book.documents))
        for page in book.documents:
            missed = [text for text in (page.title, *page.texts("asked_as")) if not found(finder, page, text)]
            lost += bool(missed)
            if missed:
                assert page in said, missed
            elif page in said:
                # Of more than three that claim a phrase three do come first; it is said of each of them.
                crowded += 1
                own = (page.title, *page.texts("asked_as"))
                assert any(claims(book, text) > FIRST for text in own), own
    assert lost > 10
    assert crowded > 0


def found(finder: Finder, page: Page, text: str) -> bool:
    return page.url in finder.first(text, FIRST)


def claims(book: Handbook, text: str) -> int:
    return sum(
        any(words(own) == words(text) for own in (page.title, *page.texts("asked_as"))) for page in book.documents
    )
