"""The finder on a site that MkDocs makes: its files, its page, and its place in front of the search of the theme Material."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handrail.errors import SettingsError
from handrail.model.generated import Made
from handrail.model.project import Project
from handrail.model.settings import FullText
from handrail.model.theme_fields import is_kept_out_of_search
from handrail.search.synonyms import read_synonyms
from handrail.site import finder
from handrail.site.audience import Shown

_ASSETS = Path(__file__).resolve().parents[1] / "site" / "assets"
_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)', re.DOTALL)
_WORKER = re.compile(r"(?P<up>.*)assets/javascripts/workers/(?P<name>search\.[\w.-]+\.js)")
_ARTICLE = re.compile(r"<article\b")
_PAGEFIND = "pagefind"
_INDEX_OF_THE_THEME = "search/search_index.json"


def set_up(project: Project, config: MkDocsConfig) -> tuple[tuple[str, ...], ...]:
    """Return the words that stand for one another; a preview is made anew when their file changes."""
    if project.settings.search == _PAGEFIND and find_spec(_PAGEFIND) is None:
        raise SettingsError(
            "The option `search` asks for Pagefind, which is not installed: run `pip install 'pagefind[bin]'`, "
            "or leave the option out."
        )
    found = read_synonyms(project.root, project.settings.synonyms)
    if found and (place := str(project.root / project.settings.synonyms)) not in config.watch:
        config.watch.append(place)
    return found


def add_files(files: Files, config: MkDocsConfig, shown: Shown, synonyms: Sequence[Sequence[str]]) -> None:
    """Add the index and the scripts that search it."""
    index = finder.finder_index(shown, synonyms)
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    files.append(File.generated(config, finder.INDEX, content=text))
    for name in (*finder.SCRIPTS, finder.WORKER):
        place = f"{finder.FOLDER}/{name}"
        files.append(File.generated(config, place, abs_src_path=str(_ASSETS / name)))


def form(shown: Shown, page: Page) -> str:
    """Return what the finder's own page has below its text; nothing for other pages."""
    is_finder = page.file.src_uri == shown.handbook.settings.generated.path(Made.FINDER)
    return finder.form(shown, page.url) if is_finder else ""


def in_front(html: str, full_text: FullText, page: Page | None = None) -> str:
    """Return a page whose search asks the finder first, or the page as it is where its search is not the one we know.

    Pagefind reads the pages that are marked for it, and no others.
    """
    if full_text == _PAGEFIND and page is not None and not is_kept_out_of_search(page.meta):
        html = _ARTICLE.sub("<article data-pagefind-body", html, count=1)
    return _CONFIG.sub(lambda match: f"{match[1]}{_with_ours(match[2], full_text)}{match[3]}", html, count=1)


def _with_ours(config: str, full_text: FullText) -> str:
    try:
        said = json.loads(config)
    except ValueError:
        return config
    search = said.get("search") if isinstance(said, dict) else None
    worker = _WORKER.fullmatch(search) if isinstance(search, str) else None
    if worker is None:
        return config
    other = f"theirs=../javascripts/workers/{worker['name']}"
    if full_text == _PAGEFIND:
        other = "pagefind=../../pagefind/pagefind.js"
    ours = f"{worker['up']}{finder.FOLDER}/{finder.WORKER}?{other}"
    # As written by the theme, so that whatever it escaped stays so.
    return config.replace(json.dumps(search), json.dumps(ours))


def finish(config: MkDocsConfig, full_text: FullText) -> None:
    """Let Pagefind read the finished site, where it is to search the text, and spare readers the theme's own index."""
    if full_text != _PAGEFIND:
        return
    site = Path(config.site_dir)
    shutil.rmtree(site / _PAGEFIND, ignore_errors=True)
    run = subprocess.run(  # noqa: S603 - a program of this Python's, with a folder of ours
        [sys.executable, "-m", _PAGEFIND, "--site", str(site)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        reason = (run.stderr.strip() or run.stdout.strip() or "it gave no reason").splitlines()[-1]
        raise PluginError(f"Pagefind could not read the site: {reason}")
    for spare in (site / _PAGEFIND).glob("pagefind-*ui.*"):
        spare.unlink()
    index = site / _INDEX_OF_THE_THEME
    if index.is_file():
        said = json.loads(index.read_text("utf-8"))
        index.write_text(json.dumps({**said, "docs": []}), "utf-8")
