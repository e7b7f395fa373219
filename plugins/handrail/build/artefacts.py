"""The files that Handrail makes for a site beside its pages: for crawlers, feed readers, programs that read text, and the finder."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from handrail.build.build import Build
from handrail.model.occupied import Occupied
from handrail.pages.generated import finder
from handrail.web import calendars, feed, handbook_data, llms, measures_data, robots
from handrail.web.redirects import redirect_page, redirects

_ASSETS = Path(__file__).resolve().parents[1] / "pages" / "assets"
STYLE = "assets/handrail.css"


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file of the site; `place` is where it lies there, `content` what it holds, or the file that it is a copy of."""

    place: str
    content: str | bytes | Path


@dataclass(frozen=True, slots=True)
class Artefacts:
    """All of them, by place."""

    by_place: dict[str, Artefact]
    twins: frozenset[str]
    """The places of the pages' twins in Markdown."""

    def __iter__(self) -> Iterator[Artefact]:
        return iter(self.by_place.values())

    def at(self, places: Mapping[str, Path]) -> Artefacts:
        """Return them as the files that they were written to, by place: a large handbook's texts would fill the memory until the end."""
        return replace(self, by_place={place: Artefact(place, path) for place, path in places.items()})

    @property
    def has_feed(self) -> bool:
        return feed.FILE in self.by_place


def artefacts(build: Build, theirs: Collection[str]) -> Artefacts:
    """Return what is made for a site that has these files anyway; where one has a name of ours, theirs is the one that counts.

    Only the finder's own files give way to nobody's: what asks them knows no other place.
    """
    made = [*(one for one in _named(build) if one.place not in theirs), *_finder(build)]
    taken = {*theirs, *(one.place for one in made)}
    occupied = Occupied(taken)
    shown, site = build.shown, build.site
    twins = [
        Artefact(place, text)
        for place, text in llms.twins(shown, site, build.metadata, build.withheld)
        if not occupied.has(place)
    ]
    places = frozenset(twin.place for twin in twins)
    occupied.add(places)
    made += [*twins, *(Artefact(*one) for one in calendars.files(shown, site) if not occupied.has(one[0]))]
    made += [Artefact(one.file, redirect_page(one, site)) for one in redirects(shown, taken | places, build.generated)]
    return Artefacts({one.place: one for one in made}, places)


def _named(build: Build) -> Iterator[Artefact]:
    """Yield what has a name of its own at the top of the site, or in the folder of what we make."""
    shown, site, audience = build.shown, build.site, build.handbook.settings.audience
    yield Artefact(STYLE, _ASSETS / "handrail.css")
    texts = {
        robots.FILE: robots.robots(site, audience),
        feed.FILE: feed.feed(shown, site),
        llms.FILE: llms.llms(shown, site, build.metadata),
        **dict(measures_data.files(shown, site)),
        **dict(handbook_data.files(shown, site, build.metadata)),
    }
    yield from (Artefact(place, text) for place, text in texts.items() if text)


def _finder(build: Build) -> Iterator[Artefact]:
    """Yield the index of what may be seen, and the scripts that search it."""
    index = finder.finder_index(build.shown, build.given.synonyms)
    yield Artefact(finder.INDEX, json.dumps(index, ensure_ascii=False, separators=(",", ":")))
    for name in (*finder.SCRIPTS, finder.WORKER, finder.HEADER):
        yield Artefact(f"{finder.FOLDER}/{name}", _ASSETS / name)
