"""What a finished page says of itself to search engines, and which pages a reader gets to from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_JSON = "application/ld+json"


@dataclass
class Head:
    """One HTML page; `links` are those that a reader can follow, as written. `data` is None where it can't be read."""

    language: str = ""
    title: str = ""
    description: str = ""
    robots: str = ""
    canonicals: list[str] = field(default_factory=list)
    headings: int = 0
    social: dict[str, str] = field(default_factory=dict)
    data: list[Any] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        """Whether the page asks search engines to leave it out."""
        return bool({"noindex", "none"} & set(self.robots.replace(",", " ").lower().split()))


def read_head(text: str) -> Head:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.head.title = " ".join(reader.head.title.split())
    return reader.head


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.head = Head()
        self._inside = ""
        self._script = ""
        self._drawing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: (value or "").strip() for name, value in reversed(attrs)}
        match tag:
            case "html":
                self.head.language = said.get("lang", "")
            case "meta":
                self._meta(said)
            case "link" if "canonical" in said.get("rel", "").lower().split():
                self.head.canonicals.append(said.get("href", ""))
            case "a" if said.get("href"):
                self.head.links.append(said["href"])
            case "h1":
                self.head.headings += 1
            case "svg":
                self._drawing += 1
            case "title" if not self._drawing and not self.head.title:
                self._inside = "title"
            case "script" if said.get("type", "").lower() == _JSON:
                self._inside, self._script = "script", ""

    def _meta(self, said: dict[str, str]) -> None:
        match said.get("name", "").lower():
            case "description":
                self.head.description = self.head.description or " ".join(said.get("content", "").split())
            case "robots" | "googlebot":
                self.head.robots += f" {said.get('content', '')}"
        if said.get("property", "").startswith("og:"):
            self.head.social.setdefault(said["property"], said.get("content", ""))

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.head.title += data
        elif self._inside == "script":
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawing = max(0, self._drawing - 1)
        if tag != self._inside:
            return
        self._inside = ""
        if tag == "script":
            self.head.data.append(_read(self._script))


def _read(script: str) -> Any:
    """Return what a script of data holds; None where it can't be read."""
    try:
        return json.loads(script)
    except (ValueError, RecursionError):
        return None
