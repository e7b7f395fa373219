"""Builds sites with MkDocs, in this process or in one of its own, and looks at what came out."""

from __future__ import annotations

import gzip
import html
import json
import os
import posixpath
import re
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote, urljoin, urlsplit

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from handrail.engines.compiled import Compiled
from handrail.engines.strip import with_strip
from handrail.rules.registry import all_rules
from tests.engines.previewed import forget_what_was_said
from tests.support.engine import ENGINE

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_SPLITS = re.compile(r"</?(?:p|li|dt|dd|div|td|th|tr|h[1-6]|summary|details|ul|ol|br|blockquote)\b[^>]*>")


class _Reading(HTMLParser):
    """Reads a page: its links with their words, its ids, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and found.get("href"):
            self._open.append((str(found["href"]), []))

    def handle_data(self, data: str) -> None:
        for _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            href, words = self._open.pop()
            self.links.append((href, " ".join("".join(words).split())))


def read_html(text: str) -> _Reading:
    """Read HTML."""
    reading = _Reading()
    reading.feed(text)
    reading.close()
    return reading


def words_of(text: str) -> str:
    """Return the words of HTML as a reader sees them, blocks apart."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", _SPLITS.sub(" ", text))).split())


@dataclass(frozen=True)
class Site:
    """A built site. Pages go by their address, such as `finance/`, or by their file, such as `finance.html`."""

    root: Path

    def has(self, url: str) -> bool:
        return self._file(url).is_file()

    def html(self, url: str) -> str:
        return self._file(url).read_text("utf-8")

    def article(self, url: str) -> str:
        """Return the HTML of what a page says, without what stands on every page."""
        text = self.html(url)
        return text[text.index("<article") : text.index("</article>")]

    def says(self, url: str) -> str:
        return words_of(self.article(url))

    def links(self, url: str) -> dict[str, str]:
        """Return where the links of a page's article lead, by their words; inside the site, as an address of it."""
        return {words: self.resolve(url, href) for href, words in read_html(self.article(url)).links}

    def nav(self, url: str = "") -> list[tuple[str, str]]:
        """Return the words of the links round a page's article, with where they lead: above all the navigation."""
        text = self.html(url)
        around = text[: text.index("<article")] + text[text.index("</article>") :]
        return [(words, self.resolve(url, href)) for href, words in read_html(around).links]

    def contents(self, url: str) -> list[tuple[str, str]]:
        """Return the headings of a page's table of contents, with the anchors that they lead to."""
        text = self.html(url)
        found = read_html(text[: text.index("<article")]).links
        return list(dict.fromkeys((words, href[1:]) for href, words in found if href.startswith("#") and href != "#"))

    def resolve(self, url: str, href: str) -> str:
        """Return an address as seen from the top of the site; one elsewhere as it is."""
        if urlsplit(href).scheme:
            return href
        base = f"http://site/{url}"
        return unquote(urljoin(base, href).removeprefix("http://site/"))

    def pages(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.html"))

    def redirects(self) -> set[str]:
        """Return the addresses that only lead to others."""
        found = (page for page in self.pages() if 'http-equiv="refresh"' in self.html(page))
        return {page.removesuffix("index.html") for page in found}

    def everything(self) -> dict[str, str]:
        """Return the text of every file and its path, by path; themes' own programs and styles are left out."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and not name.startswith(("assets/javascripts/", "assets/stylesheets/")):
                raw = path.read_bytes()
                raw = gzip.decompress(raw) if name.endswith(".gz") else raw
                found[name] = f"{name}\n{unquote(html.unescape(raw.decode('utf-8', 'replace')))}"
        return found

    def naming(self, word: str) -> list[str]:
        """Return the files in whose text or path a word stands, in any case."""
        return [name for name, text in self.everything().items() if word.casefold() in text.casefold()]

    def path(self, url: str) -> list[tuple[str, str | None]]:
        """Return the steps of the path to a page, each with where it leads."""
        html = self.html(url)
        steps = re.search(r'<ol class="md-path__list">(.*?)</ol>', html, re.DOTALL)
        found = re.findall(r'<li[^>]*>(?:<a href="([^"]*)"[^>]*>)?<span[^>]*>([^<]*)', steps[1]) if steps else []
        return [(words, self.resolve(url, href) if href else None) for href, words in found]

    def searched(self) -> list[dict[str, Any]]:
        """Return what the theme's search knows of each page and part of a page."""
        docs: list[dict[str, Any]] = json.loads((self.root / "assets/handrail/texts.json").read_text("utf-8"))["docs"]
        return docs

    def dead_links(self) -> list[str]:
        """Return the links of the site that lead to nothing in it, with the page that they stand on."""
        found = []
        for page in self.pages():
            if page == "404.html":
                continue  # its links count from the top of the site wherever it is shown
            reading = read_html((self.root / page).read_text("utf-8"))
            base = posixpath.dirname(page)
            for href, words in reading.links:
                parts = urlsplit(href)
                if parts.scheme or parts.netloc or href.startswith(("#", "/")):
                    continue
                target = posixpath.normpath(posixpath.join(base, unquote(parts.path)))
                file = self.root / target
                if not (file.is_file() or (file / "index.html").is_file()):
                    found.append(f"{page}: {words} -> {href}")
        return found

    def _file(self, url: str) -> Path:
        path = unquote(url)
        return self.root / (path if path.endswith(".html") else posixpath.join(path, "index.html"))


_compiled = Compiled()


def configured(folder: Path, *, strict: bool = True, **options: Any) -> MkDocsConfig:
    """Return MkDocs' configuration of a project, with nothing left over of earlier builds in this process.

    The theme's templates are compiled once for all tests, which would take half of a small build's time.
    """
    forget_what_was_said()
    config = load_config(str(folder / "mkdocs.yml"), strict=strict, site_dir=str(folder / "site"), **options)
    made_by_mkdocs = config.theme.get_env

    def get_env() -> Environment:
        env = made_by_mkdocs()
        env.bytecode_cache = _compiled
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]
    return config


def as_served(config: MkDocsConfig) -> None:
    """Write each page of a preview that was built as its server would answer."""
    plugin: Any = config.plugins["handrail"]
    site = Path(config.site_dir)
    for path in site.rglob("*.html"):
        strip = plugin.preview.strip_of(path.relative_to(site).as_posix())
        path.write_bytes(with_strip(path.read_bytes(), strip))


def build(folder: Path, *, strict: bool = True, command: str = "build", dirty: bool = False, **options: Any) -> Site:
    """Build a project in this process; `command` is what MkDocs would be doing.

    Only two rules have pages, for they would take most of the time; the handbook that comes with Handrail has them all.
    """
    config = configured(folder, strict=strict, **options)
    config.plugins.on_startup(command=command, dirty=dirty)  # type: ignore[arg-type]
    try:
        with patch("handrail.pages.generated.every.all_rules", lambda: all_rules()[:2]):
            mkdocs_build(config, dirty=dirty, serve_url="http://127.0.0.1/" if command == "serve" else None)
        if command == "serve":
            as_served(config)
    finally:
        config.plugins.on_shutdown()
    return Site(folder / "site")


@dataclass(frozen=True)
class Run:
    """How a command ended and what it said."""

    code: int
    said: str


def environment() -> dict[str, str]:
    """Return this process' environment without what would change the verdict or the output."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL", "SOURCE_DATE"))}
    return {**mine, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}


_OF_TWO_RULES = f"""
from handrail.pages.generated import every
rules = every.all_rules()[:2]
every.all_rules = lambda: rules
from {ENGINE}.__main__ import cli
cli(prog_name="{ENGINE}")
"""


def command(*arguments: str) -> list[str]:
    """Return what starts `mkdocs` in a process of its own; its sites too have pages of two rules only."""
    return [sys.executable, "-c", _OF_TWO_RULES, *arguments]


def mkdocs(folder: Path, *arguments: str, every_rule: bool = False) -> Run:
    """Run the engine's command in a project, for what only a process shows: exit codes, what is printed, two at once."""
    done = subprocess.run(
        [sys.executable, "-m", ENGINE, *arguments] if every_rule else command(*arguments),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr)
