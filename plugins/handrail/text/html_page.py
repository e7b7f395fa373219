"""Reads the HTML of a whole page as a browser would, in pieces that stay where they are: texts and tags in turn.

Every step on finished pages works on these, however a theme or a program that makes pages smaller writes its tags: in capitals, with
attributes in any order, quoted or not or without a value, with comments between and ends left out where HTML allows it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from itertools import compress
from typing import NamedTuple

# Nothing that was taken is given back, and what is never ended ends with the text: no page makes this slow. A quotation mark begins a
# value only behind `=`.
_REST = r"[^>=]*+(?:=(?:\"[^\"]*+\"|\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>][^\s>]*+)?+)[^>=]*+)*+(?:>|\Z)"
_TEXTS = ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
"""Elements in which no tag is one: what stands in them belongs to the piece of the tag that begins them."""
_AS_TEXT = "|".join(rf"(?i:{name})(?=[\s/>]){_REST}[^<]*+(?:<(?!/(?i:{name})[\s/>])[^<]*+)*+" for name in _TEXTS)
_TAG = re.compile(
    rf"(<(?:/[a-zA-Z][^>]*+(?:>|\Z)|(?!(?i:sc|st|te|ti|if|no|xm))[a-zA-Z]{_REST}"  # most tags, which begin as none of the above
    rf"|{_AS_TEXT}|[a-zA-Z]{_REST}|!--(?:-?>|.*?(?:--!?>|\Z))|[!?/][^>]*+(?:>|\Z)))",
    re.DOTALL,
)
_NAME = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'>][^\s>]*+)))?+"
)
_CANDIDATE = re.compile(r"[\s,]*+(?P<address>\S++)(?:(?<=,)|[^,]*+(?:,|\Z))")
_OPENING = re.compile(rf"<[a-zA-Z]{_REST}")
_IN_A_HEAD = frozenset(
    ("html", "head", "base", "link", "meta", "title", "style", "script", "noscript", "template", "basefont", "bgsound")
)
_LOAD_NOTHING = frozenset(("meta", "title"))
_NO_ELEMENTS = frozenset(("noscript", "template"))
"""What stands in these belongs to no page in which programs run."""
_BYTE_ORDER = "\ufeff"
_OF_A_PAGE = frozenset(("html", "head", "title", "body"))
_BEGIN_A_PAGE = frozenset(("html", "head"))
_MOST_KNOWN = 1 << 13
_LONGEST_KNOWN = 1_000


class _Attribute(NamedTuple):
    """An attribute: its value as written, without quotes, and where the whole begins and ends."""

    value: str
    start: int
    end: int


class Tag:
    """A tag as written: its name in small letters, and whether it ends an element."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.selectors: tuple[str, ...] = ()
        match = _NAME.match(raw)
        self.name = match["name"].lower() if match else ""
        self.is_end = match is not None and bool(match["end"])
        self._known: dict[str, _Attribute] | None = None

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment, or what says what kind of text the page is."""
        return not self.name

    @property
    def opening(self) -> str:
        """The tag alone, where the element holds only text, which then belongs to the same piece."""
        match = _OPENING.match(self.raw) if self.name in _TEXTS else None
        return match[0] if match else self.raw

    @property
    def content(self) -> str:
        """The text of an element that holds only text."""
        return self.raw[len(self.opening) :]

    @property
    def _attributes(self) -> dict[str, _Attribute]:
        if self._known is None:
            self._known = {}
            at, end = 1 + len(self.name), len(self.opening) - 1 if self.name else 0
            while one := _ATTRIBUTE.match(self.raw, at, end):
                name, double, single, bare = one.groups()
                self._known.setdefault(
                    name.lower(), _Attribute(double or single or bare or "", one.start(1), one.end())
                )
                at = one.end()
        return self._known

    @property
    def names(self) -> Iterable[str]:
        """The names of its attributes."""
        return self._attributes

    def has(self, name: str) -> bool:
        """Say whether it has an attribute, be it without a value."""
        return name in self._attributes

    def value(self, name: str) -> str:
        """Return the value of an attribute; empty where it has none, or there is none."""
        found = self._attributes.get(name)
        return html.unescape(found.value) if found is not None else ""

    def written(self, name: str) -> str:
        """Return the value of an attribute as it stands between quotes, entities and all; empty where there is none."""
        return self._attributes[name].value.replace('"', "&quot;") if name in self._attributes else ""

    @property
    def classes(self) -> list[str]:
        return self.value("class").split()

    @property
    def sources(self) -> Iterator[str]:
        """The addresses of an attribute `srcset`, each without the size behind it; a comma may stand in one."""
        for found in _CANDIDATE.finditer(self.value("srcset")):
            if address := found["address"].rstrip(","):
                yield address

    def selected_by(self) -> set[str]:
        """Return the selectors that it fits; an end only its own."""
        if self.is_end:
            return {f"/{self.name}"}
        of_values = (f"[{name}={self.value(name)}]" for name in self._attributes)
        return {self.name, *(f".{one}" for one in self.classes), *of_values}

    def with_attribute(self, name: str, value: str) -> str:
        """Return the piece with an attribute of this value, as it stands between quotes, in the place of the one that it has.

        A new one comes first: behind a value without quotes may be no room.
        """
        said = f'{name}="{value}"'
        if found := self._attributes.get(name):
            return f"{self.raw[: found.start]}{said}{self.raw[found.end :]}"
        at = 1 + len(self.name)
        return f"{self.raw[:at]} {said}{self.raw[at:]}"

    def without(self, name: str) -> str:
        """Return the piece without an attribute."""
        found = self._attributes.get(name)
        return f"{self.raw[: found.start].rstrip()}{self.raw[found.end :]}" if found is not None else self.raw


_tag = lru_cache(maxsize=1 << 12)(Tag)


class Wanted(dict[str, "Tag | None"]):
    """Tells the tags that steps look for, by selectors: `nav`, the end `/nav`, `.class` and `[attribute=value]`.

    A tag is looked at once however often it stands on the pages of a site; one that fits nothing is None.
    """

    def __init__(self, *selectors: str) -> None:
        super().__init__()
        self._selectors = frozenset(selectors)
        names = [one for one in selectors if one[0] not in ".["]
        # A class or value stands in the tag as a word; whether as the right one is asked of the few tags that have it.
        words = {one.lstrip(".").rpartition("=")[2].rstrip("]") for one in selectors if one[0] in ".["}
        self._may_fit = re.compile(
            rf"<(?:(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?=[\s/>])|[a-zA-Z].*?(?:{'|'.join(map(re.escape, words)) or '(?!)'}))",
            re.DOTALL | re.IGNORECASE,
        )

    def knows(self, name: str) -> bool:
        """Say whether every tag that begins or ends an element of a name is one that is looked for."""
        return self._selectors.issuperset((name, f"/{name}"))

    def __missing__(self, raw: str) -> Tag | None:
        if (
            len(self) > _MOST_KNOWN
        ):  # a site's pages have most of their tags in common, and some have thousands of their own
            self.clear()
        found = Tag(raw) if self._may_fit.match(raw) else None
        if found is not None:
            found.selectors = tuple(found.selected_by() & self._selectors)
        found = found if found is not None and found.selectors else None
        if len(raw) <= _LONGEST_KNOWN:
            self[raw] = found
        return found


def parts(text: str) -> tuple[list[str], list[str]]:
    """Return the texts of some HTML, and its tags and comments, as written."""
    pieces = _TAG.split(text)
    return pieces[::2], pieces[1::2]


def tags(text: str) -> Iterator[tuple[Tag, int, int]]:
    """Yield each tag and comment of some HTML, and where it begins and ends."""
    for match in _TAG.finditer(text):
        yield Tag(match[0]), match.start(), match.end()


def top_of_head(text: str) -> int | None:
    """Return where what governs a page may stand: at the top of its head, behind what says how the page is encoded; None where it is no whole page.

    Browsers look for that in the first 1,024 bytes. The tags of the page and its head may be left out: then the head begins with the first element.
    """
    top = at = len(_BYTE_ORDER) if text.startswith(_BYTE_ORDER) else 0
    is_page = is_in_head = False
    for tag, start, end in tags(text):
        if text[at:start].strip():
            break
        at = end
        if tag.is_comment or tag.name in _BEGIN_A_PAGE:
            is_page = is_page or tag.name in _BEGIN_A_PAGE or tag.raw[:9].lower() == "<!doctype"
            top = top if is_in_head else end
            continue
        is_in_head, is_page = True, is_page or tag.name in _OF_A_PAGE
        if tag.name not in _LOAD_NOTHING:
            break
        if _says_encoding(tag):
            return end
    return top if is_page else None


def _says_encoding(meta: Tag) -> bool:
    return meta.name == "meta" and (meta.has("charset") or meta.value("http-equiv").strip().lower() == "content-type")


class HtmlPage:
    """A page in pieces: those of even index are texts, those of odd ones tags and comments.

    A step replaces pieces in place, so that an index means the same for all of them.
    """

    def __init__(self, text: str, wanted: Wanted) -> None:
        self.source = text
        self.pieces = _TAG.split(text)
        self._wanted = wanted
        self._found: dict[str, list[int]] = {}
        tags = self.pieces[1::2]
        for at in compress(range(len(tags)), map(wanted.__getitem__, tags)):
            tag = wanted[tags[at]]
            for selector in tag.selectors if tag is not None else ():
                self._found.setdefault(selector, []).append(2 * at + 1)

    @property
    def text(self) -> str:
        """The page as it is by now."""
        return "".join(self.pieces)

    def tag(self, at: int) -> Tag:
        """Return a tag as it is by now."""
        raw = self.pieces[at]
        return self._wanted[raw] or _tag(raw)

    def all(self, selector: str, start: int = 0, end: int | None = None) -> list[int]:
        """Return where the tags stand that fit one of the wanted selectors, between two places; less those that a step took out."""
        found = self._found.get(selector, [])
        if start or end is not None:
            found = found[bisect_left(found, start) : bisect_left(found, len(self.pieces) if end is None else end)]
        return [at for at in found if self.pieces[at]]

    def first(self, selector: str, start: int = 0, end: int | None = None) -> int | None:
        return next(iter(self.all(selector, start, end)), None)

    def end_of(self, at: int) -> int:
        """Return where the tag stands that ends an element; the end of the page where none does."""
        name, depth = self.tag(at).name, 0
        places = self._of_name(name, at) if self._wanted.knows(name) else range(at, len(self.pieces), 2)
        for place in places:
            # Most tags are not looked at any closer.
            if self.pieces[place][1 : len(name) + 2].lower().removeprefix("/").startswith(name):
                tag = self.tag(place)
                depth += (-1 if tag.is_end else 1) * (tag.name == name)
                if not depth:
                    return place
        return len(self.pieces)

    def _of_name(self, name: str, start: int) -> Iterator[int]:
        return merge(self.all(name, start), self.all(f"/{name}", start))

    def neighbour(self, at: int, step: int) -> int | None:
        """Return the tag before or behind one, where only blanks and comments stand between them; `step` is -1 or 1."""
        place = at + step
        while 0 < place < len(self.pieces) - 1 and not self.pieces[place].strip():
            place += step
            if self.pieces[place] and not self.pieces[place].startswith("<!--"):
                return place
            place += step
        return None

    def words(self, start: int, end: int) -> str:
        """Return what stands between two tags without the tags in it, as written, each run of blanks as one space."""
        return " ".join("".join(self.pieces[start + 1 : end : 2]).split())

    def set(self, at: int, markup: str) -> None:
        self.pieces[at] = markup

    def put_before(self, at: int, markup: str) -> None:
        self.pieces[at - 1] += markup

    def put_behind(self, at: int, markup: str) -> None:
        self.pieces[at + 1] = markup + self.pieces[at + 1]

    def take(self, start: int, end: int) -> str:
        """Take out the pieces from one to another, which stays, and return them."""
        taken = "".join(self.pieces[start:end])
        self.pieces[start:end] = [""] * (end - start)
        return taken

    @property
    def is_whole(self) -> bool:
        """Whether it is a page, and no part of one."""
        return any(name in self._found for name in _OF_A_PAGE)

    def head_end(self) -> int:
        """Return the tag before which a head ends: its last end, and where that is left out the first tag that can't stand in one.

        What can stand in a head belongs to it also behind its end.
        """
        end = None
        at = 1
        while at < len(self.pieces):
            tag = self.tag(at)
            if tag.name == "head" and tag.is_end:
                end = at
            elif tag.name in _NO_ELEMENTS and not tag.is_end:
                at = self.end_of(at)
            elif tag.name and tag.name not in _IN_A_HEAD:
                break
            at += 2
        return end if end is not None else min(at, len(self.pieces))
