"""The pages on kinds say what the command says, and of a company's own kinds only what readers may know of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from handrail.model.fields import fields_of
from handrail.pages import render
from handrail.pages.audience import Link, Shown
from handrail.pages.generated.every import generated_pages
from handrail.pages.generated.kinds import all_kinds, kind_view
from handrail.pages.render import Links
from handrail.proof.brought import program_texts
from handrail.report.kinds import FieldWords, explained
from tests.engines.sites import words_of
from tests.model.building import handbook
from tests.model.test_kinds import compiled, drill
from tests.pages.views import shown

SHIPPED = (
    "cadence",
    "department",
    "improvement",
    "metric",
    "mission",
    "objective",
    "page",
    "people",
    "sop",
    "vision",
    "vpmom",
)
TEXT = {"type": "string", "maxLength": 50}
DRILL = drill(properties={"drills": TEXT, "room": {**TEXT, "description": "Where: `a`, <b>b</b> & {{ c }}."}})


def seen(folder: Path, visibility: str = "public", audience: Any = "public", schema: Any = DRILL) -> Shown:
    """Return a handbook with a page of a kind of its own, as an audience sees it."""
    page = f"---\nkind: drill\nid: fire\ntitle: Fire\nvisibility: {visibility}\ndrills: a\n---\nOut.\n"
    return shown(handbook({"fire.md": page}, known=compiled(folder, schema), audience=audience), audience)


def html_of(seen: Shown, name: str) -> str:
    return render.sections(kind_view(seen, name).sections, Links("handbook/kinds/"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_says_of_each_field_what_the_command_says(tmp_path: Path, name: str) -> None:
    book = seen(tmp_path)
    words = explained(book.handbook.kinds[name], book.handbook.kinds)
    html = html_of(book, name)
    said = words_of(html)
    for field in all_of(field for part in words.parts for field in part.fields):
        for text in (field.name, field.purpose, field.form):
            assert " ".join(text.replace("`", "").split()) in said
    for one in fields_of(book.handbook.kinds[name]):
        assert f'<h3 id="{one.name}">' in html


def all_of(fields: Iterable[FieldWords]) -> Iterable[FieldWords]:
    for field in fields:
        yield field
        yield from all_of(field.inside)


def test_what_a_schema_says_is_shown_as_it_is(tmp_path: Path) -> None:
    html = html_of(seen(tmp_path), "drill")
    assert "Where: <code>a</code>, &lt;b&gt;b&lt;/b&gt; &amp; {{ c }}." in html
    assert "<b>" not in html


def test_a_backtick_without_another_marks_nothing() -> None:
    assert render.marked("a ` b <i>") == "a ` b &lt;i&gt;"


@pytest.mark.parametrize(
    ("visibility", "audience", "is_there"),
    [("public", "public", True), ("internal", "public", False), ("internal", "internal", True), ("confidential", "internal", True)],
)  # fmt: skip
def test_a_kind_of_the_companys_own_is_shown_to_those_who_may_know_of_it(
    tmp_path: Path, visibility: str, audience: str, is_there: bool  # noqa: FBT001 - a parameter
) -> None:  # fmt: skip
    book = seen(tmp_path, visibility, audience)
    made = generated_pages(book)
    assert ("handbook/kinds/drill.md" in made) is is_there
    (section,) = all_kinds(book).sections
    assert section.table is not None
    links = [part for row in section.table.rows for part in row[0] if isinstance(part, Link)]
    assert [link.url for link in links] == [f"{name}/" for name in sorted((*SHIPPED, *(["drill"] if is_there else [])))]
    assert {f"handbook/kinds/{name}.md" for name in SHIPPED} < set(made)


def test_a_kind_that_no_page_can_be_of_has_no_page(tmp_path: Path) -> None:
    odd = {**DRILL, "x-kind": {"name": "../drill", "noun": "drill", "plural": "drills"}}
    book = seen(tmp_path, audience="internal", schema=odd)
    assert "../drill" in book.handbook.kinds
    assert sorted(book.kinds) == sorted(SHIPPED)


def test_an_example_of_ours_gives_no_withheld_page_away(tmp_path: Path) -> None:
    texts = "\n".join(program_texts())
    book = seen(tmp_path)
    for name in SHIPPED:
        titles = [explained(book.handbook.kinds[name], book.handbook.kinds).example[at] for at in (1, 2)]
        assert all(line.partition(": ")[2] in texts for line in titles)
