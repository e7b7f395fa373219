"""What crawlers are told: everything may be read, and where the list of pages is; nothing, where the site is the staff's."""

from __future__ import annotations

from handrail.model.settings import Visibility
from handrail.web.metadata import Site

FILE = "robots.txt"


def robots(site: Site, audience: Visibility) -> str:
    """Return `robots.txt`."""
    if audience != "public":
        return "User-agent: *\nDisallow: /\n"
    sitemap = site.address("sitemap.xml")
    return "User-agent: *\nDisallow:\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")
