"""The plans of a handbook's pages as the fields that they would have, and the explanations of plans that look like some."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handrail.edit.adopt.plan_pages.blocks import Block, blocks
from handrail.edit.adopt.plan_pages.labels import VISION, item, links, plain
from handrail.edit.adopt.plan_pages.periods import Written, period_of, without_period
from handrail.edit.adopt.steps.identity import plain_title
from handrail.edit.new import slug
from handrail.model.dates import FiscalYearEnd, meant_day
from handrail.model.items import SECTIONS
from handrail.model.page import Page
from handrail.model.rapid import read_rapid

_EXPLAINS = re.compile(
    r"(?<!\w)(?:examples?|templates?|samples?|structure|how to|guides? to|what is|definitions?|beispiele?|vorlagen?|anleitung|exemples?|mod[eè]les?"
    r"|ejemplos?|plantillas?)(?!\w)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[\[<].*[\]>]\Z|(?:list of|one sentence)\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:tb[ad]|to be (?:added|defined|announced|determined)|n/?a|none|-)\.?\Z", re.IGNORECASE)
_ANNOUNCED = re.compile(r"[ \t]*\((?:tb[ad]|wip|draft|\d{1,3} ?%)\)", re.IGNORECASE)
_PLAN_WORDS = re.compile(r"(?<!\w)(?:vpmoms?|v2moms?|plans?)(?!\w)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:internal|confidential|private)", re.IGNORECASE)
_LONGEST = {VISION: 300}
_LONGEST_ITEM = 1000
_MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A plan that stands in a page: its title, the line that it belongs to, its period where one is told, and its other fields.

    `is_whole` says that the page holds nothing else.
    """

    page: Page
    title: str
    line: str
    period: Written | None
    fields: dict[str, Any]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """What looks like a plan and only explains or shows one."""

    page: Page
    title: str


def plans_in(pages: Iterable[Page], year_end: FiscalYearEnd) -> Iterator[PagePlan | Explained]:
    """Yield the plans of pages that are prose, and what only explains plans."""
    for page in pages:
        if not page.is_prose:
            continue
        found = blocks(page.source.body)
        for block in found:
            title = plain_title(block.title) or page.title
            if _explains(block, page):
                yield Explained(page, title)
            else:
                yield _plan(page, block, title, year_end, is_only=len(found) == 1)


def _explains(block: Block, page: Page) -> bool:
    if any(_EXPLAINS.search(heading) for heading in (*block.headings, page.title, page.file_name.replace("-", " "))):
        return True
    items = [plain(text) for texts in block.parts.values() for text in texts]
    return sum(_PLACEHOLDER.match(text) is not None for text in items) * 2 > len(items)


def _plan(page: Page, block: Block, title: str, year_end: FiscalYearEnd, *, is_only: bool) -> PagePlan:
    said = _ANNOUNCED.sub("", title).strip()
    period = period_of(said, plain(block.about.get("period", "")), year_end)
    line = slug(_PLAN_WORDS.sub(" ", without_period(said))) or slug(page.file_name) or "plan"
    return PagePlan(page, said, line, period, _fields(block), is_only and _is_whole(page, block))


def _is_whole(page: Page, block: Block) -> bool:
    """Say whether a page's text is a plan under its title, and nothing else."""
    lines = page.source.body.splitlines()
    others = [line for line in (*lines[: block.start], *lines[block.end + 1 :]) if line.strip()]
    return all(line.lstrip().startswith("#") for line in others) and len(others) <= 1


def _fields(block: Block) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    rapid = plain(block.about.get("rapid", ""))
    if rapid and not read_rapid(rapid).faults:
        fields["rapid"] = rapid
    internal = [address for _, address in links(block.about.get("internal_version", ""))]
    for section in SECTIONS:
        internal += _elsewhere(block, section)
    internal = [address for address in internal if address.startswith(("https://", "http://"))]
    if internal:
        fields["internal_version"] = internal[0]
    if earlier := list(_previous(block)):
        fields["previous_versions"] = earlier
    vision = "; ".join(_items(block, VISION))
    if vision and len(vision) <= _LONGEST[VISION]:
        fields[VISION] = vision
    for section in SECTIONS:
        if found := _items(block, section):
            fields[section] = found[:_MOST_ITEMS]
    return fields


def _elsewhere(block: Block, section: str) -> list[str]:
    """Return where a section stands that only says so, as in “See the confidential version”."""
    texts = block.parts.get(section, [])
    if len(texts) != 1 or not _ELSEWHERE.search(plain(texts[0])):
        return []
    return [address for _, address in links(texts[0])]


def _items(block: Block, part: str) -> list[str]:
    if part in SECTIONS and _elsewhere(block, part):
        return []
    written = plain if part == VISION else item
    said = [written(text) for text in block.parts.get(part, ())]
    return [text[:_LONGEST_ITEM] for text in said if text and not _NOTHING.fullmatch(text)]


def _previous(block: Block) -> Iterator[dict[str, str]]:
    for said, address in links(block.about.get("previous_versions", "")):
        day = meant_day(said)
        if day is not None and address.startswith(("https://", "http://")):
            yield {"date": day.isoformat(), "link": address}
