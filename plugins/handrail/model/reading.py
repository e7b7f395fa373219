"""Says whether readers of a page see the text that somebody signed: both texts are rendered by one renderer and compared.

Where an address leads is settled here, for the text as it stands by the handbook, for a former one by what git held when
it stood: a page that moved is the same page.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from handrail.model.past import Former, FormerFile
from handrail.model.references import PLAN
from handrail.model.signed_content import material_fields
from handrail.model.text_state import TextState, TextVerdict, Why
from handrail.model.urls import page_url
from handrail.rendering.marks import DOCUMENT, FROM_FILE
from handrail.text.digest import Digest, canonical, typed
from handrail.text.source import SUFFIXES
from handrail.text.tags import as_browsers_read

if TYPE_CHECKING:
    from handrail.model.generated import GeneratedFolder
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page

_BLANKS = re.compile(r"\s+")
_INDEX = ("index", "README")


@dataclass(frozen=True)
class Place:
    """From where the addresses of a text count, and what lies where they lead.

    `src_uri` is the page's path in the folder of pages. `lies_at` returns what lies at a path there: a document, a page or a file, by a name that
    stays the same where it moves; None where nothing does. `holds` returns what a file holds, by a hash.
    """

    src_uri: str
    url: str
    site_url: str
    directories: bool
    lies_at: Callable[[str], str | None]
    holds: Callable[[str], str | None]

    def leads_to(self, address: str) -> tuple[str, str]:
        """Return where a link leads, and the anchor there; the place is empty for the text itself."""
        if address.startswith(DOCUMENT):
            return address.removeprefix(DOCUMENT), ""
        found = self._path(address)
        if found is None:
            return _as_browsers_take(address), ""
        path, query, anchor = found
        place = "" if path == self.src_uri else self.lies_at(path) or f"nothing:{path}"
        return (f"{place}?{query}" if query else place), anchor

    def shows(self, address: str) -> str:
        """Return what an address of a picture, sound or film holds, else where it leads."""
        found = self._path(address)
        content = self.holds(found[0]) if found is not None else None
        return f"holds:{content}" if content is not None else repr(self.leads_to(address))

    def _path(self, address: str) -> tuple[str, str, str] | None:
        """Return the path in the folder of pages that an address leads to, with what follows; None where it leads elsewhere."""
        from_file = address.startswith(FROM_FILE)
        address = address.removeprefix(FROM_FILE) if from_file else as_browsers_read(address)
        try:
            parts, site = urlsplit(address), urlsplit(self.site_url)
        except ValueError:
            return None
        if not parts.scheme and not parts.netloc and not parts.path:
            return self.src_uri, parts.query, parts.fragment
        if (parts.scheme or parts.netloc) and (parts.scheme.lower(), parts.netloc.lower()) != site[:2]:
            return None
        path = unquote(parts.path)
        if from_file:
            named = posixpath.normpath(posixpath.join(posixpath.dirname(self.src_uri), path))
            if self.lies_at(named) is not None:
                return named, parts.query, parts.fragment
        return self._of_address(path, site.path), parts.query, parts.fragment

    def _of_address(self, path: str, root: str) -> str:
        """Return the path in the folder of pages that has an address on the site; the address itself where none has."""
        root = f"/{root.strip('/')}/".replace("//", "/")
        base = self.url if self.url.endswith("/") or not self.url else posixpath.dirname(self.url) + "/"
        full = posixpath.normpath(posixpath.join(root, unquote(base), path))
        inside = f"{full}/".removeprefix(root).strip("/") if f"{full}/".startswith(root) else full
        return next((way for way in self._ways(inside) if self.lies_at(way) is not None), inside)

    def _ways(self, address: str) -> list[str]:
        """Return the paths that may have an address on the site: a file's, and pages'."""
        bare = address.removesuffix("index.html").rstrip("/")
        stems = [posixpath.join(bare, index) for index in _INDEX]
        if self.directories:
            stems = [bare, *stems] if bare else stems
        elif address.endswith(".html"):
            stems = [address.removesuffix(".html"), *stems]
        return [
            *([address] if not address.lower().endswith(SUFFIXES) else []),
            *(f"{stem}{end}" for stem in stems for end in SUFFIXES),
        ]


def _as_browsers_take(address: str) -> str:
    """Return an address elsewhere with scheme and host in small letters, and all else as it is."""
    address = as_browsers_read(address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    rest = address[len(parts.scheme) + 1 :] if parts.scheme else address
    if parts.netloc:
        rest = rest.replace(parts.netloc, parts.netloc.lower(), 1)
    return f"{parts.scheme.lower()}:{rest}" if parts.scheme else rest


def compared(handbook: Handbook, page: Page, former: Former, digest: Digest) -> TextVerdict:
    """Say whether readers of a page see a former text; `digest` is what was signed, its second half empty for no files."""
    if former.page.kind is None or page.kind is None or not _have_same_fields(handbook, page, former.page):
        return TextVerdict(TextState.CHANGED, Why.DIFFERS, former)
    files = handbook.past.signed_files(former, digest.files, page) if digest.files else {}
    if files is None:
        return TextVerdict(TextState.CHANGED, Why.FILE, former)
    unknown = handbook.project.markdown.unknown
    if unknown and not is_same_body(page, former.page):
        return TextVerdict(TextState.CHANGED, Why.EXTENSION, former, extensions=unknown)
    if handbook.texts.comparisons.reads_the_same(page, former, files):
        return TextVerdict(TextState.READS_THE_SAME, None, former)
    return TextVerdict(TextState.CHANGED, Why.DIFFERS, former)


def _have_same_fields(handbook: Handbook, page: Page, former: Page) -> bool:
    old, new = (_folded(canonical(material_fields(one, handbook.registry))) for one in (former, page))
    return bool(old == new)


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _folded(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_folded(below) for below in value]
    return _BLANKS.sub(" ", value).strip()


def place_now(handbook: Handbook, page: Page) -> Place:
    """Return from where the addresses of a page count today."""
    project = handbook.project
    return Place(
        page.src_uri,
        page.url,
        project.site_url,
        project.use_directory_urls,
        lambda path: lies_at(handbook, path),
        lambda path: handbook.texts.file_hash(path) if path in handbook.files.beside else None,
    )


def place_then(handbook: Handbook, former: Former, files: Mapping[str, FormerFile]) -> Place:
    """Return from where the addresses of a former text counted; `files` are those that it showed."""
    project, past, generated = handbook.project, handbook.past, handbook.settings.generated
    return Place(
        former.home,
        page_url(former.home, directories=project.use_directory_urls),
        project.site_url,
        project.use_directory_urls,
        lambda path: _generated(generated, path) or past.destination(former, path),
        lambda path: files[path].hash if path in files else None,
    )


def lies_at(handbook: Handbook, path: str) -> str | None:
    """Return the lasting name of what lies at a path in the folder of pages today."""
    page = handbook.by_src_uri.get(path)
    if page is not None:
        return lasting_name(page)
    if path in handbook.files.beside:
        return f"file:{path}"
    return _generated(handbook.settings.generated, path)


def _generated(folder: GeneratedFolder, path: str) -> str | None:
    """Return the lasting name of a page that Handrail makes, also by where it lay once."""
    now = folder.now(path)
    return f"generated:{now}" if folder.holds(now) else None


def lasting_name(page: Page) -> str:
    """Return a name of a page that stays where it moves: a document's kind and id, with its period; else its path."""
    if page.kind is None or not page.id:
        return f"page:{page.src_uri}"
    period = page.data.get("period")
    name = period.get("name") if isinstance(period, dict) else period
    return f"{page.kind.name}:{page.id}" + (f"@{name}" if isinstance(name, str) else "")


def anchors_named(handbook: Handbook, page: Page) -> frozenset[str]:
    """Return the anchors of a page to which other pages lead."""
    found: set[str] = set()
    for other in handbook.pages:
        if other is page or not any("#" in link.target for link in other.source.links):
            continue
        place = place_now(handbook, other)
        own = lies_at(handbook, page.src_uri)
        for link in other.source.links:
            if "#" in link.target and link.form != "wiki":
                for address in (FROM_FILE + link.target, link.target):
                    where, anchor = place.leads_to(address)
                    if where == own and anchor:
                        found.add(unquote(anchor))
    return frozenset(found)


def page_by_lasting_name(handbook: Handbook, name: str) -> Page | None:
    """Return the page that a lasting name names today, None where it names none."""
    kind, _, rest = name.partition(":")
    if kind == "page":
        return handbook.by_src_uri.get(rest)
    return handbook.index.resolve(name).page if rest and kind in handbook.kinds else None


def body_to_render(
    handbook: Handbook, page: Page, may_name: Callable[[Page | None], bool] = lambda _target: True
) -> str:
    """Return a body with `[[kind:id]]` turned into links that lead to the document by its name."""
    body = page.source.body
    parts: list[str] = []
    at = 0
    for link in page.source.links:
        target = handbook.document_named(link.target) if link.form == "wiki" and ":" in link.target else None
        if target is not None and link.offset >= at:
            # A line's plan changes with the years, and so does its title.
            title = link.target if target.counted_as == PLAN else target.title
            words = link.text if link.text is not None else title if may_name(target) else "an internal page"
            parts += [body[at : link.offset], f'<a href="{DOCUMENT}{link.target}">{html.escape(words)}</a>']
            at = link.end
    return "".join([*parts, body[at:]])


def is_same_body(page: Page, former: Page) -> bool:
    """Say whether two bodies are the same as they were typed."""
    return typed(page.source.body) == typed(former.source.body)
