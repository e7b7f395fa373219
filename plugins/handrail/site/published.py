"""How the text of a page that is published is made ready: links to what is withheld become plain words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from handrail.model.addresses import in_html, places
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.urls import bare_url
from handrail.site import render
from handrail.text.markdown import BodyLink, without_code

Address = Callable[[Page], str]
_Edit = tuple[int, int, str]
"""Where it begins and ends in the body, and what comes in its place."""

_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\]\r\n]+)\]:[^\r\n]*")
_USE = re.compile(r"!?(?<!\\)\[(?P<text>(?:[^\[\]\\]|\\.)+)\](?: ?\[(?P<label>[^\[\]]*)\])?(?![(:])")


def linked_body(
    handbook: Handbook,
    page: Page,
    shows: Callable[[Page], bool],
    address: Address | None,
    withheld: AbstractSet[str] = frozenset(),
) -> str:
    """Return a page's body with `[[kind:id]]` turned into links, and links to what is withheld into their words.

    `withheld` are the files that are withheld beside the pages. With no `address`, links to pages that are shown stay as
    they were written.
    """
    body = page.source.body
    edits: list[_Edit] = []
    labels: set[str] = set()
    resolved = {link.written: link for link in handbook.body_links.get(page, ())}
    for written in page.source.links:
        link = resolved.get(written)
        target = link.page if link is not None else None
        if written.form == "wiki":
            if target is not None and (address is not None or not shows(target)):
                edits.append((written.offset, written.end, _wiki(target, written.text, shows, address)))
            continue
        paths = {link.path} if link is not None else set()
        if target is None and not paths & withheld:
            target, paths = _by_address(handbook, page, written.target)
        if not paths & withheld and (target is None or shows(target)):
            continue
        if written.form == "html":
            edits.append(_without_target(body, written))
        elif written.text is not None:
            is_image = body[: written.offset].endswith("!")
            edits.append((written.offset - is_image, written.end, written.text))
        elif definition := _DEFINITION.match(body, written.offset):
            labels.add(_label(definition["label"]))
            edits.append((*definition.span(), ""))
        else:
            edits.append(_without_target(body, written))
    edits += _in_other_tags(handbook, page, shows, withheld)
    if labels:
        edits += _uses(body, labels)
    return _edited(body, edits)


def _in_other_tags(
    handbook: Handbook, page: Page, shows: Callable[[Page], bool], withheld: AbstractSet[str]
) -> Iterator[_Edit]:
    """Yield the addresses in HTML that are no links or pictures, such as of a film, and name what is withheld."""
    for named in in_html(page.source.body):
        for target in named.targets:
            found, paths = _by_address(handbook, page, target)
            if paths & withheld or (found is not None and not shows(found)):
                yield named.start, named.end, "#"
                break


def prepared(handbook: Handbook, page: Page, shows: Callable[[Page], bool], withheld: AbstractSet[str]) -> str:
    """Return a page's whole text without the links to what is withheld, so that whatever reads it finds no trace."""
    return page.source.text[: page.source.body_offset] + linked_body(handbook, page, shows, None, withheld)


def _wiki(target: Page, text: str | None, shows: Callable[[Page], bool], address: Address | None) -> str:
    words = html.escape(text) if text is not None else render.inert(html.escape(target.title))
    if address is None or not shows(target):
        return words if text is not None else "an internal page"
    return f'<a href="{render.inert(html.escape(address(target)))}">{words}</a>'


def _without_target(body: str, written: BodyLink) -> _Edit:
    """Return what makes a link in HTML, or an image within a link, lead nowhere."""
    at = body.index(written.target, written.offset)
    return at, at + len(written.target), "#"


def _by_address(handbook: Handbook, page: Page, target: str) -> tuple[Page | None, set[str]]:
    """Return the page that a link names by its address on the site, and the paths of files that it may name instead."""
    found = places(handbook, page, target)
    if found is None:
        return None, set()
    by_address, from_file = found
    there = (
        handbook.by_url.get(bare_url(by_address))
        or handbook.by_src_uri.get(from_file)
        or handbook.by_url.get(bare_url(from_file))
    )
    return there, set(found)


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
