"""What would give away what is withheld, and where a text holds any of it.

A page is given away by its title, its id, its address, eight words of its text in a row, or a word that stands nowhere
else; a file beside the pages by such words of its text. What an author has written into something published too is that
author's word, and gives nothing away.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from handrail.model.page import Page
from handrail.model.urls import bare_url
from handrail.proof.decoding import Readings, folded, outside_tags, words_in, words_of

RUN = 8
"""So many words in a row are no chance."""

# Each run holds one sample that begins at a multiple of the stride, so that only every fourth place need be looked up.
_STRIDE = 4
_SAMPLE = RUN - _STRIDE + 1
_CANARY = re.compile(r"(?=.*\d)(?=.*[a-z]).{8,}|.{20,}", re.DOTALL)
_JOINT = re.compile(r"[-_]+")
_NO_LETTER = re.compile(r"[ _-]+")
_PATH, _ADDRESS = "its path", "its address"
_LEAST_TITLE = 2  # words; a title of one word is a word of the language


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is withheld: its path in the project, its text and, of a page, what else would give it away."""

    path: str
    text: str
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Leak:
    """What of something withheld stands where it must not: `what` completes "holds …"; `path` is that of the withheld."""

    path: str
    what: str


class Secrets:
    """Everything that would give away what is withheld, less what is said in the texts that are published.

    `authored` are those texts without the targets of their links: an address that an author writes down is that author's word,
    one that a link leads to would lead there.
    `brought` returns the texts that the program and the theme put into every site; it is asked only where something was found.
    """

    def __init__(
        self,
        withheld: Iterable[Withheld],
        published: Iterable[str],
        brought: Callable[[], Iterable[str]] = tuple,
        authored: Iterable[str] = (),
    ) -> None:
        self._texts_brought = brought
        known = [words_of(text) for text in published]
        self._said = Counter(word for words in known for word in words)
        self._known = " \n ".join(("", *(" ".join(words) for words in known), ""))
        self._runs: dict[tuple[str, ...], str] = {}
        self._canaries: dict[str, str] = {}
        self._titles: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._addresses: dict[str, Leak] = {}
        for one in withheld:
            words = words_of(one.text)
            for run in _runs(words):
                self._runs.setdefault(run, one.path)
            for word in words:
                if word not in self._said and _CANARY.fullmatch(word):
                    self._canaries.setdefault(word, one.path)
            if one.page is not None:
                self._add_names(one.page, one.path)
        self._leave_out_addresses(folded("\n".join(authored)))
        self._samples = {sample for run in self._runs for sample in _runs(run, _SAMPLE)}
        for run in {run for words in known for run in self._runs_in(words)}:
            del self._runs[run]
        self._readings = Readings(RUN)
        self._address = _any_of(self._addresses)
        self._tokens = {min(words_in(address), key=self._said.__getitem__, default="") for address in self._addresses}

    def __bool__(self) -> bool:
        return bool(self._runs or self._canaries or self._titles or self._addresses)

    def _add_names(self, page: Page, path: str) -> None:
        for address, what in ((page.src_uri, _PATH), (unquote(bare_url(page.url)), _ADDRESS)):
            # The name of a folder's own page is every such page's, and a word alone is one of the language.
            name, ending = posixpath.splitext(address)
            if "/" in address or (ending and not page.is_index and not self._says(words_of(f"{name} {ending}"))):
                self._addresses.setdefault(folded(address), Leak(path, what))
        if page.id and "-" in page.id and page.id not in self._said:
            self._addresses.setdefault(folded(page.id), Leak(path, "its id"))
        title = words_of(page.title)
        if len(title) >= _LEAST_TITLE and not self._says(title):
            self._titles.setdefault(tuple(title[:_LEAST_TITLE]), []).append((_joined(title), path))
            for slug in ("-".join(title), "_".join(title)):
                if slug not in self._said:
                    self._addresses.setdefault(slug, Leak(path, "its title"))

    def _leave_out_addresses(self, authored: str) -> None:
        """Forget the addresses that stand in a text as a whole, not as a part of another one."""
        addresses = [address for address, leak in self._addresses.items() if leak.what in (_PATH, _ADDRESS)]
        pattern = _any_of(addresses)
        for address in {match[0] for match in pattern.finditer(authored)} if pattern is not None else ():
            del self._addresses[address]

    def _says(self, words: list[str]) -> bool:
        """Say whether something published has these words in a row."""
        return _joined(words) in self._known

    def _is_made_of_words(self, word: str) -> bool:
        """Say whether a word is some of something published, joined: so the engine names the part below a heading."""
        parts = _JOINT.split(word)
        return len(parts) > 1 and "".join(parts) in self._letters

    @cached_property
    def _letters(self) -> str:
        return _NO_LETTER.sub("", self._known)

    def found_in(self, text: str) -> list[Leak]:
        """Return what of the withheld a text holds, each thing once, less what stood in other texts before."""
        found = {
            leak
            for reading in self._readings.of(text)
            for leak, words in self._found(folded(reading))
            if _joined(words) not in self._brought
        }
        return sorted(found, key=lambda leak: (leak.path, leak.what))

    @cached_property
    def _brought(self) -> str:
        return " \n ".join(_joined(words_of(outside_tags(text))) for text in self._texts_brought())

    def _found(self, text: str) -> Iterator[tuple[Leak, Sequence[str]]]:
        words = words_in(text)
        # Filters, for they make no list of a million runs.
        for word in filter(self._canaries.__contains__, words):
            if not self._is_made_of_words(word):
                yield Leak(self._canaries[word], "a word that stands only there"), (word,)
        for run in self._runs_in(words):
            yield Leak(self._runs[run], f"{RUN} words of its text in a row"), run
        starts = set(filter(self._titles.__contains__, _runs(words, _LEAST_TITLE)))
        if starts:
            joined = _joined(words)
            for phrase, path in (title for start in starts for title in self._titles[start]):
                if phrase in joined:
                    yield Leak(path, "its title"), phrase.split()
        # An expression of a thousand addresses is slow, and a text that holds one has its rarest word too.
        if self._address is not None and not self._tokens.isdisjoint(words):
            for match in self._address.finditer(text):
                yield self._addresses[match[0]], words_in(match[0])

    def _runs_in(self, words: list[str]) -> Iterator[tuple[str, ...]]:
        samples = zip(*(words[at::_STRIDE] for at in range(_SAMPLE)), strict=False)
        if not self._samples.isdisjoint(samples):
            yield from filter(self._runs.__contains__, _runs(words))


def _joined(words: Iterable[str]) -> str:
    """Return words in a row, with a blank before, between and behind them, so that no part of a word is found."""
    return f" {' '.join(words)} "


def _runs(words: Sequence[str], length: int = RUN) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _any_of(addresses: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(addresses, key=lambda address: (-len(address), address))
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
