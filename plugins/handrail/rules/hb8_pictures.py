"""HB8: pictures, sounds and films of other hosts, which readers don't get to see."""

from __future__ import annotations

import html
from collections.abc import Iterator
from shlex import quote

from handrail.model.handbook import Handbook
from handrail.model.let_in import let_in
from handrail.model.page import Page
from handrail.model.signoff import bears_signatures
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.text.hosts import WebAddress, other_host, web_address
from handrail.text.media import Medium, media
from handrail.words.language import quoted
from handrail.words.options import adding

_ELSEWHERE = ("//", "\\", "&")
"""What is in every address of another host, however it is written."""


@rule("HB813", "picture-elsewhere", Severity.WARNING)
def picture_elsewhere(handbook: Handbook) -> Iterator[Hit]:
    """A page shows a picture, a sound or a film of another host, and its readers get a link at most.

    Their browsers would tell that host of each visit, and what it shows can change or go at any time. So a link stands in the
    place of a picture, unless the setting `images` names its host; sounds and films of other hosts are not played.

    **What to do.** Bring the picture into the handbook, which `handrail fetch-images` does; or name its host in the setting
    `images`.
    """
    for page in handbook.pages:
        if not any(sign in page.source.body for sign in _ELSEWHERE):
            continue  # looking for what it shows takes longer
        if bears_signatures(page):
            continue  # that it is signed is the graver finding
        known = let_in(handbook, page).pictures
        for shown in media(page.source.body, page.source.links):
            host = "" if shown.is_fallback else other_host(shown.address, handbook.project.site_url)
            found = web_address(html.unescape(shown.address)) if host else None
            if not host or (shown.is_picture and found is not None and found.is_safe and found.is_of(known)):
                continue
            message, hint = _said(handbook, page, shown, host, found)
            yield Hit(in_body(page, shown.offset, shown.end), message, hint, subject=shown.address)


def _said(handbook: Handbook, page: Page, shown: Medium, host: str, found: WebAddress | None) -> tuple[str, str]:
    if not shown.is_picture:
        return (
            f"This is on another host, {quoted(host)}, and is not played.",
            "Put the file beside the page, or link to it.",
        )
    fetch = f"Bring it into the handbook: handrail fetch-images {quote(page.path)}"
    if found is not None and found.is_of(handbook.settings.images):
        message = f"Readers get a link in place of this picture, for {quoted(shown.address)} is not asked for by https."
        return message, f"Write {found.secure}, if that shows it." if ":" not in host else fetch
    message = f"Readers get a link in place of this picture, which is on another host, {quoted(host)}."
    if found is None or not found.is_safe:
        return message, fetch
    return message, f"{fetch}; or let its host learn of each reader: {adding(handbook.project, 'images', found.host)}."
