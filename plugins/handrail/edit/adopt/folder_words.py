"""What a handbook's own program lets settings and folders say of their pages: Hugo's cascade, Jekyll's defaults, Eleventy's data.

A page takes it for its own unless it says otherwise itself.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from handrail.edit.adopt.origin import Generator, Origin
from handrail.edit.adopt.tree import Tree
from handrail.model.kept_back import said_visibility
from handrail.model.project import values_in
from handrail.text.source import read_source

_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(?P<fields>.*?)^\+\+\+", re.DOTALL | re.MULTILINE)
_HUGO_SECTION = "_index.md"

_Words = dict[str, Any]
_WordsOf = Callable[[str], Iterator[_Words]]
"""Yields what is said of a page, by its path in the folder of pages: what is nearest to it comes last."""


def keeps_back(tree: Tree, origin: Origin, today: date) -> Callable[[str], bool]:
    """Return what says of a page, by its path in the folder of pages, whether its folder or the settings keep it back."""
    pages = tree.below(origin.folder)
    words_of = _WAYS.get(origin.generator, _nothing)(tree, origin)

    def is_kept(page: str) -> bool:
        said: _Words = {}
        for words in words_of(page):
            said |= _by_small_letters(words)
        if said_visibility(said, today) is None:
            return False
        return said_visibility(said | _by_small_letters(_fields(pages.text(page))), today) is not None

    return is_kept


def _by_small_letters(words: Mapping[str, Any]) -> _Words:
    return {str(key).casefold(): value for key, value in words.items()}


def _fields(text: str) -> _Words:
    """Return the fields of a page, between whichever fences they stand."""
    match = _TOML.match(text)
    return _toml(match["fields"]) if match else dict(read_source(text.encode("utf-8", "replace")).data)


def _toml(text: str) -> _Words:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


def _nothing(_tree: Tree, _origin: Origin) -> _WordsOf:
    return lambda _page: iter(())


def _of_hugo(tree: Tree, origin: Origin) -> _WordsOf:
    said = tree.text(origin.sign)
    settings = _toml(said) if origin.sign.endswith(".toml") else values_in(said) or {}
    pages = tree.below(origin.folder)
    cascades = {"": [*_cascades(settings)]} if not origin.sign.endswith(_HUGO_SECTION) else {"": []}
    for path in pages.pages:
        if posixpath.basename(path) == _HUGO_SECTION:
            cascades.setdefault(posixpath.dirname(path), []).extend(_cascades(_fields(pages.text(path))))

    def words_of(page: str) -> Iterator[_Words]:
        parts = page.split("/")[:-1]
        for depth in range(len(parts) + 1):
            for target, words in cascades.get("/".join(parts[:depth]), ()):
                if not target or fnmatchcase(f"/{posixpath.splitext(page)[0]}", target):
                    yield words

    return words_of


def _cascades(fields: Mapping[str, Any]) -> Iterator[tuple[str, _Words]]:
    """Yield what a section passes on, each with the pattern of the pages that it is for; nothing, where it is for all."""
    said = _by_small_letters(fields).get("cascade")
    for one in said if isinstance(said, list) else [said]:
        words = dict(one) if isinstance(one, Mapping) else {}
        target: Mapping[str, Any] = next(
            (words.pop(key) for key in ("_target", "target") if isinstance(words.get(key), Mapping)), {}
        )
        params = words.pop("params", None)
        path = target.get("path")
        yield str(path) if path else "", {**(params if isinstance(params, Mapping) else {}), **words}


def _of_jekyll(tree: Tree, origin: Origin) -> _WordsOf:
    settings = values_in(tree.text(origin.sign)) or {}
    source = settings.get("source")
    root = posixpath.join(posixpath.dirname(origin.sign), source if isinstance(source, str) else "")
    start = posixpath.relpath(f"/{origin.folder}", posixpath.normpath(f"/{root}"))
    listed = settings.get("defaults")
    defaults = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []

    def words_of(page: str) -> Iterator[_Words]:
        path = posixpath.normpath(posixpath.join(start, page))
        for one in defaults:
            scope, values = one.get("scope"), one.get("values")
            if isinstance(values, Mapping) and isinstance(scope, Mapping) and _is_in_scope(path, scope):
                yield dict(values)

    return words_of


def _is_in_scope(path: str, scope: Mapping[str, Any]) -> bool:
    folder, sort = str(scope.get("path") or "").strip("/"), scope.get("type")
    is_there = not folder or f"{path}/".startswith(f"{folder}/") or fnmatchcase(path, folder)
    folders = [part.removeprefix("_") for part in path.split("/")[:-1] if part.startswith("_")]
    return is_there and (not sort or (sort in folders if folders else sort == "pages"))


def _of_eleventy(tree: Tree, origin: Origin) -> _WordsOf:
    pages = tree.below(origin.folder)
    known: dict[str, _Words] = {}

    def of_folder(folder: str) -> _Words:
        if folder not in known:
            name = posixpath.basename(folder) or posixpath.basename(origin.folder)
            files = (posixpath.join(folder, f"{name}{ending}") for ending in (".json", ".11tydata.json"))
            known[folder] = {key: value for file in files for key, value in (values_in(pages.text(file)) or {}).items()}
        return known[folder]

    def words_of(page: str) -> Iterator[_Words]:
        parts = page.split("/")[:-1]
        yield from (of_folder("/".join(parts[:depth])) for depth in range(len(parts) + 1))

    return words_of


_WAYS: Mapping[Generator, Callable[[Tree, Origin], _WordsOf]] = {
    Generator.HUGO: _of_hugo,
    Generator.JEKYLL: _of_jekyll,
    Generator.ELEVENTY: _of_eleventy,
}
