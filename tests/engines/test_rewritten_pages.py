"""However a page is written, the steps on it do the same: no order of attributes, no missing quote and no other theme switches one off."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.structure.pages import Page

from handrail.engines.finish import Finish
from handrail.proof.built import read_page
from handrail.proof.heads import read_head
from handrail.web.policy import with_policy
from tests.engines.drawn import BASE
from tests.engines.sites import build
from tests.support.handbooks import make_handbook
from tests.support.rewriting import meaning, rewritten

_POLICY = "default-src 'none'"
_TABLE = "---\ntitle: A table\n---\n\n| | What |\n|---|---|\n| a | b |\n\n## Less than `<b>`\n"


class Theme:
    """A page of a theme before any step, and what does the steps; no dataclass, for nobody wants a whole page printed."""

    def __init__(self, finish: Callable[[str], str], page: str) -> None:
        self.finish = finish
        self.page = page

    @cached_property
    def meant(self) -> list[object]:
        return meaning(self.finish(self.page))


@pytest.fixture(scope="module")
def themes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Theme]]:
    """Build a small handbook with each theme, and keep its pages as the theme has made them."""
    return {name: _pages_of(name, tmp_path_factory.mktemp(name)) for name in ("material", "mkdocs", "readthedocs")}


def _pages_of(name: str, folder: Path) -> list[Theme]:
    seen: list[Theme] = []
    done = Finish.page

    def keep(self: Finish, output: str, page: Page) -> str:
        seen.append(Theme(lambda html: with_policy(done(self, html, page), _POLICY), output))
        return done(self, output, page)

    of_material = {"features": ["navigation.indexes", "navigation.path"], "font": False} if name == "material" else {}
    place = {"site_url": "https://handbook.example/", "repo_url": "https://github.com/example/x"}
    files = {**BASE, "content/company/table.md": _TABLE}
    with patch.object(Finish, "page", keep):
        build(make_handbook(folder, files, config={"theme": {"name": name, **of_material}, **place}), strict=False)
    return seen


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@settings(max_examples=settings().max_examples // 4)  # each takes a whole page apart four times
@given(seed=st.integers(0, 1_000_000))
def test_the_steps_and_the_proof_do_the_same_however_a_page_is_written(
    theme: str, seed: int, themes: dict[str, list[Theme]]
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    one = chance.choice(themes[theme])
    other = rewritten(one.page, chance)
    assert meaning(one.finish(other)) == one.meant
    read, as_built = read_page(other), read_page(one.page)
    assert replace(read, links=(), asked=()) == replace(as_built, links=(), asked=())
    assert set(read.links) == set(as_built.links)
    assert {(one.kind, one.source) for one in read.asked} == {(one.kind, one.source) for one in as_built.asked}
    assert read_head(other) == read_head(one.page)


def test_the_steps_do_something_on_the_pages_that_are_tried(themes: dict[str, list[Theme]]) -> None:
    finished = [one.finish(one.page) for one in themes["material"]]
    for done in (
        "finder-worker.js", "hr-drawer", 'aria-label="Path to this page"', "md-typeset__scrollwrap", "hr-group__pages",
        "hr-standing", "Content-Security-Policy", "application/ld+json", "hr-up", "\u2060",
    ):  # fmt: skip
        assert any(done in page for page in finished), done
