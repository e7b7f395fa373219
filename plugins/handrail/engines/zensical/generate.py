"""Writes a handbook in Zensical's form: a tree of pages and files, no more than may be published, and the settings that go with it."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from handrail.build.tree import bring_up
from handrail.edit.files import put
from handrail.engines.completion_of import completion_of
from handrail.engines.zensical.gathered import Gathered, gathered
from handrail.engines.zensical.left_out import left_out
from handrail.engines.zensical.place import Made, Place
from handrail.engines.zensical.record import PageRecord
from handrail.engines.zensical.settings import settings
from handrail.model.cache import package_state
from handrail.model.cache import seal as digest_of
from handrail.model.project import Project
from handrail.model.theme_fields import passed_on

_NEEDED_BY_A_PREVIEW = "assets/"
"""Where those of our files lie that pages load; the others come when a site is finished."""
_OF_MACROS = ("render_macros", "ignore_macros")
_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Written:
    """How many pages a form has, of which Handrail makes some; `left_out` is a sentence about what Zensical will not do for them."""

    pages: int
    generated: int
    left_out: str = ""


def generate(project: Project, place: Place) -> Written:
    """Bring a handbook's form for Zensical up to date, written where bytes differ; raises HandrailError where it can't be."""
    with gathered(project.config_file, place.site) as site:
        names = names_of(site)
        made: dict[str, Made] = {}
        tree = {name: content for name, content in _files(site) if name not in names.values()}
        for page in site.pages():
            src_uri = page.file.src_uri
            text, seal = text_of(site, page, names[src_uri])
            tree[names[src_uri]] = text.encode("utf-8", "replace")
            made[src_uri] = Made(seal, digest_of_source(site, src_uri))
        bring_up(project, place.pages, tree, place.pages)
        _write(place, settings(site.config, site.nav, place, names), _addresses(site))
        place.leave(made)
        return Written(len(made), len(site.plugin.build.generated.keys() & made.keys()), left_out(site.config))


def names_of(site: Gathered) -> dict[str, str]:
    """Return the pages' paths in the tree, by those in the handbook."""
    return {page.file.src_uri: name_of(page.file) for page in site.pages()}


def name_of(file: File) -> str:
    """Return a page's path in the tree: Zensical makes of it the address that the page has by MkDocs.

    So `README.md` is called `index.md`, and a page that a plugin moved lies where it was moved to.
    """
    path = file.dest_uri.removesuffix(f"/{_INDEX}") if file.dest_uri.endswith(f"/{_INDEX}") else ""
    if file.dest_uri == _INDEX or (path and posixpath.splitext(file.name)[0] in ("index", "README")):
        return posixpath.join(path, "index.md")
    return f"{path or posixpath.splitext(file.dest_uri)[0]}.md"


def digest_of_source(site: Gathered, src_uri: str) -> str:
    """Return what tells one text of a page's author from another; nothing for pages that have no author."""
    ours = site.plugin.build.pages.get(src_uri)
    return sha256(ours.source.text.encode("utf-8", "surrogatepass")).hexdigest() if ours is not None else ""


def _files(site: Gathered) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the pages, those of the theme aside, which Zensical has itself."""
    made = site.plugin.made.by_place
    for file in site.files:
        place = file.dest_uri
        if file.is_documentation_page() or site.is_of_theme(file) or file.inclusion.is_excluded():
            continue
        if place not in made or place.startswith(_NEEDED_BY_A_PREVIEW):
            yield place, file.content_bytes


@cache
def _program() -> bytes:
    """Return what tells this Handrail from another.

    Zensical keeps what it has made of a page, and has to make it anew when another Handrail would make something else of it.
    """
    return digest_of(package_state()).encode()


def text_of(site: Gathered, page: Page, name: str) -> tuple[str, str]:
    """Return a page of the tree as a whole, and its seal, another one when anything of it is."""
    markdown = site.markdown(page)
    front = "".join(f"{key}: {json.dumps(value, default=str)}\n" for key, value in _meta(site, page).items())
    completion = replace(
        completion_of(page, site.plugin.build, site.plugin.head, site.config),
        is_titled=False,  # Zensical's own templates put a title where a text has none
    )
    record = PageRecord(page.file.src_uri, name, page.url, completion)

    def whole(record: PageRecord) -> str:
        return f"---\n{front}---\n{record.line()}\n{markdown}"

    seal = digest_of((_program(), whole(record).encode("utf-8", "replace")))[:32]
    return whole(replace(record, seal=seal)), seal


def _meta(site: Gathered, page: Page) -> Mapping[str, Any]:
    """Return the front matter of a page of the tree: what themes read of it.

    A document's own fields stay out of it; they may name what is withheld.
    """
    meta = {str(key): value for key, value in page.meta.items() if key not in _OF_MACROS}
    ours = site.plugin.build.pages.get(page.file.src_uri)
    if ours is None:
        return meta
    keys = (*passed_on(meta), *site.plugin.settings.page_keys)
    meta = {key: meta[key] for key in dict.fromkeys(keys) if key in meta}
    # A title that is only a heading Zensical prints as it is.
    title = site.title(page)
    return meta if title is None or page.is_homepage else {"title": title, **meta}


def _addresses(site: Gathered) -> dict[str, str]:
    return {
        file.src_uri: "" if file.url in (".", "./") else file.url
        for file in site.files
        if not site.is_of_theme(file) and not file.inclusion.is_excluded()
    }


def _write(place: Place, said: str, addresses: Mapping[str, str]) -> None:
    known = json.dumps(addresses, indent=0, sort_keys=True)
    for path, text in ((place.settings, said), (place.addresses, known)):
        if not path.is_file() or path.read_text("utf-8") != text:
            put(path, text)
