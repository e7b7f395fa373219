"""HB2: old addresses that can't lead to the page which claims them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.redirects import OF_A_FILE, Claim, addresses, claims, listed, of_path, place, unusable
from handrail.model.urls import bare_url
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.subjects import of_field
from handrail.text.source import SUFFIXES
from handrail.words.language import count_of, quoted

_FORMS = "Delete it, or write an old id, an old path that ends in .md, or an old address of a page."
_MOST = 20
"""So many pages that claim one address are named."""


@rule("HB204", "redirect-taken", Severity.ERROR)
def redirect_taken(handbook: Handbook) -> Iterator[Hit]:
    """An old address is claimed twice, still belongs to a page, or is none that a page can have.

    A visitor can be sent to one page only, and from an address where nothing else lies. From one that several pages claim
    nobody is sent on.

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
    kept: list[tuple[Claim, str]] = []
    directories = handbook.project.use_directory_urls
    live = {folded(address): page for address, page in handbook.site.by_address.items()}
    assets = {folded(path) for path in handbook.files.assets}
    for claim in _claims(handbook):
        page, text = claim.page, claim.text
        address = _address(text, directories=directories)
        owner = live.get(address) or _owner_of_id(handbook, page, text)
        if owner is page and page.is_prose:
            continue
        if owner is not None:
            what, hint = f"is still the address of a page, {owner.path}", "Delete the line."
            yield claim, _hit(claim, what, hint, (at(owner), "This page has it."))
        elif why := OF_A_FILE if address in assets else _unusable(handbook, page, text):
            yield claim, _hit(claim, why, _FORMS)
        else:
            kept.append((claim, address))
    yield from _claimed_twice(handbook, kept)


def _claimed_twice(handbook: Handbook, kept: list[tuple[Claim, str]]) -> Iterator[tuple[Claim, Hit]]:
    """Yield what several pages claim, of each claim but those of the first page."""
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim, address in kept:
        for key in (address, f"{claim.page.counted_as}:{address}"):
            by_key[key].append(claim)
    for claim, address in kept:
        # An old id is one among those of its kind, and leads from its page's folder too.
        is_id = "/" not in claim.text and "." not in claim.text
        of_kind = is_id and _leads(handbook, claim)
        first, *others = by_key[f"{claim.page.counted_as}:{address}" if of_kind else address]
        if claim.page is not first.page:
            what = _who_else(claim, [first, *others], f"/{address}" if is_id else "there")
            near = [
                (_spot(other), "It is claimed here too.") for other in (first, *others) if other.page is not claim.page
            ]
            yield claim, _hit(claim, what, "Keep it on one of the pages.", *near[:_MOST])


def _leads(handbook: Handbook, claim: Claim) -> bool:
    """Say whether visitors are sent on to a page from any address that a claim stands for."""
    directories, generated = handbook.project.use_directory_urls, handbook.settings.generated
    places = (place(address, generated) for address in addresses(claim.page, claim.text, directories=directories))
    return any(file is not None and handbook.site.redirects.get(file) is claim.page for file in places)


def _who_else(claim: Claim, claims_: list[Claim], where: str) -> str:
    """Say, as the rest of a sentence, who else claims an address and what comes of it: a document's word outweighs prose."""
    documents = dict.fromkeys(other.page.path for other in claims_ if not other.page.is_prose)
    if claim.page.is_prose and len(documents) == 1:
        [path] = documents
        return f"leads to {path}, for a document's claim outweighs that of prose"
    others = list(dict.fromkeys(other.page.path for other in claims_ if other.page is not claim.page))
    more = f" and {count_of(len(others) - 1, 'other page')}" if others[1:] else ""
    return f"is claimed by {others[0]}{more} too, so nobody is sent on from {where}"


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
