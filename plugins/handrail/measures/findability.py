"""How many of the public procedures can be found: by the site's own search, and by the search engines of the web.

Both are leading indicators. What share is found by a web search in fact, only a search engine's own reports tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handrail.model.config_names import USUAL, named
from handrail.model.page import Page

TARGET = 90
"""Per cent of the procedures that everyone may read."""

IN_SEARCH = "in search"
OWN_WORDS = "own words"

LEFT_OUT = "left out"

CHECKS: Mapping[str, tuple[str, str]] = {
    LEFT_OUT: (
        "The site's own settings leave it out.",
        "Let it in: `handrail check` says under HB906 which line of mkdocs.yml does it.",
    ),
    "address": ("The sitemap's address of it leads to no page.", "Build the site again."),
    "sitemap": (
        "It is not in the sitemap.",
        "Set `site_url` in mkdocs.yml to the address of the site and build it again.",
    ),
    "dated": (
        "The sitemap names another day than the one on which its text last changed.",
        "Build the site again, from the handbook with its whole history.",
    ),
    "crawled": (
        "The site's robots.txt tells search engines not to read it.",
        "Delete the line `Disallow` of robots.txt that fits its address.",
    ),
    "indexed": ("The page asks search engines to leave it out.", "Take `noindex` out of the theme's templates."),
    "canonical": (
        "It does not say just once that its own address is the one to keep.",
        "Set `site_url` in mkdocs.yml to the address of the site, and leave one `canonical` in the theme's templates.",
    ),
    "title": ("Another page of the site has its title.", "Say in the title what the other page is not about."),
    "description": (
        "Another page of the site has its description.",
        "Say in `description` what only this page is for.",
    ),
    "length": (
        "Its description has fewer than 50 characters or more than 160.",
        "Say in one or two sentences under `description` what the page is for.",
    ),
    "heading": ("It has no heading of the first level, or several.", "Leave the title as the only one of its level."),
    "language": ("It does not say its language.", "Set `theme.language` in mkdocs.yml."),
    IN_SEARCH: ("The site's own search does not know it.", "Delete `exclude: true`, or build the site again."),
    "clicks": (
        "It is more than three clicks away from the first page.",
        "Link to it from a page that readers come by, or from the site's `nav`.",
    ),
    "data": ("It says nothing of itself to search engines (JSON-LD).", "Build the site with the plugin switched on."),
    "readable": (
        "What it says of itself to search engines can't be read (JSON-LD).",
        "Look for what writes it beside the plugin: a template, or another plugin.",
    ),
    "preview": (
        "It lacks what is shown where its address is passed on (Open Graph).",
        "Set `site_url` in mkdocs.yml, and look for another plugin that writes some of it.",
    ),
}
"""The checks: what is missed, and what to do about it."""

_WORDS_HELP = "Say in the title, or under `asked_as`, what only this page is for."


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share with what it is a share of; of nothing, nothing is known."""

    met: int
    whole: int
    target: int = TARGET

    @property
    def per_cent(self) -> int | None:
        """The share, rounded down, so that a target is never reached by rounding."""
        return 100 * self.met // self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Found:
    """One public procedure: the checks that it misses, and those of its own words that don't find it.

    `config_name` is the file of the site's settings, as advice names it.
    """

    page: Page
    missed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    config_name: str = USUAL

    @property
    def by_search(self) -> bool:
        """Whether the site's own search finds it by each of its own words."""
        return not {LEFT_OUT, IN_SEARCH} & set(self.missed) and not self.lost

    @property
    def by_web(self) -> bool:
        """Whether a search engine of the web can find it: nothing but the site's own search may miss it."""
        return not set(self.missed) - {IN_SEARCH}

    @property
    def misses(self) -> list[tuple[str, str, str]]:
        """What is missed, by its short name, in a sentence, and what to do."""
        found = [
            (name, said, named(advice, self.config_name))
            for name, (said, advice) in CHECKS.items()
            if name in self.missed
        ]
        if self.lost:
            said = ", ".join(f"“{text}”" for text in self.lost)
            found.append((OWN_WORDS, f"The site's own search does not find it by {said}.", _WORDS_HELP))
        return found


@dataclass(frozen=True, slots=True)
class Findability:
    """Every active public procedure; `dead` are addresses in the sitemap that lead to no page, whosever they are."""

    procedures: tuple[Found, ...]
    dead: tuple[str, ...] = ()

    @property
    def by_search(self) -> Ratio:
        return Ratio(sum(one.by_search for one in self.procedures), len(self.procedures))

    @property
    def by_web(self) -> Ratio:
        return Ratio(sum(one.by_web for one in self.procedures), len(self.procedures))
