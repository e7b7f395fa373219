"""What would give a withheld page away, and where a text holds any of it.

A page is given away by its title, its id, its address, eight words of its text in a row, or a word that stands nowhere
else. What an author has written into a published page too is that author's word, and gives nothing away.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.urls import bare_url

RUN = 8
"""So many words in a row are no chance."""

# Each run holds one sample that begins at a multiple of the stride, so that only every fourth place need be looked up.
_STRIDE = 4
_SAMPLE = RUN - _STRIDE + 1
_WORD = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}")
_CANARY = re.compile(r"(?=.*\d)(?=.*[a-z]).{8,}|.{20,}", re.DOTALL)
_LEAST_TITLE = 2  # words; a title of one word is a word of the language


@dataclass(frozen=True, slots=True)
class Leak:
    """What of a withheld page stands where it must not: `what` completes "holds …"."""

    page: Page
    what: str


class Secrets:
    """Everything that would give the withheld pages away, less what the published ones say themselves."""

    def __init__(self, withheld: Iterable[Page], published: Iterable[Page]) -> None:
        known = [words_of(f"{page.src_uri}\n{page.source.text}") for page in published]
        said = Counter(word for words in known for word in words)
        known_text = "\n".join(" ".join(words) for words in known)
        self._runs: dict[tuple[str, ...], Page] = {}
        self._canaries: dict[str, Page] = {}
        self._titles: dict[tuple[str, ...], list[tuple[str, Page]]] = {}
        self._addresses: dict[str, tuple[Page, str]] = {}
        for page in withheld:
            words = words_of(page.source.text)
            for run in _runs(words):
                self._runs.setdefault(run, page)
            for word in words:
                if word not in said and _CANARY.fullmatch(word):
                    self._canaries.setdefault(word, page)
            title = words_of(page.title)
            phrase = f" {' '.join(title)} "
            if len(title) >= _LEAST_TITLE and phrase not in f" {known_text} ":
                self._titles.setdefault(tuple(title[:_LEAST_TITLE]), []).append((phrase, page))
            for address, what in ((page.src_uri, "its path"), (bare_url(page.url), "its address")):
                if "/" in address:
                    self._addresses.setdefault(address.casefold(), (page, what))
            if page.id and "-" in page.id and page.id not in said:
                self._addresses.setdefault(page.id.casefold(), (page, "its id"))
        self._samples = {sample for run in self._runs for sample in _runs(run, _SAMPLE)}
        for run in {run for words in known for run in self._runs_in(words)}:
            del self._runs[run]
        self._seen_lines: set[str] = set()
        self._seen_tags: set[str] = set()
        self._address = _any_of(self._addresses)
        self._tokens = {min(words_of(address), key=said.__getitem__, default="") for address in self._addresses}

    def __bool__(self) -> bool:
        return bool(self._runs or self._canaries or self._titles or self._addresses)

    def found_in(self, text: str) -> list[Leak]:
        """Return what of withheld pages a text holds, each thing once.

        Tags that other texts held before, and lines with what stands round them, are not looked at again: the pages of
        a site have most of theirs in common.
        """
        found = {
            leak
            for part in self._fresh(text.split("\n"))
            for reading in self._readings(part)
            for leak in self._found(reading)
        }
        return sorted(found, key=lambda leak: (leak.page.path, leak.what))

    def _fresh(self, lines: list[str]) -> Iterator[str]:
        """Yield the parts of a text that are new, each with as many lines round it as a run of words could span."""
        new = [at for at, line in enumerate(lines) if line not in self._seen_lines]
        self._seen_lines.update(lines[at] for at in new)
        start = end = 0
        for at in new:
            if end and at - RUN > end:
                yield "\n".join(lines[start:end])
                end = 0
            start = start if end else max(0, at - RUN)
            end = at + RUN + 1
        if end:
            yield "\n".join(lines[start:end])

    def _readings(self, text: str) -> Iterator[str]:
        """Yield what a reader or a program would see in a text: what stands outside of its tags, and what within them."""
        if _ESCAPED.search(text) or '\\"' in text:
            text = _ESCAPED.sub(_character, text).replace('\\"', '"').replace("\\n", "\n")
        yield html.unescape(_TAG.sub(" ", text))
        inside = [tag for tag in _TAG.findall(text) if tag not in self._seen_tags]
        if inside:
            self._seen_tags.update(inside)
            yield html.unescape("\n".join(inside))

    def _found(self, text: str) -> Iterator[Leak]:
        words = words_of(text)
        # Filters, for they make no list of a million runs.
        for word in filter(self._canaries.__contains__, words):
            yield Leak(self._canaries[word], "a word that stands only there")
        for run in self._runs_in(words):
            yield Leak(self._runs[run], f"{RUN} words of its text in a row")
        starts = set(filter(self._titles.__contains__, _runs(words, _LEAST_TITLE)))
        if starts:
            joined = f" {' '.join(words)} "
            for phrase, page in (title for start in starts for title in self._titles[start]):
                if phrase in joined:
                    yield Leak(page, "its title")
        # An expression of a thousand addresses is slow, and a text that holds one has its rarest word too.
        if self._address is not None and not self._tokens.isdisjoint(words):
            for match in self._address.finditer(text.casefold()):
                yield Leak(*self._addresses[match[0]])

    def _runs_in(self, words: list[str]) -> Iterator[tuple[str, ...]]:
        samples = zip(*(words[at::_STRIDE] for at in range(_SAMPLE)), strict=False)
        if not self._samples.isdisjoint(samples):
            yield from filter(self._runs.__contains__, _runs(words))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, so that neither case nor form hides one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _runs(words: Sequence[str], length: int = RUN) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _any_of(addresses: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(addresses, key=lambda address: (-len(address), address))
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _character(match: re.Match[str]) -> str:
    try:
        return str(json.loads(f'"{match[0]}"'))
    except ValueError:
        return match[0]
