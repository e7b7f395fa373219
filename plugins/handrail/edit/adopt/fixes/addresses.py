"""Which page an address meant, on the site that pages were written for: by its path, or by what the page says of itself."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.urls import bare_url

_CLAIMS = ("permalink", "url", "slug", "redirect_from", "aliases")
"""Fields by which pages of other programs say where they stand or stood."""
_ENDINGS = (".html", ".htm", ".md")


class Addresses:
    """The pages of a handbook by the addresses that they have, and by those that they claim, where only one does."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        claimed: dict[str, set[Page]] = defaultdict(set)
        for page in handbook.pages:
            for address in _claims(page):
                claimed[address].add(page)
        self._claimed = {address: next(iter(pages)) for address, pages in claimed.items() if len(pages) == 1}

    def page_at(self, address: str) -> Page | None:
        """Return the page at an address that counts from the site's root."""
        path = _bare(unquote(address))
        return self._handbook.site.by_address.get(path) or self._claimed.get(path)

    def page_of_file(self, folder: str, path: str) -> Page | None:
        """Return the page that a path means, counted from a folder of pages: the page's, its name without ending, its folder."""
        full = posixpath.normpath(posixpath.join(folder, unquote(path, errors="surrogateescape")))
        if full.startswith(".."):
            return None
        full = "" if full == "." else full
        names = [posixpath.join(full, name) for name in ("index.md", "README.md")]
        if not path.endswith("/"):
            names = [full, f"{full}.md", *names]
        return next((self._handbook.by_src_uri[name] for name in names if name in self._handbook.by_src_uri), None)


def _claims(page: Page) -> Iterator[str]:
    for field in _CLAIMS:
        for said in _texts(page.source.data.get(field)):
            if said.startswith("/") and ":" not in said:
                yield _bare(said)


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _bare(address: str) -> str:
    path = bare_url(address)
    ending = next((ending for ending in _ENDINGS if path.endswith(ending)), "")
    return bare_url(path.removesuffix(ending))


def link_to(page: Page, target: str) -> str:
    """Return a file of the handbook as a link of a page says it."""
    return quote(posixpath.relpath(target, page.folder or "."), safe="/-._~!$&'*+,;=:@", errors="surrogateescape")
