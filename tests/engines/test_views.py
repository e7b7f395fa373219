"""Views that pages ask for, on a built site."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from handrail.engines.frame import _ASKS
from handrail.model.view_lines import MARK, view_lines, with_marked_views
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build
from tests.support.handbooks import make_handbook

HOME = """
    # Welcome

    [[view:search]]

    ## Who does what
    [[view:departments]]

    Write `[[view:search]]` for a field to search in.

        [[view:state]]

    [[view:weather]]
"""
PAGES = {
    **BASE,
    "content/index.md": HOME,
    "content/finance/signed.md": sop("signed", "[[view:departments]]", state="draft", sign_offs=""),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("views")
    make_handbook(folder, PAGES, settings={"severity": {"HB814": "warning"}})
    return build(folder, strict=False)


def test_a_page_gets_the_views_for_which_it_asks(site: Site) -> None:
    text = site.article("")
    assert 'action="handbook/find/"' in text
    assert site.links("")["Company"] == "company/"
    assert "The whole of it." in site.says("")


def test_what_only_tells_of_a_view_stays(site: Site) -> None:
    said = site.says("")
    assert "Write [[view:search]] for a field" in said
    assert "[[view:state]]" in said
    assert "[[view:weather]]" in said


def test_a_page_that_is_signed_gets_none(site: Site) -> None:
    assert "[[view:departments]]" in site.says("finance/signed/")


def test_what_a_view_shows_is_found_at_its_own_place(site: Site) -> None:
    [home] = [entry for entry in site.searched() if entry["location"] == "#who-does-what"]
    assert home["text"].startswith("<p>Write <code>[[view:search]]</code>")


def test_programs_get_the_text_without_lines_that_ask(site: Site) -> None:
    said = (site.root / "index.md").read_text("utf-8")
    assert "\n[[view:search]]" not in said
    assert "\n[[view:departments]]" not in said
    assert "Write `[[view:search]]`" in said


def test_the_field_may_ask_the_site_itself(site: Site) -> None:
    assert "form-action 'self'" in site.html("")


def test_without_folders_for_addresses_the_field_asks_the_file(tmp_path: Path) -> None:
    make_handbook(tmp_path, PAGES, settings={"severity": {"HB814": "warning"}}, config={"use_directory_urls": False})
    assert 'action="handbook/find.html"' in build(tmp_path, strict=False).article("index.html")


AROUND = {
    "alone": "{}",
    "between paragraphs": "Before.\n\n{}\n\nBehind.",
    "below a heading": "## Heading\n{}\n\nBehind.",
    "above a heading": "Before.\n\n{}\n## Heading",
    "indented a little": "Before.\n\n   {}\n",
    "in code": "Before.\n\n    {}\n",
    "behind words": "Before {}",
    "below words": "Before.\n{}\n",
    "above words": "{}\nBehind.\n",
    "in a list": "- {}\n",
    "below a list": "- One\n\n{}\n",
    "in a quotation": "> {}\n",
    "a heading": "# {}\n",
    "underlined": "{}\n====\n",
    "escaped": "\\{}\n",
    "in ticks": "`{}`\n",
    "fenced": "```\n{}\n```\n",
    "with Windows' lines": "Before.\r\n\r\n{}\r\n\r\nBehind.",
}


@pytest.mark.parametrize("written", ["[[view:state]]", "[[ view:state ]]", "[[view:state|How we are]]"])
@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_a_page_gets_a_view_just_where_the_check_has_nothing_to_say(around: str, written: str) -> None:
    body = around.format(written)
    html = Markdown(extensions=["toc", "tables", "fenced_code"]).convert(with_marked_views(body))
    gets = _ASKS.search(html) is not None
    assert gets == any(line.is_alone for line in view_lines(body))
    # Where it gets none, what was typed stays.
    assert gets == (MARK in html)
