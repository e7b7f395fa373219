"""What would give a withheld page away, and where a text holds any of it.

A page is given away by its title, its id, its address, eight words of its text in a row, or a word that stands nowhere
else. What an author has written into a published page too is that author's word, and gives nothing away.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.urls import bare_url

RUN = 8
"""So many words in a row are no chance."""

_WORD = re.compile(r"[^\W_]+(?:[-_'\u2019][^\W_]+)*")
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
        known = [words_of(page.source.text) for page in published]
        said = {word for words in known for word in words}
        runs_said = {run for words in known for run in _runs(words)}
        known_text = "\n".join(" ".join(words) for words in known)
        self._runs: dict[tuple[str, ...], Page] = {}
        self._canaries: dict[str, Page] = {}
        self._phrases: dict[tuple[str, ...], tuple[Page, str]] = {}
        self._addresses: dict[str, tuple[Page, str]] = {}
        for page in withheld:
            words = words_of(page.source.text)
            for run in _runs(words):
                if run not in runs_said:
                    self._runs.setdefault(run, page)
            for word in words:
                if word not in said and _CANARY.fullmatch(word):
                    self._canaries.setdefault(word, page)
            title = tuple(words_of(page.title))
            if len(title) >= _LEAST_TITLE and f" {' '.join(title)} " not in f" {known_text} ":
                self._phrases.setdefault(title, (page, "its title"))
            for address, what in ((page.src_uri, "its path"), (bare_url(page.url), "its address")):
                if "/" in address:
                    self._addresses.setdefault(address.casefold(), (page, what))
            if page.id and "-" in page.id and page.id not in said:
                self._addresses.setdefault(page.id.casefold(), (page, "its id"))
        self._seen: set[str] = set()
        self._starts: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for phrase in self._phrases:
            self._starts.setdefault(phrase[:_LEAST_TITLE], []).append(phrase)
        self._address = _any_of(self._addresses)

    def __bool__(self) -> bool:
        return bool(self._runs or self._canaries or self._phrases or self._addresses)

    def found_in(self, text: str) -> list[Leak]:
        """Return what of withheld pages a text holds, each thing once.

        Lines that other texts held before, with what stands round them, are not looked at again: the pages of a site
        have most of theirs in common.
        """
        found = {
            leak
            for part in self._fresh(text.split("\n"))
            for reading in _readings(part)
            for leak in self._found(reading)
        }
        return sorted(found, key=lambda leak: (leak.page.path, leak.what))

    def _fresh(self, lines: list[str]) -> Iterator[str]:
        """Yield the parts of a text that are new, each with as many lines round it as a run of words could span."""
        new = [at for at, line in enumerate(lines) if line not in self._seen]
        self._seen.update(lines[at] for at in new)
        start = end = 0
        for at in new:
            if end and at - RUN > end:
                yield "\n".join(lines[start:end])
                end = 0
            start = start if end else max(0, at - RUN)
            end = at + RUN + 1
        if end:
            yield "\n".join(lines[start:end])

    def _found(self, text: str) -> Iterator[Leak]:
        words = words_of(text)
        # Filters, for they make no list of a million runs.
        for word in filter(self._canaries.__contains__, words):
            yield Leak(self._canaries[word], "a word that stands only there")
        for run in filter(self._runs.__contains__, _runs(words)):
            yield Leak(self._runs[run], f"{RUN} words of its text in a row")
        starts = set(filter(self._starts.__contains__, _runs(words, _LEAST_TITLE)))
        for phrase in (phrase for start in starts for phrase in self._starts[start]):
            if phrase in _runs(words, len(phrase)):
                yield Leak(*self._phrases[phrase])
        if self._address is not None:
            for match in self._address.finditer(text.casefold()):
                yield Leak(*self._addresses[match[0]])


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, so that neither case nor form hides one."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _runs(words: list[str], length: int = RUN) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def _any_of(addresses: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(addresses, key=lambda address: (-len(address), address))
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


_TAG = re.compile(r"<[^<>]*>")


def _readings(text: str) -> Iterator[str]:
    """Yield what a reader or a program would see in a text: what stands outside of its tags, and what within them."""
    if _ESCAPED.search(text) or '\\"' in text:
        text = _ESCAPED.sub(_character, text).replace('\\"', '"').replace("\\n", "\n")
    yield html.unescape(_TAG.sub(" ", text))
    inside = "\n".join(_TAG.findall(text))
    if inside:
        yield html.unescape(inside)


def _character(match: re.Match[str]) -> str:
    try:
        return str(json.loads(f'"{match[0]}"'))
    except ValueError:
        return match[0]
