"""Says from which other hosts a page may show pictures and frames."""

from __future__ import annotations

from urllib.parse import urlsplit

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.settings import Settings
from handrail.model.signoff import bears_signatures
from handrail.text.hosts import LetIn, as_ascii


def let_in(handbook: Handbook, page: Page) -> LetIn:
    """Return the hosts that the settings let in; on a page that is signed only the site's own, by its whole address.

    A frame of the site's own host could do with this page what it likes, so there is none.
    """
    own = own_host(handbook)
    pictures = frozenset((own,)) if own else frozenset[str]()
    if bears_signatures(page):
        return LetIn(pictures)
    known = let_in_by(handbook.settings)
    return LetIn(pictures | known.pictures, known.frames - {own})


def let_in_by(settings: Settings) -> LetIn:
    """Return the hosts that settings let in, on whatever page."""
    return LetIn(frozenset(settings.images), frozenset(settings.embeds))


def own_host(handbook: Handbook) -> str:
    """Return the site's own host, where it is served by https; nothing where nobody has said where the site will stand."""
    try:
        parts = urlsplit(handbook.project.site_url)
        return as_ascii(parts.hostname or "") if parts.scheme == "https" and parts.port in (None, 443) else ""
    except ValueError:
        return ""
