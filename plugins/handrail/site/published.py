"""What may be published, and how a page's own text is made ready: links to what is withheld become plain words."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from urllib.parse import SplitResult, quote, unquote, urlsplit

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.settings import Visibility
from handrail.model.urls import bare_url
from handrail.site import render
from handrail.text.markdown import BodyLink, without_code

Address = Callable[[Page], str]
_Edit = tuple[int, int, str]
"""Where it begins and ends in the body, and what comes in its place."""

_COPY = re.compile(r"(?P<page>.+\.(?:md|markdown|mdown|mkdn|mkd))[^/]+", re.IGNORECASE)
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


def withheld_files(handbook: Handbook, audience: Visibility, published: Collection[Page]) -> frozenset[str]:
    """Return the files beside the pages that a build for this audience may not copy.

    They lie in a folder that the audience may not see, belong to pages that are withheld and to no other, or are copies
    of such pages that an editor left there. `published` are the pages that the build publishes.
    """
    shown = frozenset(published)
    hidden = {page.src_uri for page in handbook.pages if page not in shown}
    users: dict[str, set[bool]] = defaultdict(set)
    for page, links in handbook.body_links.items():
        for link in links:
            if link.page is None and link.path:
                users[link.path].add(page in shown)
    for page in handbook.of_kind("metric"):
        users[posixpath.normpath(posixpath.join(page.folder, page.text("data")))].add(page in shown)
    return frozenset(
        asset
        for asset in handbook.files.assets
        if not _may_be_in(handbook.settings.folder_visibility(asset), audience)
        or ((copied := _COPY.fullmatch(asset)) and copied["page"] in hidden)
        or (users.get(asset) == {False} and not _is_named(posixpath.basename(asset), shown))
    )


def _may_be_in(folder: Visibility | None, audience: Visibility) -> bool:
    return folder in (None, "public") or (folder == "internal" and audience == "internal")


def _is_named(name: str, pages: Iterable[Page]) -> bool:
    """Say whether a page names a file in a way that is no link, such as in HTML."""
    return any(name in page.source.body or quote(name) in page.source.body for page in pages)


def linked_body(
    handbook: Handbook,
    page: Page,
    shows: Callable[[Page], bool],
    address: Address,
    withheld: AbstractSet[str] = frozenset(),
) -> str:
    """Return a page's body with `[[kind:id]]` turned into links, and links to what is withheld into their words.

    `withheld` are the files that are withheld beside the pages.
    """
    body = page.source.body
    edits: list[_Edit] = []
    labels: set[str] = set()
    resolved = {link.written: link for link in handbook.body_links.get(page, ())}
    for written in page.source.links:
        link = resolved.get(written)
        target = link.page if link is not None else None
        if written.form == "wiki":
            if target is not None:
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


def _by_address(handbook: Handbook, page: Page, target: str) -> tuple[Page | None, set[str]]:
    """Return the page that a link names by its address on the site, and the paths of files that it may name instead.

    Links in HTML count from the page's address; a link in Markdown to a folder may be meant from its file.
    """
    site, parts = _split(handbook.project.site_url), _split(target)
    if not parts.path or ((parts.netloc or parts.scheme) and parts[:2] != site[:2]):
        return None, set()
    root = f"{site.path.strip('/')}/".lstrip("/")
    place = posixpath.join("/", root, posixpath.dirname(page.url), unquote(parts.path))
    path = posixpath.normpath(place).lstrip("/").removeprefix(root)
    from_file = posixpath.normpath(posixpath.join(page.folder, unquote(parts.path)))
    found = (
        handbook.by_url.get(bare_url(path))
        or handbook.by_src_uri.get(from_file)
        or handbook.by_url.get(bare_url(from_file))
    )
    return found, {path, from_file}


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as brackets without an end
        return urlsplit("")


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
