"""HB2: old addresses that can't lead to the page which claims them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.redirects import OF_A_FILE, Claim, addresses, claims, listed, of_path, unusable
from handrail.model.urls import bare_url
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.subjects import of_field
from handrail.text.source import SUFFIXES
from handrail.words.language import quoted

_FORMS = "Delete it, or write an old id, an old path that ends in .md, or an old address of a page."


@rule("HB204", "redirect-taken", Severity.ERROR)
def redirect_taken(handbook: Handbook) -> Iterator[Hit]:
    """An old address is claimed twice, still belongs to a page, or is none that a page can have.

    A visitor can be sent to one page only, and from an address where nothing else lies.

    **What to do.** Keep it on the page that took over from the old one; delete it where it still has a page.
    """
    return (hit for claim, hit in _refused(handbook) if not claim.page.is_prose)


@rule("HB028", "prose-redirect", Severity.WARNING)
def prose_redirect(handbook: Handbook) -> Iterator[Hit]:
    """An old address of prose is claimed twice, still belongs to a page, or is none that a page can have.

    Prose may say its old addresses under `redirect_from` or `aliases`, as other programs have it. Those that can't lead to it
    are left out; the page itself is published.

    **What to do.** Keep the address on the page that took over from the old one; delete it where it still has a page.
    """
    for claim, hit in _refused(handbook):
        if claim.page.is_prose:
            yield hit
    for page in handbook.pages:
        for path, value in listed(page) if page.is_prose else ():
            if not isinstance(value, str):
                yield Hit(
                    at(page, path),
                    f"{quoted(value)} is no address, so nobody is sent on from there.",
                    "Write an old path that ends in .md, or an old address of a page, such as /old/page/.",
                    subject=of_field(path, value),
                )


def _refused(handbook: Handbook) -> Iterator[tuple[Claim, Hit]]:
    """Yield the claims that can't be kept, those of documents before those of prose."""
    taken: dict[str, Claim] = {}
    directories = handbook.project.use_directory_urls
    live = {folded(bare_url(unquote(page.url))): page for page in reversed(handbook.pages)}
    assets = {folded(path) for path in handbook.files.assets}
    for claim in _claims(handbook):
        page, text = claim.page, claim.text
        address = _address(text, directories=directories)
        owner = live.get(address) or _owner_of_id(handbook, page, text)
        claimed = taken.get(address) if "/" in text else taken.get(f"{page.counted_as}:{address}")
        if owner is page and page.is_prose:
            continue
        if owner is not None:
            what, hint = f"is still the address of a page, {owner.path}", "Delete the line."
            yield claim, _hit(claim, what, hint, (at(owner), "This page has it."))
        elif why := OF_A_FILE if address in assets else _unusable(handbook, page, text):
            yield claim, _hit(claim, why, _FORMS)
        elif claimed is not None and claimed.page is not page:
            what, hint = f"already leads to {claimed.page.path}", "Keep it on one of the two pages."
            yield claim, _hit(claim, what, hint, (_spot(claimed), "It is claimed here too."))
        else:
            taken.setdefault(f"{page.counted_as}:{address}", claim)
            taken.setdefault(address, claim)


def _claims(handbook: Handbook) -> Iterator[Claim]:
    prose = (page for page in handbook.pages if page.is_prose)
    for page in (*handbook.documents, *prose):
        if page not in handbook.copies:
            yield from (claim for claim in claims(page) if not page.doubts(*claim.path))


def _hit(claim: Claim, what: str, hint: str, *related: tuple[Spot, str]) -> Hit:
    subject = of_field(claim.path, claim.text)
    return Hit(_spot(claim), f"{quoted(claim.text)} {what}.", hint, related, subject=subject)


def _spot(claim: Claim) -> Spot:
    return at(claim.page, claim.path)


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


def _unusable(handbook: Handbook, page: Page, text: str) -> str:
    """Say, as the rest of a sentence, why nobody can be sent on from any address that a text stands for."""
    claimed = addresses(page, text, directories=handbook.project.use_directory_urls)
    reasons = [unusable(address, handbook.settings.generated) for address in claimed]
    return reasons[0] if all(reasons) else ""
