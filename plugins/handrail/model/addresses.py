"""Addresses that a page's body names: in HTML beyond what counts as a link, and which files of the handbook they mean."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.urls import bare_url
from handrail.text.markdown import without_code
from handrail.text.tags import tags

_NAMES = frozenset(("src", "href", "poster", "srcset", "data"))


class Address(NamedTuple):
    """What stands in an attribute of a tag, where its value begins and ends, and the targets that it names."""

    start: int
    end: int
    targets: tuple[str, ...]


def in_html(body: str) -> Iterator[Address]:
    """Yield every address in the HTML of a body, outside code."""
    if "<" not in body:
        return
    for tag in tags(without_code(body)):
        for attribute in tag.attributes:
            value = html.unescape(attribute.value).strip()
            if attribute.name in _NAMES and value:
                several = value.split(",") if attribute.name == "srcset" else [value]
                targets = tuple(part.split()[0] for part in several if part.strip())
                yield Address(attribute.offset, attribute.offset + len(attribute.value), targets)


class Place(NamedTuple):
    """What lies where an address leads: a page, or a file beside the pages; `path` is in the folder of pages."""

    path: str
    page: Page | None


def meant(handbook: Handbook, page: Page, target: str, *, from_file: bool) -> Place | None:
    """Return what of the handbook an address on a page leads to; None where that is nothing, or elsewhere.

    A link in Markdown counts from the page's file (`from_file`), an address in HTML from the page's address; authors mix
    them up, so where nothing lies there, the other is meant.
    """
    site, parts = _split(handbook.project.site_url), _split(target)
    if not parts.path or ((parts.netloc or parts.scheme) and parts[:2] != site[:2]):
        return None
    root = f"{site.path.strip('/')}/".lstrip("/")
    place = posixpath.join("/", root, posixpath.dirname(page.url), unquote(parts.path, errors="surrogateescape"))
    as_address = posixpath.normpath(place).lstrip("/").removeprefix(root)
    as_path = posixpath.normpath(posixpath.join(page.folder, unquote(parts.path, errors="surrogateescape")))
    for path in (as_path, as_address) if from_file else (as_address, as_path):
        there = handbook.by_src_uri.get(path) or handbook.by_url.get(bare_url(path))
        if there is not None:
            return Place(there.src_uri, there)
        if path in handbook.files.beside:
            return Place(path, None)
    return None


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as brackets without an end
        return urlsplit("")
