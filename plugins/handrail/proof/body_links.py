"""Which dead links of a finished site a check has said of the text of a page or of the site's settings, with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from handrail.model.anchors import spellings
from handrail.model.handbook import Handbook
from handrail.model.links import Link
from handrail.model.page import Page
from handrail.model.urls import file_of
from handrail.proof.built import BuiltSite
from handrail.rules.check import check, place_of
from handrail.rules.finding import Finding
from handrail.rules.hb9_site import dead_names, place_of_name
from handrail.rules.made_hints import leads_nowhere
from handrail.rules.registry import in_body

RULES = ("HB207", "HB213", "HB215", "HB807", "HB915")
"""The rules that say of a link in a body, or of what the site's settings name, that readers won't reach it."""
_Place = tuple[str, int, int]
_Places = dict[tuple[str, str], list[_Place]]


class BodyLinks:
    """The links of the handbook's bodies, by the file of the site on which they stand and where they lead from there.

    What the site's settings name stands on every page.
    """

    def __init__(self, handbook: Handbook, site: BuiltSite) -> None:
        self._handbook = handbook
        self._site = site
        self._known: dict[str, _Places] = {}
        self._met: set[_Place] = set()

    def explain(self, file: str, target: str, anchor: str) -> bool:
        """Say whether a check finds dead what leads from a file of the site to this place."""
        places = [*self._of_body(file).get((target, anchor), ()), *self._of_settings.get((target, anchor), ())]
        self._met.update(places)
        return bool(places)

    def _of_body(self, file: str) -> _Places:
        page = self._handbook.site.by_file.get(file)
        if page is not None and file not in self._known:
            self._known[file] = self._dead(page, file)
        return self._known.get(file, {})

    @cached_property
    def _of_settings(self) -> _Places:
        found: _Places = {}
        for name, _ in dead_names(self._handbook):
            target = self._site.resolve("index.html", name.target)
            if target is not None:
                found.setdefault(target, []).append(place_of(place_of_name(self._handbook.project, name))[:3])
        return found

    def findings(self) -> list[Finding]:
        """Return what a check says of the links that were met on the site, as far as nobody asked to ignore it."""
        if not self._met:
            return []
        found = check(self._handbook, RULES).findings
        return [finding for finding in found if (finding.path, finding.line, finding.column) in self._met]

    def _dead(self, page: Page, file: str) -> _Places:
        found: _Places = {}
        for link in self._handbook.body_links.get(page, ()):
            for target in self._targets(link, file):
                place = place_of(in_body(page, link.written.offset, link.written.end))[:3]
                found.setdefault(target, []).append(place)
        return found

    def _targets(self, link: Link, file: str) -> Iterator[tuple[str, str]]:
        """Yield where a link that is dead leads on the site: as it is written, or to a page without the part that it names.

        Such a page may be named by an old address of it, at which the site has a file of its own.
        """
        there, part = link.page, link.destination.fragment
        found = self._site.resolve(file, link.target)
        if leads_nowhere(self._handbook, link):
            yield from [found] if found is not None else ()
        elif there is not None and part and self._handbook.site.anchors.has(there, part) is False:
            for named in dict.fromkeys((file_of(there.url), *([found[0]] if found is not None else ()))):
                yield from ((named, spelling) for spelling in spellings(part))
