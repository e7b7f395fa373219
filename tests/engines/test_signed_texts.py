"""What other plugins, hooks and macros make of a signed page's Markdown: nothing that its readers would see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build
from tests.support.handbooks import SETTINGS, make_handbook

UNCHECKED: dict[str, Any] = {"severity": {"HB805": "off", "HB403": "off"}}
HOOK = """
    def on_page_markdown(markdown, page, **_):
        return {made} if page.file.src_uri.startswith({start!r}) else markdown
"""
PAGES = {
    **BASE,
    "content/finance/pay.md": sop("pay", "Pay at once."),
    "content/notes.md": "# Notes\n\nPay when you like.\n",
}


def draw(folder: Path, made: str, start: str = "", **config: Any) -> Path:
    files = {**PAGES, "hook.py": HOOK.format(made=made, start=start)}
    return make_handbook(folder, files, UNCHECKED, {"hooks": ["hook.py"], **config})


def refused(folder: Path) -> str:
    with pytest.raises(Abort) as stopped:
        build(folder, strict=False)
    return str(stopped.value.__context__)


@pytest.mark.parametrize(
    "made",
    [
        "markdown + '\\n\\nUnless you are in a hurry.\\n'",
        "markdown.replace('at once', 'never')",
        "''",
        "markdown + ' '",
        "markdown.replace('Pay', '<b>Pay</b>')",
    ],
    ids=["put in", "put for another", "taken out", "a blank", "markup"],
)
def test_what_a_hook_changes_in_a_signed_page_stops_the_build(made: str, tmp_path: Path) -> None:
    said = refused(draw(tmp_path, made, "finance/pay"))
    assert said.startswith("`hook.py` would change the text of pages that are signed: finance/pay.md. "), said
    assert said.endswith("(HB805 from-elsewhere)")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("made", "start"),
    [
        ("markdown + '\\n\\nUnless you are in a hurry.\\n'", "notes"),
        ("markdown", ""),
        ("None", ""),
        ("markdown.replace('\\n', '\\r\\n')", ""),
        ("markdown + '\\n'", ""),
    ],
    ids=["another page", "nothing", "none", "line ends", "a line end more"],
)
def test_what_leaves_the_signed_text_as_it_is_may_stay(made: str, start: str, tmp_path: Path) -> None:
    site = build(draw(tmp_path, made, start), strict=False)
    assert "Pay at once." in site.says("finance/pay/")
    assert ("Unless you are in a hurry." in site.says("notes/")) == (start == "notes")


def test_a_value_of_the_settings_that_macros_write_stops_the_build(tmp_path: Path) -> None:
    pages = {**PAGES, "content/finance/pay.md": sop("pay", "Claim up to {{ limit }} EUR.")}
    plugins = ["search", "macros", {"handrail": {**SETTINGS, **UNCHECKED, "macros": ["finance/pay.md"]}}]
    make_handbook(tmp_path, pages, config={"plugins": plugins, "extra": {"limit": 500}})
    assert refused(tmp_path).startswith(
        "`macros` would change the text of pages that are signed: finance/pay.md. Nobody has signed what readers would see."
    )


def test_many_pages_are_named_in_one_sentence(tmp_path: Path) -> None:
    folder = draw(tmp_path, "markdown + 'More.'")
    make_handbook(
        folder,
        {f"content/finance/p{number}.md": sop(f"p{number}") for number in range(9)},
        UNCHECKED,
        {"hooks": ["hook.py"]},
    )
    said = refused(folder)
    assert said.count(".md") == 5
    assert " more. Nobody" in said, said


def test_what_is_appended_to_each_page_is_left_out_of_signed_ones(tmp_path: Path) -> None:
    appended = {"pymdownx.snippets": {"auto_append": ["includes/terms.md"], "base_path": [str(tmp_path)]}}
    folder = make_handbook(
        tmp_path,
        {**PAGES, "includes/terms.md": "Never pay in advance.\n"},
        config={"markdown_extensions": [appended]},
    )
    site: Site = build(folder, strict=False)
    assert "Never pay in advance." not in site.says("finance/pay/")
    assert "Never pay in advance." in site.says("notes/")
