"""Addresses of pages on the site, by MkDocs' rules."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

GENERATED_FOLDER = "handbook"
"""Where the pages that Handrail makes lie; an author's page can't have the same address."""

CONTENTS = f"{GENERATED_FOLDER}/index.md"
FINDER = f"{GENERATED_FOLDER}/find.md"
CHANGES = f"{GENERATED_FOLDER}/changes.md"
ORPHANS = f"{GENERATED_FOLDER}/orphans.md"
STALE = f"{GENERATED_FOLDER}/stale.md"
QUEUE = f"{GENERATED_FOLDER}/queue.md"
UNLISTED = f"{GENERATED_FOLDER}/unlisted.md"
REPORTS = f"{GENERATED_FOLDER}/reports.md"
SIGNING = f"{GENERATED_FOLDER}/signing.md"
GENERATED = (CONTENTS, FINDER, CHANGES, ORPHANS, STALE, QUEUE, UNLISTED, REPORTS, SIGNING)
"""Those pages; in the folder `rules` beside them lie the rules, one page each."""
RULES_FOLDER = f"{GENERATED_FOLDER}/rules"


def is_generated(src_uri: str) -> bool:
    """Say whether a path is that of a page that Handrail makes."""
    if posixpath.dirname(src_uri) == RULES_FOLDER:
        return src_uri.endswith(".md")
    return f"{src_uri.removesuffix('.md')}.md" in GENERATED


def rule_page(code: str) -> str:
    """Return the path of the page that is made for a rule."""
    return f"{RULES_FOLDER}/{code.lower()}.md"


def on_site(site_url: str, url: str) -> str:
    """Return the whole address of what the site has at `url`, or nothing where the site's address is none of the web."""
    if not site_url.lower().startswith(("https://", "http://")):
        return ""
    # What is no part of an address, such as a blank, comes from who typed that of the site.
    return quote(f"{site_url.rstrip('/')}/{url}", safe="/:%@?=&~+,;[]", errors="replace")


def page_url(src_uri: str, *, directories: bool) -> str:
    """Return a page's address relative to the site; the home page's is empty."""
    folder, name = posixpath.split(src_uri)
    stem = posixpath.splitext(name)[0]
    if stem in ("index", "README"):
        path = f"{folder}/" if directories else posixpath.join(folder, "index.html")
        return _quoted(path.lstrip("/"))
    return _quoted(posixpath.join(folder, f"{stem}/" if directories else f"{stem}.html"))


def bare_url(url: str) -> str:
    """Return an address without what makes no difference to where it leads: slashes at its ends, `index.html`."""
    return url.strip("/").removesuffix("index.html").rstrip("/")


def relative(url: str, base: str) -> str:
    """Return a page's address as seen from the page at `base`; both are relative to the site.

    An address that ends in a slash is a folder, as the site serves it.
    """
    folder = base if base.endswith("/") else posixpath.dirname(base)
    path = posixpath.relpath(url or ".", folder or ".")
    return f"{path}/" if not url or url.endswith("/") else path


def _quoted(path: str) -> str:
    # The name of a file need not be text; what Python made of its bytes is given back as bytes.
    return quote(path, errors="surrogateescape")
