"""What a site would give away: the texts that it withholds, against all that it may say."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.build.build import Build
from handrail.edit.new_page_links import NewPageLinks
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Publication, Reason, may_be_in
from handrail.model.theme_files import ThemeFiles
from handrail.proof.brought import program_texts
from handrail.proof.decoding import as_text, outside_tags
from handrail.proof.expected import read
from handrail.proof.leaks import Secrets, Withheld

_PROGRAMS = (".css", ".js", ".mjs", ".map")
"""Kinds of text in which nobody keeps a secret, and whose words programs of the site's theme use too."""
_LARGEST_TEXT = 1_000_000


def secrets(build: Build, theme: ThemeFiles) -> Secrets:
    """Return what would give away what the site of a handbook withholds; `theme` is whose words are nobody's secret."""
    handbook, published = build.handbook, build.publication
    if not published.withheld:
        return Secrets((), ())
    said = (f"{page.src_uri}\n{page.source.text}" for page in published.pages)
    files = (as_text(read(handbook, path) or b"") for path in published.assets)
    offered = NewPageLinks(handbook, published.pages)
    return Secrets(
        _withheld(handbook, published),
        (*said, *filter(None, files)),
        lambda: (*program_texts(), *theme.texts(), *offered.texts()),
        map(_own_words, published.pages),
    )


def _own_words(page: Page) -> str:
    """Return the body of a page without what its links lead to; template code in their place leads nowhere."""
    body, at = page.source.body, 0
    parts: list[str] = []
    for link in sorted(page.source.links, key=lambda link: link.target_at):
        if link.form != "wiki" and "{" not in link.target and link.target_at >= at:
            parts.append(body[at : link.target_at])
            at = link.target_at + len(link.target)
    return " ".join((*parts, body[at:]))


def _withheld(handbook: Handbook, published: Publication) -> Iterator[Withheld]:
    """Yield the pages that are withheld, and the files beside them that hold text that nobody may see."""
    for path, reason in published.withheld.items():
        page = handbook.by_src_uri.get(path)
        if reason.is_of_the_site or (reason is Reason.UNUSED and _may_be_read(handbook, path)):
            continue  # its words are no secret: other pages may put it in
        if page is not None:
            text = page.source.text if page.source.readable else as_text(read(handbook, path) or b"")
            yield Withheld(page.path, text or page.source.text, page)
        elif not path.lower().endswith(_PROGRAMS) and len(raw := read(handbook, path) or b"") <= _LARGEST_TEXT:
            yield Withheld(handbook.project.from_root(path), outside_tags(as_text(raw) or ""))


def _may_be_read(handbook: Handbook, path: str) -> bool:
    """Say whether readers may see what lies in a file's folder, as far as anybody has said so."""
    folder = handbook.settings.folder_visibility(path)
    return folder is not None and may_be_in(folder, handbook.settings.audience)
