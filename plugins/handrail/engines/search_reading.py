"""Lets the theme's search read pages faster: in one pass by one pattern, where a page is written so that this finds what the theme would.

Pages are sanitised and ours are made by templates, so nearly all are written in one form; one that is not, or in which anything is left
over, is read by the theme, and so are all where a theme of another version makes something else of a specimen.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html import escape, unescape
from math import inf
from typing import Any

_OF_THE_THEME = "material.plugins.search.plugin"
_TAG = re.compile(
    r"<(?:/(?P<end>[a-z][a-z0-9-]*)|(?P<name>[a-z][a-z0-9-]*)(?P<attributes>(?:[ \t\n\f]+[A-Za-z_:][\w:.-]*(?:=\"[^\"]*\")?)*)[ \t\n\f]*(?P<closed>/?))>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)(?:=\"([^\"]*)\")?")
_READ_OTHERWISE = re.compile(
    r"<(?:script|style|textarea|title(?!>[^<&]*</title>)|iframe|noembed|noframes|xmp|plaintext|noscript)\b|<[!?]|\r|\x00"
)
"""What holds text that is none, or is read by rules of its own; a title of plain words, as a drawing has one, reads the same by all rules."""
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_EXCLUDED, _LINE_NUMBERS, _PERMALINK = "data-search-exclude", "linenodiv", "headerlink"
_MATTERS = re.compile(f"{_EXCLUDED}|{_LINE_NUMBERS}|{_PERMALINK}|&", re.IGNORECASE)
"""What attributes hold that are to be looked at one by one; of a heading, all are."""
_LASTING = frozenset(("script", "style", "object"))
"""What is left out wherever it stands."""
_SPECIMEN = (
    '<p>a<b>b</b>\n c</p> \n<h1 id="t">T &amp; <code>t</code></h1><div><h2 id="u">U<a class="headerlink" href="#u">x</a></h2>\n<p> </p>'
    '<ul><li>d &lt; <br>e<li>f</ul></div>g<pre>h\n\n i</pre><div data-search-exclude><div><p>j</p></div>k<h3 id="v">V</h3></div>'
    '<table class="linenodiv"><p>l</p></table><object>m</object></p><h4>n</h4><p>o</p><sup></sup><h2 data-search-exclude id="w">W</h2>x'
)


class _Pass:
    """One reading of a page: what the theme's parser does with its tags and texts, in its words `section`, `skip` and `keep`.

    The parser tells elements apart by their names alone, so what it looks for among the open ones is looked for by name.
    """

    def __init__(self, theme: Any, parser: Any) -> None:
        self._theme = theme
        self._void, self._keep, self._skip = theme.void, parser.keep, set(parser.skip)
        self.sections: list[Any] = []
        self._section: Any = None
        self._open: list[str] = []
        self._permalinks: list[int] = []
        """How many elements are open where each permalink is."""
        self._skipped = 0
        """How many open elements have names that are skipped."""

    def read(self, html: str) -> bool:
        """Read a page; False where the pattern does not tell all of it."""
        if _READ_OTHERWISE.search(html):
            return False
        at = 0
        for match in _TAG.finditer(html):
            start = match.start()
            if start > at:
                text = html[at:start]
                if "<" in text:
                    return False
                if not self._skipped:
                    self._take(unescape(text) if "&" in text else text)
            at = match.end()
            end, name, attributes, closed = match.groups()
            if end:
                self._leave(end)
            else:
                self._enter(name, attributes)
                if closed:
                    self._leave(name)
        rest = html[at:]
        # A parser waits for the end of what may be a character's name.
        if "&" in rest or "<" in rest:
            return False
        if rest and not self._skipped:
            self._take(rest)
        return True

    def _enter(self, name: str, written: str) -> None:
        if name in self._void:
            return
        self._open.append(name)
        is_heading = name in _HEADINGS
        attributes = _attributes(written) if written and (is_heading or _MATTERS.search(written)) else {}
        if is_heading and "id" in attributes:
            if name != "h1" and not self.sections:
                self._begin(self._theme.Element("hx"), len(self._open))
            is_first = not self.sections
            self._begin(self._theme.Element(name, attributes), len(self._open))
            if not is_first:
                self._section.id = attributes["id"]
        elif self._section is None:
            self._begin(self._theme.Element("hx"))
        if attributes:
            if name == "a" and attributes.get("class") == _PERMALINK:
                self._permalinks.append(len(self._open))
            if _EXCLUDED in attributes or attributes.get("class") == _LINE_NUMBERS:
                self._skip.add(name)
                self._count_skipped()
                return
        if name in self._skip:
            self._skipped += 1
        if not self._skipped and name in self._keep:
            self._words().append(f"<{name}>")

    def _begin(self, element: Any, depth: int = 0) -> None:
        self._section = self._theme.Section(element, depth)
        self.sections.append(self._section)

    def _words(self) -> list[str]:
        """Return what a tag or text is added to: the title of the section within its heading, else its text."""
        words: list[str] = self._section.title if self._section.el.tag in self._open else self._section.text
        return words

    def _count_skipped(self) -> None:
        self._skipped = sum(name in self._skip for name in self._open)

    def _leave(self, name: str) -> None:
        if not self._open or self._open[-1] != name:
            return
        depth = len(self._open)
        if self._section.depth > depth:
            outer = next((one for one in reversed(self.sections) if one.depth <= depth), None)
            if outer is not None:
                self._section.depth = inf
                self._section = outer
        self._open.pop()
        if self._permalinks and self._permalinks[-1] == depth:
            self._permalinks.pop()
        if name in self._skip:
            if name not in _LASTING:
                self._skip.remove(name)
            self._count_skipped()
        elif not self._skipped and name in self._keep:
            words = self._words()
            first = words.index(f"<{name}>")
            if all(words[at].isspace() for at in range(first + 1, len(words))):
                del words[first:]
            else:
                words.append(f"</{name}>")

    def _take(self, text: str) -> None:
        is_blank = text.isspace()
        if "pre" not in self._open:
            text = " " if is_blank else text.replace("\n", " ")
        if self._section is None:
            self._begin(self._theme.Element("hx"))
        section = self._section
        if section.el.tag in self._open:
            if not self._permalinks:
                section.title.append(escape(text, quote=False))
        elif not is_blank:
            section.text.append(escape(text, quote=False))
        elif not section.text or not section.text[-1].isspace() or "pre" in self._open:
            section.text.append(text)


def _attributes(written: str) -> dict[str, str | None]:
    found = ((match[1].lower(), match[2]) for match in _ATTRIBUTE.finditer(written))
    return {name: unescape(value) if value is not None else None for name, value in found}


def sections(theme: Any, parser: Any, html: str) -> list[Any] | None:
    """Return what a parser of the theme's search finds in some HTML; None where this can't tell."""
    reading = _Pass(theme, parser)
    try:
        return reading.sections if reading.read(html) else None
    except (
        ValueError
    ):  # a tag that was opened in the heading is closed below it: the theme fails there too, in its own words
        return None


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of a page of so many characters, which has this hash in this process and its copies."""

    hash: int
    size: int
    sections: Any

    def is_of(self, html: str) -> bool:
        return len(html) == self.size and hash(html) == self.hash


class SearchReading:
    """The theme's own parser while a build goes on; where the theme has none of the kind, nothing is changed."""

    def __init__(self) -> None:
        self._theirs: Any = None
        self.read: Read | None = None
        """What was read last, or is known of the page that is read next."""

    def begin(self) -> None:
        """Let pages be read faster from now on."""
        theme: Any = sys.modules.get(_OF_THE_THEME)
        if self._theirs is None and theme is not None and is_known(theme):
            self._theirs = theme.Parser
            theme.Parser = _faster(theme, self)

    def end(self) -> None:
        """Give the theme its parser back."""
        if self._theirs is not None:
            theme: Any = sys.modules[_OF_THE_THEME]
            theme.Parser = self._theirs
            self._theirs = None


def is_known(theme: Any) -> bool:
    """Say whether the theme's search makes of a specimen what is made of it here."""
    try:
        parser = theme.Parser()
        ours = sections(theme, parser, _SPECIMEN)
        parser.feed(_SPECIMEN)
        parser.close()
        return (
            ours is not None
            and [vars(one).keys() for one in ours] == [vars(one).keys() for one in parser.data]
            and list(map(_said, ours)) == list(map(_said, parser.data))
        )
    except Exception:  # noqa: BLE001 - whatever another version lacks, it reads pages itself
        return False


def _said(section: Any) -> tuple[Any, ...]:
    return section.el.tag, section.is_excluded(), section.depth, section.id, section.title, section.text


def _faster(theme: Any, reading: SearchReading) -> Any:
    class Faster(theme.Parser):  # type: ignore[misc]
        """The theme's parser, which is told what is in a page where that is known."""

        def feed(self, data: str) -> None:
            known = reading.read
            if known is not None and known.is_of(data):
                self.data = known.sections
                return
            found = sections(theme, self, data)
            if found is None:
                super().feed(data)
            else:
                self.data = found
            reading.read = Read(hash(data), len(data), self.data)

    return Faster
