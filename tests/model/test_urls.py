"""Addresses as seen from other pages."""

from __future__ import annotations

import posixpath
from itertools import product

import pytest

from handrail.model.urls import relative

_ADDRESSES = ["", "a/", "a/b/", "a/b/c/", "b/", "ab/", "a.html", "a/b.html", "a/index.md", "b/a/b/", "%C3%A4/a/"]


@pytest.mark.parametrize(("url", "base"), list(product(_ADDRESSES, repeat=2)))
def test_an_address_leads_from_a_page_to_where_the_site_has_it(url: str, base: str) -> None:
    led = relative(url, base)
    assert posixpath.normpath(posixpath.join("/", posixpath.dirname(base), led)) == posixpath.normpath(f"/{url}")
    assert led.endswith("/") == (not url or url.endswith("/"))
    assert led == posixpath.relpath(url or ".", posixpath.dirname(base) or ".") + ("/" if led.endswith("/") else "")
