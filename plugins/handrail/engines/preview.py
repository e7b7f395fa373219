"""`mkdocs serve`: a preview that goes on whatever an author types.

A page that can't be read keeps its last good text, or is a stub that names the problem; every page says what is wrong; in
the place of one that the site leaves out stands why; and where a build fails for any other reason, the last good site is served again.
"""

from __future__ import annotations

import html
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from handrail.history.git import GitError
from handrail.history.material import Material, read_material
from handrail.history.repository import Checkout, History, find_checkout, read_history
from handrail.history.texts import Texts
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.publication import Reason
from handrail.model.urls import file_of
from handrail.report.plain import without_surrogates
from handrail.site.render import inert
from handrail.text.source import Source, read_source

_log = logging.getLogger("mkdocs.plugins.handrail")
_BODY = re.compile(r"<body\b[^>]*>")
_MARK = re.compile(r"<!--handrail-preview-->.*?<!--/handrail-preview-->", re.DOTALL)
_ABSENT = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not on this site</title></head>
<body style="max-width:40rem;margin:4rem auto;padding:0 1rem;font:16px/1.5 sans-serif">
<h1>Not on this site</h1>
<p>{words}</p>
<p>Only this preview says so; the site itself has no such page.</p>
</body>
</html>
"""
_STYLE = (
    "position:fixed;z-index:100;left:0;right:0;bottom:0;padding:.6rem 1rem;background:#5d1f1a;color:#fff;"
    "font:14px/1.4 sans-serif;max-height:30vh;overflow:auto"
)


class Readings:
    """Reads the handbook again and again, and remembers its history and the last text of each page that could be read."""

    def __init__(self) -> None:
        self._last_good: dict[str, Source] = {}
        self._checkout: Checkout | None = None
        self._material: tuple[object, Material] | None = None
        self.history = History(Path())

    def read(self, project: Project, kinds: Mapping[str, Kind], today: date) -> Handbook:
        """Read the handbook as it is; git reads its history again only where a commit has come."""
        try:
            checkout = find_checkout(project.docs_dir)
        except GitError as error:
            self._checkout, self.history = None, History(project.docs_dir, reason=str(error))
        else:
            if checkout != self._checkout or project.docs_dir != self.history.folder:
                self._checkout, self.history = checkout, read_history(project.docs_dir, checkout=checkout)
        return load_handbook(project, kinds, today, look_back=lambda handbook: Texts(self.history, handbook))

    def material(self, handbook: Handbook) -> Material:
        """Return what git knows of the texts of a handbook, read again only where its history has been."""
        asked = (self.history, handbook.settings, handbook.today)
        if self._material is None or self._material[0] != asked:
            self._material = asked, read_material(self.history, handbook)
        return self._material[1]

    def legible(self, handbook: Handbook) -> Handbook:
        """Return the handbook with the last good text of each page that can't be read, or a stub."""
        sources: dict[str, Source] = {}
        for index, page in enumerate(handbook.pages):
            if page.source.readable:
                self._last_good[page.src_uri] = page.source
            sources[page.src_uri] = self._last_good.get(page.src_uri) or _stub(page, index)
        return handbook.with_sources(sources)


def _stub(page: Page, index: int) -> Source:
    problems = page.source.problems
    place = page.source.lines.place(problems[0].offset) if problems else None
    words = f"{page.path}, line {place.line}: {problems[0].message} {problems[0].hint}" if place else page.path
    front = f"---\nkind: page\nid: unreadable-{index}\ntitle: {json.dumps(page.title)}\nvisibility: public\n---\n"
    text = f"<p>This page can't be read yet.</p>\n\n<p>{inert(html.escape(words))}</p>\n"
    return read_source(f"{front}{text}".encode("utf-8", "replace"))


def mark(site_dir: Path, words: str) -> None:
    """Write a bar with these words onto every page of a site, or take it away where there are none."""
    bar = (
        f'<!--handrail-preview--><div role="alert" style="{_STYLE}">{html.escape(words)}</div><!--/handrail-preview-->'
        if words
        else ""
    )
    for path in site_dir.rglob("*.html"):
        # A site may hold HTML of any encoding, which is only passed through.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        marked = _MARK.sub("", text)
        if bar:
            marked = _BODY.sub(lambda match: match[0] + bar, marked, count=1)
        if marked != text:
            path.write_bytes(marked.encode("utf-8", "surrogateescape"))


def explain_absences(site_dir: Path, handbook: Handbook, withheld: Mapping[str, Reason]) -> None:
    """Put a page that says why in the place of each that the site leaves out, for an author who looks for it there."""
    for src_uri, reason in withheld.items():
        page = handbook.by_src_uri.get(src_uri)
        if page is None:
            continue
        place = site_dir / file_of(page.url)
        with suppress(OSError):  # a name that the disk does not take
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                words = without_surrogates(_why_absent(handbook, page, reason))
                place.write_text(_ABSENT.format(words=html.escape(words)), "utf-8")


def _why_absent(handbook: Handbook, page: Page, reason: Reason) -> str:
    if reason is not Reason.AUDIENCE:
        return f"{page.path} is not on this site, because {reason}."
    return (
        f"{page.path} is {page.visibility}, and this site is {handbook.settings.audience}, so it is not here. Who may read it "
        "is said in its line `visibility` and, for its whole folder, under `visibility` below `handrail:` in mkdocs.yml."
    )


class Guard:
    """Keeps a copy of the last good site, and puts it back where a rebuild fails.

    MkDocs would leave the folder half-written, and its server would answer nothing until the next build that works.
    """

    def __init__(self, server: LiveReloadServer, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._copy = Path(tempfile.mkdtemp(prefix="handrail-preview-"))
        self._build: Any = server.builder
        server.builder = self._rebuild
        self._keep()

    def _rebuild(self, *arguments: Any) -> None:
        try:
            self._build(*arguments)
        except (Exception, Abort, SystemExit) as error:  # noqa: BLE001 - whatever it was, the preview goes on
            # MkDocs stops with a word on how it stopped, while it was dealing with the reason.
            reason = error.__context__ if isinstance(error, Abort) and error.__context__ else error
            words = str(reason) or type(reason).__name__
            _log.error("The build failed, so the last good site is shown: %s", words)
            self._put_back()
            mark(self._site_dir, f"The last build failed; this is the site before it. {words}")
        else:
            self._keep()

    def _keep(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._site_dir, self._copy)

    def _put_back(self) -> None:
        shutil.rmtree(self._site_dir, ignore_errors=True)
        shutil.copytree(self._copy, self._site_dir, dirs_exist_ok=True)

    def close(self) -> None:
        """Throw the copy away."""
        shutil.rmtree(self._copy, ignore_errors=True)
