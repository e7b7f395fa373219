"""What a page says of itself to search engines and to those who pass its address on: only what stands on the page too."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from handrail.model.page import Page
from handrail.model.unidentified import as_id
from handrail.pages.audience import Shown
from handrail.pages.generated.changes import changed_on
from handrail.report.plain import without_surrogates
from handrail.web.plain_text import clipped, first_sentence, unwrapped
from handrail.web.published import linked_body
from handrail.words.language import as_sentence

_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_FOLDER = re.compile(r"https?://[\w.:/~-]+/")
_PLAIN = re.compile(r"(?:[\w%~-][\w%.~-]*/)*+(?:[\w%~-][\w%.~-]*)?")


@dataclass(frozen=True, slots=True)
class Site:
    """The site as a whole; `url` ends in a slash, and is empty where nobody has said where the site will stand."""

    name: str
    url: str = ""
    description: str = ""
    language: str = "en"

    def address(self, url: str) -> str:
        """Return the whole address of what has this one on the site, or nothing where that is not known."""
        if not self.url:
            return ""
        # Nearly all are plain, and joining takes ten times as long.
        return self.url + url if _FOLDER.fullmatch(self.url) and _PLAIN.fullmatch(url) else urljoin(self.url, url)


NAMELESS = Site("")
"""One of which nothing is known, as where only its files are asked about."""


class Metadata:
    """Titles and descriptions of the pages that the audience may see, each of them the only one of its kind."""

    def __init__(self, shown: Shown, site: Site, other_titles: Iterable[str] = ()) -> None:
        self._shown = shown
        self._site = site
        self._other_titles = frozenset(map(_folded, other_titles))
        self._changed_on: dict[Page, date | None] = {}

    def title(self, page: Page) -> str:
        """Return a page's title, with what tells it apart where another page has the same."""
        return self._titles.get(page, page.title)

    def description(self, page: Page) -> str:
        """Return one or two sentences on a page: its own, else what it says first."""
        return self._descriptions.get(page, "")

    def changed_on(self, page: Page) -> date | None:
        """Return the day on which a page's text last changed; None where nobody knows."""
        if page not in self._changed_on:
            self._changed_on[page] = changed_on(self._shown, page)
        return self._changed_on[page]

    @cached_property
    def _titles(self) -> Mapping[Page, str]:
        same: dict[str, list[Page]] = defaultdict(list)
        for page in self._shown.pages(self._shown.handbook.pages):
            same[_folded(page.title)].append(page)
        taken = self._other_titles | same.keys()
        found: dict[Page, str] = {}
        for folded, pages in same.items():
            if len(pages) > 1 or folded in self._other_titles:
                named = self._told_apart(pages, taken)
                taken |= set(map(_folded, named))
                found |= zip(pages, named, strict=True)
        return found

    def _told_apart(self, pages: Sequence[Page], taken: frozenset[str]) -> list[str]:
        """Return titles with the first of a page's facts in brackets that is another on each of the pages."""
        for fact in (self._period, self._department, _kind, _path):
            named = [f"{page.title} ({words})" if (words := fact(page)) else page.title for page in pages]
            folded = set(map(_folded, named))
            if len(folded) == len(pages) and not folded & taken:
                return named
        return [f"{page.title} ({_path(page)})" for page in pages]

    def _period(self, page: Page) -> str:
        plan = self._shown.handbook.plans.get(page)
        return plan.name if plan is not None else ""

    def _department(self, page: Page) -> str:
        department = self._shown.department_of(page)
        return department.title if department is not None else ""

    @cached_property
    def _descriptions(self) -> Mapping[Page, str]:
        found: dict[Page, str] = {}
        same: dict[str, list[Page]] = defaultdict(list)
        for page in self._shown.pages(self._shown.handbook.pages):
            found[page] = unwrapped(page.text("description")) or self._made(page)
            same[_folded(found[page])].append(page)
        for pages in same.values():
            for page in pages if len(pages) > 1 else ():
                found[page] = f"{self.title(page)}: {found[page]}" if found[page] else self.title(page)
        return found

    def _made(self, page: Page) -> str:
        """Make a description of what a page says first."""
        said = [unwrapped(page.text(name)) for name in ("trigger", "statement", "vision")]
        parts = [as_sentence(text) for text in said if text]
        first = self._first_sentence(page)
        return clipped(" ".join([*parts, first]).strip() or f"{page.title}, {self._site.name}")

    def _first_sentence(self, page: Page) -> str:
        book, shows = self._shown.handbook, self._shown.shows
        if book.settings.may_run_macros(page.src_uri):
            return ""  # what its text will be, only the macros know
        return first_sentence(linked_body(book, page, shows, lambda _: ""), book.texts.renderer)

    # The page's head

    def social(self, page: Page) -> str:
        """Return the tags that those read who show a page where its address is passed on."""
        day = self.changed_on(page)
        is_home = page.url in ("", "index.html")
        type_ = "website" if is_home else "article"
        tags = social(self._site, self.title(page), self.description(page), page.url, type_)
        if day is not None and not is_home:
            tags += f'<meta property="article:modified_time" content="{day}">\n'
        return tags

    def graph(self, page: Page, crumbs: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
        """Return what a page is, in the words of schema.org.

        `crumbs` are the names and addresses of the pages above it, from the top.
        """
        address = self._site.address(page.url)
        day = self.changed_on(page)
        common = {
            "description": self.description(page),
            "inLanguage": self._site.language,
            "dateModified": str(day) if day is not None else "",
        }
        whole: dict[str, Any] = {
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": self.title(page),
            **common,
            "isPartOf": _filled({"@type": "WebSite", "name": self._site.name, "url": self._site.url}),
            **self._reviewed(page),
        }
        graph = [whole]
        if page.is_reviewed:
            article = {
                "@type": "TechArticle",
                "@id": f"{address}#{as_id(_kind(page))}" if address else "",
                "headline": page.title,
                "alternateName": page.texts("asked_as"),
                **common,
            }
            whole["mainEntity"] = {"@id": article["@id"]} if address else _filled(article)
            graph += [article] if address else []
        trail = [(name, url) for name, url in crumbs if name and url]
        if trail and address:
            whole["breadcrumb"] = {"@id": f"{address}#path"}
            graph.append(_trail(f"{address}#path", [*trail, (page.title, address)]))
        return {"@context": "https://schema.org", "@graph": [_filled(one) for one in graph]}

    def _reviewed(self, page: Page) -> dict[str, Any]:
        """Return when and by whom the text as it stands was signed; nothing where that is not certain."""
        sign_off = self._shown.handbook.sign_off(page)
        decider = sign_off.decider
        if not sign_off.is_signed or sign_off.is_unbound or decider is None or decider.given is None:
            return {}
        signer = decider.given.signer
        # A page names the job of whoever signs in their own name.
        job = "" if decider.given.principal is not None else signer.job
        return {
            "lastReviewed": str(sign_off.signed_on),
            "reviewedBy": _filled({"@type": "Person", "name": signer.name, "jobTitle": job}),
        }


def social(site: Site, title: str, description: str, url: str, type_: str = "website") -> str:
    """Return the tags that those read who show a page where its address is passed on (Open Graph)."""
    values = {
        "og:type": type_,
        "og:site_name": site.name,
        "og:title": title,
        "og:description": description,
        "og:url": site.address(url),
    }
    return "".join(
        f'<meta property="{name}" content="{attribute(value)}">\n' for name, value in values.items() if value
    )


def in_script(data: Any) -> str:
    """Return data for machines as a script that holds no code."""
    return f'<script type="application/ld+json">{within_script(data)}</script>\n'


def within_script(data: Any) -> str:
    """Return data as the text of a script; nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return without_surrogates(text).translate(_IN_SCRIPT)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute."""
    return html.escape(without_surrogates(unwrapped(text)))


def _trail(id_: str, crumbs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": id_, "itemListElement": items}


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without those that say nothing."""
    return {name: value for name, value in values.items() if value}


def _kind(page: Page) -> str:
    return page.kind.noun if page.kind is not None else ""


def _path(page: Page) -> str:
    return page.src_uri.rpartition(".")[0]


def _folded(text: str) -> str:
    return unwrapped(text).casefold()
