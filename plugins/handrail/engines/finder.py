"""The finder on a site that MkDocs makes: its files, its page, and its place in front of the search of the theme Material."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from handrail.errors import SettingsError
from handrail.model.generated import Made
from handrail.model.project import Project
from handrail.model.theme_fields import is_kept_out_of_search
from handrail.pages.audience import Shown
from handrail.pages.generated import finder
from handrail.text.html_page import HtmlPage
from handrail.web.metadata import within_script

SELECTORS = ("article", "h1", "[id=__config]")
_WORKER = re.compile(r"(?P<up>.*)assets/javascripts/workers/(?P<name>search\.[\w.-]+\.js)")
_PAGEFIND = "pagefind"
_INDEX_OF_THE_THEME = "search/search_index.json"
_TEXTS = f"{finder.FOLDER}/texts.json"
_OF_A_TEXT = frozenset(("location", "title", "text"))
_NOT_FOUND_TITLE = "404 - Not found"
_OFFLINE = "material/offline"
_SEARCHES = frozenset(("search", "material/search"))


class Search:
    """The search of a site that is being built: the finder in front, and behind it an engine that reads whole texts.

    On every page the theme asks at once for the index of all texts, `search/search_index.json`, before anybody searches. So
    that file holds no texts, and the worker fetches them from a file of ours when something is typed.
    """

    def __init__(self, project: Project, config: MkDocsConfig) -> None:
        self._full_text = project.settings.search
        if self._full_text == _PAGEFIND and find_spec(_PAGEFIND) is None:
            raise SettingsError(
                "The option `search` asks for Pagefind, which is not installed: run `pip install 'pagefind[bin]'`, "
                "or leave the option out."
            )
        # A site that is opened from a disk can fetch nothing: the theme alone knows how to search there.
        offline = config.plugins.get(_OFFLINE)
        self._is_offline = offline is not None and bool(offline.config.get("enabled"))
        self._is_in_front = False
        self._asked: dict[str, tuple[str, str] | None] = {}

    def in_front(self, html: HtmlPage, page: Page | None = None) -> None:
        """Let a page's search ask the finder first; where it is not the one we know, it stays as it is.

        Pagefind reads the pages that are marked for it, and no others.
        """
        is_read = self._full_text == _PAGEFIND and page is not None and not is_kept_out_of_search(page.meta)
        if is_read and (article := html.first("article")) is not None:
            html.set(article, html.tag(article).with_attribute("data-pagefind-body", ""))
        if not self._is_offline and (config := html.first("[id=__config]")) is not None:
            self._put_in_front(html, config)

    def _put_in_front(self, html: HtmlPage, at: int) -> None:
        config = html.tag(at).content
        if config not in self._asked:  # it is the same on all pages of one depth
            self._asked[config] = self._with_finder(config)
        asked = self._asked[config]
        if asked is not None:
            self._is_in_front = True
            html.set(at, f"{html.tag(at).opening}{asked[0]}")
            html.put_behind(html.end_of(at), asked[1])

    def _with_finder(self, config: str) -> tuple[str, str] | None:
        """Return what the theme is told in the place of this, and the HTML that comes behind it; None where it has another search."""
        try:
            said = json.loads(config)
        except ValueError:
            return None
        search = said.get("search") if isinstance(said, dict) else None
        worker = _WORKER.fullmatch(search) if isinstance(search, str) else None
        if worker is None:
            return None
        folder = f"{worker['up']}{finder.FOLDER}/"
        said["search"] = f"{folder}{self.worker(worker['name'])}"
        return within_script(said), self.program(folder)

    def worker(self, theirs: str) -> str:
        """Return what the theme is to ask, below the folder of the finder, in the place of its own worker of this name."""
        if self._full_text == _PAGEFIND:
            return f"{finder.WORKER}?pagefind=../../pagefind/pagefind.js"
        return f"{finder.WORKER}?{in_place_of(theirs)}"

    def program(self, folder: str) -> str:
        """Return the HTML of what the theme's search lacks; `folder` is the address of that of the finder."""
        return f'<script src="{escape(folder + finder.HEADER)}"></script>'

    def not_found(self, html: HtmlPage, shown: Shown) -> None:
        """Put the finder into the page that the theme makes for an address that no page has."""
        base = urlsplit(shown.handbook.project.site_url).path.rstrip("/")
        for at in html.all("h1") if self._is_in_front else ():
            end = html.end_of(at)
            if html.words(at, end) == _NOT_FOUND_TITLE:
                html.take(at, end)
                html.set(end, finder.not_found(shown, f"{base}/"))
                return

    def left_behind(self, config: MkDocsConfig, shown: Shown) -> str:
        """Return the sentence that says that the site's own search does not ask the finder; nothing where it does, or there is none."""
        if self._is_in_front or self._is_offline or not _SEARCHES.intersection(config.plugins):
            return ""
        return (
            f"The search of the theme {config.theme.name or 'of this site'} is none that the finder knows, so it finds pages by the words of "
            f"their texts alone. The finder answers on its own page, {shown.generated(Made.FINDER, '')}: link to it from your home page."
        )

    def finish(self, config: MkDocsConfig) -> None:
        """Put the theme's index where only those who search fetch it; where Pagefind is to search the texts, let it read them."""
        site = Path(config.site_dir)
        if self._full_text == _PAGEFIND:
            _let_pagefind_read(site)
        index = site / _INDEX_OF_THE_THEME
        if (self._full_text == _PAGEFIND or self._is_in_front) and index.is_file():
            if self._full_text != _PAGEFIND:
                shutil.copyfile(index, site / _TEXTS)
            said = json.loads(index.read_text("utf-8"), object_hook=_unless_text)
            index.write_text(json.dumps({**said, "docs": []}), "utf-8")


def _unless_text(said: dict[str, Any]) -> dict[str, Any] | None:
    """Return what an index says, but no text: all of them at once would fill the memory."""
    return None if said.keys() >= _OF_A_TEXT else said


def in_place_of(theirs: str) -> str:
    """Return how a worker of ours is told of the theme's own."""
    return f"theirs=../javascripts/workers/{theirs}"


def _let_pagefind_read(site: Path) -> None:
    shutil.rmtree(site / _PAGEFIND, ignore_errors=True)
    run = subprocess.run(  # noqa: S603 - a program of this Python's, with a folder of ours
        [sys.executable, "-m", _PAGEFIND, "--site", str(site)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        reason = (run.stderr.strip() or run.stdout.strip() or "it gave no reason").splitlines()[-1]
        raise PluginError(f"Pagefind could not read the site: {reason}")
    for spare in (site / _PAGEFIND).glob("pagefind-*ui.*"):
        spare.unlink()


def form(shown: Shown, page: Page) -> str:
    """Return what the finder's own page has below its text; nothing for other pages."""
    is_finder = page.file.src_uri == shown.handbook.settings.generated.path(Made.FINDER)
    return finder.form(shown, page.url) if is_finder else ""
