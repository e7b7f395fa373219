"""HB2: old addresses that can't lead to the page which claims them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.redirects import OF_A_FILE, addresses, of_path, unusable
from handrail.model.urls import bare_url
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.subjects import of_field
from handrail.text.source import SUFFIXES
from handrail.words.language import quoted


@rule("HB204", "redirect-taken", Severity.ERROR)
def redirect_taken(handbook: Handbook) -> Iterator[Hit]:
    """An old address is claimed twice, still belongs to a page, or is none that a page can have.

    A visitor can be sent to one page only, and from an address where nothing else lies.

    **What to do.** Keep it on the page that took over from the old one; delete it where it still has a page.
    """
    taken: dict[str, Spot] = {}
    directories = handbook.project.use_directory_urls
    live = {folded(bare_url(unquote(page.url))): page for page in reversed(handbook.pages)}
    assets = {folded(path) for path in handbook.files.assets}
    for page in handbook.documents:
        if page in handbook.copies:
            continue
        for index, text in enumerate(page.texts("redirect_from")):
            if page.doubts("redirect_from", index):
                continue
            spot, subject = at(page, ("redirect_from", index)), of_field(("redirect_from",), text)
            address = _address(text, directories=directories)
            owner = live.get(address) or _owner_of_id(handbook, page, text)
            claimed = taken.get(address) if "/" in text else taken.get(f"{page.counted_as}:{address}")
            if owner is not None:
                yield Hit(
                    spot,
                    f"{quoted(text)} is still the address of a page, {owner.path}.",
                    "Delete the line.",
                    ((at(owner), "This page has it."),),
                    subject=subject,
                )
            elif why := OF_A_FILE if address in assets else _unusable(page, text, directories=directories):
                yield Hit(
                    spot,
                    f"{quoted(text)} {why}.",
                    "Delete it, or write an old id, an old path that ends in .md, or an old address of a page.",
                    subject=subject,
                )
            elif claimed is not None and claimed.page is not page:
                yield Hit(
                    spot,
                    f"{quoted(text)} already leads to {claimed.page.path}.",
                    "Keep it on one of the two pages.",
                    ((claimed, "It is claimed here too."),),
                    subject=subject,
                )
            else:
                taken.setdefault(f"{page.counted_as}:{address}", spot)
                taken.setdefault(address, spot)


def _address(text: str, *, directories: bool) -> str:
    """Return the address that an old path, id or address has on the site, in the form in which two of them compare."""
    path = posixpath.normpath(unquote(text).replace("\\", "/")).strip("/")
    if path.lower().endswith(SUFFIXES):
        path = of_path(path, directories=directories)
    return folded(bare_url(path))


def _owner_of_id(handbook: Handbook, page: Page, text: str) -> Page | None:
    """Return the other document of the page's kind that has this id."""
    id_ = text.strip("/")
    if "/" in id_ or "." in id_ or id_ == page.id:
        return None
    return next((other for other in handbook.of_kind(page.counted_as) if other.id == id_), None)


def _unusable(page: Page, text: str, *, directories: bool) -> str:
    """Say, as the rest of a sentence, why nobody can be sent on from any address that a text stands for."""
    reasons = [unusable(address) for address in addresses(page, text, directories=directories)]
    return reasons[0] if all(reasons) else ""
