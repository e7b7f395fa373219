"""What uses files beside the pages without publishing them: HTML, styles and scripts that lie there, and addresses of the repository.

Whoever deletes a file that nobody links to ought to know of these.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from handrail.model.contents import contents_of
from handrail.model.handbook import Handbook
from handrail.model.project import Project

WEB_PAGES = (".html", ".htm", ".xhtml")
_THAT_NAME = (*WEB_PAGES, ".css", ".js", ".mjs")
_THAT_ARE_LOADED = (".css", ".js", ".mjs", ".json", ".toml", ".xml", ".yaml", ".yml")
"""Kinds of files that the scripts of an HTML page load by names which need not stand in it."""
_MOST = 1 << 20
"""The most bytes of a file that are looked through; nobody wrote a longer one by hand."""
_NAME = re.compile(r"""url\(\s*+["']?([^"')\s]{1,300})|["'`]([^"'`\s<>][^"'`\n<>]{0,299})(?=["'`])""", re.IGNORECASE)
_SCRIPT = re.compile(r"<script[\s>]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?:(?!https?://)[^\s\"'<>()\[\]]){1,2000}", re.IGNORECASE)
_RAW_HOST = "raw.githubusercontent.com"
_IN_A_REPOSITORY = re.compile(r"/(?:raw|blob)/")


def named_by(handbook: Handbook) -> dict[str, str]:
    """Return files that HTML, a style or a script beside the pages names or may load, each with what does so."""
    there = set(handbook.files.assets)
    found: dict[str, str] = {}
    for path in handbook.files.assets:
        if not path.casefold().endswith(_THAT_NAME):
            continue
        text = (contents_of(handbook).read(path) or b"")[:_MOST].decode("utf-8", "replace")
        for other in _named_in(text, posixpath.dirname(path)):
            if other in there and other != path:
                found.setdefault(other, path)
        if path.casefold().endswith(WEB_PAGES) and _SCRIPT.search(text):
            for other in _loaded_beside(handbook, path):
                found.setdefault(other, path)
    return found


def _named_in(text: str, folder: str) -> Iterator[str]:
    for match in _NAME.finditer(text):
        path = unquote(re.split(r"[?#]", match[1] or match[2], maxsplit=1)[0])
        base = "" if path.startswith("/") else folder
        yield posixpath.normpath(posixpath.join(base, path.lstrip("/")))


def _loaded_beside(handbook: Handbook, web_page: str) -> Iterator[str]:
    """Yield what the scripts of an HTML page may load, where it has a folder without pages for itself."""
    folder = posixpath.dirname(web_page)
    if not folder or any(posixpath.dirname(path) == folder for path in handbook.by_src_uri):
        return
    for path in handbook.files.assets:
        if posixpath.dirname(path) == folder and path != web_page and path.casefold().endswith(_THAT_ARE_LOADED):
            yield path


def used_in_repository(handbook: Handbook, paths: Iterable[str]) -> frozenset[str]:
    """Return which files pages use by the addresses that they have in the repository, as they lie there or shown by its host."""
    ends: Mapping[str, str] = {end: path for path in paths for end in _ends(handbook.project, path)}
    deepest = max((end.count("/") + 1 for end in ends), default=0)
    found: set[str] = set()
    for page in handbook.pages if ends else ():
        if "http" not in page.source.body:
            continue
        for match in _ADDRESS.finditer(unquote(page.source.body)):
            if _is_of_repository(handbook.project, match[0]):
                names = re.split(r"[?#]", match[0], maxsplit=1)[0].rstrip(".,;:!").split("/")[-deepest:]
                tails = ("/".join(names[at:]) for at in range(len(names)))
                found.update(ends[tail] for tail in tails if tail in ends)
    return frozenset(found)


def _ends(project: Project, path: str) -> set[str]:
    """Return how an address ends that leads to a file: by its path from the root, or in a folder of pages of another name."""
    return {project.from_root(path), *([path] if "/" in path else [])}


def _is_of_repository(project: Project, address: str) -> bool:
    """Say whether an address leads into the handbook's repository; where nobody has said which it is, into any."""
    known = project.repo_url.casefold().removesuffix(".git")
    _, _, rest = address.casefold().partition("://")
    if not known:
        return rest.startswith(f"{_RAW_HOST}/") or _IN_A_REPOSITORY.search(rest) is not None
    raw = f"{_RAW_HOST}{urlsplit(known).path}/"
    return rest.startswith((raw, f"{known.partition('://')[2]}/"))
