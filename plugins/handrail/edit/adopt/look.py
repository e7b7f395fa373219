"""What somebody who begins with a handbook wants to know of it first, as data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from handrail.edit.adopt.plan_pages.plans import PagePlan, plans_in
from handrail.edit.adopt.procedures import Candidate, candidates
from handrail.edit.adopt.template_tags import template_tags
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.urls import bare_url
from handrail.text.markdown import without_code
from handrail.text.tags import tags

_PICTURE = re.compile(r"!\[[^\]]*\]\(\s*<?((?:https?:)?//[^\s)>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a handbook holds; each list of names begins with the most frequent, or the surest."""

    pages: int
    folders: int
    procedures: tuple[Candidate, ...]
    plans: tuple[Page, ...]
    fields: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    one_address: tuple[tuple[str, ...], ...]
    picture_hosts: tuple[tuple[str, int], ...]


def look_at(handbook: Handbook) -> Look:
    """Look through a handbook."""
    pages, year_end = handbook.pages, handbook.settings.fiscal_year_end
    fields = Counter(key for page in pages for key in page.source.data)
    return Look(
        len(pages),
        len({page.folder for page in pages} - {""}),
        tuple(candidates(pages)),
        tuple(dict.fromkeys(one.page for one in plans_in(pages, year_end) if isinstance(one, PagePlan))),
        tuple(fields.most_common()),
        tuple(template_tags(pages).most_common()),
        tuple(_one_address(pages)),
        tuple(_picture_hosts(handbook).most_common()),
    )


def _one_address(pages: Iterable[Page]) -> Iterator[tuple[str, ...]]:
    by_address: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        by_address[bare_url(page.url)].append(page.src_uri)
    return (tuple(paths) for paths in by_address.values() if len(paths) > 1)


def _picture_hosts(handbook: Handbook) -> Counter[str]:
    own = urlsplit(handbook.project.site_url).netloc.casefold()
    hosts = (_host(address) for page in handbook.pages for address in _pictures(page.source.body))
    return Counter(host for host in hosts if host and host != own)


def _pictures(body: str) -> Iterator[str]:
    if "//" not in body:
        return
    text = without_code(body)
    yield from (match[1] for match in _PICTURE.finditer(text))
    if "<" in text:
        shown = (tag for tag in tags(text) if tag.name == "img")
        yield from (one.value for tag in shown for one in tag.attributes if one.name == "src" and "//" in one.value)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:  # such as brackets without an end
        return ""
