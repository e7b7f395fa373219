"""What other plugins, hooks and macros make of a signed page's Markdown: nothing that its readers would see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build, configured
from tests.engines.test_finish import NoOptions
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
    assert said.endswith(
        "as in `notes/`: below `handrail:` in mkdocs.yml, add `rewrites: {hook.py: [notes/**]}`. (HB805 from-elsewhere)"
    )
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


_EXAMPLE = "# Notes\n\nWrite `[[page]]` for a link. [[page]]\n"
_READS_SIGNS = """
    import logging
    def on_page_markdown(markdown, page, **_):
        if "[[page]]" not in markdown:
            logging.getLogger("mkdocs.plugins.hook").warning("No sign in %s", page.file.src_uri)
        return markdown.replace("[[page]]", "[a page](index.md)")
"""


def reading_signs(folder: Path, **settings: Any) -> Path:
    files = {**BASE, "content/notes.md": _EXAMPLE, "content/how/own.md": "# Own\n\n[[page]]\n", "hook.py": _READS_SIGNS}
    return make_handbook(folder, files, {**UNCHECKED, **settings}, {"hooks": ["hook.py"]})


def test_a_plugin_that_takes_examples_in_code_for_its_own_is_named_with_the_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(reading_signs(tmp_path), strict=False)
    [said] = [line for line in capsys.readouterr().err.splitlines() if "The plugin `hook.py`" in line]
    assert "notes.md" in said
    assert "how/own.md" not in said
    assert said.endswith("add `rewrites: {hook.py: [notes/**]}`.")


def test_the_setting_keeps_a_plugin_off_all_other_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = build(reading_signs(tmp_path, rewrites={"hook.py": ["how/**"]}))
    assert "The plugin" not in capsys.readouterr().err
    assert "[[page]]" in site.says("notes/")
    assert "a page" in site.says("how/own/")


def test_what_takes_every_page_for_a_template_sees_those_that_may_run_template_code(tmp_path: Path) -> None:
    class Renders(BasePlugin[NoOptions]):
        def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
            del page, config, files
            return markdown.replace("{{ a }}", "A value")

    pages = {
        **BASE,
        "content/notes.md": "# Notes\n\nWrite `{{ a }}`.\n",
        "content/run.md": "# Run\n\n{{ a }}\n",
        "hook.py": "import jinja2\n",
    }
    config = configured(make_handbook(tmp_path, pages, {**UNCHECKED, "macros": ["run.md"]}, {"hooks": ["hook.py"]}))
    config.plugins["markdownextradata"] = Renders()
    mkdocs_build(config)
    assert "{{ a }}" in Site(tmp_path / "site").says("notes/")
    assert "A value" in Site(tmp_path / "site").says("run/")


_LISTS = """
    def on_page_markdown(markdown, **_):
        return markdown.replace("FILES", "| content/finance/secret.md | today |\\n|---|---|\\n| [b](content/notes.md) | c |")
"""


def test_a_plugin_that_lists_withheld_files_stops_the_build_and_its_sentence_names_none(tmp_path: Path) -> None:
    secret = sop("secret", "Who earns what.", visibility="confidential")
    pages = {**BASE, "content/notes.md": "# Notes\n\nFILES\n", "content/finance/secret.md": secret, "hook.py": _LISTS}
    make_handbook(tmp_path, pages, UNCHECKED, {"hooks": ["hook.py"]})
    said = refused(tmp_path)
    assert said.startswith("`hook.py` would name one file that is withheld on a page that is published."), said
    assert "secret" not in said
    make_handbook(
        tmp_path,
        {"content/how/own.md": "# Own\n\nSee content/finance/secret.md some day.\n"},
        UNCHECKED,
        {"hooks": ["hook.py"]},
    )
    assert "secret.md" in build(tmp_path, strict=False).says("notes/")


def test_a_plugin_that_takes_a_field_of_documents_is_named_before_it_ends_the_build(tmp_path: Path) -> None:
    class Encrypts(BasePlugin[NoOptions]):
        def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
            del markdown, page, config, files
            raise SystemExit

    def prepared(**settings: Any) -> MkDocsConfig:
        meeting = "---\nkind: cadence\nid: hour\ntitle: An hour\nvisibility: public\nowner: mok\nfrequency: weekly\nlevel: team\nparticipants: [books]\n---\nWe meet.\n"
        files = {**BASE, "content/hour.md": meeting, "hook.py": "\n"}
        config = configured(make_handbook(tmp_path, files, {**UNCHECKED, **settings}, {"hooks": ["hook.py"]}))
        config.plugins["encryptcontent"] = Encrypts()
        return config

    with pytest.raises(Abort) as stopped:
        mkdocs_build(prepared())
    assert "takes the field `level` of documents" in str(stopped.value.__context__)
    mkdocs_build(prepared(rewrites={"encryptcontent": ["secret"]}))
