"""The steps of a page are the items that its readers see at the outermost level of its text, by the names that they see."""

from __future__ import annotations

from textwrap import dedent
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handrail.model.steps import Step, Steps, step_name, steps_in
from handrail.rendering.extensions import MarkdownSettings, read_markdown_settings
from handrail.rendering.renderer import Renderer
from tests.model.building import document, handbook
from tests.rendering.renderer import Extensions, settings

MANY = settings(Extensions.MANY)
SITES = (
    settings(Extensions.FEW),
    MANY,
    read_markdown_settings(["sane_lists", "pymdownx.tasklist", "admonition", "def_list", "footnotes"]),
    read_markdown_settings(["pymdownx.fancylists", "pymdownx.tasklist", "pymdownx.details"]),
)


def steps(body: str, site: MarkdownSettings = MANY) -> tuple[Step, ...]:
    return steps_in(Renderer(site, numbers_as_typed=True).html(body))


def names(body: str, site: MarkdownSettings = MANY) -> list[str]:
    return [f"{step.number} {step.name}" for step in steps(body, site)]


def test_they_are_numbered_through_the_page_and_named_by_heading_and_number() -> None:
    body = """
    # Claim your expenses

    1. Before all

    ## Claim

    1. Open the *form*,
       and [fill it in](a.md)
        1. the date
        2. the sum
    2. Send it

    A word in between.

    3. Wait

    ### Pay `now`

    - [ ] Look
    - not this one
    - [x] Sign **twice**
    """
    found = steps(dedent(body))
    assert [step.number for step in found] == [1, 2, 3, 4, 5, 6]
    assert [step.name for step in found] == [
        "step 1", "Claim, step 1", "Claim, step 2", "Claim, step 3", "Pay now, step 1", "Pay now, step 2",
    ]  # fmt: skip
    assert [step.text for step in found] == [
        "Before all", "Open the form, and fill it in", "Send it", "Wait", "Look", "Sign twice",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "> 1. quoted\n> 2. more",
        "!!! note\n\n    1. in a note",
        "??? tip\n\n    - [ ] folded away",
        '=== "Tab"\n\n    1. in a tab',
        "| a |\n|---|\n| 1. in a table |",
        "| a |\n|---|\n| <ol><li>in a table</ol> |",
        "- bullet\n    1. below a bullet",
        "```\n1. code\n```",
        "    1. code",
        "\\1. no list",
        "1) no list either",
        "Text[^1]\n\n[^1]: A note",
        "Term\n:   1. below a term",
        "<div><ol><li>in a box</ol></div>",
        "[TOC]\n\n## One\n\n## Two",
        "",
    ],
)
def test_what_stands_in_something_is_no_step(body: str) -> None:
    assert names(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. a\n1. b\n1. c", ["1 step 1", "2 step 2", "3 step 3"]),
        ("0. a\n1. b", ["1 step 0", "2 step 1"]),
        ("7. a\n\nx\n\n9. b", ["1 step 7", "2 step 9"]),
        ("1. a\n\n    more\n\n2. b", ["1 step 1", "2 step 2"]),
        ("# A\n\n1. a\n\n# B\n\n1. b", ["1 A, step 1", "2 B, step 1"]),
        ("## A\n\n- [ ] a\n\nx\n\n- [ ] b", ["1 A, step 1", "2 A, step 2"]),
        ("A\n---\n\n1. a", ["1 A, step 1"]),
        ("## A\n\n1. a\n\n##\n\n1. b", ["1 A, step 1", "2 step 1"]),
        ("<ol><li>raw<li value='5'>five<li>six</ol>", ["1 step 1", "2 step 5", "3 step 6"]),
        (f"{'9' * 5000}. far", ["1 step 1"]),
        ("<ol start='x'><li>a</ol>", ["1 step 1"]),
    ],
)
def test_the_number_is_the_one_that_was_typed(body: str, expected: list[str]) -> None:
    assert names(body) == expected


def test_a_site_that_draws_no_boxes_has_no_tasks() -> None:
    assert names("- [ ] a", SITES[0]) == []


def test_what_is_deep_is_read() -> None:
    body = f"<ol><li>{'<span>' * 3000}word{'</span>' * 3000}</li></ol>"
    assert [step.text for step in steps(body)] == ["word"]


def test_a_page_is_read_without_its_front_matter_and_a_link_may_leave_a_name_out() -> None:
    pages = {
        "a.md": document("sop", "a", "description: |", "  1. none", body="1. See [[sop:b]]\n"),
        "b.md": document("sop", "b", title="Secret plan"),
    }
    book = handbook(pages)
    page = book.by_src_uri["a.md"]
    assert [step.text for step in Steps(book).of(page)] == ["See Secret plan"]
    shy = Steps(book, lambda target: target is None)
    assert [step.text for step in shy.of(page)] == ["See an internal page"]
    assert (shy.name(page, 1), shy.name(page, 2), step_name((), 0)) == ("step 1", "step 2", "step 0")


def test_of_a_page_that_a_program_or_another_file_completes_nobody_knows_the_steps() -> None:
    pages = {
        "a.md": document("sop", "a", body="1. One\n"),
        "b.md": document("sop", "b", body='1. One\n\n--8<-- "c.md"\n'),
        "c.md": document("sop", "c", body="1. One\n"),
    }
    book = handbook(pages, macros=["c.md"])
    steps_of = Steps(book)
    assert [len(steps_of.of(page)) for page in book.pages] == [1, 0, 0]
    assert steps_of.name(book.by_src_uri["c.md"], 1) == "step 1"


# As a browser shows it


class _Tree(Extension):
    """Keeps what Markdown made of a text as it is about to be written."""

    root = Element("div")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        keeping = self

        class _Keeps(Treeprocessor):
            def run(self, root: Element) -> None:
                keeping.root = root

        md.treeprocessors.register(_Keeps(md), "keeps", -100)


def outermost(body: str, site: MarkdownSettings) -> int:
    """Count the items of outermost numbered lists and lists of tasks in Markdown's own tree."""
    tree = _Tree()
    extensions, options = site.usable()
    Markdown(extensions=[*extensions, tree], extension_configs=options).convert(body)
    tasks = [item for item in tree.root.findall("ul/li") if "task-list-item" in item.get("class", "").split()]
    return len(tree.root.findall("ol/li")) + len(tasks)


_LINES = st.builds(
    lambda before, mark, words: f"{before}{mark}{words}",
    st.sampled_from(["", "", "", " ", "   ", "    ", "        ", "\t", "> ", "> > ", ">"]),
    st.sampled_from(["1. ", "2. ", "10. ", "1) ", "#. ", "- ", "* ", "- [ ] ", "* [x] ", "1. [ ] ", "## ", "# ", "!!! note", "??? a",
                     '=== "T"', ": ", "| a | ", "```", "1.", "- ", "[^1]: ", "", "", ""]),
    st.sampled_from(["", "word", "two words", "*a*", "`1. x`", "[ ]", "---", "1. x", "a\\", "[^1]", "\u0661. x", "  "]),
)  # fmt: skip
BODIES = st.lists(_LINES, max_size=14).map("\n".join)


@given(BODIES, st.sampled_from(SITES))
def test_as_many_are_counted_as_markdown_makes(body: str, site: MarkdownSettings) -> None:
    found = steps(body, site)
    assert len(found) == outermost(body, site)
    assert [step.number for step in found] == list(range(1, len(found) + 1))


def test_sites_differ(recwarn: Any) -> None:
    body = "1. a\n- [ ] b\n\nx\n\n- [ ] c\n\n#. d\n"
    assert [len(steps(body, site)) for site in SITES] == [outermost(body, site) for site in SITES]
    assert not recwarn
