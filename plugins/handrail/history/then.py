"""A handbook as it stood on a day in the past: its pages and signatures, with nothing dated later, and no new proofs.

A signature holds where the text is the very one that was signed, or where today's page has that text and was proved to read as the
signed one. Pages and texts that several days share are made, hashed and judged once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from handrail.history.mentions import Leads, Mentions
from handrail.history.texts import Texts
from handrail.history.timeline import Snapshot
from handrail.model.contents import contents_of
from handrail.model.dates import parse_day
from handrail.model.gitfacts import GitFacts, PageFacts
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.past import NO_PAST, Former, Past
from handrail.model.people import Registry, read_registry
from handrail.model.references import Reference, references_of
from handrail.model.shown_files import TEXTS
from handrail.model.signed_content import text_of
from handrail.model.signed_texts import SignedTexts
from handrail.model.signoff import SignOff, read_signatures
from handrail.model.text_state import AS_SIGNED, TextState, TextVerdict, Why
from handrail.text.digest import Digest, file_hash, files_half, parse_digest
from handrail.text.source import Source

_CHANGED = TextVerdict(TextState.CHANGED, Why.DIFFERS)
_SIGN_OFFS = "sign_offs"
_NONE: Mapping[str, _Judged] = {}


class _Judged:
    """How a document stands by its text, its entries and the people of the time."""

    def __init__(self, sign_off: SignOff) -> None:
        self._last = sign_off.until or date.max
        self._by_time = {sign_off.stale: sign_off}

    def on(self, day: date) -> SignOff:
        """Return how it stood on a day: the same, but that it may have run out."""
        stale = day > self._last
        if stale not in self._by_time:
            self._by_time[stale] = replace(self._by_time[not stale], stale=stale)
        return self._by_time[stale]


class Shared:
    """What the handbooks of several days have in common, with each other and with today's."""

    def __init__(self, today: Handbook) -> None:
        self.today = today
        self.pages: dict[str, dict[tuple[str, int], Page]] = defaultdict(dict)
        """By the folder of pages, by the path in it and the number of the source, which a page keeps, so that no other has it."""
        self._last: dict[date, set[Page]] = defaultdict(set)
        """Those of them that have a sign-off, by the last day that it says."""
        self.whole: dict[Page, Page] = {}
        """The pages of which entries were left out, by what was left."""
        self.mentions = Mentions()
        self._days: dict[Page, list[date]] = {}
        self._cut: dict[tuple[Page, int], Page] = {}
        self._registries: dict[Page | None, Registry] = {today.registry_page: today.registry}
        self._texts: dict[tuple[Page, int], str] = {}
        self._assets: dict[frozenset[str], int] = {}
        self.shown: dict[tuple[Page, int], list[str]] = {}
        self.judged: dict[tuple[int, int], dict[Page, dict[str, _Judged]]] = defaultdict(dict)
        """By the people and how many of them have left, by the page, by the second half of its digest."""
        self.hashes: dict[str, str] = {}
        folder = today.project.from_root("")
        for page in today.pages:
            if page.source.readable:
                self.keep(folder, page)

    def keep(self, folder: str, page: Page) -> None:
        """Keep a page for all days; what prose says of days may keep it back on some of them, and so it is made anew."""
        if page.kind is None and page.data:
            return
        self.pages[folder][page.src_uri, id(page.source)] = page
        days = self._days_of(page)
        if days:
            self._last[days[-1]].add(page)

    def signed_after(self, day: date) -> set[Page]:
        """Return the pages that are kept and have entries which are dated later than a day."""
        return set[Page]().union(*(pages for last, pages in self._last.items() if last > day))

    def _days_of(self, page: Page) -> list[date]:
        if page not in self._days:
            self._days[page] = sorted(set(_days(page)))
        return self._days[page]

    def until(self, page: Page, day: date) -> Page:
        """Return a page without the entries of its sign-off that are dated later than a day."""
        known = self._days_of(page)
        if not known or known[-1] <= day:
            return page
        key = page, bisect_right(known, day)
        if key not in self._cut:
            self._cut[key] = replace(page, data={**page.data, _SIGN_OFFS: list(_until(page, day))})
            self.whole[self._cut[key]] = page
        return self._cut[key]

    def registry(self, page: Page | None) -> Registry:
        """Return the people of a page that lists them; one page's are one object."""
        if page not in self._registries:
            self._registries[page] = read_registry(page.data) if page is not None else Registry()
        return self._registries[page]

    def text(self, page: Page, registry: Registry) -> str:
        """Return the first half of a page's digest."""
        whole = self.whole.get(page, page)
        key = whole, id(registry)
        if key not in self._texts:
            is_today = self.today.by_src_uri.get(page.src_uri) is whole and registry is self.today.registry
            self._texts[key] = self.today.texts.digest(whole).text if is_today else text_of(whole, registry)
        return self._texts[key]

    def number(self, assets: frozenset[str]) -> int:
        """Return a number that stands for these files beside the pages."""
        return self._assets.setdefault(assets, len(self._assets))

    @cached_property
    def proofs(self) -> dict[tuple[str, Digest], TextVerdict]:
        """What is known today of texts that read as a signed one: by today's digest, and that which was signed."""
        found: dict[tuple[str, Digest], TextVerdict] = {}
        given = ((page, one.given) for page in self.today.documents for one in self.today.sign_off(page).required)
        for page, one in given:
            former = one.text.former if one is not None else None
            if one is not None and former is not None and one.text.holds:
                signed = parse_digest(one.signature.digest) or self.today.past.digest_of(former)
                found[str(self.today.texts.digest(page)), signed] = one.text
        return found


class HandbookThen(Handbook):
    """The handbook of a commit on a day; what it knows of its past is what git proves today of the days before."""

    def __init__(self, shared: Shared, snapshot: Snapshot, day: date) -> None:
        self._shared = shared
        self._snapshot = snapshot
        self._folder = snapshot.project.from_root("")
        self._references: dict[Page, list[Reference]] = {}
        super().__init__(
            snapshot.project,
            shared.today.kinds,
            day,
            snapshot.files,
            snapshot.sources,
            lambda book: _past_of(book, shared.today.past, snapshot),
        )

    def _made(self, sources: Mapping[str, Source]) -> list[Page]:
        known, late = self._shared.pages[self._folder], self._shared.signed_after(self.today)
        return [
            page
            if (page := known.get((src_uri, id(source)))) is not None and page not in late
            else self.page_of(src_uri, source)
            for src_uri, source in sources.items()
        ]

    def page_of(self, src_uri: str, source: Source) -> Page:
        known = self._shared.pages[self._folder]
        page = known.get((src_uri, id(source)))
        if page is None:
            page = super().page_of(src_uri, source)
            if page.source is source:
                self._shared.keep(self._folder, page)
        return self._shared.until(page, self.today)

    @cached_property
    def registry(self) -> Registry:
        return self._shared.registry(self.registry_page)

    def references_in(self, page: Page) -> Sequence[Reference]:
        """Return what one document refers to: of a handbook of the past that is asked of few."""
        if page not in self._references:
            self._references[page] = references_of(page, self.index)
        return self._references[page]

    def is_led_to(self, page: Page) -> bool:
        """Say whether a link or a reference of another page led to one."""
        return self._leads.to(page)

    @cached_property
    def _leads(self) -> Leads:
        return Leads(self, self._shared.mentions)

    @cached_property
    def texts(self) -> SignedTexts:
        return _TextsThen(self, self._shared, self._snapshot)

    def sign_off(self, page: Page) -> SignOff:
        """Return how a document's sign-off stood on the day; one whose entries and text are the same was judged before."""
        judged = self._judged.get(page, _NONE).get("") if not self.files.assets else None
        return judged.on(self.today) if judged is not None else super().sign_off(page)

    @cached_property
    def signing_terms(self) -> Hashable:
        assets, blobs = self.files.assets, self._snapshot.blobs
        files = frozenset(
            (path, blobs.get(path) or self.texts.file_hash(path)) for path in (*assets, *self.site.let_in)
        )
        return self._people, files if assets else None

    def judge(self, page: Page) -> SignOff:
        """Work out how a document stood on the day."""
        files = self.texts.digest(page).files if self.files.assets else ""
        judged = self._judged.setdefault(page, {})
        if files not in judged:
            judged[files] = _Judged(self._judged_today(page, files) or super().judge(page))
        return judged[files].on(self.today)

    def _judged_today(self, page: Page, files: str) -> SignOff | None:
        """Return how a document stands today, where nothing has changed since."""
        today = self._shared.today
        is_same = today.by_src_uri.get(page.src_uri) is page and self._people == (id(today.registry), _turn(today))
        return today.sign_off(page) if is_same and today.texts.digest(page).files == files else None

    @cached_property
    def _people(self) -> tuple[int, int]:
        return id(self.registry), _turn(self)

    @cached_property
    def _judged(self) -> dict[Page, dict[str, _Judged]]:
        return self._shared.judged[self._people]


def names_old_digests(page: Page) -> bool:
    """Say whether a signature of a page names its text by a digest of a kind that there is no more."""
    return any(one.digest and parse_digest(one.digest) is None for one in read_signatures(page))


def _turn(handbook: Handbook) -> int:
    """Return how many of the people have left: who may sign stays the same until the next one does."""
    return sum(not person.is_here(handbook.today) for person in handbook.registry.people.values())


def _days(page: Page) -> Iterator[date]:
    """Yield the days on which entries of a page's sign-off were given and withdrawn."""
    for entry in page.entries(_SIGN_OFFS):
        for said in (entry, entry.get("withdrawn")):
            day = parse_day(said.get("date")) if isinstance(said, dict) else None
            if day is not None:
                yield day


def _until(page: Page, day: date) -> Iterator[dict[str, Any]]:
    """Yield the entries of a page's sign-off up to a day; one that was withdrawn later still stands."""
    for entry in page.entries(_SIGN_OFFS):
        if not _is_later(entry, day):
            is_kept = not _is_later(entry.get("withdrawn"), day)
            yield entry if is_kept else {name: value for name, value in entry.items() if name != "withdrawn"}


def _is_later(entry: Any, day: date) -> bool:
    said = parse_day(entry.get("date")) if isinstance(entry, dict) else None
    return said is not None and said > day


class _TextsThen(SignedTexts):
    """The signed texts of a handbook of the past: of two texts that differ, none is proved to read the same any more."""

    def __init__(self, handbook: HandbookThen, shared: Shared, snapshot: Snapshot) -> None:
        super().__init__(handbook)
        self._then = handbook
        self._shared = shared
        self._snapshot = snapshot
        self._digest_of: dict[Page, Digest] = {}

    def digest(self, page: Page) -> Digest:
        if page not in self._digest_of:
            shown = self.files_shown_by(page) if self._then.files.assets else ()
            files = files_half(self.file_hash(path) for path in shown) if shown else ""
            self._digest_of[page] = Digest(self._shared.text(page, self._then.registry), files)
        return self._digest_of[page]

    @cached_property
    def _number(self) -> int:
        return self._shared.number(frozenset((*self._then.files.assets, *self._then.site.let_in)))

    def files_shown_by(self, page: Page) -> list[str]:
        key = self._shared.whole.get(page, page), self._number
        if key not in self._shared.shown:
            self._shared.shown[key] = super().files_shown_by(page)
        return self._shared.shown[key]

    def file_hash(self, path: str) -> str:
        blob = self._snapshot.blobs.get(path)
        if blob is None:
            return super().file_hash(path)
        is_text = path.lower().endswith(TEXTS)
        key = f"{blob} {is_text:d}"
        if key not in self._shared.hashes:
            content = contents_of(self._then).read(path)
            self._shared.hashes[key] = (
                super().file_hash(path) if content is None else file_hash(content, is_text=is_text)
            )
        return self._shared.hashes[key]

    def verdict_on(self, page: Page, signed: Digest) -> TextVerdict:
        now = self.digest(page)
        return AS_SIGNED if signed == now else self._shared.proofs.get((str(now), signed), _CHANGED)

    def _compared(self, page: Page, former: Former, signed: Digest) -> TextVerdict:  # noqa: ARG002 - no text is compared
        return self.verdict_on(page, signed)


def _past_of(handbook: Handbook, today: Past, snapshot: Snapshot) -> Past:
    return _PastThen(handbook, today, snapshot) if isinstance(today, Texts) else NO_PAST


class _PastThen(Texts):
    """What git holds of the time up to a commit; who wrote which page is read off what it knows today."""

    def __init__(self, handbook: Handbook, today: Texts, snapshot: Snapshot) -> None:
        super().__init__(today.history.until(snapshot.commit, snapshot.prefix), handbook)
        self._today = today
        self._snapshot = snapshot

    @cached_property
    def facts(self) -> GitFacts:
        facts = self._today.facts
        return replace(facts, pages=_Pages(self, facts)) if facts.available else facts

    def path_today(self, src_uri: str) -> str:
        """Return where a page stands today that stood at a path then."""
        history = self._today.history
        place = history.order.get(self._snapshot.commit)
        found = history.at(self._snapshot.prefix + src_uri, place) if place is not None else None
        return found[0] if found is not None else src_uri


class _Pages(Mapping[str, PageFacts]):
    """What git knows of pages by their paths then; few are asked for."""

    def __init__(self, past: _PastThen, facts: GitFacts) -> None:
        self._past = past
        self._facts = facts

    def __getitem__(self, src_uri: str) -> PageFacts:
        return self._facts.pages[self._past.path_today(src_uri)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._past.history.revisions)

    def __len__(self) -> int:
        return len(self._past.history.revisions)
