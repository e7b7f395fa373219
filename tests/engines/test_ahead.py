"""A site whose pages are made on two cores is, byte for byte, the site that is made on one."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown import Extension
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from handrail.engines import ahead
from handrail.engines.given import project_of
from handrail.model.settings import Settings
from handrail.rendering.extensions import MarkdownSettings, Tagged, read_markdown_settings
from tests.engines.sites import configured, environment

ROOT = Path(__file__).parents[2]

# Each page but the first comes from the copy, which is waited for here as it is nowhere else.
_ALL_AHEAD = """
import os, sys, time
from handrail.build.kept_by_page import KeptByPage
from handrail.engines import ahead, second_core
from mkdocs.__main__ import cli

os.sched_getaffinity = lambda _: {0, 1}
ahead._WORTH = 2
KeptByPage.get = lambda self, page: None
KeptByPage.__contains__ = lambda self, page: False
second_core._STRIDE = 1
taken = []

class Waiting(second_core.Ahead):
    def take(self, number):
        ended = os.WEXITED | os.WNOWAIT | os.WNOHANG
        while number and not self._shared.is_claimed(number) and os.waitid(os.P_PID, self._child, ended) is None:
            time.sleep(0.001)
        found = super().take(number)
        taken.append(found is not None)
        return found

ahead.Ahead = Waiting
try:
    cli(sys.argv[1:])
finally:
    print(sum(taken), len(taken))
"""


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets a process be copied safely")
def test_the_example_is_the_same(example_site: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-c", _ALL_AHEAD, "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site"))
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    taken, pages = map(int, done.stdout.split()[-2:])
    assert taken > 0.9 * pages > 200
    one, two = files(example_site), files(tmp_path / "site")
    assert [path for path in {*one, *two} if one.get(path) != two.get(path)] == []


class Unknown(BasePlugin[LegacyConfig]):
    """A plugin that has a hand in what the theme makes."""

    def on_page_context(self, context: TemplateContext, /, **_: Any) -> TemplateContext:
        return context


class TheirExtension(Extension):
    """What a plugin adds to Markdown."""


class Harmless(BasePlugin[LegacyConfig]):
    """A plugin that sees pages here only."""

    def on_page_content(self, html: str, /, **_: Any) -> str:
        return html


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MkDocsConfig:
    monkeypatch.setattr(ahead, "_WORTH", 1)
    monkeypatch.setattr(ahead, "has_second_core", lambda: True)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Acme\ndocs_dir: content\nplugins: [search]\n", "utf-8")
    return configured(tmp_path)


def why_alone(config: MkDocsConfig, caplog: pytest.LogCaptureFixture, markdown: MarkdownSettings | None = None) -> str:
    """Return what a build says of why it makes pages on one core; nothing where it makes them on two."""
    page = Page(None, File("index.md", config.docs_dir, config.site_dir, use_directory_urls=True), config)
    caplog.set_level(logging.INFO)
    is_worth_it = ahead._is_worth_it(
        [page], config, replace(project_of(config, Settings()), markdown=markdown or MarkdownSettings())
    )
    assert is_worth_it != bool(caplog.messages)
    return " ".join(caplog.messages)


def test_what_is_known_makes_the_same_on_two_cores(site: MkDocsConfig, caplog: pytest.LogCaptureFixture) -> None:
    site.plugins["harmless"] = Harmless()
    fence = {
        "name": "mermaid",
        "class": "mermaid",
        "format": Tagged("!!python/name:pymdownx.superfences.fence_code_format"),
    }
    listed = ["admonition", "footnotes", {"pymdownx.superfences": {"custom_fences": [fence]}}, "pymdownx.snippets"]
    assert why_alone(site, caplog, read_markdown_settings(listed)) == ""


def test_a_plugin_that_takes_part_is_named(site: MkDocsConfig, caplog: pytest.LogCaptureFixture) -> None:
    site.plugins["their-plugin"] = Unknown()
    assert why_alone(site, caplog) == (
        "Pages are made on one core: whether the plugin `their-plugin` does the same on two is not known."
    )


def test_a_hook_that_takes_part_is_named(site: MkDocsConfig, caplog: pytest.LogCaptureFixture) -> None:
    hook = ModuleType("theirs")
    hook.on_env = lambda env, **_: env  # type: ignore[attr-defined]
    site["hooks"] = {"theirs.py": hook, "other.py": ModuleType("other")}
    assert "the hook `theirs.py`" in why_alone(site, caplog)


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        (["their_extension"], "their_extension"),
        ([{"toc": {"slugify": Tagged("!!python/name:theirs.slugify")}}], "markdown.extensions.toc"),
    ],
)
def test_an_extension_of_another_house_is_named(
    site: MkDocsConfig, caplog: pytest.LogCaptureFixture, listed: list[Any], named: str
) -> None:
    said = why_alone(site, caplog, read_markdown_settings(listed))
    assert f"the extension `{named}` of Markdown" in said


def test_an_extension_that_a_plugin_brings_is_named(site: MkDocsConfig, caplog: pytest.LogCaptureFixture) -> None:
    site.markdown_extensions += [TheirExtension()]  # type: ignore[list-item]
    assert "the extension `TheirExtension` of Markdown" in why_alone(site, caplog)


def test_few_pages_are_made_on_one_core_without_a_word(
    site: MkDocsConfig, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_WORTH", 300)
    site.plugins["their-plugin"] = Unknown()
    caplog.set_level(logging.INFO)
    assert not ahead._is_worth_it([], site, project_of(site, Settings()))
    assert not caplog.messages
