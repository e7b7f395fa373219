"""Pages that a handbook's own program made no page of, by where they lie, by its settings, or by their day.

What a page says of itself is for HB033 to see. Names and days that only that program reads are looked for here, when the
handbook gets settings of ours: from then on `exclude_docs` leaves those pages out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from handrail.edit.adopt.folder_words import keeps_back
from handrail.edit.adopt.origin import Generator, Origin
from handrail.edit.adopt.tree import Tree
from handrail.model.dates import parse_day
from handrail.model.project import values_in

_FRONT = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)^(?P=fence)", re.DOTALL | re.MULTILINE)
_DATE = re.compile(r"(?mi)^date[ \t]*[:=][ \t]*[\"']?(\d{4}-\d{2}-\d{2})")
_OWN_DAY = re.compile(r"(?mi)^(?:publishdate|pubdate)[ \t]*[:=]")
_DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-")
_BUILDS_WHAT_IS_TO_COME = re.compile(r"(?mi)^[\"' ]*buildFuture[\"']?[ \t]*[:=][ \t]*true")
_ELEVENTY_PARTS = re.compile(r"\b(?:includes|layouts)\s*:\s*[\"']([^\"']+)[\"']")
_ELEVENTY_IGNORES = re.compile(r"\bignores\.add\(\s*[\"']([^\"']+)[\"']")
_POSTS = "_posts"

_Question = Callable[[str], bool]
"""Whether a page, by its path in the folder of pages, is kept back."""


def kept_back(tree: Tree, origin: Origin, today: date) -> list[str]:
    """Return lines for `exclude_docs` that leave out what the old site made no page of."""
    pages = tree.below(origin.folder).pages
    is_kept, is_to_come = _by_name(tree, origin), _by_day(tree, origin, today)
    is_told = keeps_back(tree, origin, today)
    kept = {page for page in pages if is_kept(page) or is_told(page)}
    # A folder whose pages are all to come may get others, so each of them is named.
    named = [*(_widest(page, kept, pages) for page in sorted(kept)), *filter(is_to_come, sorted({*pages} - kept))]
    return [f"/{_literally(path)}" for path in dict.fromkeys(named)]


def _widest(page: str, kept: Collection[str], pages: Collection[str]) -> str:
    """Return the outermost folder of a page all of whose pages are kept back; the page, where there is none."""
    parts = page.split("/")
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth]) + "/"
        if all(other in kept for other in pages if other.startswith(folder)):
            return folder
    return page


def _literally(path: str) -> str:
    return re.sub(r"([*?\[\]\\])", r"\\\1", path)


def _by_name(tree: Tree, origin: Origin) -> _Question:
    if origin.generator is Generator.DOCUSAURUS:
        return lambda page: any(part.startswith("_") for part in page.split("/"))
    if origin.generator is Generator.ELEVENTY:
        folders = ("_includes", *map(posixpath.normpath, _ELEVENTY_PARTS.findall(tree.text(origin.sign))))
        is_ignored = _by_eleventy_s_list(tree, origin)
        return lambda page: any(page.startswith(f"{folder}/") for folder in folders) or is_ignored(page)
    return _by_jekyll(tree, origin) if origin.generator is Generator.JEKYLL else _never


def _by_eleventy_s_list(tree: Tree, origin: Origin) -> _Question:
    """Tell what `.eleventyignore`, beside the settings or the pages, and the settings leave out: paths that count from there."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few handbooks have such a list

    home = posixpath.dirname(origin.sign)
    patterns = [(home, found) for found in _ELEVENTY_IGNORES.findall(tree.text(origin.sign))]
    for folder in dict.fromkeys((home, origin.folder)):
        lines = map(str.strip, tree.text(posixpath.join(folder, ".eleventyignore")).splitlines())
        patterns += [(folder, line) for line in lines if line and not line.startswith(("#", "!"))]
    anchored = [f"/{posixpath.normpath(posixpath.join(folder, line))}" for folder, line in patterns]
    spec = GitIgnoreSpec.from_lines(anchored)
    return lambda page: spec.match_file(posixpath.join(origin.folder, page))


def _never(_page: str) -> bool:
    return False


def _by_jekyll(tree: Tree, origin: Origin) -> _Question:
    """Tell what Jekyll leaves out: names that begin with a low line, but for collections that it writes, and what it is told to."""
    settings = values_in(tree.text(origin.sign)) or {}
    source = settings.get("source")
    root = posixpath.join(posixpath.dirname(origin.sign), source if isinstance(source, str) else "")
    start = posixpath.relpath(f"/{origin.folder}", posixpath.normpath(f"/{root}"))
    let_in = {_POSTS, *_listed(settings.get("include")), *(f"_{name}" for name in _written_collections(settings))}
    excluded = _listed(settings.get("exclude"))

    def is_kept(page: str) -> bool:
        path = posixpath.normpath(posixpath.join(start, page))
        parts = path.split("/")
        if any(part.startswith("_") and part not in let_in for part in parts):
            return True
        places = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        return any(fnmatchcase(place, pattern) for pattern in excluded for place in places)

    return is_kept


def _listed(value: Any) -> list[str]:
    """Return the names that a setting of Jekyll lists, or the one that it says."""
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [name.strip("/") for name in names if isinstance(name, str) and name.strip("/")]


def _written_collections(settings: dict[str, Any]) -> list[str]:
    said = settings.get("collections")
    collections = said.items() if isinstance(said, dict) else ()
    return [str(name) for name, one in collections if isinstance(one, dict) and one.get("output") is True]


def _by_day(tree: Tree, origin: Origin, today: date) -> _Question:
    """Tell what Hugo and Jekyll do not build before its `date`; of Jekyll's pages, that is its posts and collections."""
    said = tree.text(origin.sign)
    pages = tree.below(origin.folder)

    def is_to_come(page: str) -> bool:
        day = _day(pages, page)
        return day is not None and day > today

    if origin.generator is Generator.HUGO:
        return _never if _BUILDS_WHAT_IS_TO_COME.search(said) else is_to_come
    if origin.generator is Generator.JEKYLL and (values_in(said) or {}).get("future") is not True:
        return lambda page: "/_" in f"/{page}" and is_to_come(page)
    return _never


def _day(pages: Tree, page: str) -> date | None:
    """Return the day that a page gives itself, or else that its name begins with; HB033 sees to a `publishDate`."""
    front = _FRONT.match(pages.text(page))
    fields = front["fields"] if front else ""
    found = _DATE.search(fields) or _DAY_IN_NAME.match(posixpath.basename(page))
    return parse_day(found[1]) if found and not _OWN_DAY.search(fields) else None
