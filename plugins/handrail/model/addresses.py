"""Addresses that a page's body names: in HTML beyond what counts as a link, and which files of the handbook they mean."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.text.markdown import without_code

_TAG = re.compile(r"<[A-Za-z](?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>src|href|poster|srcset|data)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>`=]++))",
    re.IGNORECASE,
)


class Address(NamedTuple):
    """What stands in an attribute of a tag, where its value begins and ends, and the targets that it names."""

    start: int
    end: int
    targets: tuple[str, ...]


def in_html(body: str) -> Iterator[Address]:
    """Yield every address in the HTML of a body, outside code."""
    if "<" not in body:
        return
    text = without_code(body)
    for tag in _TAG.finditer(text):
        for match in _ATTRIBUTE.finditer(text, *tag.span()):
            group = str(match.lastgroup)
            value = html.unescape(match[group]).strip()
            several = value.split(",") if match["name"].casefold() == "srcset" else [value]
            yield Address(*match.span(group), tuple(part.split()[0] for part in several if part.strip()))


def places(handbook: Handbook, page: Page, target: str) -> tuple[str, str] | None:
    """Return the paths that an address may mean on the site: counted from the page's address, and from its file.

    None where it leads to another site, or nowhere. Addresses in HTML count from the page's address; a link in Markdown
    may be meant from its file, and authors of HTML often mean that too.
    """
    site, parts = _split(handbook.project.site_url), _split(target)
    if not parts.path or ((parts.netloc or parts.scheme) and parts[:2] != site[:2]):
        return None
    root = f"{site.path.strip('/')}/".lstrip("/")
    place = posixpath.join("/", root, posixpath.dirname(page.url), unquote(parts.path))
    path = posixpath.normpath(place).lstrip("/").removeprefix(root)
    return path, posixpath.normpath(posixpath.join(page.folder, unquote(parts.path)))


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as brackets without an end
        return urlsplit("")
