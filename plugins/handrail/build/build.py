"""The build as a record: what a site is made of, settled by one function before any engine has begun.

Whoever makes a site, or proves one, asks it and nobody else: the plugin of MkDocs, the macros, `verify` and findability.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from handrail.edit.new_page_links import NewPageLinks
from handrail.forge.forge import Forge
from handrail.forge.forms import NO_FORMS, Forms
from handrail.history.material import UNKNOWN, Material
from handrail.history.repository import History
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Publication, publication
from handrail.pages.audience import Shown
from handrail.pages.generated.every import GeneratedPage, generated_pages
from handrail.pages.named import Named
from handrail.web.metadata import NAMELESS, Metadata, Site


@dataclass(frozen=True, slots=True)
class Given:
    """What a build is made from: a handbook on its day, its past as far as it is known, and the place where git is hosted.

    `synonyms` are the words that the finder takes for one another. A preview shows what is wrong too (`is_preview`), and drafts of the site's own settings where it serves them (`with_drafts`).
    """

    handbook: Handbook
    site: Site = NAMELESS
    history: History | None = None
    material: Material = UNKNOWN
    forge: Forge | None = None
    forms: Forms = NO_FORMS
    synonyms: Sequence[Sequence[str]] = ()
    is_preview: bool = False
    with_drafts: bool = False


@dataclass(frozen=True)
class Build:
    """All that is known of a site before its pages are made."""

    given: Given
    publication: Publication
    shown: Shown
    left_out: frozenset[str] = frozenset()
    """The paths of pages that could be published, and of which the engine, or another plugin, makes nothing."""

    @property
    def handbook(self) -> Handbook:
        return self.given.handbook

    @property
    def site(self) -> Site:
        return self.given.site

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The handbook's pages on the site, by their path in the folder of pages."""
        return {page.src_uri: page for page in self.publication.pages}

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The paths of what the site must not hold."""
        return frozenset(self.publication.withheld)

    @cached_property
    def generated(self) -> Mapping[str, GeneratedPage]:
        """The pages that Handrail makes, by path, in the order of the navigation."""
        return generated_pages(self.shown)

    @cached_property
    def named(self) -> Named:
        """Who and what is named in sentences."""
        return Named(self.shown)

    @cached_property
    def metadata(self) -> Metadata:
        """What each page says of itself to programs."""
        return Metadata(self.shown, self.site, [page.title for page in self.generated.values()])

    def without(self, left_out: Collection[str]) -> Build:
        """Return the build of a site that has no place for these pages either, given by path."""
        return settle(self.given, left_out)


def settle(given: Given, left_out: Collection[str] = ()) -> Build:
    """Settle what a site is made of; `left_out` are the paths of pages that an engine turns out to make nothing of."""
    handbook = given.handbook
    published = publication(
        handbook,
        handbook.settings.audience,
        leniently=given.is_preview,
        with_drafts=given.with_drafts,
        left_out=left_out,
    )
    links = NewPageLinks(handbook, published.pages)
    shown = Shown(
        handbook,
        given.forge,
        links,
        published.pages,
        history=given.history,
        material=given.material,
        forms=given.forms,
        next_plan=links.next_plan,
    )
    return Build(given, published, shown, frozenset(left_out))
