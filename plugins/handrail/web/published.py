"""How the text of a page that is published is made ready: links to what is withheld become plain words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import why_withheld
from handrail.model.site_contents import Destination, Lies
from handrail.pages import render
from handrail.rules.places import from_page
from handrail.text.markdown import BodyLink, definition_uses, folded_label, without_code

Address = Callable[[Page], str]
_Edit = tuple[int, int, str]
"""Where it begins and ends in the body, and what comes in its place."""

_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\]\r\n]+)\]:[^\r\n]*")


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
    resolved = {link.written: link.page for link in handbook.body_links.get(page, ())}
    for written in page.source.links:
        if written.form == "wiki":
            target = resolved.get(written)
            if target is not None and (address is not None or not shows(target)):
                edits.append((written.offset, written.end, _wiki(handbook, target, written.text, shows, address)))
            continue
        found = handbook.site.meant(page, written.target, from_file=written.form == "markdown")
        if address is not None and (led := _to_where_it_lies_now(handbook, page, written, found)) is not None:
            edits.append(led)
            continue
        if not _is_hidden(found, shows, withheld):
            continue
        if written.form == "html":
            edits.append((written.offset, written.end, "#"))
        elif written.text is not None:
            is_image = body[: written.offset].endswith("!")
            edits.append((written.offset - is_image, written.end, written.text))
        elif definition := _DEFINITION.match(body, written.offset):
            labels.add(folded_label(definition["label"]))
            edits.append((*definition.span(), ""))
        else:
            edits.append(_without_target(written))
    if labels:
        edits += _uses(body, labels)
    return _edited(body, edits)


def _is_hidden(found: Destination, shows: Callable[[Page], bool], withheld: AbstractSet[str]) -> bool:
    return not shows(found.page) if found.page is not None else found.path in withheld


def prepared(handbook: Handbook, page: Page, shows: Callable[[Page], bool], withheld: AbstractSet[str]) -> str:
    """Return a page's whole text without the links to what is withheld, so that whatever reads it finds no trace."""
    return page.source.text[: page.source.body_offset] + linked_body(handbook, page, shows, None, withheld)


def _wiki(
    handbook: Handbook, target: Page, text: str | None, shows: Callable[[Page], bool], address: Address | None
) -> str:
    words = html.escape(text) if text is not None else render.inert(html.escape(target.title))
    if address is None or not shows(target):
        # Where only the site's own settings leave a page out, its title is no secret.
        is_secret = text is None and why_withheld(target, handbook.settings.audience) is not None
        return "an internal page" if is_secret else words
    return f'<a href="{render.inert(html.escape(address(target)))}">{words}</a>'


def _to_where_it_lies_now(handbook: Handbook, page: Page, written: BodyLink, found: Destination) -> _Edit | None:
    """Return what leads to where a page that Handrail makes lies now: a text that was signed names the file at which it lay once."""
    now = handbook.settings.generated.now(found.path)
    if found.lies is not Lies.MADE or found.by_address or written.form != "markdown" or now == found.path:
        return None
    # The parts of the page that lay there are no parts of this one.
    return written.target_at, written.target_at + len(written.target), from_page(page, now)


def _without_target(written: BodyLink) -> _Edit:
    """Return what makes an image within a link lead nowhere."""
    return written.target_at, written.target_at + len(written.target), "#"


def _uses(body: str, labels: AbstractSet[str]) -> Iterator[_Edit]:
    """Yield the links that use a definition that is gone, as their words."""
    for match in definition_uses(without_code(body)):
        if folded_label(match["label"] or match["text"]) in labels:
            yield match.start(), match.end(), body[match.start("text") : match.end("text")]


def _edited(body: str, edits: list[_Edit]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, replacement in sorted(edits):
        if start >= at:  # an image inside a link that is already dealt with is not
            parts += [body[at:start], replacement]
            at = end
    return "".join([*parts, body[at:]])
