"""What may be published: the list that a site is made of, settled by our own reader before any engine sees a file.

What the list does not name is in no build: a page that can't be read or judged, a file that no published page uses, one
of a kind that is not known to be harmless. Each of them keeps the reason why.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import unquote

from handrail.model.contents import contents_of
from handrail.model.exclusions import Cause, Exclusion
from handrail.model.handbook import Handbook
from handrail.model.metric_series import series_path
from handrail.model.names import above, folded, is_utf_8
from handrail.model.occupied import SITE_FILES, Occupied
from handrail.model.page import Page
from handrail.model.settings import Visibility
from handrail.model.site_contents import Lies
from handrail.model.svg import publishable_drawing
from handrail.model.urls import file_of
from handrail.text.source import SUFFIXES

LARGEST = 25 * 1024 * 1024
"""The most bytes of a file that a page may bring along: what hosts of such sites take, at the least."""

# What browsers show or hand to another program, and never run as a page of the site; office files of the kinds that
# can't hold macros. An HTML or XML file would be such a page, and nobody can look into an archive.
_DRAWING = ".svg"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", _DRAWING)
_DOCUMENTS = (".pdf", ".csv", ".tsv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
_RECORDINGS = (".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".vtt")
KINDS = (*_PICTURES, *_DOCUMENTS, *_RECORDINGS)
_OF_STYLES = (*_PICTURES, ".css", ".woff2", ".woff", ".ttf", ".otf")

_PAGE_ENDS = "|".join(re.escape(suffix) for suffix in SUFFIXES)
_COPY = re.compile(
    rf".+(?:{_PAGE_ENDS}).+|.*(?:~|#|\.(?:bak|orig|rej|sw[a-p]|tmp|temp|part|old|save|backup))",
    re.IGNORECASE | re.DOTALL,
)
_STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|/")


class Reason(StrEnum):
    """Why something is not published, as the end of a sentence: "It is withheld because …"."""

    AUDIENCE = "this audience may not see it"
    UNSAID = "nothing says who may see it"
    UNREADABLE = "it can't be read"
    FIELDS = "its first lines look like fields that could not be read, and they may have said who may see it"
    WRONG = "it has errors"
    ADDRESS = "the site has a file where it needs a folder"
    LEFT_OUT = "the site's own settings leave it out"
    SAME_ADDRESS = "another page of its folder has the same address"
    LINK = "it is a symbolic link"
    NAME = "its name, or that of its folder, is not UTF-8 text"
    NAMESAKE = "another file has the same name but for case or Unicode form"
    FOLDER = "this audience may not see what lies in its folder"
    COPY = "it looks like a copy that an editor left"
    UNUSED = "no page that is published uses it"
    KIND = "files of its kind are not published unless the settings name them"
    SIZE = "it is larger than 25 MB"
    ACTIVE = "it could run or load something when it is opened"

    @property
    def is_of_the_site(self) -> bool:
        """Whether it says nothing of who may know what is withheld, only how the site is made."""
        return self in (Reason.LEFT_OUT, Reason.SAME_ADDRESS)

    @property
    def yields_to_settings(self) -> bool:
        """Whether a file is published all the same where the setting `assets` names it."""
        return self in (Reason.UNUSED, Reason.KIND, Reason.SIZE)

    @property
    def is_secret(self) -> bool:
        """Whether nobody may put what is withheld for it into the site."""
        return not (self.is_of_the_site or self.yields_to_settings)


_FAULTS = frozenset({Reason.UNREADABLE, Reason.FIELDS, Reason.WRONG, Reason.NAME})


@dataclass(frozen=True)
class Publication:
    """The pages and the files beside them that a build may publish; `withheld` are the others, by path, and why.

    `folder_settings` are published by nothing; plugins may read them, as all of their folders' pages may be seen. `altered`
    are the bytes of files that are not published as they lie there.
    """

    pages: tuple[Page, ...]
    assets: tuple[str, ...]
    withheld: Mapping[str, Reason]
    folder_settings: tuple[str, ...] = ()
    altered: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """What is withheld only because the site's own settings leave it out."""
        return frozenset(path for path, reason in self.withheld.items() if reason is Reason.LEFT_OUT)

    @cached_property
    def readable(self) -> frozenset[str]:
        """What may be read while the site is made: pages may put in text that has no page of its own."""
        return self.paths | self.left_out

    @cached_property
    def paths(self) -> frozenset[str]:
        """Everything that may be published, by its path in the folder of pages."""
        return frozenset((*(page.src_uri for page in self.pages), *self.assets))

    def withholds(self, path: str) -> bool:
        """Say whether a path, in whatever case and Unicode form, is withheld, or lies behind a link that is."""
        wanted = folded(path)
        return wanted in self._folded or any(wanted.startswith(f"{link}/") for link in self._links)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(map(folded, self.withheld))

    @cached_property
    def _links(self) -> tuple[str, ...]:
        return tuple(folded(path) for path, reason in self.withheld.items() if reason is Reason.LINK)


def publishable(handbook: Handbook, audience: Visibility, *, leniently: bool = False) -> list[Page]:
    """Return the pages that a build for this audience may publish.

    A document has to satisfy its schema; `leniently`, for a preview on the author's own machine, it need not.
    """
    left_out = handbook.files.left_out
    there = (page for page in handbook.pages if page.src_uri not in left_out)
    return [page for page in there if why_withheld(page, audience, leniently=leniently) is None]


def why_withheld(page: Page, audience: Visibility, *, leniently: bool = False) -> Reason | None:
    """Return why a build for this audience may not publish a page; None where it may."""
    return next(_reasons(page, audience, leniently=leniently), None)


def is_withheld_for_faults(page: Page, audience: Visibility) -> bool:
    """Say whether a page is withheld because something is wrong with it, whoever might have seen it otherwise."""
    found = set(_reasons(page, audience, leniently=False))
    return not found.isdisjoint(_FAULTS) or (Reason.UNSAID in found and not page.is_prose)


def _reasons(page: Page, audience: Visibility, *, leniently: bool) -> Iterator[Reason]:
    if not is_utf_8(page.src_uri):
        yield Reason.NAME
    if not page.source.readable:
        yield Reason.UNREADABLE
    if page.visibility is None:
        yield Reason.UNSAID
    if not page.may_be_seen_by(audience):
        yield Reason.AUDIENCE
    if page.has_stray_fields:
        yield Reason.FIELDS
    if not (leniently or page.is_prose or page.is_valid):
        yield Reason.WRONG


def publication(
    handbook: Handbook,
    audience: Visibility,
    *,
    leniently: bool = False,
    with_drafts: bool = False,
    left_out: Collection[str] = (),
) -> Publication:
    """Settle what a build for this audience may publish.

    A preview shows the drafts of `draft_docs` too. `left_out` are pages that an engine leaves out beside those that the site's
    settings do.
    """
    withheld = dict.fromkeys(handbook.files.symlinks, Reason.LINK)
    pages = []
    for page in handbook.pages:
        reason = why_withheld(page, audience, leniently=leniently)
        if reason is None and page.src_uri in left_out:
            reason = Reason.LEFT_OUT
        reason = reason or _why_left_out(handbook, page.src_uri, with_drafts=with_drafts)
        if reason is None:
            pages.append(page)
        else:
            withheld[page.src_uri] = reason
    judge = _Assets(handbook, audience, pages, with_drafts=with_drafts)
    assets = []
    for path in judge.there:
        reason = judge.why_withheld(path)
        if reason is None:
            assets.append(path)
        else:
            withheld[path] = reason
    known = []
    folders = {folder for page in pages for folder in (*above(page.src_uri), "")}
    for path in handbook.files.folder_settings:
        if not is_utf_8(path):
            withheld[path] = Reason.NAME
        elif not may_be_in(handbook.settings.folder_visibility(path), audience):
            withheld[path] = Reason.FOLDER
        elif posixpath.dirname(path) not in folders:
            withheld[path] = Reason.UNUSED
        else:
            known.append(path)
    files = {**{page.src_uri: file_of(page.url) for page in pages}, **dict(zip(assets, assets, strict=True))}
    blocked = set(in_the_way(files))
    withheld.update(dict.fromkeys(blocked, Reason.ADDRESS))
    return Publication(
        tuple(page for page in pages if page.src_uri not in blocked),
        tuple(path for path in assets if path not in blocked),
        withheld,
        tuple(known),
        judge.altered,
    )


def in_the_way(files: Mapping[str, str]) -> dict[str, str]:
    """Return what of the handbook has no room on the site, with the file that lies where it needs a folder.

    `files` are the files of the site by the paths in the handbook.
    """
    occupied = Occupied((*SITE_FILES, *files.values()))
    return {path: other for path, file in files.items() if (other := occupied.blocks(file)) is not None}


def _why_left_out(handbook: Handbook, path: str, *, with_drafts: bool) -> Reason | None:
    exclusion = handbook.files.left_out.get(path)
    if exclusion is None or (with_drafts and exclusion.cause is Cause.DRAFT):
        return None
    return Reason.SAME_ADDRESS if exclusion.cause is Cause.SAME_ADDRESS else Reason.LEFT_OUT


def why_left_out(handbook: Handbook, path: str) -> Exclusion | None:
    """Return why the site has nothing of a file that lies in the folder of pages; None where it may, or none lies there.

    What is left out by default is let in where the setting `assets` names it.
    """
    exclusion = handbook.files.why_left_out(path)
    if exclusion is None or (exclusion.cause.is_by_default and handbook.settings.offers(path)):
        return None
    is_listed = path in handbook.by_src_uri or path in handbook.files.beside or exclusion.cause is Cause.LINK
    return exclusion if is_listed or contents_of(handbook).size(path) is not None else None


def may_be_in(folder: Visibility | None, audience: Visibility) -> bool:
    """Say whether an audience may see what lies in a folder of this visibility, None where nothing says it."""
    return folder in (None, "public") or (folder == "internal" and audience == "internal")


class _Assets:
    """The files beside the pages: what uses each of them, and whether it may be published."""

    def __init__(self, handbook: Handbook, audience: Visibility, pages: Iterable[Page], *, with_drafts: bool) -> None:
        self._handbook = handbook
        self._with_drafts = with_drafts
        self._contents = contents_of(handbook)
        self._audience = audience
        settings = handbook.settings
        hidden = handbook.site.let_in
        # A page in a hidden folder is read by nobody, so it can't be judged.
        self.there = sorted({*handbook.files.assets, *(path for path in hidden if not path.lower().endswith(SUFFIXES))})
        # A folder holds what its contributors put there; a file that the settings name was chosen by who wrote them.
        self._named = {*handbook.project.named, *settings.assets} & set(self.there)
        self._offered = set(filter(settings.offers, self.there))
        self._used = {use.path for use in uses(handbook, pages)} if self.there else set()
        self._of_styles = set(self._in_styles())
        self.altered: dict[str, bytes] = {}
        self._namesakes = {path for group in handbook.files.namesakes for path in group}

    def why_withheld(self, path: str) -> Reason | None:
        return next(self._reasons(path), None)

    def _reasons(self, path: str) -> Iterator[Reason]:
        is_named = path in self._named
        is_chosen = is_named or path in self._of_styles
        kind = posixpath.splitext(path)[1].casefold()
        if not is_utf_8(path):
            yield Reason.NAME
        if path in self._namesakes and not is_chosen and path not in self._used:
            yield Reason.NAMESAKE
        if not may_be_in(self._handbook.settings.folder_visibility(path), self._audience):
            yield Reason.FOLDER
        if _COPY.fullmatch(posixpath.basename(path)):
            yield Reason.COPY
        if not is_chosen and path not in self._used and path not in self._offered:
            yield Reason.UNUSED
        if not is_chosen and kind not in KINDS:
            yield Reason.KIND
        size = self._contents.size(path)
        if size is None:
            yield Reason.UNREADABLE
        elif size > LARGEST and not (is_named and kind != _DRAWING):
            yield Reason.SIZE
        elif kind == _DRAWING and not self._may_be_drawn(path):
            yield Reason.ACTIVE
        if path not in self._offered or not self._is_left_out_by_default(path):
            left_out = _why_left_out(self._handbook, path, with_drafts=self._with_drafts)
            yield from (left_out,) if left_out is not None else ()

    def _is_left_out_by_default(self, path: str) -> bool:
        exclusion = self._handbook.files.left_out.get(path)
        return exclusion is not None and exclusion.cause.is_by_default

    def _may_be_drawn(self, path: str) -> bool:
        """Say whether a drawing may be published, and keep how, where that is not as it lies there."""
        raw = self._contents.read(path) or b""
        drawn = publishable_drawing(raw)
        if drawn is not None and drawn != raw:
            self.altered[path] = drawn
        return drawn is not None

    def _in_styles(self) -> Iterator[str]:
        """Yield the fonts, pictures and styles that the site's own styles use."""
        there = set(self.there)
        waiting = [path for path in sorted(self._named) if path.endswith(".css")]
        seen = set(waiting)
        while waiting:
            path = waiting.pop()
            styles = (self._contents.read(path) or b"").decode("utf-8", "replace")
            for match in _STYLE_ADDRESS.finditer(styles):
                address = (match[1] or match[2]).strip()
                target = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                if _ELSEWHERE.match(address) or target in seen or target not in there:
                    continue
                if target.casefold().endswith(_OF_STYLES):
                    seen.add(target)
                    yield target
                    waiting += [target] if target.endswith(".css") else []


@dataclass(frozen=True, slots=True)
class Use:
    """A page that uses a file beside the pages, and where its body says so; None where it is a field that does."""

    page: Page
    path: str
    span: tuple[int, int] | None = None


def uses(handbook: Handbook, pages: Iterable[Page]) -> Iterator[Use]:
    """Yield what pages use: what their bodies link to or show, and the data of metrics. Not all of it may be there."""
    for page in pages:
        for link in page.source.links:
            if link.form == "wiki":
                continue
            found = handbook.site.meant(page, link.target, from_file=link.form == "markdown")
            if found.lies is Lies.FILE:
                yield Use(page, found.path, (link.offset, link.end))
        if series := series_path(page):
            yield Use(page, series)
