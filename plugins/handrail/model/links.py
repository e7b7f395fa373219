"""Links in bodies: what of the handbook they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.references import Index, Resolution
from handrail.model.site_contents import Destination, Lies, SiteContents, address_of
from handrail.text.html_blocks import asks_for_markdown, in_html_block
from handrail.text.markdown import BodyLink, without_code


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a body into the handbook, and where it leads; one in double brackets by the document that it names.

    An id in double brackets without its kind is dead: nothing makes a link of it.
    """

    written: BodyLink
    destination: Destination
    resolution: Resolution | None = None

    @property
    def page(self) -> Page | None:
        """The page that it leads to."""
        return self.destination.page

    @property
    def path(self) -> str:
        """Where it leads in the folder of pages, as far as that is known; of a dead one where nothing lies."""
        return self.destination.path

    @property
    def target(self) -> str:
        """What it leads to as browsers get it."""
        return address_of(self.written)

    @property
    def dead(self) -> bool:
        """Whether it leads to nothing, or to what is no address at all."""
        return self.destination.lies in (Lies.NOTHING, Lies.NO_ADDRESS)


def body_links(page: Page, site: SiteContents, index: Index) -> list[Link]:
    """Resolve every link of a page's body that stays inside the handbook."""
    found = []
    is_unread = _unread(page, site)
    for written in page.source.links:
        if written.form == "markdown" and is_unread(written.offset):
            continue
        link = _wiki(written, index) if written.form == "wiki" else _addressed(page, written, site)
        if link is not None:
            found.append(link)
    return found


def _unread(page: Page, site: SiteContents) -> Callable[[int], bool]:
    """Return what says of an offset that HTML stands there which asks for its Markdown to be read, and nothing reads it."""
    body = page.source.body
    if site.reads_html or not asks_for_markdown(body):
        return lambda _offset: False
    return in_html_block(without_code(body), by_attribute=False)


def _wiki(written: BodyLink, index: Index) -> Link | None:
    resolution = index.resolve(written.target)
    if ":" in written.target:
        lies = Lies.NOTHING if resolution.page is None else Lies.PAGE
        return Link(written, Destination(lies, page=resolution.page), resolution)
    if resolution.status == "unknown":
        return None  # double brackets with any other words in them are the author's text
    kinds = resolution.candidates
    if resolution.page is not None:
        kinds = (f"{resolution.page.counted_as}:{written.target}",)
    return Link(written, Destination(Lies.NOTHING), Resolution("unknown", candidates=kinds))


def is_document_named(written: BodyLink, index: Index) -> bool:
    """Say whether double brackets name a document, or are meant to: with a kind, or by an id without one."""
    return _wiki(written, index) is not None


def _addressed(page: Page, written: BodyLink, site: SiteContents) -> Link | None:
    """Return a link by path or address; None where it leads elsewhere, or is the definition of a link that nobody uses."""
    if not written.target or not written.is_used:
        return None
    destination = site.destination(page, written)
    return None if destination.lies is Lies.ELSEWHERE else Link(written, destination)
