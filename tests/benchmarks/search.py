"""The finder beside the theme's own search, Pagefind and MiniSearch: the same queries, in one browser, on one site.

`python -m tests.benchmarks.search` takes the handbook that comes with Handrail and its labelled queries, with a number a handbook
of so many pages. Pagefind and MiniSearch come from npm, into a folder that is thrown away; where they can't be had, the table
goes without them.
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import click
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright

from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.pages.generated.finder import entries
from tests.benchmarks.generate import generate
from tests.search.labelled import ROOT, public_procedures, queries, with_a_slip
from tests.support.browser import launch_arguments, require

_SCRIPTS = Path(__file__).with_name("search.js")
_MOST = 100
_WINDOW = 3
_ENGINES = ("finder", "theme", "pagefind", "minisearch", "minisearchText")
_PACKAGES = ("minisearch@7.2.0", "pagefind@1.6.0")


class Query(NamedTuple):
    """What is typed, of which sort it is, and the addresses of the pages that answer it."""

    text: str
    sort: str
    wanted: tuple[str, ...]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing of each request."""


def ask(book: Handbook, *, labelled: bool) -> list[Query]:
    """Return the queries: titles, titles with one slip, phrases that are asked, and the labelled ones of the example."""
    chance = random.Random(8)  # noqa: S311 - a choice of pages and slips, not secrets
    pages = public_procedures(book)
    pages = chance.sample(pages, min(_MOST, len(pages)))
    found = [Query(page.title, "title", (page.url,)) for page in pages]
    found += [Query(with_a_slip(page.title, chance), "slip", (page.url,)) for page in pages]
    found += [Query(page.texts("asked_as")[0], "asked", (page.url,)) for page in pages if page.texts("asked_as")]
    if labelled:
        by_id: dict[str, list[str]] = {}
        for page in publishable(book, "public"):
            by_id.setdefault(page.id, []).append(page.url)
        found += [Query(text, "labelled", tuple(url for id_ in ids for url in by_id[id_])) for text, ids in queries()]
    return found


def _read(folder: Path) -> Handbook:
    project = load_project(folder / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, load_kinds(project.root), project.settings.today)


def _fields(book: Handbook) -> list[dict[str, str]]:
    """Return the fields of the finder's pages for another engine to index."""
    shown = Shown(book, None, lambda _kind, _folder: None, publishable(book, "public"))
    return [
        {"url": entry.url, "title": entry.title, "asked": "\n".join(entry.asked_as), "id": entry.id, **entry.others}
        for entry in entries(shown)
    ]


def build(project: Path, site: Path, book: Handbook) -> list[str]:
    """Build the site, with what the other engines need; return the engines that there are."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    bench = site / "bench"
    bench.mkdir()
    (bench / "index.html").write_text("<!doctype html><title>Benchmark</title><script src=search.js></script>", "utf-8")
    shutil.copy(_SCRIPTS, bench)
    (bench / "fields.json").write_text(json.dumps(_fields(book)), "utf-8")
    worker = next((site / "assets/javascripts/workers").glob("search.*.js"))
    shutil.copy(worker, worker.with_name("theme.js"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, *_PACKAGES]
            subprocess.run(install, check=True, capture_output=True, timeout=120)
            shutil.copy(Path(folder) / "node_modules/minisearch/dist/umd/index.js", bench / "minisearch.js")
            pagefind = Path(folder) / "node_modules/.bin/pagefind"
            subprocess.run(
                [pagefind, "--site", site, "--output-subdir", "bench/pagefind"], check=True, capture_output=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            click.echo(f"Without Pagefind and MiniSearch, which npm could not bring: {error}")
            return ["finder", "theme"]
    return list(_ENGINES)


def measure(page: BrowserPage, engine: str, asked: Sequence[Query]) -> dict[str, Any]:
    """Return an engine's answers, how long it took to get ready and to answer, and its size where the browser knows it."""
    page.reload()
    result: dict[str, Any] = page.evaluate(
        "([engine, texts]) => measure(engine, texts)", [engine, [query.text for query in asked]]
    )
    return result


def _size(site: Path, engine: str, result: Mapping[str, Any]) -> float:
    """Return how many kilobytes of index an engine has, compressed."""
    if engine == "pagefind":
        return sum(file.stat().st_size for file in (site / "bench/pagefind").rglob("*.pf_*")) / 1000
    whole = {"finder": "assets/handrail/finder.json", "theme": "assets/handrail/texts.json"}
    text = (site / whole[engine]).read_bytes() if engine in whole else str(result["index"]).encode()
    return len(gzip.compress(text, mtime=0)) / 1000


def tell(site: Path, engine: str, asked: Sequence[Query], result: Mapping[str, Any]) -> None:
    """Print an engine's line of the table."""
    said = []
    for sort in dict.fromkeys(query.sort for query in asked):
        ranks = [
            next((rank for rank, url in enumerate(found) if url in query.wanted), _WINDOW)
            for query, found in zip(asked, result["found"], strict=True)
            if query.sort == sort
        ]
        first, three = (sum(rank < most for rank in ranks) / len(ranks) for most in (1, _WINDOW))
        said.append(f"{sort} {first:.3f} {three:.3f}")
    pace = f"ready {result['ready']:.0f} ms, {result['each']:.1f} ms a query, {_size(site, engine, result):.1f} KB"
    click.echo(f"{engine:15}{', '.join(said)}; {pace}")


def compare(folder: Path, project: Path, *, labelled: bool) -> None:
    """Measure every engine on a project."""
    site = folder / "site"
    book = _read(project)
    engines = build(project, site, book)
    asked = ask(book, labelled=labelled)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(
        f"{len(book.documents)} documents, {len(asked)} queries; each sort of them first, and among the first three"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=launch_arguments())
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/bench/")
        for engine in engines:
            tell(site, engine, asked, measure(page, engine, asked))
        browser.close()
    server.shutdown()
    server.server_close()


def main(arguments: Sequence[str]) -> None:
    """Compare on the example, or on a generated handbook of so many pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments:
            generate(folder / "large", int(arguments[0]))
        compare(folder, folder / "large" if arguments else ROOT, labelled=not arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
