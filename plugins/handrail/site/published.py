"""What may be published, and how a page's own text is made ready: links to what is withheld become plain words."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from urllib.parse import unquote, urlsplit

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.settings import Visibility
from handrail.site import render
from handrail.text.markdown import BodyLink, without_code

Address = Callable[[Page], str]
_Edit = tuple[int, int, str]
"""Where it begins and ends in the body, and what comes in its place."""

_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\]\r\n]+)\]:[^\r\n]*")
_USE = re.compile(r"!?(?<!\\)\[(?P<text>(?:[^\[\]\\]|\\.)+)\](?: ?\[(?P<label>[^\[\]]*)\])?(?![(:])")


def publishable(handbook: Handbook, audience: Visibility, *, leniently: bool = False) -> list[Page]:
    """Return the pages that a build for this audience may publish.

    A document has to satisfy its schema; `leniently`, for a preview on the author's own machine, it need not.
    """
    return [
        page
        for page in handbook.pages
        if page.may_be_seen_by(audience) and (leniently or page.is_prose or page.is_valid)
    ]


def linked_body(handbook: Handbook, page: Page, shows: Callable[[Page], bool], address: Address) -> str:
    """Return a page's body with `[[kind:id]]` turned into links, and links to what is withheld into their words."""
    body = page.source.body
    edits: list[_Edit] = []
    labels: set[str] = set()
    for link in handbook.body_links.get(page, ()):
        target, written = link.page, link.written
        if target is None:
            continue
        if written.form == "wiki":
            edits.append((written.offset, written.end, _wiki(target, written.text, shows, address)))
        elif not shows(target):
            if written.text is not None:
                is_image = body[: written.offset].endswith("!")
                edits.append((written.offset - is_image, written.end, written.text))
            elif definition := _DEFINITION.match(body, written.offset):
                labels.add(_label(definition["label"]))
                edits.append((*definition.span(), ""))
            else:
                edits.append(_without_target(body, written))
    edits += [_without_target(body, written) for written in _html_links(handbook, page, shows)]
    if labels:
        edits += _uses(body, labels)
    return _edited(body, edits)


def _wiki(target: Page, text: str | None, shows: Callable[[Page], bool], address: Address) -> str:
    words = html.escape(text) if text is not None else render.inert(html.escape(target.title))
    if not shows(target):
        return words if text is not None else "an internal page"
    return f'<a href="{render.inert(html.escape(address(target)))}">{words}</a>'


def _without_target(body: str, written: BodyLink) -> _Edit:
    """Return what makes a link in HTML, or an image within a link, lead nowhere."""
    at = body.index(written.target, written.offset)
    return at, at + len(written.target), "#"


def _html_links(handbook: Handbook, page: Page, shows: Callable[[Page], bool]) -> Iterator[BodyLink]:
    """Yield the links in HTML to what is withheld, whether they name its address on the site or its file."""
    for written in page.source.links:
        if written.form == "html" and written.target:
            path = unquote(urlsplit(written.target).path)
            found = _at_url(
                handbook, posixpath.join("/", posixpath.dirname(page.url), path)
            ) or handbook.by_src_uri.get(posixpath.normpath(posixpath.join(page.folder, path)))
            if path and found is not None and not shows(found):
                yield written


def _at_url(handbook: Handbook, path: str) -> Page | None:
    wanted = posixpath.normpath(path).strip("/").removesuffix("index.html").rstrip("/")
    return next(
        (page for page in handbook.pages if unquote(page.url).removesuffix("index.html").rstrip("/") == wanted), None
    )


def _uses(body: str, labels: AbstractSet[str]) -> Iterator[_Edit]:
    """Yield the links that use a definition that is gone, as their words."""
    for match in _USE.finditer(without_code(body)):
        if _label(match["label"] or match["text"]) in labels:
            yield match.start(), match.end(), body[match.start("text") : match.end("text")]


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _edited(body: str, edits: list[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, replacement in sorted(edits):
        if start >= at:  # an image inside a link that is already dealt with is not
            parts += [body[at:start], replacement]
            at = end
    return "".join([*parts, body[at:]])
