"""Pages that another plugin gives another address than MkDocs does: what Handrail makes leads to where they are."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs.structure.files import Files

from handrail.errors import HandrailError
from handrail.model.page import Page
from handrail.model.urls import file_of
from handrail.words.language import count_of


def moved(files: Files, pages: Mapping[str, Page]) -> dict[Page, str]:
    """Return the pages whose address on the site is not the one that is known of them, with that of the site."""
    found = {}
    for src_uri, page in pages.items():
        file = files.get_file_from_path(src_uri)
        if file is not None and file.dest_uri != file_of(page.url):
            found[page] = "" if file.url == "./" else file.url
    return found


def follow(addresses: Mapping[Page, str]) -> str:
    """Let pages be known by their addresses on the site, before anything links to them; say what nobody else will know."""
    if not addresses:
        return ""
    for page, url in addresses.items():
        page.url = url
    return (
        f"Another plugin moves {_counted(addresses)}. The lists of this site lead there; `handrail check` and `handrail verify` go "
        "by MkDocs' own addresses, and will miss what was moved."
    )


def refuse(addresses: Mapping[Page, str]) -> None:
    """Raise HandrailError where pages were moved when others lead to them already."""
    if addresses:
        raise HandrailError(
            f"Another plugin moves {_counted(addresses)}, when the links to them are made. Name it above handrail under `plugins` "
            "in the settings of the site, or do without it."
        )


def _counted(addresses: Mapping[Page, str]) -> str:
    page, url = next(iter(addresses.items()))
    return f"{count_of(len(addresses), 'page')} of the site, such as {page.path} to /{url}"
