"""The order in which the finder answers. `pages/assets/finder.js` is a second reading of this text; tests hold them together.

All numbers are whole, and `//` rounds down, so that both readings come to the same ones.

**What is looked for.** The words of the query (see `words.py`), the first MOST_TYPED of them. From the left, two neighbours of
letters alone that make one term together (“news letter”) are that term; a word that no term fits exactly, in form or in
spelling is two, where two neighbours in a title, a phrase that is asked or an id make it (“checkin”, where there is
“check-in”), those of the earliest page and of it the first; else where it falls into two terms of at least PART letters each
(“blogpost”), or of more, also of their forms and with one of LINKS between them (“Urlaubsantrag”), the first as short as can
be and the link too. Words that tell nothing don't count, unless there are no others; of words with one stem only the first
counts, and of all the first MOST_WORDS.

**What a word finds.** Each term (any word of the index) that fits it counts in per cent:
- EXACT: the term is the word;
- FORM: the term has the word's stem, or, where no term has it, its spelling;
- SYNONYM: the term, or its stem, is that of another word of a group in which the word's stem stands;
- a prefix: the term begins with the word, which has three letters or is the last of the query: PREFIX, and up to as much
  again by the share of the term that the word is (`PREFIX * len(word) // len(term)`);
- INSIDE: the term ends with the word, which has five letters;
- a slip: only where the word finds no term in one of the first three ways, for a term that does not begin with it: the
  term, or its stem, is one edit away from the word, or its stem (SLIP), the longer of the two having four letters and the
  shorter three, or two edits (SLIPS), the shorter having eight. An edit is a letter more, less or other, or two
  neighbours swapped (no letter is edited twice);
- a kinship: only where the word finds no term otherwise: one stands in the other and has five letters, or their spellings
  have a run of letters in common, of five or, where both begin with the same four, of four, and of two thirds of the shorter,
  or of half where the run has eight: KIN times the share of the longer that the longest run is.
Of several the best counts. The word's *rarity* is 3 and the number of binary digits of `pages // pages in which it is found`.
A word that finds nothing doesn't count.

**What a page scores.** `total` is the sum of the words' rarities, `cover` that of those found in the page.
- `field`: for each word, its rarity times the best product of per cent and weight of the field that the term stands in;
- `phrase`: for the title and each phrase that is asked: the sum over the words of rarity times the best per cent in that
  phrase, times the phrase's words that were found, divided (`//`) by the phrase's words; words of STOP don't count here,
  unless the phrase has no others. The best of them counts;
- `(field * cover // total + PHRASE * phrase) // total`, times the page's standing `// 100`, times its weight `// 100`.

**Who comes first.** A page whose title has the words of the query, all and in order; then one that is asked so, or whose id
is that; then one whose title or phrase has the query's stems, all and in order, without words of STOP, where
a word that finds no term better than by SLIP is any that it finds; then the others. Among equals the higher score; then the
earlier in the index, which is sorted by standing, weight, title and address. Of the others those are left out that score less
than one part of CUT of the highest score.

**What may have been meant.** Each word that begins no term, and finds some by a slip but none in a surer way, is put right by
the one that is fewest edits away; among equals the one in most pages, then the first in the alphabet. Where a word is put right,
so is the query, without the words that find nothing; a term is said as it is written where it first stands in a title or
phrase, a word as it is typed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from handrail.search.index import decoded
from handrail.search.words import as_written, spelling, stem, tells_nothing, words

MOST_TYPED, MOST_WORDS = 60, 12
EXACT, FORM, SYNONYM, SLIP, SLIPS, PREFIX, INSIDE, KIN = 100, 97, 75, 70, 50, 35, 35, 60
PHRASE = 30
PART = 3
LINKS = ("", "s", "es", "n", "en")
CUT = 6
_ONE_SLIP, _TWO_SLIPS = 4, 8
_LEAST_PREFIX, _LEAST_INSIDE = 3, 5
_RUN, _FIRST_RUN, _LONG_RUN = 5, 4, 8
FAR = 99
"""More edits than any that are counted."""


_Named = Sequence[tuple[str, Mapping[str, int]]]
"""The query's words as a phrase: the stem of each, and the terms that it finds where it finds none for certain."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a word finds: the terms in per cent, the pages with the best product of per cent and weight, its rarity."""

    terms: Mapping[str, int]
    pages: Mapping[int, int]
    rarity: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, by its number in the index."""

    page: int
    tier: int
    score: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The pages that were found, the best first, and the query that may have been meant, if another."""

    hits: tuple[Hit, ...]
    meant: str = ""


class Finder:
    """Searches an index, as `index.build` returns it."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.titles: list[str] = index["titles"]
        self.phrases = [
            [words(title), *(words(phrase) for phrase in asked.split("|") if phrase)]
            for title, asked in zip(self.titles, index["asked"], strict=True)
        ]
        self.contents = [[_content(phrase) for phrase in phrases] for phrases in self.phrases]
        self.ids = [
            own or name.removesuffix("/").removesuffix(".html")
            for own, name in zip(index["ids"], index["names"], strict=True)
        ]
        folders, numbers = index["folder"]
        self.urls: list[str] = [folders[number] + name for number, name in zip(numbers, index["names"], strict=True)]
        self._id_words = [words(id_) for id_ in self.ids]
        self._exact: dict[tuple[str, ...], dict[int, int]] = {}
        for page, (title, *asked) in enumerate(self.phrases):
            for phrase in (*asked, self._id_words[page]):
                self._exact.setdefault(tuple(phrase), {})[page] = 2
            self._exact.setdefault(tuple(title), {})[page] = 3
        self._joined: dict[str, list[str]] = {}
        for page, phrases in enumerate(self.phrases):
            for phrase in (*phrases, self._id_words[page]):
                for one, next_one in pairwise(phrase):
                    self._joined.setdefault(one + next_one, [one, next_one])
        self._standing = _column(index["standing"], index["standings"])
        self._weight = _column(index["weight"])
        self.terms = self._weigh(index)
        self._by_stem: dict[str, list[str]] = {}
        self._by_spelling: dict[str, list[str]] = {}
        for term in sorted(self.terms):
            self._by_stem.setdefault(stem(term), []).append(term)
            self._by_spelling.setdefault(spelling(term), []).append(term)
        self._synonyms: dict[str, list[str]] = {}
        for group in index["synonyms"]:
            for word in group:
                self._synonyms.setdefault(stem(word), []).extend(other for other in group if other != word)
        asked_as = (phrase for asked in index["asked"] for phrase in asked.split("|"))
        self._written: dict[str, str] = {}
        for text in (*self.titles, *asked_as):
            for word, written in as_written(text):
                self._written.setdefault(word, written)
        self._looked_up: dict[tuple[str, bool], _Known] = {}

    def _weigh(self, index: Mapping[str, Any]) -> dict[str, dict[int, int]]:
        """Return for each term the pages that it stands in, each with the weight of the weightiest field."""
        weights = index["weights"]
        found: dict[str, dict[int, int]] = {}
        for page, (title, *asked) in enumerate(self.phrases):
            for phrase, weight in (
                (title, weights["title"]),
                *((phrase, weights["asked"]) for phrase in asked),
                (self._id_words[page], weights["id"]),
            ):
                for word in phrase:
                    found.setdefault(word, {}).setdefault(page, weight)
        for term, postings in zip(index["terms"].split(), index["postings"].split(), strict=True):
            for page, rank in decoded(postings):
                found.setdefault(term, {}).setdefault(page, weights["others"][rank])
        return found

    def search(self, query: str) -> Answer:
        """Return what a query finds."""
        hits, meant, unsure = self._answered(query, len(self.titles))
        return Answer(tuple(hits), self._put_right(meant, unsure, dict(as_written(query))))

    def first(self, query: str, most: int) -> list[str]:
        """Return the addresses of the first pages that a query finds; what may have been meant is not worked out."""
        return [self.urls[hit.page] for hit in self._answered(query, most)[0][:most]]

    def is_among_first(self, url: str, query: str, most: int) -> bool:
        """Say whether a page is among the first that a query finds.

        Who asks for every page's own words asks for pages that are called or asked so, which come before all others: where there are
        no more of them than wanted, nothing has to be searched.
        """
        typed = words(query)[:MOST_TYPED]
        alike = self._exact.get(tuple(typed), {}) if typed and self._cut_anew(typed) == typed else {}
        if len(alike) <= most and any(self.urls[page] == url for page in alike):
            return True
        return url in self.first(query, most)

    def _answered(self, query: str, most: int) -> tuple[list[Hit], list[str], Mapping[str, Mapping[str, int]]]:
        """Return at least the first pages that a query finds, its words, and those that find nothing for certain."""
        typed = words(query)[:MOST_TYPED]
        meant = self._cut_anew(typed)
        found = {word: self._look_up(word, last=word == meant[-1]) for word in _asked(meant)}
        known = [one for one in found.values() if one.terms]
        unsure = {word: one.terms for word, one in found.items() if max(one.terms.values(), default=0) <= SLIP}
        named = [(stem(word), unsure.get(word, {})) for word in _content(meant)]
        return self._hits(typed, named, known, most) if known else [], meant, unsure

    def _cut_anew(self, typed: Sequence[str]) -> list[str]:
        """Return the words with those made one that make a term together, and those parted that are two."""
        meant: list[str] = []
        rest = list(typed)
        while rest:
            word = rest.pop(0)
            if rest and (word + rest[0]).isalpha() and word + rest[0] in self.terms:
                word += rest.pop(0)
            meant += [word] if self._is_known(word) else self._parted(word)
        return meant

    def _is_known(self, word: str) -> bool:
        return word in self.terms or stem(word) in self._by_stem or spelling(word) in self._by_spelling

    def _parted(self, word: str) -> list[str]:
        if word in self._joined:
            return self._joined[word]
        for at in range(PART, len(word) - PART + 1):
            if word[:at] in self.terms and word[at:] in self.terms:
                return [word[:at], word[at:]]
            for link in LINKS:
                parts = [word[:at], word[at + len(link) :]]
                if word[at:].startswith(link) and min(map(len, parts)) > PART and all(map(self._is_known, parts)):
                    return parts
        return [word]

    def _look_up(self, word: str, *, last: bool) -> _Known:
        """Return what a word finds; it is kept, for who asks for every page's own words asks for most of them often."""
        if (known := self._looked_up.get((word, last))) is None:
            terms = self._found(word, last=last)
            pages: dict[int, int] = {}
            for term, per_cent in terms.items():
                for page, weight in self.terms[term].items():
                    pages[page] = max(pages.get(page, 0), per_cent * weight)
            rarity = 3 + (len(self.titles) // len(pages)).bit_length() if pages else 0
            known = self._looked_up[word, last] = _Known(terms, pages, rarity)
        return known

    def _found(self, word: str, *, last: bool) -> dict[str, int]:
        """Return the terms that a word finds, in per cent."""
        forms = self._by_stem.get(stem(word)) or self._by_spelling.get(spelling(word)) or []
        found = dict.fromkeys(forms, FORM)
        if word in self.terms:
            found[word] = EXACT
        for other in self._synonyms.get(stem(word), ()):
            for term in {other} & self.terms.keys() | set(self._by_stem.get(stem(other), ())):
                found[term] = max(found.get(term, 0), SYNONYM)
        is_known = bool(found)
        for term in self.terms:
            if (last or len(word) >= _LEAST_PREFIX) and term.startswith(word):
                found[term] = max(found.get(term, 0), PREFIX + PREFIX * len(word) // len(term))
            elif len(word) >= _LEAST_INSIDE and term.endswith(word):
                found[term] = max(found.get(term, 0), INSIDE)
            elif not is_known and (edits := _edits(word, term)) < FAR:
                found[term] = max(found.get(term, 0), SLIP if edits <= 1 else SLIPS)
        return found or {term: share for term in self.terms if (share := _kin(word, term))}

    def _hits(self, typed: list[str], named: _Named, known: Sequence[_Known], most: int) -> list[Hit]:
        """Return at least the first pages; which others can't be among them, a score that is never too low tells."""
        rarities = [one.rarity for one in known]
        total = sum(rarities)
        field: dict[int, int] = {}
        cover: dict[int, int] = {}
        fits: dict[str, list[tuple[int, int]]] = {}
        # Where enough pages are called or asked just so, all others come behind them.
        alike = [page for page in self._exact.get(tuple(typed), ()) if any(page in one.pages for one in known)]
        for at, one in enumerate(known):
            for page in one.pages if len(alike) < most else filter(one.pages.__contains__, alike):
                field[page] = field.get(page, 0) + one.rarity * one.pages[page]
                cover[page] = cover.get(page, 0) + one.rarity
            for term, per_cent in one.terms.items():
                fits.setdefault(term, []).append((at, per_cent))

        def score(page: int, phrase: int) -> int:
            value = (field[page] * cover[page] // total + PHRASE * phrase) // total
            return value * self._standing[page] // 100 * self._weight[page] // 100

        tiers = self._tiers(typed, named, [page for page, rarity in cover.items() if rarity == total])
        hits = [
            Hit(page, tier, score(page, self._phrase(page, fits, rarities)))
            for page, tier in tiers.items()
            if page in field
        ]
        if (places := most - len(hits)) > 0:
            others = [(-score(page, 100 * cover[page]), page) for page in field if page not in tiers]
            heapq.heapify(others)
            best: list[int] = []
            while others and (len(best) < places or -others[0][0] >= best[0]):
                page = heapq.heappop(others)[1]
                hits.append(Hit(page, 0, score(page, self._phrase(page, fits, rarities))))
                heapq.heappush(best, hits[-1].score)
                if len(best) > places:
                    heapq.heappop(best)
        hits.sort(key=lambda hit: (-hit.tier, -hit.score, hit.page))
        best_score = max(hit.score for hit in hits)
        return [hit for hit in hits if hit.score * CUT >= best_score or hit.tier]

    def _phrase(self, page: int, fits: Mapping[str, Sequence[tuple[int, int]]], rarities: Sequence[int]) -> int:
        most = 0
        for phrase in self.contents[page]:
            best: dict[int, int] = {}
            there = 0
            for term in phrase:
                found = fits.get(term, ())
                there += bool(found)
                for at, per_cent in found:
                    best[at] = max(best.get(at, 0), per_cent)
            value = sum(rarities[at] * per_cent for at, per_cent in best.items()) * there // len(phrase) if there else 0
            most = max(most, value)
        return most

    def _tiers(self, typed: list[str], named: _Named, complete: Iterable[int]) -> dict[int, int]:
        """Return the pages that come before the others; `complete` are those in which every word is found."""
        tiers = dict(self._exact.get(tuple(typed), {}))
        for page in complete:
            if page not in tiers and any(_is_named(phrase, named) for phrase in self.contents[page]):
                tiers[page] = 1
        return tiers

    def _put_right(
        self, meant: Sequence[str], unsure: Mapping[str, Mapping[str, int]], typed: Mapping[str, str]
    ) -> str:
        near = {word: nearest for word, terms in unsure.items() if (nearest := self._nearest(word, terms))}
        instead = {word: self._written.get(term, term) for word, term in near.items()}
        kept = [word for word in meant if word in instead or unsure.get(word, True)]
        return " ".join(instead.get(word) or typed.get(word, word) for word in kept) if instead else ""

    def _nearest(self, word: str, found: Iterable[str]) -> str:
        if any(term.startswith(word) for term in found):
            return ""
        near = [(edits, -len(self.terms[term]), term) for term in found if (edits := _edits(word, term)) < FAR]
        return min(near)[2] if near else ""


def _column(column: Sequence[Any], values: Sequence[int] | None = None) -> list[int]:
    known, numbers = column
    return [values[known[number]] if values else known[number] for number in numbers]


def _content(phrase: list[str]) -> list[str]:
    return [word for word in phrase if not tells_nothing(word)] or phrase


def _is_named(phrase: Sequence[str], named: _Named) -> bool:
    return len(phrase) == len(named) and all(
        stem(word) == wanted or word in terms for word, (wanted, terms) in zip(phrase, named, strict=True)
    )


def _asked(typed: list[str]) -> list[str]:
    """Return the words that count: of those with one stem the first, and no more than MOST_WORDS."""
    by_stem: dict[str, str] = {}
    for word in _content(typed):
        by_stem.setdefault(stem(word), word)
    return list(by_stem.values())[:MOST_WORDS]


def _edits(word: str, term: str) -> int:
    return min(_slips(word, term), _slips(stem(word), stem(term)))


def _slips(word: str, term: str) -> int:
    shorter, longer = sorted((len(word), len(term)))
    most = 2 if shorter >= _TWO_SLIPS else int(longer >= _ONE_SLIP and shorter >= _ONE_SLIP - 1)
    return distance(word, term, most) if most else FAR


def _kin(word: str, term: str) -> int:
    """Return what the longest run of letters that two words have in common counts in per cent."""
    shorter, longer = sorted((word, term), key=len)
    if len(shorter) >= _RUN and shorter in longer:
        return KIN * len(shorter) // len(longer)
    shorter, longer = sorted((spelling(word), spelling(term)), key=len)
    least = _FIRST_RUN if shorter[:_FIRST_RUN] == longer[:_FIRST_RUN] else _RUN
    run = 0
    for at in range(len(shorter) - least + 1):
        while (most := max(run + 1, least)) <= len(shorter) - at and shorter[at : at + most] in longer:
            run = most
    is_enough = 3 * run >= 2 * len(shorter) or (run >= _LONG_RUN and 2 * run >= len(shorter))
    return KIN * run // len(longer) if run and is_enough else 0


def distance(one: str, other: str, most: int) -> int:
    """Return the number of edits between two words; FAR where there are more than `most`."""
    # An edit takes away one letter and brings another, at the most: most words are told apart without counting.
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return FAR
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, sign in enumerate(other, 1):
            edits = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and sign == one[i - 2]:
                edits = min(edits, earlier[j - 2] + 1)
            row.append(edits)
        if min(row) > most:
            return FAR
    return row[-1] if row[-1] <= most else FAR
