"""Pages whose turn it is not hold little, and whoever asks one for a text gets it as ever."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from handrail.engines import put_away
from handrail.engines.put_away import PageAtHand
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build
from tests.support.handbooks import make_handbook

FILES = {**BASE, **{f"content/finance/p{number}.md": sop(f"p{number}") for number in range(3)}}
LONG = "<p>“Pay” what is due \udc80.</p>\n" * 500
HOOK = """
from pathlib import Path

def on_nav(nav, config, files):
    global pages
    pages = nav.pages

def on_page_context(context, page, config, nav):
    if page.previous_page:
        page.previous_page.content += "<p>Changed.</p>"

def on_post_build(config):
    Path(config.site_dir, "html.txt").write_text(repr([(page.url, page.content, page.markdown) for page in pages]))
"""
"""Asks each page for its texts when all is made, and changes those of each page whose turn was before."""
SHOWN = (
    '{% extends "base.html" %}{% block content %}{{ super() }}{% for one in [page.previous_page, page.next_page] if one %}'
    "{{ one.content | length }} {{ one.content | striptags | truncate(40) }}{% endfor %}{% endblock %}"
)


def page_of(text: str | None) -> Page:
    config = MkDocsConfig()
    config.load_dict({"site_name": "X"})
    config.validate()
    page = Page("P", File("p.md", "docs", "site", use_directory_urls=True), config)
    page.content = text
    return page


def test_a_page_holds_less_when_its_turn_is_over() -> None:
    at_hand, page = PageAtHand(), page_of(LONG)
    at_hand.turn_to(page)
    at_hand.turn_to(page)
    assert vars(page)["content"] is page.content
    at_hand.turn_to(page_of(""))
    assert len(vars(page)["content"]) < len(LONG) / 10
    assert page.content == LONG
    page.content = re.sub("X", "", page.content)
    assert len(vars(page)["content"]) < len(LONG) / 10, "nothing was changed"
    page.content = "Other"
    assert page.content == "Other"


@pytest.mark.parametrize("text", [None, "", Markup("<p>"), LONG])
def test_what_was_put_away_comes_back_as_it_was(text: str | None) -> None:
    page = page_of(text)
    for _ in range(2):
        put_away.put_away(page)
        assert (page.content, type(page.content)) == (text, type(text))


def test_a_page_of_a_plugins_own_class_stays_as_it_is() -> None:
    class Post(Page):
        pass

    page = page_of(LONG)
    page.__class__ = Post
    put_away.put_away(page)
    assert type(page) is Post
    assert vars(page)["content"] is LONG


def test_a_site_that_shows_other_pages_texts_is_the_same(tmp_path: Path) -> None:
    files = {**FILES, "hook.py": HOOK, "theme/main.html": SHOWN}
    make_handbook(tmp_path, files, config={"hooks": ["hook.py"], "theme": {"name": "material", "custom_dir": "theme"}})
    site = build(tmp_path).everything()
    with patch.object(put_away, "put_away"):
        assert build(tmp_path).everything() == site
    assert "Changed." in site["html.txt"]
