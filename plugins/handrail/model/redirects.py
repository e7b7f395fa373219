"""Old addresses of pages: what an author's word for one stands for, and which file of the site would serve it.

Documents claim them under `redirect_from`; prose under `aliases` too, where Hugo has them and Obsidian other names of a page.
Where two pages claim one address, nobody can say which of them a visitor meant, so nobody is sent on from there, whoever may
see the two: a link on a page has to lead to the same place for all readers.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from handrail.model.generated import GeneratedFolder
from handrail.model.names import folded, is_device
from handrail.model.occupied import Occupied
from handrail.model.page import Page
from handrail.model.urls import OF_THE_SITE, bare_url, page_url
from handrail.text.problems import DataPath
from handrail.text.source import SUFFIXES
from handrail.text.visible import visible

OF_A_FILE = "is the address of a file, not of a page"
_KEY, _OF_HUGO = "redirect_from", "aliases"
_HTML = (".html", ".htm")
_LONGEST, _LONGEST_NAME = 300, 100
"""Letters of an address, and bytes of a name in it; a file system may take 255, of the whole."""
_REFUSED = re.compile(r"[\\%:?#*\"'<>|]")
"""What has a meaning in an address, ends one in HTML, or is no part of a file's name somewhere."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Claim:
    """An old id, path or address that a page claims, as it was typed, and where in its front matter."""

    page: Page
    path: DataPath
    text: str


def claims(page: Page) -> Iterator[Claim]:
    """Yield what a page claims; what is no text claims nothing."""
    for key in (_KEY, _OF_HUGO) if page.is_prose else (_KEY,):
        for path, value in listed(page, key):
            if isinstance(value, str) and value.strip() and (key == _KEY or _is_address(value)):
                yield Claim(page, path, value)


def claimed_files(
    pages: Iterable[Page], generated: GeneratedFolder, *, directories: bool
) -> Iterator[tuple[str, Page]]:
    """Yield the files of the addresses that pages claim, with those pages, as far as each is one that a page can have."""
    for page in pages:
        for claim in claims(page):
            for address in addresses(page, claim.text, directories=directories):
                if (file := place(address, generated)) is not None:
                    yield file, page


def former_files(
    pages: Iterable[Page],
    moved_from: Mapping[str, Iterable[str]],
    generated: GeneratedFolder,
    *,
    directories: bool,
) -> Iterator[tuple[str, Page]]:
    """Yield the files of the addresses that pages had at their former paths; `moved_from` has those by the paths of today."""
    for page in pages:
        for path in moved_from.get(page.src_uri, ()):
            if (file := place(of_path(path, directories=directories), generated)) is not None:
                yield file, page


def settled(claimed: Iterable[tuple[str, Page]], occupied: Occupied) -> dict[str, Page]:
    """Return the files that lead to a page: those that one page alone claims and where nothing lies.

    All that are claimed are occupied then, so that no claim of less weight gets what several of these want.
    """
    by_file: dict[str, dict[Page, str]] = defaultdict(dict)
    for file, page in claimed:
        by_file[folded(file)].setdefault(page, file)
    found = {}
    for key, pages in sorted(by_file.items()):
        if len(pages) == 1 and not occupied.has(key):
            [(page, file)] = pages.items()
            found[file] = page
    occupied.add(by_file)
    return found


def listed(page: Page, key: str = _KEY) -> Iterator[tuple[DataPath, Any]]:
    """Yield what stands under a key that takes a list or one, each with its place."""
    value = page.data.get(key)
    if isinstance(value, list):
        yield from (((key, index), entry) for index, entry in enumerate(value))
    elif value is not None:
        yield (key,), value


def _is_address(alias: str) -> bool:
    return "/" in alias or alias.lower().endswith((*_HTML, *SUFFIXES))


def addresses(page: Page, text: str, *, directories: bool) -> list[str]:
    """Return the addresses that a page claims with an old id, path or address; each may be one that no page can have."""
    said = unquote(text.strip())
    if said.lower().endswith(SUFFIXES):
        return [of_path(said.removeprefix("/"), directories=directories)]
    return of_id(page, said, directories=directories) if _ID.fullmatch(said) else [said]


def of_path(path: str, *, directories: bool) -> str:
    """Return the address that a page at an old path in the folder of pages had."""
    return unquote(page_url(path, directories=directories), errors="surrogateescape")


def of_id(page: Page, id_: str, *, directories: bool) -> list[str]:
    """Return what an old id stands for: beside the page, where its file would have had that name, and at the top."""
    folders = dict.fromkeys((page.folder, ""))
    return [of_path(posixpath.join(folder, f"{id_}.md"), directories=directories) for folder in folders]


def unusable(address: str, generated: GeneratedFolder) -> str:
    """Say, as the rest of a sentence, why nobody can be sent on from an address; nothing where they can."""
    path = _bare(address)
    names = path.split("/")
    top, *below = folded(bare_url(path)).split("/")
    reasons = (
        (path in ("", ".") or ".." in names, "leads out of the site, or to all of it"),
        ("" in names or "." in names, "has a part that is empty or only a dot"),
        (generated.claims(bare_url(path)), "belongs to the pages that Handrail makes"),
        ((top in OF_THE_SITE and bool(below)) or folded(path) == "404.html", "belongs to the site itself"),
        # A server says of a file with another ending that it is no page.
        (
            "." in names[-1] and not address.endswith("/") and not path.lower().endswith(_HTML),
            OF_A_FILE,
        ),
        (any(map(is_device, names)), "holds a name that Windows keeps for a device"),
        (
            len(address) > _LONGEST or any(len(name.encode("utf-8", "replace")) > _LONGEST_NAME for name in names),
            "is too long for the name of a file",
        ),
        (any(name.startswith((".", "~")) or name.endswith(".") for name in names), "holds the name of a hidden file"),
        (
            bool(_REFUSED.search(path)) or visible(path) != path or any(name.strip() != name for name in names),
            "holds a sign that the name of a file can't hold everywhere",
        ),
    )
    return next((why for is_so, why in reasons if is_so), "")


def place(address: str, generated: GeneratedFolder) -> str | None:
    """Return the file of the site that serves an address, or None where nobody can be sent on from there."""
    if unusable(address, generated):
        return None
    path = _bare(address)
    return f"{path}/index.html" if address.endswith("/") or "." not in path.rpartition("/")[2] else path


def _bare(address: str) -> str:
    return address.removeprefix("/").removesuffix("/")
