"""HB8: pages that put in text that stands elsewhere, unseen by those who sign, or by those who withheld it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.model.handbook import Handbook
from handrail.model.names import folded, within
from handrail.model.page import Page
from handrail.model.settings import VISIBILITIES
from handrail.model.signoff import bears_signatures
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, in_body, rule
from handrail.text.hosts import other_host
from handrail.text.includes import Include, includes
from handrail.text.media import media
from handrail.text.source import SUFFIXES
from handrail.text.templates import template_code
from handrail.words.language import quoted

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/|/|[A-Za-z]:/|file:", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:/")
_PART = re.compile(r":(?!/).*", re.DOTALL)
"""The lines or the section that a snippet asks for, behind its path."""
_COPY = re.compile(rf"(?P<page>.+(?:{'|'.join(map(re.escape, SUFFIXES))}))[^/]+", re.IGNORECASE)
_READERS = {"public": "Everyone", "internal": "The staff"}
_RANKS = (*VISIBILITIES, "withheld")


@dataclass(frozen=True, slots=True)
class Inclusion:
    """An include of a page, and the file of the handbook that it names; `target` is the page that this file is, or copies."""

    page: Page
    include: Include
    path: str = ""
    target: Page | None = None

    @property
    def spot(self) -> Spot:
        return in_body(self.page, self.include.offset, self.include.end)

    @property
    def subject(self) -> str:
        """What is named: the path, or the code that reads what it doesn't name."""
        return self.include.path or self.page.source.body[self.include.offset : self.include.end]

    @property
    def leads_out(self) -> bool:
        """Whether it names something that lies outside the folder of pages."""
        if not self.include.certain or self.path:
            return False
        path = self.include.path.replace("\\", "/")
        return _ELSEWHERE.match(path) is not None or posixpath.normpath(path).split("/")[0] == ".."

    def visibility(self, handbook: Handbook) -> str:
        """Say who may see what it names."""
        known = handbook.settings.folder_visibility(self.path) if self.target is None else self.target.visibility
        return known or ("withheld" if self.target is not None else "public")

    def shows_too_much(self, handbook: Handbook) -> bool:
        """Say whether readers of the page would see what they may not."""
        if self.page.visibility not in _READERS or not self.path:
            return False
        return _RANKS.index(self.visibility(handbook)) > _RANKS.index(self.page.visibility)


def inclusions(handbook: Handbook) -> Iterator[Inclusion]:
    """Yield everything that pages put in."""
    there = (*handbook.by_src_uri, *handbook.files.assets)
    known = {folded(path): path for path in there} | {path: path for path in there}
    named: dict[tuple[str, str], str] = {}
    for page in handbook.pages:
        for include in includes(page.source.body, templates=handbook.settings.may_run_macros(page.src_uri)):
            key = page.folder, include.path
            if key not in named:
                named[key] = _there(known, list(_readings(handbook, page, include)))
            path = named[key]
            copied = _COPY.fullmatch(path)
            original = _there(known, [copied["page"]]) if copied else ""
            target = handbook.by_src_uri.get(path) or handbook.by_src_uri.get(original)
            yield Inclusion(page, include, path, target)


def _there(known: Mapping[str, str], readings: Sequence[str]) -> str:
    """Return the first of some paths that is there; on some disks it is there in other spellings too."""
    return next((known[path] for path in (*readings, *map(folded, readings)) if path in known), "")


def _readings(handbook: Handbook, page: Page, include: Include) -> Iterator[str]:
    """Yield the paths in the folder of pages that an include may mean, as the engines count: from there, the root, the page."""
    path = include.path.replace("\\", "/")
    drive = path[:2] if _DRIVE.match(path) else ""
    path = drive + _PART.sub("", path[len(drive) :], count=1)
    inside = within(path, handbook.project.docs_dir.as_posix())
    if inside is not None:
        yield posixpath.normpath(inside)
        return
    yield posixpath.normpath(posixpath.join(page.folder, path))
    path = posixpath.normpath(path.lstrip("/"))
    yield path
    inside = within(path, handbook.project.from_root("").rstrip("/"))
    if inside is not None:
        yield inside


@rule("HB805", "from-elsewhere", Severity.ERROR, gets_out=True)
def from_elsewhere(handbook: Handbook) -> Iterator[Hit]:
    """A page that is signed shows what stands elsewhere.

    What people sign is the text of the page as it stands in its file, with the pictures of the handbook that it shows. A
    snippet or an include, template code, or a picture, sound or film of another host could change what readers see while
    every signature stays good. Snippets are put into code blocks too. A build stops for the same reason where a plugin changes
    the text of a signed page.

    **What to do.** Write the text into the page, put the picture beside it, or link to it. To show a snippet's line as it is,
    put a semicolon before it; to show template code, take the page out of the setting `macros`.
    """
    yield from _included(handbook)
    for page in handbook.documents:
        if not bears_signatures(page):
            continue
        # The macros run before Markdown is read, so they don't know what is code.
        runs = handbook.settings.may_run_macros(page.src_uri)
        code = template_code(page.source.body, markdown=False) if runs else None
        if code is not None:
            yield Hit(
                in_body(page, *code),
                "This page is signed, and template code stands here, so nobody signs what it will say.",
                "Write the text into this page; where it is an example, take the page out of the setting `macros`.",
                subject=page.source.body[slice(*code)],
            )
        for shown in media(page.source.body, page.source.links):
            if not other_host(shown.address, handbook.project.site_url):
                continue
            yield Hit(
                in_body(page, shown.offset, shown.end),
                f"This page is signed, and {quoted(shown.address)} is shown from another host, where it can change unseen.",
                "Put the file beside the page, or link to it.",
                subject=shown.address,
            )


def _included(handbook: Handbook) -> Iterator[Hit]:
    for found in inclusions(handbook):
        page = found.page
        if not bears_signatures(page):
            continue
        if found.include.certain and not found.leads_out and not found.shows_too_much(handbook):
            yield Hit(
                found.spot,
                f"This page is signed, and {quoted(found.include.path)} is put into it from elsewhere, so nobody signs that text.",
                "Write the text into this page, or link to it.",
                subject=found.subject,
            )


@rule("HB808", "private-text", Severity.ERROR, gets_out=True)
def private_text(handbook: Handbook) -> Iterator[Hit]:
    """A page puts in a page or file that its readers may not see.

    The site would publish withheld text under the other page's address.

    **What to do.** Take the line out, and write into the page what its readers may know.
    """
    for found in inclusions(handbook):
        if found.shows_too_much(handbook):
            visibility, target = found.visibility(handbook), found.target
            said = ("visibility",) if target is not None and "visibility" in target.source.data else ()
            yield Hit(
                found.spot,
                f"{_READERS[str(found.page.visibility)]} may read this page, and {quoted(found.include.path)}, "
                f"which is put into it, is {visibility}.",
                "Take the line out, and write here what those readers may know.",
                ((at(target, said, key=bool(said)), f"This page is {visibility}."),) if target is not None else (),
                subject=found.subject,
            )
