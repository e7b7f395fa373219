"""Links in bodies: what of the handbook they lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote

from handrail.model.page import Page
from handrail.model.references import Index, Resolution
from handrail.model.urls import is_generated
from handrail.text.markdown import BodyLink

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|/")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a body into the handbook; dead where it leads to nothing. `path` is relative to the folder of pages.

    An id in double brackets without its kind is dead too: nothing makes a link of it.
    """

    written: BodyLink
    page: Page | None
    dead: bool
    path: str = ""
    resolution: Resolution | None = None


def body_links(page: Page, pages: Mapping[str, Page], known: AbstractSet[str], index: Index) -> list[Link]:
    """Resolve every link of a page's body that stays inside the handbook."""
    found = []
    for written in page.source.links:
        link = _wiki(written, index) if written.form == "wiki" else _relative(page, written, pages, known)
        if link is not None:
            found.append(link)
    return found


def _wiki(written: BodyLink, index: Index) -> Link | None:
    resolution = index.resolve(written.target)
    if ":" in written.target:
        return Link(written, resolution.page, resolution.page is None, resolution=resolution)
    if resolution.status == "unknown":
        return None  # double brackets with any other words in them are the author's text
    kinds = resolution.candidates
    if resolution.page is not None:
        kinds = (f"{resolution.page.counted_as}:{written.target}",)
    return Link(written, None, dead=True, resolution=Resolution("unknown", candidates=kinds))


def _relative(page: Page, written: BodyLink, pages: Mapping[str, Page], known: AbstractSet[str]) -> Link | None:
    target = written.target
    if not target or _ELSEWHERE.match(target):
        return None
    # The name of a file need not be text.
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0], errors="surrogateescape")
    if written.form == "html":
        # An address in HTML counts from the page's address on the site, which is no path of a file.
        return None
    full = posixpath.normpath(posixpath.join(page.folder, path))
    if full in pages:
        return Link(written, pages[full], dead=False, path=full)
    return Link(written, None, full not in known and not is_generated(full), full)
