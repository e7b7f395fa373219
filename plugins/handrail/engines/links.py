"""Addresses as seen from a page, without any site generator."""

from __future__ import annotations

import posixpath


def relative(url: str, base: str) -> str:
    """Return a page's address as seen from the page at `base`; both are relative to the site.

    An address that ends in a slash is a folder, as the site serves it.
    """
    folder = base if base.endswith("/") else posixpath.dirname(base)
    path = posixpath.relpath(url or ".", folder or ".")
    return f"{path}/" if not url or url.endswith("/") else path
